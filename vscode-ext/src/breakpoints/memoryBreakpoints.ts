// SPDX-License-Identifier: MIT
// The memory breakpoints of the workspace: kept from one window to the next, moved with edits, and told
// to every program.

import { EventEmitter, workspace } from 'vscode';
import type { Disposable, Memento, TextDocumentChangeEvent } from 'vscode';

import { afterEdit, breakpointAt, readBreakpoints, requestOf, withBreakpoint, without } from '../pure/memoryBreakpointList.ts';
import type { MemoryBreakpoint, MemoryBreakpointList } from '../pure/memoryBreakpointList.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import { diskPath } from '../sessions/sourceTexts.ts';

const KEY = 'luaheat.memoryBreakpoints';

export class MemoryBreakpoints {
  readonly #sessions: Sessions;
  readonly #state: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #all: MemoryBreakpointList;

  constructor(sessions: Sessions, state: Memento) {
    this.#sessions = sessions;
    this.#state = state;
    this.#all = readBreakpoints(state.get(KEY));
  }

  get all(): MemoryBreakpointList {
    return this.#all;
  }

  at(path: string, line: number): MemoryBreakpoint | undefined {
    return breakpointAt(this.#all, { path, line });
  }

  /** A program is told before it runs: what is asked in that turn is ahead of `configurationDone`. */
  watch(): Disposable[] {
    return [
      this.#changed,
      this.#sessions.onDidInitialize(({ session, capabilities }) => {
        if (capabilities.requests.has('memoryBreakpoints') && this.#all.length > 0) void send(session, this.#all);
      }),
      workspace.onDidChangeTextDocument((change) => this.#follow(change)),
    ];
  }

  async set(breakpoint: MemoryBreakpoint): Promise<void> {
    await this.#replace(withBreakpoint(this.#all, breakpoint));
  }

  async remove(breakpoint: MemoryBreakpoint): Promise<void> {
    await this.#replace(without(this.#all, breakpoint));
  }

  async #replace(all: MemoryBreakpointList): Promise<void> {
    this.#keep(all);
    await Promise.all(this.#sessions.underWay.filter((run) => run.can('memoryBreakpoints')).map(({ session }: Run) => send(session, all)));
  }

  #keep(all: MemoryBreakpointList): void {
    this.#all = all;
    void this.#state.update(KEY, all);
    this.#changed.fire();
  }

  /** Programs that run have loaded the older text: they keep what they were told. */
  #follow({ document, contentChanges }: TextDocumentChangeEvent): void {
    const path = diskPath(document.uri);
    if (path === undefined || !this.#all.some((one) => one.path === path)) return;
    const after = contentChanges.reduce((all, edit) => afterEdit(all, path, edit), this.#all);
    if (after === this.#all) this.#changed.fire(); // their lines may read otherwise
    else this.#keep(after);
  }
}

async function send(session: Run['session'], all: MemoryBreakpointList): Promise<void> {
  await session.customRequest('luaheat/memoryBreakpoints', requestOf(all));
}

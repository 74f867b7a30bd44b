// SPDX-License-Identifier: MIT
// Lines that are ours, not VS Code's: kept in the state of the workspace from one window to the next,
// moved with edits, and told to every program.

import { EventEmitter, workspace } from 'vscode';
import type { Disposable, Memento, TextDocumentChangeEvent } from 'vscode';

import type { Edit } from '../pure/edits.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import { diskPath } from '../sessions/sourceTexts.ts';

/** What is done with a list of them, which is a value. */
export interface KeptKind<All extends readonly unknown[]> {
  readonly request: string; // luaheat/`request` sets them, luaheat.`request` keeps them
  readonly read: (stored: unknown) => All;
  readonly requestOf: (all: All) => object;
  readonly isIn: (all: All, path: string) => boolean; // some are lines of that file
  readonly afterEdit: (all: All, path: string, edit: Edit) => All; // the same list if none has moved
}

export class KeptLines<All extends readonly unknown[]> {
  readonly #kind: KeptKind<All>;
  readonly #sessions: Sessions;
  readonly #state: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  #all: All;

  constructor(kind: KeptKind<All>, sessions: Sessions, state: Memento) {
    this.#kind = kind;
    this.#sessions = sessions;
    this.#state = state;
    this.#all = kind.read(state.get(this.#key));
  }

  get all(): All {
    return this.#all;
  }

  get #key(): string {
    return `luaheat.${this.#kind.request}`;
  }

  /** A program is told before it runs: what is asked in that turn is ahead of `configurationDone`. */
  watch(): Disposable[] {
    return [
      this.#changed,
      this.#sessions.onDidInitialize(({ session, capabilities }) => {
        if (capabilities.requests.has(this.#kind.request) && this.#all.length > 0) void this.#tell(session);
      }),
      workspace.onDidChangeTextDocument((change) => this.#follow(change)),
    ];
  }

  async replace(all: All): Promise<void> {
    this.#keep(all);
    const runs = this.#sessions.underWay.filter((run) => run.can(this.#kind.request));
    await Promise.all(runs.map(({ session }) => this.#tell(session)));
  }

  async #tell(session: Run['session']): Promise<void> {
    await session.customRequest(`luaheat/${this.#kind.request}`, this.#kind.requestOf(this.#all));
  }

  #keep(all: All): void {
    this.#all = all;
    void this.#state.update(this.#key, all);
    this.#changed.fire();
  }

  /** Programs that run have loaded the older text: they keep what they were told. */
  #follow({ document, contentChanges }: TextDocumentChangeEvent): void {
    const path = diskPath(document.uri);
    if (path === undefined || !this.#kind.isIn(this.#all, path)) return;
    const after = contentChanges.reduce((all, edit) => this.#kind.afterEdit(all, path, edit), this.#all);
    if (after === this.#all) this.#changed.fire(); // their lines may read otherwise
    else this.#keep(after);
  }
}

// SPDX-License-Identifier: MIT
// The tab with the flame graph. The tree of calls is asked for while it is seen, as often as there are new figures;
// and once at the end, for the adapter goes with its program.

import { EventEmitter } from 'vscode';
import type { Disposable } from 'vscode';

import { pageTexts } from '../pageTexts.ts';
import type { Content } from '../pure/page/page.ts';
import { readStacks } from '../pure/stacks.ts';
import type { Stacks } from '../pure/stacks.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { Tab } from './memoryPage.ts';

export class FlameTab implements Tab {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #sessions: Sessions;
  readonly #told = new WeakMap<Run, Stacks>();
  readonly #known = new WeakSet<Run>(); // nothing has happened since they were asked
  readonly #asked = new WeakSet<Run>(); // that have not answered yet

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  /** Asked in the same turn, the last question is ahead of the `disconnect` that VS Code sends at the end. */
  watch(): Disposable[] {
    return [
      this.#changed,
      this.#sessions.onDidReceiveFigures((run) => this.#known.delete(run)),
      this.#sessions.onDidExit((run) => void this.#ask(run)),
    ];
  }

  content(): Content {
    const run = this.#sessions.shown;
    if (run !== undefined && !run.hasEnded && !this.#known.has(run) && !this.#asked.has(run)) void this.#ask(run);
    const stacks = run && this.#told.get(run);
    return { kind: 'flame', flame: { stacks, message: messageOf(run, stacks), words: pageTexts.flameWords() } };
  }

  async #ask(run: Run): Promise<void> {
    if (!run.can('stacks') || run.figures.heap === undefined) return;
    this.#known.add(run);
    this.#asked.add(run);
    try {
      const stacks = readStacks(await run.session.customRequest('luaheat/stacks'));
      if (stacks !== undefined) this.#told.set(run, stacks);
    } catch {
      // The session was ended before it could answer.
    }
    this.#asked.delete(run);
    this.#changed.fire();
  }
}

/** Why there is no graph. */
function messageOf(run: Run | undefined, stacks: Stacks | undefined): string {
  if (run === undefined) return pageTexts.flameNothingYet();
  if (!run.can('stacks')) return pageTexts.flameTooOld();
  if (stacks === undefined) return run.hasEnded ? pageTexts.flameTooLate() : pageTexts.flameComing();
  return stacks.which === '' ? pageTexts.flameOff() : '';
}

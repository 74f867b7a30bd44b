// SPDX-License-Identifier: MIT
// What is measured in windows: asked for whenever the adapter tells new figures, that is at every
// stop, at the end, and at most twice a second while the program runs.

import type { Disposable } from 'vscode';

import { readMeasurements } from './pure/measurements.ts';
import type { Run, Sessions } from './sessions.ts';

const REQUEST = 'luaheat/measure';
const LINES = 200; // of each measurement

export class Measuring {
  readonly #sessions: Sessions;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  /** Asked in the same turn, the last question is ahead of the `disconnect` that VS Code sends at the end. */
  watch(): Disposable[] {
    return [this.#sessions.onDidReceiveFigures((run) => void this.refresh(run))];
  }

  async refresh(run: Run): Promise<void> {
    if (!run.can('measure')) return;
    try {
      this.#sessions.measured(run, readMeasurements(await run.session.customRequest(REQUEST, { limit: LINES })));
    } catch {
      // The session was ended before it could answer.
    }
  }

  /** Rejects with the adapter's reason if it cannot be done. */
  async act(run: Run, action: 'lap' | 'clear', name: string): Promise<void> {
    await run.session.customRequest(REQUEST, { action, name });
    await this.refresh(run);
  }
}

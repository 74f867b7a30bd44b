// SPDX-License-Identifier: MIT
// Tells the adapter how much of what a program prints VS Code has shown: it reads much faster than that, and
// whatever comes after would wait for all of it. A request goes through VS Code's window, so it arrives when
// what came before has been taken in there.

import type { DebugSession } from 'vscode';

export class OutputShown {
  readonly #session: DebugSession;
  #count = 0; // events
  #hasBegun = false;
  #isAsking = false;

  constructor(session: DebugSession) {
    this.#session = session;
  }

  /** The adapter can wait for what is shown. */
  begin(): void {
    this.#hasBegun = true;
    void this.#tell();
  }

  /** An event has come, which VS Code is given when this turn is over. */
  note(): void {
    this.#count++;
    if (this.#hasBegun) setImmediate(() => void this.#tell());
  }

  async #tell(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      for (let told = -1; told !== this.#count; ) {
        told = this.#count;
        await this.#session.customRequest('luaheat/outputShown', { count: told });
      }
    } catch {
      // The session is over.
    } finally {
      this.#isAsking = false;
    }
  }
}

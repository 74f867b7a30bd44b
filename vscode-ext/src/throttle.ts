// SPDX-License-Identifier: MIT
// Work that many causes ask for and that is done once for all of them, at most so often.

import type { Disposable } from 'vscode';

export class Throttle implements Disposable {
  readonly #delay: number; // milliseconds
  readonly #work: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(delay: number, work: () => void) {
    this.#delay = delay;
    this.#work = work;
  }

  /** After the delay, however often it is asked for until then. */
  soon(): void {
    this.#timer ??= setTimeout(() => this.now(), this.#delay);
  }

  now(): void {
    this.dispose();
    this.#work();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

// SPDX-License-Identifier: MIT
// The text of each source as the program loaded it: read when its first figures come, so that later
// edits can be told from it.

import { readFile } from 'node:fs/promises';

import { splitLines } from './pure/splitLines.ts';

export class LoadedTexts {
  readonly #texts = new Map<string, readonly string[] | undefined>();
  readonly #onText: () => void;

  constructor(onText: () => void) {
    this.#onText = onText;
  }

  /** undefined: not read yet, or not to be read. */
  lines(path: string): readonly string[] | undefined {
    return this.#texts.get(path);
  }

  note(path: string): void {
    if (this.#texts.has(path)) return;
    this.#texts.set(path, undefined);
    void this.#read(path);
  }

  async #read(path: string): Promise<void> {
    try {
      this.#texts.set(path, splitLines(await readFile(path, 'utf8')));
      this.#onText();
    } catch {
      // A program may delete its own file. Its figures are shown all the same.
    }
  }
}

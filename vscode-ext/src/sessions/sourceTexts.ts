// SPDX-License-Identifier: MIT
// The text of sources: as the program loaded it, and as it is now.
// ---- As the program loaded it: read when the first figures of a source come, so that later edits can be told
// from it. ----

import { readFile } from 'node:fs/promises';

import { EventEmitter, workspace } from 'vscode';
import type { Disposable, TextDocument, Uri } from 'vscode';

import { splitLines } from '../pure/followLines.ts';

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

// ---- As it is now: in an editor, or else as it was left when the editor was closed. ----

interface Text {
  readonly version: number; // of a document
  readonly lines: readonly string[];
}

export class CurrentTexts {
  readonly #open = new WeakMap<TextDocument, Text>();
  readonly #left = new Map<string, readonly string[]>();
  readonly #changed = new EventEmitter<string>();
  /** The path of a file that reads otherwise now, or may do so. */
  readonly onDidChange = this.#changed.event;

  watch(): Disposable[] {
    return [
      this.#changed,
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const path = diskPath(document.uri);
        if (path !== undefined && contentChanges.length > 0) this.#changed.fire(path);
      }),
      workspace.onDidCloseTextDocument((document) => void this.#leave(document)),
    ];
  }

  /** The same array while it is the same text. */
  of(document: TextDocument): readonly string[] {
    const known = this.#open.get(document);
    if (known?.version === document.version) return known.lines;
    const lines = splitLines(document.getText());
    this.#open.set(document, { version: document.version, lines });
    return lines;
  }

  /** Of a file; undefined: it has not been open in this window. */
  at(isFile: (path: string) => boolean): readonly string[] | undefined {
    const document = workspace.textDocuments.find(({ uri }) => isFile(diskPath(uri) ?? ''));
    return document === undefined ? [...this.#left].find(([path]) => isFile(path))?.[1] : this.of(document);
  }

  /** What was not saved is gone. */
  async #leave({ uri }: TextDocument): Promise<void> {
    const path = diskPath(uri);
    if (path === undefined) return;
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) this.#left.delete(path);
    else this.#left.set(path, splitLines(text));
    this.#changed.fire(path);
  }
}

/**
 * Where on the disk a document is, which is how programs name their sources. undefined if it only looks like a file: the
 * older text in a comparison has the path of the newer.
 */
export function diskPath({ scheme, fsPath }: Uri): string | undefined {
  return scheme === 'file' ? fsPath : undefined;
}

/** The session that VS Code has a document from: it asked for its text by the DAP request `source`. */
export function sessionOf({ scheme, query }: Uri): string | undefined {
  return scheme === 'debug' ? (new URLSearchParams(query).get('session') ?? undefined) : undefined;
}

// SPDX-License-Identifier: MIT
// Where the lines that programs have loaded are now: which source a document is, and how its lines have
// moved since. All that shows or takes a line of a program asks here.

import { realpathSync } from 'node:fs';

import type { TextDocument } from 'vscode';

import type { Place } from '../pure/answers.ts';
import { isCodeCalled } from '../pure/chunkNames.ts';
import { followLines } from '../pure/followLines.ts';
import type { FollowedLines } from '../pure/followLines.ts';
import type { SourceFigures } from '../pure/sessionFigures.ts';
import type { Run, Sessions } from './sessions.ts';
import { diskPath, sessionOf } from './sourceTexts.ts';
import type { CurrentTexts } from './sourceTexts.ts';

/** A document that a program has loaded. */
export interface LoadedSource {
  readonly run: Run;
  readonly source: SourceFigures;
  readonly lines: FollowedLines | undefined; // undefined: its loaded text is not known
  readonly text: readonly string[]; // as it is now; the same array while it is the same text
}

/** A line that a program has loaded, as it is now. */
export interface LineNow {
  readonly line: number; // that of the loaded text if it is gone
  readonly text: string; // without indentation; '' if it is not known
}

interface Comparison {
  readonly now: readonly string[];
  readonly lines: FollowedLines;
}

export class SourceLines {
  readonly #sessions: Sessions;
  readonly #currentTexts: CurrentTexts;
  readonly #compared = new WeakMap<readonly string[], Comparison>(); // by the loaded text
  readonly #realPaths = new Map<string, string>();

  constructor(sessions: Sessions, currentTexts: CurrentTexts) {
    this.#sessions = sessions;
    this.#currentTexts = currentTexts;
  }

  /** undefined: no program with figures has loaded it. */
  find(document: TextDocument): LoadedSource | undefined {
    const path = diskPath(document.uri);
    const found = path === undefined ? this.#findCode(document) : this.#findPath(path);
    if (found === undefined) return undefined;
    const loaded = found.run.loadedTexts.lines(found.source.path ?? '');
    const text = this.#currentTexts.of(document);
    return { ...found, text, lines: loaded && this.#compare(loaded, text) };
  }

  /** Of all files with figures. */
  paths(): readonly string[] {
    return this.#sessions.withFigures.flatMap(({ figures }) => [...figures.sources].flatMap(({ path }) => path ?? []));
  }

  /** Are there figures of that file? */
  knows(path: string): boolean {
    return this.#findPath(path) !== undefined;
  }

  /** Where a line that the program loaded is in the document now; it stays if that is unknown. */
  lineIn(document: TextDocument, line: number): number {
    return this.find(document)?.lines?.now(line) ?? line;
  }

  /** What a line of the document was when the program loaded it; undefined if no program did. */
  placeOf(document: TextDocument, line: number): { readonly run: Run; readonly place: Place } | undefined {
    const found = this.find(document);
    if (found === undefined) return undefined;
    const { run, source, lines } = found;
    const loaded = lines === undefined ? line : lines.loaded(line);
    return loaded === undefined ? undefined : { run, place: { name: source.name, path: source.path, line: loaded } };
  }

  /** How a line that the program loaded reads now, and where. */
  lineNow(run: Run | undefined, { path, line }: Pick<Place, 'path' | 'line'>): LineNow {
    const loaded = path === undefined ? undefined : run?.loadedTexts.lines(path);
    if (path === undefined || loaded === undefined) return { line, text: '' };
    const current = this.#currentText(path) ?? loaded;
    const now = this.#compare(loaded, current).now(line);
    const text = now === undefined ? loaded[line - 1] : current[now - 1];
    return { line: now ?? line, text: (text ?? '').trim() };
  }

  /** How a line of a file reads that is counted as it is now; '' if that is not known. */
  textAt(run: Run | undefined, path: string, line: number): string {
    return ((this.#currentText(path) ?? run?.loadedTexts.lines(path))?.[line - 1] ?? '').trim();
  }

  /** Of a document that VS Code has from the session, for code without a file: it is as the program loaded it. */
  #findCode(document: TextDocument): Pick<LoadedSource, 'run' | 'source'> | undefined {
    const sessionId = sessionOf(document.uri);
    const run = this.#sessions.withFigures.find(({ session }) => session.id === sessionId);
    const source = run && [...run.figures.sources].find(({ name, path }) => path === undefined && isCodeCalled(name, document.getText()));
    return run && source && { run, source };
  }

  #findPath(onDisk: string): Pick<LoadedSource, 'run' | 'source'> | undefined {
    const path = this.#realPath(onDisk);
    for (const run of this.#sessions.withFigures)
      for (const source of run.figures.sources)
        if (source.path !== undefined && this.#realPath(source.path) === path) return { run, source };
    return undefined;
  }

  #currentText(path: string): readonly string[] | undefined {
    const real = this.#realPath(path);
    return this.#currentTexts.at((other) => this.#realPath(other) === real);
  }

  #compare(loaded: readonly string[], now: readonly string[]): FollowedLines {
    const known = this.#compared.get(loaded);
    if (known?.now === now) return known.lines;
    const lines = followLines(loaded, now);
    this.#compared.set(loaded, { now, lines });
    return lines;
  }

  #realPath(path: string): string {
    let real = this.#realPaths.get(path);
    if (real === undefined) {
      try {
        real = realpathSync(path);
      } catch {
        real = path;
      }
      this.#realPaths.set(path, real);
    }
    return real;
  }
}

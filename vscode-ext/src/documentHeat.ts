// SPDX-License-Identifier: MIT
// The heat of an open document: which session's figures belong to it, seen through the settings, and
// where its lines are now. Everything that shows heat in an editor asks here.

import { realpathSync } from 'node:fs';

import type { TextDocument } from 'vscode';

import { diskPath } from './diskPath.ts';
import { followLines } from './pure/followLines.ts';
import type { FollowedLines } from './pure/followLines.ts';
import { heatMap } from './pure/heatMap.ts';
import type { HeatMap, HotLine } from './pure/heatMap.ts';
import { suspicionsOf } from './pure/measurements.ts';
import type { Suspicion } from './pure/measurements.ts';
import { metricOf } from './pure/metrics.ts';
import type { Metric } from './pure/metrics.ts';
import type { Place, SourceFigures } from './pure/sessionFigures.ts';
import type { Run, Sessions } from './sessions.ts';
import type { Settings } from './settings.ts';
import type { TextsNow } from './textsNow.ts';

export interface DocumentHeat {
  readonly run: Run;
  readonly source: SourceFigures;
  readonly metric: Metric;
  readonly isOlder: boolean; // the document was edited since the program loaded it
  /** Of lines as they are numbered in the document now, from 1. */
  readonly at: (line: number) => HotLine | undefined;
  readonly suspicionsAt: (line: number) => readonly Suspicion[];
  /** All of them, by their numbers now. */
  readonly hotLines: () => Iterable<readonly [line: number, hot: HotLine]>;
}

interface Found {
  readonly run: Run;
  readonly source: SourceFigures;
}

interface Followed {
  readonly now: readonly string[];
  readonly lines: FollowedLines;
}

/** A line that the program loaded, as it is now. */
export interface LineNow {
  readonly line: number; // that of the loaded text if it is gone
  readonly text: string; // without indentation; '' if it is not known
}

export class DocumentHeats {
  readonly #sessions: Sessions;
  readonly #settings: () => Settings;
  #maps = new WeakMap<SourceFigures, HeatMap>();
  readonly #textsNow: TextsNow;
  readonly #followed = new WeakMap<readonly string[], Followed>(); // by the loaded text
  readonly #realPaths = new Map<string, string>();

  constructor(sessions: Sessions, textsNow: TextsNow, settings: () => Settings) {
    this.#sessions = sessions;
    this.#textsNow = textsNow;
    this.#settings = settings;
  }

  /** Figures or settings have changed. */
  forget(): void {
    this.#maps = new WeakMap();
  }

  /** undefined: nothing is known of it, or heat is not to be shown. */
  of(document: TextDocument): DocumentHeat | undefined {
    if (!this.#settings().showHeat) return undefined;
    const found = this.#find(document);
    if (found === undefined) return undefined;
    const { run, source } = found;
    const metric = metricOf(this.#settings().metric, run.figures);
    const map = this.#mapOf(source, run, metric);
    const suspicions = suspicionsOf(run.measurements, source.path);
    const lines = this.#follow(document, run.texts.lines(source.path ?? ''));
    const loaded = (line: number): number => (lines === undefined ? line : (lines.loaded(line) ?? -1));
    return {
      run,
      source,
      metric,
      isOlder: lines?.isEdited ?? false,
      at: (line) => map.get(loaded(line)),
      suspicionsAt: (line) => suspicions.get(loaded(line)) ?? [],
      hotLines: () => numberedNow(map, lines),
    };
  }

  /** Where a line that the program loaded is in the document now; it stays if that is unknown. */
  lineIn(document: TextDocument, line: number): number {
    const found = this.#find(document);
    const lines = found && this.#follow(document, found.run.texts.lines(found.source.path ?? ''));
    return lines?.now(line) ?? line;
  }

  /** How a line that the program loaded reads now, and where. */
  lineNow(run: Run | undefined, { path, line }: Pick<Place, 'path' | 'line'>): LineNow {
    const loaded = path === undefined ? undefined : run?.texts.lines(path);
    if (path === undefined || loaded === undefined) return { line, text: '' };
    const texts = this.#textNow(path) ?? loaded;
    const now = this.#followTexts(loaded, texts).now(line);
    const text = now === undefined ? loaded[line - 1] : texts[now - 1];
    return { line: now ?? line, text: (text ?? '').trim() };
  }

  /** How a line of a file reads that is counted as it is now; '' if that is not known. */
  textAt(run: Run | undefined, path: string, line: number): string {
    return ((this.#textNow(path) ?? run?.texts.lines(path))?.[line - 1] ?? '').trim();
  }

  /** Of all files with figures. */
  paths(): readonly string[] {
    return this.#sessions.withFigures.flatMap(({ figures }) => [...figures.sources].flatMap(({ path }) => path ?? []));
  }

  /** Are there figures of that file? */
  knows(path: string): boolean {
    return this.#findPath(path) !== undefined;
  }

  /** What a line of the document was when the program loaded it; undefined if no program did. */
  placeOf(document: TextDocument, line: number): { readonly run: Run; readonly place: Place } | undefined {
    const found = this.#find(document);
    if (found === undefined) return undefined;
    const { run, source } = found;
    const lines = this.#follow(document, run.texts.lines(source.path ?? ''));
    const loaded = lines === undefined ? line : lines.loaded(line);
    return loaded === undefined ? undefined : { run, place: { name: source.name, path: source.path, line: loaded } };
  }

  #find(document: TextDocument): Found | undefined {
    const path = diskPath(document.uri);
    return path === undefined ? undefined : this.#findPath(path);
  }

  #findPath(onDisk: string): Found | undefined {
    const path = this.#realPath(onDisk);
    for (const run of this.#sessions.withFigures)
      for (const source of run.figures.sources)
        if (source.path !== undefined && this.#realPath(source.path) === path) return { run, source };
    return undefined;
  }

  #mapOf(source: SourceFigures, run: Run, metric: Metric): HeatMap {
    let map = this.#maps.get(source);
    if (map === undefined) {
      const { relativeTo, threshold } = this.#settings();
      map = heatMap(source, run.figures, { metric, relativeTo, threshold });
      this.#maps.set(source, map);
    }
    return map;
  }

  #follow(document: TextDocument, loaded: readonly string[] | undefined): FollowedLines | undefined {
    return loaded && this.#followTexts(loaded, this.#textsNow.of(document));
  }

  #textNow(path: string): readonly string[] | undefined {
    const real = this.#realPath(path);
    return this.#textsNow.at((other) => this.#realPath(other) === real);
  }

  #followTexts(loaded: readonly string[], now: readonly string[]): FollowedLines {
    const known = this.#followed.get(loaded);
    if (known?.now === now) return known.lines;
    const lines = followLines(loaded, now);
    this.#followed.set(loaded, { now, lines });
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

function* numberedNow(map: HeatMap, lines: FollowedLines | undefined): Iterable<readonly [number, HotLine]> {
  for (const hot of map.values()) {
    const now = lines === undefined ? hot.line : lines.now(hot.line);
    if (now !== undefined) yield [now, hot];
  }
}

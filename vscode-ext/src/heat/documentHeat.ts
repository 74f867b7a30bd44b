// SPDX-License-Identifier: MIT
// The heat of an open document: the figures of its source, seen through the settings, on its lines as
// they are now. Everything that shows heat in an editor asks here.

import type { TextDocument } from 'vscode';

import { belowText, callersOf } from '../pure/callees.ts';
import type { Caller } from '../pure/callees.ts';
import type { FollowedLines } from '../pure/followLines.ts';
import { deservesText, heatMap, lineText } from '../pure/heat.ts';
import type { HeatMap, RankedLine } from '../pure/heat.ts';
import { suspicionsOf } from '../pure/measurements.ts';
import type { Suspicion } from '../pure/measurements.ts';
import { metricOf } from '../pure/metrics.ts';
import type { Metric } from '../pure/metrics.ts';
import type { SourceFigures } from '../pure/sessionFigures.ts';
import type { Run } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';

export interface DocumentHeat {
  readonly run: Run;
  readonly source: SourceFigures;
  readonly metric: Metric;
  readonly text: readonly string[]; // of the document, as it is now
  /** Where the program stands, in lines as they are now. */
  readonly stoppedAt: number | undefined;
  readonly isOlder: boolean; // the document was edited since the program loaded it
  /** Of lines as they are numbered in the document now, from 1. */
  readonly at: (line: number) => RankedLine | undefined;
  /** What happened in the calls of a line, likewise. */
  readonly callerAt: (line: number) => Caller | undefined;
  readonly suspicionsAt: (line: number) => readonly Suspicion[];
  readonly suspectLines: () => Iterable<number>;
  /** All of them, by their numbers now. */
  readonly hotLines: () => HeatMap;
}

export class DocumentHeats {
  readonly #sources: SourceLines;
  readonly #settings: () => Settings;
  #maps = new WeakMap<SourceFigures, HeatMap>();
  #callers = new WeakMap<SourceFigures, ReadonlyMap<number, Caller>>();

  constructor(sources: SourceLines, settings: () => Settings) {
    this.#sources = sources;
    this.#settings = settings;
  }

  /** Figures or settings have changed. */
  forget(): void {
    this.#maps = new WeakMap();
    this.#callers = new WeakMap();
  }

  /** undefined: nothing is known of it, or heat is not to be shown. */
  of(document: TextDocument): DocumentHeat | undefined {
    if (!this.#settings().showHeat) return undefined;
    const found = this.#sources.find(document);
    if (found === undefined) return undefined;
    const { run, source, lines, text } = found;
    const metric = metricOf(this.#settings().metric, run.figures);
    const map = this.#mapOf(source, run, metric);
    const callers = this.#callersOf(source, run, metric);
    const suspicions = suspicionsOf(run.measurements, source);
    const loaded = (line: number): number => (lines === undefined ? line : (lines.loaded(line) ?? -1));
    return {
      run,
      source,
      metric,
      text,
      stoppedAt: stopLine(run, source, lines),
      isOlder: lines?.isEdited ?? false,
      at: (line) => map.get(loaded(line)),
      callerAt: (line) => callers.get(loaded(line)),
      suspicionsAt: (line) => suspicions.get(loaded(line)) ?? [],
      suspectLines: () => linesNow(suspicions.keys(), lines),
      hotLines: () => numberedNow(map, lines),
    };
  }

  #callersOf(source: SourceFigures, run: Run, metric: Metric): ReadonlyMap<number, Caller> {
    const callers = this.#callers.get(source) ?? callersOf(source, run.figures, metric);
    this.#callers.set(source, callers);
    return callers;
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
}

function stopLine({ place }: Run, source: SourceFigures, lines: FollowedLines | undefined): number | undefined {
  if (place === undefined || place.path !== source.path || place.name !== source.name) return undefined;
  return lines === undefined ? place.line : lines.now(place.line);
}

function* linesNow(loaded: Iterable<number>, lines: FollowedLines | undefined): Iterable<number> {
  for (const line of loaded) {
    const now = lines === undefined ? line : lines.now(line);
    if (now !== undefined) yield now;
  }
}

function numberedNow(map: HeatMap, lines: FollowedLines | undefined): HeatMap {
  if (lines?.isEdited !== true) return map;
  const moved = new Map<number, RankedLine>();
  map.forEach((hot, loaded) => {
    const now = lines.now(loaded);
    if (now !== undefined) moved.set(now, hot);
  });
  return moved;
}

// ---- What is written at the end of a line, as decoration or as inlay hint. ----

const SUSPECT = '▲';

export interface LineText {
  readonly level: number; // of the figures in it; 0: there are none, or memory shrank
  readonly text: string;
  readonly isSuspect: boolean;
  readonly isDim: boolean; // of an older text, or of the interval before
}

/** undefined: nothing. A suspected leak is told of however hot its line is. `width`: columns of the bytes. */
export function textOfLine(heat: DocumentHeat, line: number, { textFromLevel, units }: Settings, width = 0): LineText | undefined {
  const hot = heat.at(line);
  const isSuspect = heat.suspicionsAt(line).length > 0;
  const told = hot !== undefined && (isSuspect || deservesText(hot, textFromLevel)) ? hot : undefined;
  const parts = told === undefined ? [] : [lineText(told, heat.metric, units, width)];
  const caller = heat.callerAt(line);
  if (caller?.isTold === true) parts.push(texts.below(belowText(caller, heat.metric, units)));
  if (isSuspect) parts.push(`${SUSPECT} ${texts.suspect()}`);
  if (parts.length === 0) return undefined;
  const reasons = reasonsToDim(heat, told);
  return { level: told?.level ?? 0, text: [...parts, ...reasons].join(' · '), isSuspect, isDim: reasons.length > 0 };
}

function reasonsToDim({ isOlder }: DocumentHeat, told: RankedLine | undefined): readonly string[] {
  return [...(told?.isEarlier === true ? [texts.earlier()] : []), ...(isOlder ? [texts.older()] : [])];
}

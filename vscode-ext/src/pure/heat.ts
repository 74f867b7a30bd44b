// SPDX-License-Identifier: MIT
// Which lines are hot, and how hot: figures seen through the user's choices, as what is painted and
// listed. Made once per change of figures or choices, and by forEach: for...of over a Map leaves two objects for each
// entry, and with thousands of lines memory that is touched for the first time costs more than all the rest.
// ---- Five levels, on the same scale and with the same shapes as in the report of `luaheat run` (a test there
// compares them): logarithmic, each holds figures up to four times those of the one below. The last ends at the
// hottest line, but not below the floor: few bytes are not hot, though no line has more. ----

import { bytesText } from './metrics.ts';
import type { Metric } from './metrics.ts';
import type { LineFigures, SessionFigures, SourceFigures } from './sessionFigures.ts';
import { count } from './units.ts';
import type { Units } from './units.ts';

export const LEVELS = 5;
const STEP = 4;
const FLOOR = 64 * 1024; // bytes: a quarter of it is needed for the last level, a quarter of that for the one below
const SHAPES = [' ', '▁', '▂', '▄', '▆', '█'];

/** 1 to LEVELS; 0 for nothing. `max` is the figure of the hottest line. */
export function heatLevel(bytes: number, max: number): number {
  return levelUpTo(Math.max(max, FLOOR), bytes);
}

/** Tells a level in text; one column. */
export function levelShape(level: number): string {
  return SHAPES[level] ?? ' ';
}

function levelUpTo(max: number, bytes: number): number {
  if (bytes <= 0) return 0;
  let level = LEVELS;
  for (let bound = max / STEP; level > 1 && bytes <= bound; bound /= STEP) level--;
  return level;
}

// ---- The hot lines of a source. ----

export interface HotLine {
  readonly line: number; // of the text that was loaded, from 1
  readonly bytes: number;
  readonly level: number; // 1 to 5; 0: its memory shrank
  readonly figures: LineFigures;
}

export interface RankedLine extends HotLine {
  readonly rank: number; // as level, but beside the hottest line alone: 5 is among the hottest, however few its bytes are
  readonly isEarlier: boolean; // of the interval before, as nothing has grown in this one yet
}

export interface HeatChoices {
  readonly metric: Metric;
  readonly relativeTo: 'file' | 'program';
  readonly threshold: number; // bytes
}

export type HeatMap = ReadonlyMap<number, RankedLine>;

export function heatMap(source: SourceFigures, session: SessionFigures, choices: HeatChoices): HeatMap {
  const { metric, relativeTo, threshold } = choices;
  const hot = new Map<number, RankedLine>();
  const sources = relativeTo === 'file' ? [source] : [...session.sources];
  addLines(hot, source.lines, hottest(sources, metric, nowOf), choices, false);
  if (metric.isSinceStop && hottest(session.sources, metric, nowOf) < threshold)
    addLines(hot, source.earlierLines, hottest(sources, metric, earlierOf), choices, true);
  return hot;
}

type Lines = ReadonlyMap<number, LineFigures>;

const nowOf = ({ lines }: SourceFigures): Lines => lines;
const earlierOf = ({ earlierLines }: SourceFigures): Lines => earlierLines;

function addLines(hot: Map<number, RankedLine>, lines: Lines, max: number, { metric, threshold }: HeatChoices, isEarlier: boolean): void {
  lines.forEach((figures, line) => {
    const bytes = metric.bytes(figures);
    if (line > 0 && Math.abs(bytes) >= threshold && !hot.has(line))
      hot.set(line, { line, bytes, level: heatLevel(bytes, max), rank: levelUpTo(max, bytes), figures, isEarlier });
  });
}

/** The hottest figure among the lines of these sources. Pseudo-lines are no lines. */
function hottest(sources: Iterable<SourceFigures>, metric: Metric, linesOf: (source: SourceFigures) => Lines): number {
  let max = 0;
  for (const source of sources) {
    if (source.isPseudo) continue;
    linesOf(source).forEach((line) => {
      max = Math.max(max, metric.bytes(line));
    });
  }
  return max;
}

// ---- The short text beside a line: "+56.0 KB · 1,000x". ----

/** `width`: columns of the bytes, so that numbers stand below one another. */
export function lineText(hot: HotLine, metric: Metric, units: Units, width = 0): string {
  const allocations = metric.allocations(hot.figures) ?? 0;
  const parts = [bytesText(hot.bytes, metric, units).padStart(width)];
  if (allocations > 0) parts.push(`${count(allocations)}x`);
  return parts.join(' · ');
}

/** Lines that matter beside the others: hot enough, or their memory shrank as much as that would be. */
export function deservesText({ rank }: RankedLine, fromRank: number): boolean {
  return rank === 0 ? fromRank <= 2 : rank >= fromRank;
}

// ---- The hottest lines of a program, grouped by source. ----

export interface HottestLine {
  readonly figures: LineFigures;
  readonly bytes: number;
}

export interface HottestSource {
  readonly source: SourceFigures;
  readonly bytes: number; // of all its lines
  readonly lines: readonly HottestLine[]; // hottest first
}

const ROOM = 200;

/** Sources and their lines, hottest first; the hottest `room` lines of the program. */
export function hottestLines(session: SessionFigures, metric: Metric, threshold: number, room = ROOM): readonly HottestSource[] {
  const groups = [...session.sources].map((source) => group(source, metric, threshold));
  const least = leastOfHottest(groups, room);
  return groups
    .map((entry) => ({ ...entry, lines: entry.lines.filter(({ bytes }) => bytes >= least) }))
    .filter(({ lines }) => lines.length > 0)
    .sort((one, other) => pseudoLast(one, other) || other.bytes - one.bytes);
}

/** The hottest of all that are lines of a source, the hottest first. */
export function hottestOfAll(session: SessionFigures, metric: Metric, threshold: number, room: number): readonly (HottestLine & { readonly source: SourceFigures })[] {
  const own = hottestLines(session, metric, threshold).filter(({ source }) => !source.isPseudo);
  const all = own.flatMap(({ source, lines }) => lines.map((line) => ({ source, ...line })));
  return all.sort((one, other) => other.bytes - one.bytes).slice(0, room);
}

function group(source: SourceFigures, metric: Metric, threshold: number): HottestSource {
  let bytes = 0;
  const lines: HottestLine[] = [];
  for (const figures of source.lines.values()) {
    const own = metric.bytes(figures);
    bytes += own;
    if (own >= threshold) lines.push({ figures, bytes: own });
  }
  lines.sort((one, other) => other.bytes - one.bytes || one.figures.line - other.figures.line);
  return { source, bytes, lines };
}

function leastOfHottest(groups: readonly HottestSource[], room: number): number {
  const all = groups.flatMap(({ lines }) => lines.map(({ bytes }) => bytes));
  return all.sort((one, other) => other - one)[room - 1] ?? Number.NEGATIVE_INFINITY;
}

function pseudoLast(one: HottestSource, other: HottestSource): number {
  return Number(one.source.isPseudo) - Number(other.source.isPseudo);
}

// ---- Marks for the overview ruler. It shows the whole file in few pixels, so a large file is cut into
// bands, each as hot as its hottest line: thousands of hot lines make a few hundred marks. ----

export interface RulerMark {
  readonly from: number; // lines, from 1, both included
  readonly to: number;
  readonly level: number;
}

const BANDS = 400;

export function rulerMarks(lines: ReadonlyMap<number, Pick<HotLine, 'level'>>, lineCount: number, bands = BANDS): readonly RulerMark[] {
  const height = Math.max(1, Math.ceil(lineCount / bands));
  const levels = new Map<number, number>();
  lines.forEach(({ level }, line) => {
    if (line > lineCount) return; // code that was generated may say it is anywhere
    const band = Math.floor((line - 1) / height);
    if (level > (levels.get(band) ?? 0)) levels.set(band, level);
  });
  return joined([...levels].sort(([one], [other]) => one - other), height, lineCount);
}

/** Neighbours of one level become one mark. */
function joined(
  bands: readonly (readonly [number, number])[],
  height: number,
  lineCount: number,
): readonly RulerMark[] {
  const marks: RulerMark[] = [];
  for (const [band, level] of bands) {
    const from = band * height + 1;
    const to = Math.min(lineCount, from + height - 1);
    const last = marks.at(-1);
    if (last?.level === level && last.to === from - 1) marks[marks.length - 1] = { ...last, to };
    else marks.push({ from, to, level });
  }
  return marks;
}

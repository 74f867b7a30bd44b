// SPDX-License-Identifier: MIT
// The hottest lines of a program, grouped by source.

import type { Metric } from './metrics.ts';
import type { LineFigures, SessionFigures, SourceFigures } from './sessionFigures.ts';

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

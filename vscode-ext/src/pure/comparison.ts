// SPDX-License-Identifier: MIT
// Two stops compared, line by line: what `luaheat/lines` answers with `since` and `until`.

import type { Place } from './answers.ts';
import { NOTHING, readFigures } from './figures.ts';
import type { Between, Figures } from './figures.ts';

export interface ComparedLine {
  readonly place: Place;
  readonly figures: Figures;
}

export interface ComparedSource {
  readonly name: string;
  readonly path: string | undefined;
  readonly isPseudo: boolean;
  readonly growth: number; // bytes, of all its lines
  readonly lines: readonly ComparedLine[]; // those that grew most first, those that shrank last
}

export interface Comparison {
  readonly heap: Between;
  readonly sources: readonly ComparedSource[]; // likewise; what is no source last
}

/** undefined: it is no such answer. */
export function readComparison(body: unknown): Comparison | undefined {
  const reading = readFigures(body);
  if (reading?.between === undefined) return undefined;
  const sources = reading.sources.map(({ name, path, isPseudo, rows }) => {
    const lines = rows.filter(({ figures }) => hasChanged(figures)).map(({ line, figures }) => ({ place: { name, path, line }, figures }));
    lines.sort((one, other) => other.figures.growth - one.figures.growth || one.place.line - other.place.line);
    return { name, path, isPseudo, growth: lines.reduce((sum, { figures }) => sum + figures.growth, 0), lines };
  });
  return {
    heap: reading.between,
    sources: sources
      .filter(({ lines }) => lines.length > 0)
      .sort((one, other) => Number(one.isPseudo) - Number(other.isPseudo) || other.growth - one.growth),
  };
}

function hasChanged({ growth, turnover }: Figures): boolean {
  return growth !== 0 || (turnover !== undefined && (turnover.born > 0 || turnover.gone > 0));
}

/** As the figures of a line that did nothing before, for texts of lines. */
export function asLine({ place: { line }, figures }: ComparedLine): { line: number; now: Figures; before: Figures } {
  return { line, now: figures, before: NOTHING };
}

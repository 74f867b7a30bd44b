// SPDX-License-Identifier: MIT
// Readings for tests, in the shape of luaheat/heat.

import { readFigures } from '../src/pure/figures.ts';
import type { Reading } from '../src/pure/figures.ts';

export const COLUMNS = ['line', 'allocations', 'allocated', 'freed', 'live', 'growth', 'atPeak', 'kinds'];

export type Row = readonly [line: number | readonly number[], allocations: number, allocated: number, freed: number, growth: number];

/** A source without a path is one of (startup) and its like. */
export function body(live: number, sources: Readonly<Record<string, readonly Row[]>>): Record<string, unknown> {
  const growth = Object.values(sources).flat().reduce((sum, [line, , , , own]) => sum + own * [line].flat().length, 0);
  return {
    heap: { live, growth, peak: live },
    columns: COLUMNS,
    kinds: { table: { live, objects: 1 } },
    sources: Object.entries(sources).map(([path, rows]) => ({
      source: path.startsWith('/')
        ? { name: path.split('/').at(-1), path }
        : { name: path, presentationHint: 'deemphasize' },
      rows: rows.map(([line, allocations, allocated, freed, growth]) => [
        line, allocations, allocated, freed, allocated - freed, growth, allocated - freed,
        { table: [allocations, allocated, freed, allocated - freed] },
      ]),
    })),
  };
}

export function reading(live: number, sources: Readonly<Record<string, readonly Row[]>>): Reading {
  const read = readFigures(body(live, sources));
  if (read === undefined) throw new Error('no reading');
  return read;
}

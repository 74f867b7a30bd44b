// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NOTHING } from '../src/pure/figures.ts';
import { hoverTable } from '../src/pure/tables.ts';
import type { HoverWords } from '../src/pure/tables.ts';

const words: HoverWords = {
  sinceStop: 'this stop', wholeRun: 'whole run', growth: 'growth', allocated: 'allocated', freed: 'freed', live: 'live',
  retained: 'retained', atPeak: 'at peak', allocations: 'allocations', averageSize: 'average size',
  growthWithCallees: 'growth with callees', allocatedWithCallees: 'allocated with callees', kind: (kind) => kind,
};

const before = {
  ...NOTHING, allocations: 10, allocated: 560, live: 560, atPeak: 560,
  kinds: new Map([['table', { allocations: 10, allocated: 560, freed: 0 }]]),
};
const now = {
  ...before, allocations: 13, allocated: 1_234_567, freed: 60, live: 1_234_507, growth: 1_233_947,
  kinds: new Map([['table', { allocations: 13, allocated: 1_234_567, freed: 60 }]]),
};

test('every figure, exact, since the stop and of the whole run', () => {
  assert.equal(hoverTable({ line: 1, now, before }, words), [
    '|  | &nbsp;&nbsp;&nbsp;&nbsp;this stop | &nbsp;&nbsp;&nbsp;&nbsp;whole run |',
    '|:--|--:|--:|',
    '| growth | +1,233,947 B | +1,234,507 B |',
    '| allocated | 1,234,007 B | 1,234,567 B |',
    '| freed | 60 B | 60 B |',
    '| live | – | 1,234,507 B |',
    '| at peak | – | 560 B |',
    '| allocations | 3 | 13 |',
    '| average size | 411,335.7 B | 94,966.7 B |',
    '| table | &nbsp;&nbsp;&nbsp;&nbsp;1,234,007 B · 3x | &nbsp;&nbsp;&nbsp;&nbsp;1,234,567 B · 13x |',
  ].join('\n'));
});

test('with callees, if the line made calls: an estimate says so', () => {
  const estimate = (bytes: number, error: number) => ({ bytes, error });
  const withCallees = { allocated: estimate(5_000_000, 12_345), live: estimate(2_000_000, 0), growth: estimate(-300, 7) };
  const table = hoverTable({ line: 1, now: { ...now, withCallees }, before }, words);
  assert.match(table, /\| growth with callees \| -300 B ± 7 B \| \+2,000,000 B \|/);
  assert.match(table, /\| allocated with callees \| – \| 5,000,000 B ± 12,345 B \|/);
  const own = { allocated: estimate(now.allocated, 128), live: estimate(now.live, 128), growth: estimate(now.growth, 128) };
  assert.doesNotMatch(hoverTable({ line: 1, now: { ...now, withCallees: own }, before }, words), /callees/);
});

test('retained only if it is known; nothing is no number', () => {
  const table = hoverTable({ line: 1, now: { ...before, retained: 7 }, before }, words);
  assert.match(table, /\| retained \| 7 B \| – \|/);
  assert.match(table, /\| average size \| – \| 56 B \|/);
  assert.match(table, /\| table \| – \| (&nbsp;)+560 B · 10x \|/);
});

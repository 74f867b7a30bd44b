// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { belowText, callersOf, estimateText } from '../src/pure/callees.ts';
import { readFigures } from '../src/pure/figures.ts';
import { metricOf } from '../src/pure/metrics.ts';
import { SessionFigures } from '../src/pure/sessionFigures.ts';
import type { SourceFigures } from '../src/pure/sessionFigures.ts';
import { exactBytes } from '../src/pure/units.ts';
import { COLUMNS } from './readings.ts';

const WITH_CALLEES = ['allocated', 'live', 'growth'].flatMap((name) => [`${name}WithCallees`, `${name}WithCalleesError`]);

/** Lines that have grown by so much themselves, and with callees, give or take an error. */
function session(lines: readonly (readonly [line: number, own: number, withCallees: number, error: number])[], since?: number): SessionFigures {
  const figures = new SessionFigures();
  const rows = lines.map(([line, own, whole, error]) => [line, own > 0 ? 1 : 0, own, 0, own, own, own, {}, whole, error, whole, error, whole, error]);
  const body = { heap: { live: 1000, peak: 1000 }, columns: [...COLUMNS, ...WITH_CALLEES], sources: [{ source: { name: 'a.lua', path: '/a.lua' }, rows }], since };
  const read = readFigures(body);
  assert.ok(read);
  figures.read(read, 0);
  return figures;
}

function sourceOf(figures: SessionFigures): SourceFigures {
  const [source] = figures.sources;
  assert.ok(source);
  return source;
}

const callers = (figures: SessionFigures, metric = 'growth') => callersOf(sourceOf(figures), figures, metricOf(metric, figures));

test('a line that allocates nothing itself, and much below', () => {
  const figures = session([[1, 900, 900, 50], [2, 0, 900, 50], [3, 100, 1000, 50], [4, 1000, 1200, 50], [5, 0, 90, 10], [6, 0, 400, 500]]);
  const found = callers(figures);
  assert.deepEqual([...found.keys()], [2, 3, 4, 5, 6], 'line 1 has called nothing');
  const told = [...found].filter(([, { isTold }]) => isTold).map(([line]) => line);
  assert.deepEqual(told, [2, 3], 'not what is less than its own, less than a tenth of all, or not known well');
  const caller = found.get(3);
  assert.ok(caller);
  assert.equal(caller.below, 900);
  assert.equal(belowText(caller, metricOf('growth', figures), 'decimal'), '+900 B');
  assert.equal(belowText(caller, metricOf('allocated', figures), 'decimal'), '900 B');
});

test('a metric that is not known with callees has no callers', () => {
  assert.equal(callers(session([[2, 0, 900, 50]]), 'atPeak').size, 0);
});

test('growth with callees counts from the last stop as well', () => {
  const figures = session([[2, 0, 900, 50]]);
  const later = readFigures({ heap: { live: 1000, peak: 1000 }, columns: [...COLUMNS, ...WITH_CALLEES], sources: [], since: 1 });
  assert.ok(later);
  figures.read(later, 1);
  assert.equal(callers(figures).get(2)?.below, 0);
  assert.equal(callers(figures, 'allocated').get(2)?.below, 900);
});

test('an estimate says what its error is', () => {
  assert.equal(estimateText({ bytes: 36_000, error: 1960 }, exactBytes), '36,000 B ± 1,960 B');
  assert.equal(estimateText({ bytes: 36_000, error: 0 }, exactBytes), '36,000 B');
});

// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { LineHistories } from '../src/pure/lineHistories.ts';
import type { LinePoint } from '../src/pure/lineHistories.ts';

const at = (line: number): { name: string; path: string; line: number } => ({ name: 'a.lua', path: '/a.lua', line });
const pointsOf = (lines: LineHistories, line: number): readonly LinePoint[] | undefined => lines.largest.find(({ place }) => place.line === line)?.points;

/** One alone of a moment. */
function add(lines: LineHistories, line: number, time: number, live: number, isNew: boolean): void {
  lines.add(at(line), { time, live }, isNew);
  lines.settle();
}

test('a line has a point where its live bytes change, and none before it began', () => {
  const lines = new LineHistories();
  add(lines, 3, 10, 100, true);
  add(lines, 3, 20, 100, false);
  add(lines, 3, 30, 50, false);
  assert.deepEqual(pointsOf(lines, 3), [{ time: 0, live: 0 }, { time: 10, live: 100 }, { time: 30, live: 50 }]);
});

test('the largest lines are kept, whatever came first', () => {
  const lines = new LineHistories({ lines: 3, points: 8 });
  for (let line = 1; line <= 50; line++) add(lines, line, line, (line * 7) % 50, true);
  const largest = lines.largest.map(({ place }) => (place.line * 7) % 50);
  assert.deepEqual(largest, [49, 48, 47]);
});

test('one that is not among them is not there, and one that comes back begins where it does', () => {
  const lines = new LineHistories({ lines: 2, points: 8 });
  add(lines, 1, 1, 10, true);
  add(lines, 2, 1, 20, true);
  add(lines, 3, 1, 5, true);
  assert.equal(pointsOf(lines, 3), undefined);
  add(lines, 3, 2, 15, false);
  assert.deepEqual(pointsOf(lines, 3), [{ time: 2, live: 15 }]);
  assert.equal(pointsOf(lines, 1), undefined);
});

test('a kept line that becomes small makes room', () => {
  const lines = new LineHistories({ lines: 2, points: 8 });
  add(lines, 1, 1, 10, true);
  add(lines, 2, 1, 20, true);
  add(lines, 3, 1, 30, true);
  add(lines, 3, 2, 1, false);
  add(lines, 1, 3, 4, false);
  assert.deepEqual(lines.largest.map(({ place: { line } }) => line), [2, 1]);
});

test('however long it runs, the room of a line is bounded and its ends are right', () => {
  const lines = new LineHistories({ lines: 2, points: 16 });
  for (let time = 1; time <= 10_000; time++) add(lines, 1, time, time, time === 1);
  const points = pointsOf(lines, 1) ?? [];
  assert.ok(points.length <= 16 && points.length >= 8);
  assert.deepEqual([points[0], points.at(-1)], [{ time: 0, live: 0 }, { time: 10_000, live: 10_000 }]);
  assert.ok(points.every(({ time, live }) => time === live), 'no point is made up');
});

test('cleared they are gone', () => {
  const lines = new LineHistories({ lines: 1, points: 8 });
  add(lines, 1, 1, 10, true);
  add(lines, 2, 1, 20, true);
  lines.clear();
  assert.deepEqual(lines.largest, []);
  add(lines, 3, 2, 1, true);
  assert.equal(lines.largest.length, 1);
});

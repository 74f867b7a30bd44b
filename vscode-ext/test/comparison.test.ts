// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readComparison } from '../src/pure/comparison.ts';

const columns = ['line', 'allocations', 'allocated', 'freed', 'live', 'growth', 'kinds', 'new', 'survived', 'gone'];
const body = {
  heap: { live: 900, peak: 2000, before: 700, after: 900 },
  columns,
  sources: [
    { source: { name: '(startup)', presentationHint: 'deemphasize' }, rows: [[0, 1, 400, 0, 400, 400, {}, 400, 0, 0]] },
    {
      source: { name: 'a.lua', path: '/a.lua' },
      rows: [
        [3, 0, 0, 300, 0, -300, { table: [0, 0, 300, -300, 0, 0, 300] }, 0, 0, 300],
        [5, 0, 0, 0, 56, 0, { table: [0, 0, 0, 0, 0, 56, 0] }, 0, 56, 0],
        [7, 3, 200, 50, 230, 150, { table: [1, 56, 50, 6, 56, 0, 50], string: [2, 144, 0, 144, 144, 30, 0] }, 200, 30, 50],
        [9, 2, 80, 80, 80, 0, {}, 80, 0, 80],
      ],
    },
    { source: { name: 'b.lua', path: '/b.lua' }, rows: [[1, 0, 0, 0, 56, 0, {}, 0, 56, 0]] },
  ],
};

test('lines that have changed, those that grew most first', () => {
  const { heap, sources } = readComparison(body) ?? {};
  assert.deepEqual(heap, { before: 700, after: 900 });
  assert.deepEqual(sources?.map(({ name, growth }) => [name, growth]), [['a.lua', -150], ['(startup)', 400]], 'what is no source last');
  const [{ lines } = { lines: [] }] = sources;
  assert.deepEqual(lines.map(({ place: { line }, figures: { growth } }) => [line, growth]), [[7, 150], [9, 0], [3, -300]],
    'what only survived has not changed; what was replaced has');
  assert.deepEqual(lines[0]?.figures.turnover, { born: 200, survived: 30, gone: 50 });
});

test('an adapter that does not know what became of the heap', () => {
  const older = { ...body, columns: columns.slice(0, 7) };
  const [source] = readComparison(older)?.sources ?? [];
  assert.deepEqual(source?.lines.map(({ place: { line }, figures: { turnover } }) => [line, turnover]), [[7, undefined], [3, undefined]]);
});

test('odd answers compare nothing', () => {
  for (const odd of [undefined, {}, { heap: { live: 1, peak: 1 }, columns, sources: [] }]) assert.equal(readComparison(odd), undefined);
});

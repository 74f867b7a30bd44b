// SPDX-License-Identifier: MIT
// The judge of the truth cases, judged: a figure that is off by one is complained of.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseExpectations, unmet } from './expectations.mjs';
import { sizes } from './sizes.mjs';

const names = sizes(4);
const table = { allocations: 2, allocated: 112, freed: 56, live: 56 };
const rows = [
  { source: '/f.lua', line: 1, ...table, kinds: { table } },
  { source: '(startup)', line: 0, allocations: 1, allocated: 20, freed: 0, live: 20, kinds: {} },
];

function complaints(comment) {
  return unmet(parseExpectations(`code() --> ${comment}\n`), rows, '/f.lua', names).length;
}

const met = [
  'allocated = 2 * TABLE', 'allocations = 2', 'table.live = TABLE, table.freed = TABLE', 'live >= 56', 'live <= 56',
  'live > 55', 'live < 57', 'string.allocated = 0', '@(startup) live = 20', '@(string table) live = 0', '@name:3 live = 0',
];
const missed = [
  'allocated = 2 * TABLE + 1', 'allocations = 1', 'table.live = TABLE + 1', 'live >= 57', 'live <= 55', 'live > 56',
  'live < 56', 'string.allocated = 1', '@(startup) live = 21', 'nothing', '@name:3 live = 1',
];
const unreadable = [
  'allocated', 'alocated = 1', 'allocated == 1', 'tables.live = 1', 'live = TABEL', 'live = 1.5', 'live = 1;', '@(startup)', '',
];

for (const comment of met) test(`met: ${comment}`, () => assert.equal(complaints(comment), 0));
for (const comment of missed) test(`missed: ${comment}`, () => assert.equal(complaints(comment), 1));
for (const comment of unreadable) test(`unreadable: ${comment}`, () => assert.throws(() => complaints(comment)));

test('several complaints of one line, and lines without a comment', () => {
  const text = 'local x = 1\ny() --> live = 1, freed = 1, allocated = 0\n-- no expectation\n';
  assert.equal(unmet(parseExpectations(text), [], '/f.lua', names).length, 2);
});

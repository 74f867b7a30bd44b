// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readEqualStrings, readLargestTables } from '../src/pure/largest.ts';

const source = { name: 'main.lua', path: '/main.lua' };

test('tables are read, with the line that made them', () => {
  const table = { bytes: 2104, retained: 10130, text: 'local list', path: [], source, line: 6, value: 'table: 0x1', array: 2048, hash: 0, entries: 100 };
  assert.deepEqual(readLargestTables({ walked: 7, tableCount: 2, tables: [table, { text: 'global _G', bytes: 72 }] }), [
    { text: 'local list', place: { ...source, line: 6 }, bytes: 2104, retained: 10130, entries: 100 },
    { text: 'global _G', place: undefined, bytes: 72, retained: 0, entries: 0 },
  ]);
});

test('strings are read, with what one of each would save', () => {
  const string = { value: '"copy…"', length: 100, count: 20, each: 125, bytes: 2500, saved: 2375, text: 'local copies → [1]', source, line: 13 };
  assert.deepEqual(readEqualStrings({ groupCount: 1, saved: 2375, strings: [string] }), [
    { text: 'local copies → [1]', place: { ...source, line: 13 }, value: '"copy…"', count: 20, each: 125, saved: 2375 },
  ]);
});

test('odd answers hold nothing', () => {
  for (const odd of [undefined, null, 7, [], {}, { tables: 7, strings: 'x' }]) {
    assert.deepEqual(readLargestTables(odd), []);
    assert.deepEqual(readEqualStrings(odd), []);
  }
  assert.deepEqual(readEqualStrings({ strings: [null, {}] }), [{ text: '', place: undefined, value: '', count: 0, each: 0, saved: 0 }]);
});

// SPDX-License-Identifier: MIT
// Random nests of coroutines, protected calls, errors, closing and refusals: each table is its line's.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { measure, runLua } from '../programs.mjs';

const fixture = 'nests.lua';
const [first, last] = (process.env.NESTS ?? '1-12').split('-').map(Number);

for (let seed = first; seed <= last; seed++) {
  test(`seed ${seed}`, () => {
    const program = [fixturePath(fixture), String(seed)];
    const plain = runLua(program);
    const { report, ...heated } = measure(program);
    assert.equal(plain.status, 0);
    assert.deepEqual(heated, plain, 'runs as under lua5.4');
    assert.equal(report.heap.live, report.heap.collector);
    const tables = (mark) => report.lines.find(({ line }) => line === lineOf(fixture, mark))?.kinds.table?.allocations ?? 0;
    const told = plain.stdout.trim().split(' ').map(Number);
    assert.deepEqual(told.map((_, i) => tables(String(i + 1))), told);
  });
}

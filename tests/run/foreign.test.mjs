// SPDX-License-Identifier: MIT
// Modules that use the program's allocator for blocks and states of their own.

import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { interpreter, measure, runLua, runLuaheat, withModules, withSanitizer } from '../programs.mjs';

const fixture = 'foreign.lua';
const program = [fixturePath(fixture)];
const env = { LUA_CPATH: `${dirname(interpreter)}/?.so;${withModules.LUA_CPATH}` };

test('what is given back is in no figure any more, whatever size was told', () => {
  const plain = runLua(program, { env: { ...env, ...withSanitizer() } });
  assert.equal(plain.status, 0, plain.stderr);
  const { report, ...heated } = measure(program, { env });
  assert.deepEqual(heated, plain, 'runs as under lua5.4');
  const { live, collector, uncounted } = report.heap;
  assert.deepEqual({ live, uncounted }, { live: collector, uncounted: 0 });
  assert.equal(report.lines.reduce((sum, row) => sum + row.live, 0), live);
  const at = (mark) => report.lines.find(({ line }) => line === lineOf(fixture, mark));
  assert.equal(at('tables').kinds.table.allocated, 1000 * 56);
  assert.equal(at('grown').allocated, 300_000);
  assert.equal(at('grown').freed, 300_000);
  for (const row of report.lines) assert.ok(row.live >= 0 && row.live <= live, `${row.line}: ${row.live}`);
});

test('what is kept is told in the table and in the JSON', () => {
  const keeps = [...program, 'keep'];
  const { heap } = measure(keeps, { env }).report;
  assert.equal(heap.uncounted, 100 + 1000 + 5 * 64);
  assert.equal(heap.live, heap.collector + heap.uncounted);
  const { stderr } = runLuaheat(['run', ...keeps], { env });
  assert.match(stderr, /^Heap: [\d,]+ bytes at the end, 1,420 of them beside Lua's own count;/m);
});

test('an allocator in front of the program\'s changes no figure', () => {
  const ahead = [fixturePath('in_front.lua')];
  const plain = runLua(ahead, { env: { ...env, ...withSanitizer() } });
  assert.equal(plain.status, 0, plain.stderr);
  const { report, ...heated } = measure(ahead, { env });
  assert.deepEqual(heated, plain, 'runs as under lua5.4');
  assert.equal(report.heap.live, report.heap.collector);
  const tables = report.lines.find(({ line }) => line === lineOf('in_front.lua', 'tables'));
  assert.equal(tables.kinds.table.live, 1000 * 56);
});

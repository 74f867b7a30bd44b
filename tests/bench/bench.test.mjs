// SPDX-License-Identifier: MIT
// The bench itself: that what it times does the same however it is run, and that nothing is left out. No times are held.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { inScratchFolder, interpreter, runLua, runLuaheat } from '../programs.mjs';
import { groups } from './groups.mjs';
import { programs, script } from './programs.mjs';
import { benchDir } from './setting.mjs';
import { geometricMean, ratioOfMeans, spread } from './statistics.mjs';
import { debugged, measured, plain } from './ways.mjs';

const bench = (...args) => spawnSync(process.execPath, [join(benchDir, 'bench.mjs'), ...args], { encoding: 'utf8' });

for (const { name } of programs) {
  test(`${name} prints the same however it is run`, () => {
    const run = [script(name), '1'];
    const { status, stdout, stderr } = runLua(run);
    assert.deepEqual([status, stderr], [0, '']);
    assert.notEqual(stdout, '');
    assert.notEqual(stdout, runLua([script(name), '2']).stdout, 'it depends on the rounds');
    const direct = spawnSync(interpreter, run, { encoding: 'latin1' });
    assert.deepEqual([direct.status, direct.stdout, direct.stderr], [0, stdout, '']);
    const counted = runLuaheat(['run', '-o', '/dev/null', ...run]);
    assert.deepEqual([counted.status, counted.stdout, counted.stderr], [0, stdout, '']);
    const tricked = runLua([join(benchDir, 'old_trick.lua'), ...run]);
    assert.deepEqual([tricked.status, tricked.stdout], [0, stdout]);
    assert.match(tricked.stderr, /\.lua--\d+$/m, 'it has found lines');
  });
}

test('every row is in the table and in the JSON', () => {
  inScratchFolder((folder) => {
    const json = join(folder, 'bench.json');
    const { status, stdout, stderr } = bench('--tiny', '--pairs', '1', '--no-instructions', '--json', json);
    assert.deepEqual([status, stderr], [0, '']);
    const { rows } = JSON.parse(readFileSync(json, 'utf8'));
    const named = groups.flatMap(({ name, cases, summaries = [] }) => [...cases, ...summaries].map((one) => [name, one.name]));
    assert.deepEqual(rows.map((row) => [row.group, row.name]), named);
    for (const { name, reached, toReach, unit } of rows) {
      for (const value of [reached.median, reached.smallest, reached.largest, ...reached.samples]) assert.ok(Number.isFinite(value), name);
      assert.ok(toReach === undefined || toReach > 0, name);
      assert.equal(typeof unit, 'string', name);
      assert.ok(stdout.split('\n').some((line) => line.startsWith(`  ${name}  `)), `${name} has its line`);
    }
  });
});

test('a group alone, and what is no group', () => {
  inScratchFolder((folder) => {
    const json = join(folder, 'bench.json');
    assert.equal(bench('figures', '--tiny', '--pairs', '1', '--no-instructions', '--json', json).status, 0);
    assert.deepEqual([...new Set(JSON.parse(readFileSync(json, 'utf8')).rows.map(({ group }) => group))], ['figures']);
    for (const wrong of [['trap'], ['--pairs', '0'], ['--pairs', 'many'], ['--times', '3']]) {
      const { status, stdout, stderr } = bench(...wrong, '--json', join(folder, 'none.json'));
      assert.deepEqual([status, stdout], [1, ''], wrong.join(' '));
      assert.notEqual(stderr, '');
    }
  });
});

const hasValgrind = spawnSync('valgrind', ['--version']).status === 0;

test('instructions are those of the program', { skip: !hasValgrind && 'no valgrind' }, async () => {
  const calls = { scriptOf: (rounds) => [script('calls'), rounds], rounds: 2 };
  const perRound = 3193; // calls of fib(16) with itself, each some instructions of the machine
  const [reference] = await plain.count(calls.scriptOf, calls.rounds);
  assert.ok(reference > calls.rounds * perRound * 10 && reference < calls.rounds * perRound * 1000, `${reference}`);
  for (const way of [measured, debugged()]) {
    const [count] = await way.count(calls.scriptOf, calls.rounds);
    const over = count / reference;
    assert.ok(over > 0.9 && over < 10, `${over}`);
  }
});

test('medians, spreads and means', () => {
  assert.deepEqual(spread([5, 1, 3]), { median: 3, smallest: 1, largest: 5, samples: [5, 1, 3] });
  assert.equal(spread([4, 1, 2, 3]).median, 2.5);
  assert.ok(Math.abs(geometricMean([1, 2, 4]) - 2) < 1e-12);
  assert.deepEqual(ratioOfMeans([6], [3]), { ratio: 2, error: 0, samples: [6], others: [3] });
  const { ratio, error } = ratioOfMeans([5, 7], [3, 3]); // means 6 and 3; the first one's standard error is 1
  assert.equal(ratio, 2);
  assert.ok(Math.abs(error - 2 / 6) < 1e-12);
});

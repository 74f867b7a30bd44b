// SPDX-License-Identifier: MIT
// require "luaheat": what a program can measure of itself, and that it costs nothing elsewhere.

import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { interpreter, measure, runLua, withSanitizer } from '../programs.mjs';

const script = fixturePath('module.lua');
const folder = dirname(interpreter);
const ARRAY = (count) => 56 + 16 * count;

const { report, ...result } = measure(['--measure', `pair=${script}:${lineOf('module.lua', 'pair')}`, script, folder]);
const lines = result.stdout.trimEnd().split('\n').map((line) => line.split('\t'));

function measured(name) {
  return report.measurements.find((one) => one.name === name);
}

function growthAt(name, mark) {
  return measured(name).lines.find(({ line }) => line === lineOf('module.lua', mark)).growth;
}

test('measure: what happens in the call, then what the function returns', () => {
  assert.equal(result.status, 0, result.stderr);
  assert.deepEqual(lines[0], [String(ARRAY(2)), String(ARRAY(2)), '0', '2', '1', '2', 'nil']);
});

test('measure: across a yield', () => {
  assert.equal(lines[2][0], '7');
  assert.equal(lines[1].at(-1), 'resumed');
  assert.equal(growthAt(`module.lua:${lineOf('module.lua', 'again') - 1}`, 'again').last, ARRAY(1));
});

test('measure: an error passes through, and the window it left is given up', () => {
  assert.deepEqual(lines.find(([first]) => first === 'false'), ['false', 'thrown']);
  assert.equal(growthAt(`module.lua:${lineOf('module.lua', 'outer') - 2}`, 'outer').last, ARRAY(4));
});

test('mark: phases; lap: from call to call', () => {
  assert.deepEqual([measured('loading').windows, measured('playing').windows], [1, 1]);
  assert.equal(growthAt('loading', 'loading').last, ARRAY(3));
  assert.equal(growthAt('playing', 'playing').last, ARRAY(0));
  assert.equal(measured('frame \\xFF').windows, 3);
  assert.equal(growthAt('frame \\xFF', 'frame').median, ARRAY(2));
});

test('heap and lines', () => {
  const heap = lines.find(([first]) => first === 'true');
  assert.deepEqual(heap, ['true', 'true']);
  assert.deepEqual(lines.find(([first]) => first === '3'), ['3', '=(startup)', 'true', 'true']);
});

test('wrong arguments are errors of the program', () => {
  const [measureError, lapError] = lines.slice(-2);
  assert.match(measureError[1], /function expected/);
  assert.match(lapError[1], /string expected/);
});

test('elsewhere nothing is measured, and all else is as it is', () => {
  const plain = runLua([script, folder], { env: withSanitizer() });
  assert.equal(plain.status, 0, plain.stderr);
  const [first] = plain.stdout.split('\n');
  assert.equal(first, 'nil\t1\t2\tnil');
  assert.match(plain.stdout, /^nil\tresumed$/m);
});

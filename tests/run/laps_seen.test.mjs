// SPDX-License-Identifier: MIT
// Programs at random, of functions of which some hold breakpoints and others run long without: each time that one comes to
// its line is seen, whichever way the program gets there. LUAHEAT_TEST_SEED and LUAHEAT_TEST_PROGRAMS choose others.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { inScratchFolder, measure } from '../programs.mjs';

const seed = Number(process.env.LUAHEAT_TEST_SEED ?? 1);
const programs = Number(process.env.LUAHEAT_TEST_PROGRAMS ?? 30);
const FUNCTIONS = 8;

/** The same numbers for the same seed (Knuth 3.3.4). */
function randomness(state) {
  return (limit) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 16) % limit;
  };
}

/** A program that counts how often it comes to each line with `count[N]`, and prints that. */
function program(below) {
  let counted = 0;
  const lines = [];
  const add = (text) => lines.push(text);
  const dull = () => {
    add(`  for i = 1, ${20 + below(200)} do`);
    add('    sum = sum + i % 7');
    add('  end');
  };
  const counts = () => {
    counted++;
    add(`  count[${counted}] = (count[${counted}] or 0) + 1`);
  };
  /** A call of the function, or of a later one, so that it ends. */
  const call = (from) => `f[${from + below(FUNCTIONS + 1 - from)}](depth - 1)`;
  const statements = [
    dull, dull, counts, counts, counts,
    (from) => add(`  ${call(from)}`),
    (from) => add(`  pcall(${call(from).replace(/\(.*/, '')}, depth - 1)`),
    (from) => add(`  pcall(function() ${call(from)} error('thrown', 0) end)`),
    (from) => {
      add('  local co = coroutine.wrap(function()');
      add(`    ${call(from)}`);
      counts();
      add('    coroutine.yield(1)');
      dull();
      counts();
      add('  end)');
      add('  co()');
      dull();
      add('  co()');
    },
    (from) => add(`  table.sort({ 3, 1, 2 }, function(a, b) ${call(from)} return a < b end)`),
    (from) => add(`  sum = sum + setmetatable({}, { __index = function() ${call(from)} return 1 end }).x`),
    (from) => add(`  ('ab'):gsub('.', function() ${call(from)} end)`),
    (from) => add(`  if depth == ${below(4)} then ${call(from)} end`),
  ];
  const body = (from) => {
    for (let n = 3 + below(4); n > 0; n--) statements[below(statements.length)](from);
  };
  add('local count, sum, f = {}, 0, {}');
  for (let i = FUNCTIONS; i > 0; i--) {
    add(`f[${i}] = function(depth)`);
    add('  if depth <= 0 then return end');
    body(Math.min(i + 1, FUNCTIONS));
    add(below(3) === 0 ? `  return ${call(Math.min(i + 1, FUNCTIONS))}` : below(8) === 0 ? "  error('away', 0)" : '  return');
    add('end');
  }
  add('for lap = 1, 12 do');
  for (let i = 1; i <= 4; i++) {
    counts();
    add(`  pcall(f[${1 + below(FUNCTIONS)}], 4)`);
    dull();
  }
  add('end');
  return `${lines.join('\n')}\nfor n = 1, ${counted} do print(count[n] or 0) end\n`;
}

function countedLines(text) {
  return text.split('\n').flatMap((line, index) => (/^ +count\[/.test(line) ? [index + 1] : []));
}

function check(text, below, label) {
  inScratchFolder((folder) => {
    const file = join(folder, 'random.lua');
    writeFileSync(file, text);
    const lines = countedLines(text);
    const chosen = lines.map((line, index) => ({ line, index })).filter(() => below(3) === 0).slice(0, 40);
    const options = chosen.flatMap(({ line, index }) => ['--measure', `n${index}=${file}:${line}`]);
    const { report, stdout, stderr, status } = measure(['--stacks', 'off', ...options, file]);
    assert.equal(status, 0, `${label}: ${stderr}\n${text}`);
    const counts = stdout.trim().split('\n').map(Number);
    for (const [at, { index, line }] of chosen.entries())
      assert.equal(report.measurements[at].windows, Math.max(0, counts[index] - 1), `${label}, line ${line}:\n${text}`);
  });
}

test('whatever runs between, no time that a line is come to is missed', () => {
  for (let number = 0; number < programs; number++) {
    const below = randomness((seed * 1000 + number) * 7919);
    check(program(below), below, `program ${number} of seed ${seed}`);
  }
});

// SPDX-License-Identifier: MIT
// require "luaheat": what a program can measure of itself, and that it costs nothing elsewhere.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { inScratchFolder, interpreter, measure, runLua, runLuaheat, withSanitizer } from '../programs.mjs';

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

/** Runs the text as a script of that name. */
function runText(text, { name = 'main.lua', runner = (args, options) => runLuaheat(['run', ...args], options) } = {}) {
  return inScratchFolder((cwd) => {
    writeFileSync(join(cwd, name), text);
    return runner([name, folder], { cwd, env: runner === runLua ? withSanitizer() : {} });
  });
}

test('under Luaheat it needs no path, in coroutines as little', () => {
  const { stdout, stderr } = runText(`
    package.path, package.cpath = '', ''
    coroutine.wrap(function() require 'luaheat'.mark('found') end)()
    print(require 'luaheat'.heap() > 0, select('#', require 'luaheat'))`);
  assert.equal(stdout, 'true\t1\n', stderr);
});

test('what the program has preloaded under that name comes first', () => {
  const text = "package.preload.luaheat = function(...) return table.concat({ ... }, ' ') end print((require 'luaheat'))";
  const plain = runText(text, { runner: runLua });
  assert.equal(plain.stdout, 'luaheat :preload:\n');
  assert.equal(runText(text).stdout, plain.stdout);
});

test('all other modules are found, or not, as under lua5.4', () => {
  const text = `
    package.preload.mine = function(...) return { ... } end
    print(table.concat(require 'mine', ' '), select(2, require 'mine'), #package.searchers)
    for _, name in ipairs { 'luaheat.inner', 'luaheat-other', 'luaheat_', 'heat', 1, '' } do print(pcall(require, name)) end
    print(pcall(require), pcall(package.searchers[1]), pcall(require, {}))
    print(pcall(package.searchers[1], 'nothing'))
    package.preload = nil
    print(pcall(require, 'gone'))`;
  const plain = runText(text, { runner: runLua });
  assert.equal(plain.status, 0, plain.stderr);
  const { stdout, status } = runText(text);
  assert.deepEqual({ stdout, status }, { stdout: plain.stdout, status: 0 });
});

// When the collector comes depends on each byte since the beginning: names of several lengths try several beginnings.
test('the program finds the heap that it has under lua5.4, and its collector comes when it does there', () => {
  const text = `
    local counts, last, kept = { collectgarbage 'count' * 1024 }, 0
    for i = 1, 2000 do
      kept = { i }
      local now = collectgarbage 'count' * 1024
      if now < last then counts[#counts + 1] = i .. ' ' .. now end
      last = now
    end
    print(table.concat(counts, '\\n'))`;
  for (let letters = 1; letters < 200; letters += 11) {
    const name = `${'x'.repeat(letters)}.lua`;
    assert.equal(runText(text, { name }).stdout, runText(text, { name, runner: runLua }).stdout, `${letters} letters`);
  }
});

test('luaheat.so, loaded by its path, measures under Luaheat too', () => {
  const { stdout, stderr } = runText(`
    local open = assert(package.loadlib(arg[1] .. '/luaheat.so', 'luaopen_luaheat'))
    print(open().heap() > 0)`);
  assert.equal(stdout, 'true\n', stderr);
});

// SPDX-License-Identifier: MIT
// `luaheat run --limit`: what breaks a limit, what is told then, and the exit code.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { inScratchFolder, measure, runLuaheat } from '../programs.mjs';

const script = fixturePath('loops.lua');
const array = `${script}:${lineOf('loops.lua', 'array')}`;
const ARRAYS = 1000 * (56 + 8 * 16);
const digits = (number) => number.toLocaleString('en-US');

/** Runs the fixture with limits; its report goes elsewhere, so that stderr is about the limits alone. */
function run(limits, program = script, options) {
  const words = limits.flatMap((limit) => ['--limit', limit]);
  return runLuaheat(['run', '-o', '/dev/null', ...words, program], options);
}

test('kept limits say nothing and leave the exit code alone', () => {
  const { stdout, stderr, status } = run([`${array}=${ARRAYS}`, 'heap=1GB', `${array}:allocations=2000`]);
  assert.equal(stdout, 'done\n');
  assert.equal(stderr, '');
  assert.equal(status, 0);
});

test('a broken limit of a line is told with its figure, by how much, and its text', () => {
  const { stdout, stderr, status } = run([`${array}=${ARRAYS - 1}`, 'heap=1GB']);
  assert.equal(status, 3);
  assert.equal(stdout, 'done\n');
  assert.match(stderr, /1 of 2 limits broken/);
  assert.ok(stderr.includes(`${array}=${ARRAYS - 1}`), stderr);
  assert.ok(stderr.includes(`${digits(ARRAYS)} bytes of growth: 1 more than the limit of ${digits(ARRAYS - 1)}`), stderr);
  assert.match(stderr, /^ +local t = \{ 1, 2, 3, 4, 5, 6, 7, 8 \}/m);
});

test('heap is its peak, live what there is at the end', () => inScratchFolder((folder) => {
  const program = join(folder, 'falls.lua');
  writeFileSync(program, 'local s = string.rep("x", 1000000)\ns = nil\ncollectgarbage()\n');
  const { report: { heap } } = measure([program]);
  assert.ok(heap.peak > 1_000_000 && heap.live < 1_000_000, 'the program is as it should be');
  assert.equal(run([`heap=${heap.peak}`, `live=${heap.live}`], program).status, 0);
  const { status, stderr } = run([`heap=${heap.peak - 1}`, 'live=1MB'], program);
  assert.equal(status, 3);
  assert.match(stderr, /heap at its peak: 1 more than/);
  assert.doesNotMatch(stderr, /live/);
  assert.equal(run(['live=1KB'], program).status, 3);
  assert.equal(run([`${program}:1=1KB`], program).status, 0, 'what is freed is no growth');
  assert.equal(run([`${program}:1:allocated=1MB`], program).status, 3);
  assert.equal(run([`${program}:1:peak=1MB`], program).status, 3);
}));

test('allocations are counted, of a line or of all', () => {
  assert.equal(run([`${array}:allocations=1999`]).status, 3);
  assert.match(run(['allocations=10']).stderr, /allocations: .* more than the limit of 10$/m);
});

test('a file is found from where luaheat runs, or by any name it has', () => {
  const line = lineOf('loops.lua', 'array');
  assert.equal(run([`debuggees/../debuggees/loops.lua:${line}=1KB`], script, { cwd: join(script, '../..') }).status, 3);
  assert.equal(run([`loops.lua:${line}=1KB`], 'loops.lua', { cwd: join(script, '..') }).status, 3);
});

test('a line that allocates nothing keeps any limit', () => {
  assert.equal(run([`${script}:${lineOf('loops.lua', 'array') - 1}=0`]).status, 0);
});

test('the exit code of a script that fails goes first, the report still comes', () => inScratchFolder((folder) => {
  const program = join(folder, 'fails.lua');
  writeFileSync(program, 'local t = {}\nos.exit(7)\n');
  const failed = run([`${program}:1=0`], program);
  assert.equal(failed.status, 7);
  assert.match(failed.stderr, /56 bytes of growth: 56 more than the limit of 0/);
  writeFileSync(program, 'local t = {}\nerror("no")\n');
  const thrown = run([`${program}:1=0`], program);
  assert.equal(thrown.status, 1);
  assert.match(thrown.stderr, /56 bytes of growth/);
}));

test('a limit that guards nothing is an error before anything runs', () => {
  const line = lineOf('loops.lua', 'entry');
  const nothing = {
    'a line without code': [`${script}:${line - 1}=1KB`, new RegExp(`line ${line - 1} holds no code; the next that does is ${line}`)],
    'a line behind the end': [`${script}:9999=1KB`, /line 9999 holds no code/],
    'a file that is not there': ['nope.lua:3=1KB', /cannot read nope\.lua/],
    'a folder': [`${join(script, '..')}:3=1KB`, /is no file/],
    'a file that is no Lua': [`${fixturePath('broken.lua')}:1=1KB`, /broken\.lua:\d+: .*expected/],
  };
  for (const [what, [limit, message]] of Object.entries(nothing)) {
    const { stdout, stderr, status } = run([limit]);
    assert.equal(status, 2, what);
    assert.equal(stdout, '', `${what}: nothing ran`);
    assert.match(stderr, message, what);
  }
});

test('a limit of a file that never ran is an error, but less than a broken one', () => {
  const idle = `${fixturePath('memory.lua')}:${firstCodeLine('memory.lua')}=1GB`;
  const { stdout, stderr, status } = run([idle]);
  assert.equal(stdout, 'done\n');
  assert.equal(status, 2);
  assert.match(stderr, /memory\.lua.* guards nothing/);
  const both = run([idle, 'heap=1KB']);
  assert.equal(both.status, 3);
  assert.match(both.stderr, /guards nothing[^]*1 of 2 limits broken/);
});

/** Asks luaheat itself: a limit of a line without code names the next. */
function firstCodeLine(fixture) {
  const { stderr } = run([`${fixturePath(fixture)}:1=1GB`]);
  return /next that does is (\d+)/.exec(stderr)?.[1] ?? 1;
}

test('malformed limits are told before anything runs', () => {
  for (const [limit, message] of [
    ['heap', /WHAT=SIZE/], ['heap=', /no size/], ['heap=many', /'many'/], ['heap=1 KB', /'1 KB'/],
    ['pile=3', /'pile'.*heap, live/], [`${script}=3`, /FILE:LINE/], [`${array}:colour=3`, /'colour'.*growth/],
    ['allocations=1KB', /whole number/], ['heap=99999999999GB', /no size/],
  ]) {
    const { stdout, stderr, status } = run([limit]);
    assert.equal(status, 2, limit);
    assert.equal(stdout, '', limit);
    assert.match(stderr, message);
  }
});

const leaks = fixturePath('leaks.lua');
const request = `request=${leaks}:${lineOf('leaks.lua', 'lap')}`;

/** Measures leaks.lua, which leaks, or a part of windows.lua, which does not. */
const measured = (...options) => runLuaheat(['run', '--warmup', '10', '--measure', request, ...options, leaks]);
const churn = (...options) => {
  const windows = fixturePath('windows.lua');
  return runLuaheat(['run', '--collect', '--measure', `churn=${windows}:${lineOf('windows.lua', 'churn')}`, ...options, windows]);
};

test('--fail-on-growth: a measurement in which lines keep growing', () => {
  const { status, stderr } = measured('--fail-on-growth', 'request');
  assert.equal(status, 3);
  assert.match(stderr, /--fail-on-growth request\n +(\d) lines suspected of a leak: \1 more than the limit of 0/);
  assert.equal(churn('--fail-on-growth', 'churn').status, 0);
});

test('--fail-on-growth: too few windows, or no such measurement', () => {
  const short = runLuaheat(['run', '--measure', request, '--fail-on-growth', 'request', leaks, '3']);
  assert.equal(short.status, 2);
  assert.match(short.stderr, /--fail-on-growth request guards nothing: there are too few windows/);
  const unknown = measured('--fail-on-growth', 'other');
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /no --measure has that name/);
});

test('--limit retained: what stays of a window', () => {
  // A coroutine of 1024 bytes and more, and two tables or closures of 80 bytes stay of each request.
  const { status, stderr } = measured('--collect', '--limit', 'retained=1KB');
  assert.equal(status, 3);
  assert.match(stderr, /bytes retained of a window/);
  assert.equal(measured('--collect', '--limit', 'retained=2KB').status, 0);
  assert.equal(churn('--limit', 'retained=0').status, 0, 'garbage is nothing');
  const alone = runLuaheat(['run', '--limit', 'retained=0', leaks]);
  assert.equal(alone.status, 2);
  assert.match(alone.stderr, /guards nothing: no window was measured/);
});

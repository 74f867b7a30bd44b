// SPDX-License-Identifier: MIT
// However the script ends, its exit code is the command's and the report is there.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { cleanEnv, luaheat, measure, runInShell, runLuaheat, scratchFolder } from '../programs.mjs';

const endings = fixturePath('endings.lua');

/** What stays the same in all of them: 100 kept tables of two. */
function assertFigures({ heap, lines }) {
  const live = lines.reduce((sum, row) => sum + row.live, 0);
  assert.equal(live, heap.live);
  const kept = lines.find((row) => row.source === endings && row.kinds.table?.allocations === 100);
  assert.equal(kept.live, 100 * (56 + 2 * 16));
}

for (const [how, status] of [['return', 0], ['error', 1], ['exit', 3], ['close', 0], ['failure', 1]]) {
  test(`${how} gives exit code ${status}`, () => {
    const result = measure([endings, how]);
    assert.equal(result.status, status);
    assertFigures(result.report);
    assert.equal(result.report.heap.live, result.report.heap.collector);
  });
}

test('os.exit in a finalizer, where Lua does not tell its own count', () => {
  const result = measure([endings, 'finalizer']);
  assert.equal(result.status, 4);
  assertFigures(result.report);
  const { live, collector } = result.report.heap;
  assert.equal(collector ?? live, live, 'it is left out (before Lua 5.4.4 it is told)');
  const table = runLuaheat(['run', endings, 'finalizer']);
  assert.match(table.stderr, /^Heap: [\d,]+ bytes at the end(, the same as Lua's own count)?;/m);
});

test('os.exit inside a callback, while a C function holds a buffer that Lua does not count', () => {
  const buffer = fixturePath('buffer.lua');
  const { status, report: { heap, lines } } = measure([buffer, 'exit']);
  assert.equal(status, 5);
  assert.equal(lines.reduce((sum, row) => sum + row.live, 0), heap.live);
  const held = heap.live - heap.collector, filled = 2 * 7999;
  assert.ok(held >= filled && held <= 2 * filled + 1024, `a buffer of ${held} for ${filled} bytes`);
  const { stderr } = runLuaheat(['run', buffer, 'exit']);
  assert.match(stderr, new RegExp(`^Heap: .*, ${held.toLocaleString('en')} of them beside Lua's own count;`, 'm'));
});

for (const [signal, number] of [['KILL', 9], ['SEGV', 11], ['TERM', 15]]) {
  test(`SIG${signal} ends the script and leaves the last figures`, () => {
    const result = measure([endings, 'signal', signal]);
    assert.ok(result.signal === `SIG${signal}` || result.status === 128 + number, `${result.status}`);
    assertFigures(result.report);
    const line = lineOf('endings.lua', 'signal');
    assert.match(runLuaheat(['run', endings, 'signal', signal]).stderr, new RegExp(`^luaheat: .*SIG${signal}.*; last known line: .*endings\\.lua:${line}$`, 'm'));
  });
}

test('Ctrl-C interrupts the script as in lua5.4, and the report comes', async () => {
  await interrupted('loop', 'interrupted!');
});

test('Ctrl-C in a coroutine does too', async () => {
  await interrupted('coroutine', 'interrupted!');
});

/** Ctrl-C on a terminal reaches the script and the command, which must not pass it on: a second one would end it. */
test('Ctrl-C on a terminal interrupts the script once', async () => {
  const folder = scratchFolder();
  try {
    const file = join(folder.path, 'report.json');
    const command = [luaheat, 'run', '--format', 'json', '-o', file, endings, 'interrupted'].map((word) => `'${word}'`);
    // A shell that waited for the command would be interrupted with it.
    const child = spawn('script', ['-qec', `exec ${command.join(' ')}`, '/dev/null'], { env: cleanEnv(), stdio: 'pipe' });
    let stdout = '';
    child.stdout.on('data', (data) => {
      if (!stdout.includes('ready') && (stdout + data).includes('ready')) child.stdin.write('\x03');
      stdout += data;
    });
    const [status] = await once(child, 'close');
    assert.match(stdout, /interrupted!/);
    assert.match(stdout, /went on/);
    assert.equal(status, 0);
    assertFigures(JSON.parse(readFileSync(file, 'utf8')));
  } finally {
    folder.remove();
  }
});

/** A pipe that nobody reads makes an export take for ever; the report before it tells that the script is over. */
test('once the script is over a signal ends the command', async () => {
  const folder = scratchFolder();
  try {
    const pipe = join(folder.path, 'export');
    execFileSync('mkfifo', [pipe]);
    const held = openSync(pipe, constants.O_RDWR);
    const script = join(folder.path, 'main.lua');
    writeFileSync(script, 'keep = {}\n'.repeat(5000));
    const child = spawn(luaheat, ['run', '--export', `html=${pipe}`, script], { env: cleanEnv(), stdio: ['ignore', 'ignore', 'pipe'] });
    const rescue = setTimeout(() => child.kill('SIGKILL'), 20_000);
    child.stderr.once('data', () => child.kill('SIGTERM'));
    assert.deepEqual(await once(child, 'close'), [null, 'SIGTERM']);
    clearTimeout(rescue);
    closeSync(held);
  } finally {
    folder.remove();
  }
});

async function interrupted(how, message) {
  const folder = scratchFolder();
  try {
    const file = join(folder.path, 'report.json');
    const child = spawn(luaheat, ['run', '--format', 'json', '-o', file, endings, how], {
      detached: true, env: cleanEnv(), stdio: ['ignore', 'pipe', 'pipe'],
    });
    const rescue = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), 20_000);
    let stderr = '';
    child.stderr.on('data', (data) => { stderr += data; });
    child.stdout.once('data', () => process.kill(-child.pid, 'SIGINT'));
    const [status] = await once(child, 'close');
    clearTimeout(rescue);
    assert.match(stderr, new RegExp(message));
    assert.match(stderr, /stack traceback/);
    assert.equal(status, 1);
    assertFigures(JSON.parse(readFileSync(file, 'utf8')));
  } finally {
    folder.remove();
  }
}

test('running out of memory is an error like any other', (t) => {
  const limited = (...args) => runInShell('ulimit -v 1500000; exec "$@"', [luaheat, ...args]);
  const start = runInShell('ulimit -v 1500000; ASAN_OPTIONS= exec "$@"', [luaheat, '--version']);
  if (start.status !== 0) return t.skip('a sanitizer needs more address space');
  const result = limited('run', '--format', 'json', endings, 'memory');
  assert.equal(result.stdout, 'kept\nnot enough memory\n');
  assert.equal(result.status, 0);
  assertFigures(JSON.parse(result.stderr));
});

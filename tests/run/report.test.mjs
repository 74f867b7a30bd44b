// SPDX-License-Identifier: MIT
// The report of `luaheat run`: its three forms, its order, and where it goes.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { inScratchFolder, luaheat, runInShell, runLuaheat } from '../programs.mjs';

const script = fixturePath('loops.lua');
const TABLE_OF_8 = 56 + 8 * 16;
const HASH_OF_8 = 56 + 8 * 24;

function run(...options) {
  return runLuaheat(['run', ...options, script]);
}

function json(...options) {
  return JSON.parse(run('--format', 'json', ...options).stderr);
}

/** The rows of a CSV text, the header's names as keys. Quoted fields may hold anything. */
function parseCsv(text) {
  const [header, ...rows] = text.trimEnd().split('\n').map((line) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, -1)
      .map(([, field]) => field.replace(/^"(.*)"$/, '$1').replaceAll('""', '"')));
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i]])));
}

test('the table goes to stderr, the script\'s own output to stdout', () => {
  const { stdout, stderr, status } = run();
  assert.equal(stdout, 'done\n');
  assert.equal(status, 0);
  assert.match(stderr, new RegExp(`${basename(script)}.*${lineOf('loops.lua', 'array')}`));
});

test('the table has the lines\' figures, their text and the totals', () => {
  const { stderr } = run('--top', '3');
  const digits = stderr.replaceAll(/(?<=\d)[,. '_](?=\d{3})/g, '');
  assert.match(digits, new RegExp(`\\b${1000 * TABLE_OF_8}\\b`), 'allocated by the arrays');
  assert.match(digits, new RegExp(`\\b${1000 * HASH_OF_8}\\b`), 'allocated by the hashes');
  assert.match(stderr, /local t = \{ 1, 2, 3, 4, 5, 6, 7, 8 \}/, 'the text of the line');
  assert.match(stderr, /peak/i);
  const { heap } = json();
  assert.match(digits, new RegExp(`\\b${heap.peak}\\b`), 'the peak in full');
});

test('no colours where there is no terminal', () => {
  assert.doesNotMatch(run().stderr, /\x1b/);
});

test('colours on a terminal, unless NO_COLOR is set', () => {
  const command = [luaheat, 'run', script];
  const onTerminal = (env) => runInShell('script -qec "$*" /dev/null', command, { env }).stdout;
  assert.match(onTerminal({ TERM: 'xterm-256color' }), /\x1b\[/);
  assert.doesNotMatch(onTerminal({ TERM: 'xterm-256color', NO_COLOR: '1' }), /\x1b\[/);
  assert.doesNotMatch(onTerminal({ TERM: 'dumb' }), /\x1b\[/);
});

test('JSON holds every site, sources absolute, pseudo-lines with line 0', () => {
  const { heap, lines } = json();
  const at = (mark) => lines.find((row) => row.source === script && row.line === lineOf('loops.lua', mark));
  assert.equal(at('array').allocated, 1000 * TABLE_OF_8);
  assert.equal(at('array').kinds.table.allocations, 1000);
  assert.equal(at('hash').allocated, 1000 * HASH_OF_8);
  assert.equal(at('hash').kinds.table.allocations, 1000);
  assert.equal(at('hash').kinds.buffer.allocated, 1000 * 8 * 24);
  const startup = lines.find((row) => row.source === '(startup)');
  assert.equal(startup.line, 0);
  assert.ok(startup.live > 10_000);
  for (const row of lines) {
    assert.ok(row.line > 0 ? row.source.startsWith('/') : /^\(.*\)$/.test(row.source), row.source);
    for (const figure of ['allocations', 'allocated', 'freed', 'live', 'at_peak', 'objects']) {
      assert.ok(Number.isSafeInteger(row[figure]) && row[figure] >= 0, `${row.source}:${row.line} ${figure}`);
    }
  }
  assert.equal(lines.reduce((sum, row) => sum + row.live, 0), heap.live);
  assert.equal(lines.reduce((sum, row) => sum + row.at_peak, 0), heap.peak);
});

test('CSV has the promised header and the rows of the JSON', () => {
  const { stderr } = run('--stacks', 'all', '--format', 'csv');
  assert.equal(stderr.split('\n')[0], 'source,line,allocations,allocated,freed,live,at_peak,objects,'
    + 'allocated_with_callees,allocated_with_callees_error,live_with_callees,live_with_callees_error');
  const rows = parseCsv(stderr);
  const { lines } = json('--stacks', 'all');
  assert.equal(rows.length, lines.length);
  for (const row of rows) {
    const same = lines.find((line) => line.source === row.source && line.line === Number(row.line));
    for (const figure of Object.keys(row).slice(2)) {
      assert.equal(Number(row[figure]), same[figure], `${row.source}:${row.line} ${figure}`);
    }
  }
});

test('CSV quotes a source that holds commas, quotes and line ends', () => {
  const odd = fixturePath('odd_names.lua');
  const { stderr } = runLuaheat(['run', '--format', 'csv', odd]);
  assert.match(stderr, /^"[^\n]*, ""quoted"""?,|"[^"]*, ""quoted""/m);
  const lines = JSON.parse(runLuaheat(['run', '--format', 'json', odd]).stderr).lines;
  assert.ok(lines.some((row) => row.source.includes(', "quoted"')));
});

test('lines come in descending growth, or as --sort says', () => {
  const orders = {
    growth: 'growth', allocated: 'allocated', freed: 'freed', live: 'live', peak: 'at_peak',
    allocations: 'allocations', objects: 'objects',
  };
  assertDescending(json().lines, 'growth');
  for (const [word, figure] of Object.entries(orders)) {
    assertDescending(json('--sort', word).lines, figure);
  }
  const places = json('--sort', 'line').lines.filter((row) => row.source === script).map((row) => row.line);
  assert.deepEqual(places, [...places].sort((a, b) => a - b));
});

function assertDescending(lines, figure) {
  const values = lines.map((row) => row[figure]);
  assert.deepEqual(values, [...values].sort((a, b) => b - a), `by ${figure}`);
}

test('--top N shows the first N lines only', () => {
  const shown = (...options) => [...run(...options).stderr.matchAll(/loops\.lua:\d+/g)].length;
  assert.equal(shown('--top', '1', '--sort', 'allocated'), 1);
  assert.ok(shown('--top', '100') > 2);
  assert.equal(shown('--top', '0'), shown('--top', '100'), '0 means all');
});

test('-o FILE takes the report, stderr stays the script\'s', () => inScratchFolder((folder) => {
  for (const format of ['table', 'json', 'csv']) {
    const file = join(folder, `report.${format}`);
    const { stdout, stderr } = run('--format', format, '-o', file);
    assert.equal(stdout, 'done\n');
    assert.equal(stderr, '');
    assert.match(readFileSync(file, 'utf8'), /loops\.lua/);
  }
}));

test('-o - puts the report on stdout, after what the script prints', () => {
  const { stdout, stderr } = run('--format', 'csv', '-o', '-');
  assert.match(stdout, /^done\nsource,line,/);
  assert.equal(stderr, '');
});

test('-o FILE that cannot be written is said, and the script\'s exit code is kept or it never ran', () => {
  const { stderr, status } = run('-o', '/no/such/folder/report');
  assert.match(stderr, /\/no\/such\/folder\/report/);
  assert.notEqual(status, 0);
});

test('-o FILE does not touch the file when the options are wrong', () => inScratchFolder((folder) => {
  const file = join(folder, 'report');
  run('-o', file, '--format', 'nonsense');
  assert.equal(existsSync(file), false);
}));

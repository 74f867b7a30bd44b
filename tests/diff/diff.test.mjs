// SPDX-License-Identifier: MIT
// `luaheat diff`: two runs of real programs, line by line. What lines allocate is derived from Lua's structs.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { inScratchFolder, luaheat, runInShell, runLuaheat } from '../programs.mjs';

const TABLE = 56;
const ARRAY = (length) => length * 16;

/** Writes { "main.lua": text, ... } into a folder and runs main.lua there; the report's file. */
function record(folder, name, files) {
  const cwd = join(folder, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(cwd, path, '..'), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  const report = join(folder, `${name}.json`);
  const { status, stderr } = runLuaheat(['run', '--format', 'json', '-o', report, 'main.lua'], { cwd });
  assert.equal(status, 0, stderr);
  return report;
}

function diff(before, after, ...options) {
  const { stdout, stderr, status } = runLuaheat(['diff', '--format', 'json', before, after, ...options]);
  assert.equal(stderr, '');
  assert.equal(status, 0);
  return JSON.parse(stdout);
}

const withText = ({ lines }, text) => lines.filter((row) => row.text?.startsWith(text));

function only(report, text) {
  const rows = withText(report, text);
  assert.equal(rows.length, 1, `${text}: ${rows.length} rows`);
  return rows[0];
}

test('two runs of one program do not differ', () => inScratchFolder((folder) => {
  const program = { 'main.lua': 'local t = {}\nfor i = 1, 100 do t[i] = { i } end\n' };
  const before = record(folder, 'a', program);
  const { lines, heap } = diff(before, record(folder, 'b', program));
  assert.deepEqual(new Set(lines.map((row) => row.state)), new Set(['same']));
  for (const row of lines) assert.equal(row.growth.change, 0, `${row.source}:${row.line}`);
  assert.equal(heap.live.change, 0);
  const table = runLuaheat(['diff', before, before]);
  assert.match(table.stdout, /lines? did not change/);
  assert.doesNotMatch(table.stdout, /main\.lua/);
}));

test('lines are followed by their text; what one allocates more is on that line', () => inScratchFolder((folder) => {
  const before = record(folder, 'a', { 'main.lua': 'local n = 10\nlocal keep = {}\nfor i = 1, n do\n  keep[i] = { 1, 2, 3 }\nend\nlocal gone = { 1 }\n' });
  const after = record(folder, 'b', { 'main.lua': '-- more\n\nlocal n = 30\nlocal new = { 1, 2 }\nlocal keep = {}\nfor i = 1, n do\n  keep[i] = { 1, 2, 3 }\nend\n' });
  const report = diff(before, after);

  const loop = only(report, 'keep[i] =');
  assert.equal(loop.state, 'moved');
  assert.deepEqual([loop.was.line, loop.line], [4, 7]);
  assert.ok(loop.was.source.endsWith('/a/main.lua') && loop.source.endsWith('/b/main.lua'));
  assert.equal(withText(report, 'local keep')[0].state, 'moved');
  assert.equal(loop.allocated.change % 8, 0);
  // 20 more constructors, and keep's array doubled from 16 to 32 slots
  assert.equal(loop.allocated.change, 20 * (TABLE + ARRAY(3)) + ARRAY(32));
  assert.equal(loop.allocations.change, 20 * 2 + 1);

  const made = only(report, 'local new');
  assert.equal(made.state, 'new');
  assert.equal(made.was, undefined);
  assert.deepEqual(made.growth, { before: 0, after: TABLE + ARRAY(2), change: TABLE + ARRAY(2) });

  const gone = only(report, 'local gone');
  assert.equal(gone.state, 'gone');
  assert.equal(gone.line, 6);
  assert.equal(gone.growth.change, -(TABLE + ARRAY(1)));

  const sum = report.lines.reduce((total, row) => total + row.live.change, 0);
  assert.equal(sum, report.heap.live.change, 'the changes of all lines are the change of the heap');
}));

test('a function that moved above another is the same function', () => inScratchFolder((folder) => {
  const f = 'local function f()\n  return { "f" }\nend\n';
  const g = 'local function g()\n  local t = { "g" }\n  return { t, t }\nend\n';
  const use = 'keep = { f(), g() }\n';
  const report = diff(record(folder, 'a', { 'main.lua': f + g + use }), record(folder, 'b', { 'main.lua': g + f + use }));
  for (const text of ['return { "f" }', 'local t = { "g" }', 'return { t, t }', 'keep =']) {
    const row = only(report, text);
    assert.ok(['same', 'moved'].includes(row.state), text);
    assert.equal(row.allocated.change, 0, text);
  }
}));

test('files are those of the same path ending', () => inScratchFolder((folder) => {
  const files = (size) => ({
    'main.lua': 'package.path = "./?.lua"\nrequire "ui.init"\nrequire "net.init"\n',
    'ui/init.lua': `ui = { ${'1, '.repeat(size)} }\n`,
    'net/init.lua': 'net = { 1 }\n',
  });
  const report = diff(record(folder, 'old', files(2)), record(folder, 'new', files(5)));
  const ui = withText(report, 'ui =');
  assert.equal(ui.length, 2, 'another text is another line');
  assert.ok(ui.every((row) => row.source.endsWith('/ui/init.lua')));
  const net = only(report, 'net =');
  assert.equal(net.state, 'same');
  assert.ok(net.source.endsWith('/new/net/init.lua') && net.was.source.endsWith('/old/net/init.lua'));
}));

test('the order is that of --sort, and --top cuts', () => inScratchFolder((folder) => {
  const before = record(folder, 'a', { 'main.lua': 'a = {}\nb = {}\n' });
  const after = record(folder, 'b', { 'main.lua': 'a = {}\nb = {}\nfor i = 1, 9 do local _ = {} end\nc = { 1, 2, 3 }\n' });
  for (const figure of ['growth', 'allocated', 'allocations', 'freed', 'live']) {
    const changes = diff(before, after, '--sort', figure).lines.map((row) => row[figure].change);
    assert.deepEqual(changes, [...changes].sort((x, y) => y - x), figure);
  }
  const cut = diff(before, after, '--top', '1');
  assert.equal(cut.lines.length, 1);
  assert.equal(cut.left_out, diff(before, after).lines.length - 1);
}));

test('a report of an older luaheat is compared in what it tells', () => inScratchFolder((folder) => {
  const before = record(folder, 'a', { 'main.lua': 'a = {}\n' });
  const after = record(folder, 'b', { 'main.lua': 'a = {}\nb = {}\n' });
  assert.equal(withText(diff(before, after), 'b = {}')[0].objects.change, 1);
  const older = JSON.parse(readFileSync(before, 'utf8'));
  for (const line of older.lines) delete line.objects;
  writeFileSync(before, JSON.stringify(older));
  const row = withText(diff(before, after), 'b = {}')[0];
  assert.ok(row.growth.change > 0 && row.objects === undefined);
  const csv = runLuaheat(['diff', before, after, '--format', 'csv']).stdout;
  assert.ok(csv.includes('allocations_change') && !csv.includes('objects'));
  for (const wanted of [['--sort', 'objects'], ['--limit', 'objects=1']]) {
    const { status, stderr } = runLuaheat(['diff', before, after, ...wanted]);
    assert.equal(status, 2);
    assert.match(stderr, /'objects'/);
  }
}));

test('CSV has the rows of the JSON', () => inScratchFolder((folder) => {
  const before = record(folder, 'a', { 'main.lua': 'a = {}\n' });
  const after = record(folder, 'b', { 'main.lua': '\na = {}\nc = { 1 }\n' });
  const { stdout } = runLuaheat(['diff', before, after, '--format', 'csv']);
  const [header, ...rows] = stdout.trimEnd().split('\n').map((line) => line.split(','));
  const { lines } = diff(before, after);
  assert.equal(rows.length, lines.length);
  rows.forEach((fields, i) => {
    const row = Object.fromEntries(header.map((name, at) => [name, fields[at]]));
    assert.equal(row.state, lines[i].state);
    for (const figure of ['growth', 'live', 'allocated', 'freed', 'at_peak', 'allocations']) {
      for (const part of ['before', 'after', 'change']) {
        assert.equal(Number(row[`${figure}_${part}`]), lines[i][figure][part], `${figure} ${part}`);
      }
    }
  });
}));

test('a rise above its limit is exit code 3 and told on stderr', () => inScratchFolder((folder) => {
  const before = record(folder, 'a', { 'main.lua': 'local n = 10\nkeep = {}\nfor i = 1, n do keep[i] = {} end\n' });
  const after = record(folder, 'b', { 'main.lua': 'local n = 20\nkeep = {}\nfor i = 1, n do keep[i] = {} end\n' });
  const rise = 10 * TABLE + ARRAY(32) - ARRAY(16);
  const kept = runLuaheat(['diff', '--limit', `line=${rise}`, '--limit', 'heap=1MB', before, after]);
  assert.equal(kept.status, 0);
  assert.equal(kept.stderr, '');
  const broken = runLuaheat(['diff', '--limit', `line=${rise - 1}`, before, after]);
  assert.equal(broken.status, 3);
  assert.match(broken.stdout, /main\.lua:3/, 'the report comes all the same');
  assert.match(broken.stderr, /1 of 1 limit broken/);
  assert.match(broken.stderr, new RegExp(`main\\.lua:3 .*\\+${rise.toLocaleString('en-US')}: 1 more than`));
  assert.match(broken.stderr, /for i = 1, n do keep\[i\] = \{\} end/);
  assert.equal(runLuaheat(['diff', '--limit', 'live=0', before, after]).status, 3);
  assert.equal(runLuaheat(['diff', '--limit', 'live=0', after, before]).status, 0, 'less is no rise');
}));

test('colours on a terminal, unless NO_COLOR is set', () => inScratchFolder((folder) => {
  const before = record(folder, 'a', { 'main.lua': 'a = {}\n' });
  const after = record(folder, 'b', { 'main.lua': 'a = {}\nc = { 1 }\n' });
  const onTerminal = (env) => runInShell('script -qec "$*" /dev/null', [luaheat, 'diff', before, after], { env }).stdout;
  assert.match(onTerminal({ TERM: 'xterm-256color' }), /\x1b\[/);
  assert.doesNotMatch(onTerminal({ TERM: 'xterm-256color', NO_COLOR: '1' }), /\x1b\[/);
  assert.doesNotMatch(runLuaheat(['diff', before, after]).stdout, /\x1b/);
}));

test('what is no report is told, with exit code 2', () => inScratchFolder((folder) => {
  const good = record(folder, 'a', { 'main.lua': 'a = {}\n' });
  const wrong = {
    '': /empty/,
    'source,line\n': /no JSON/,
    '{"heap":': /no JSON/,
    '[1, 2]': /no report of luaheat run --format json.*heap/,
    '{"heap":{"live":1,"peak":1}}': /lines/,
    '{"heap":{"live":1,"peak":1},"lines":[{}]}': /lines\[0\].*source/,
  };
  const bad = join(folder, 'bad.json');
  for (const [text, message] of Object.entries(wrong)) {
    writeFileSync(bad, text);
    for (const pair of [[bad, good], [good, bad]]) {
      const { stdout, stderr, status } = runLuaheat(['diff', ...pair]);
      assert.equal(status, 2, text);
      assert.equal(stdout, '');
      assert.match(stderr, message);
      assert.ok(stderr.includes(bad), stderr);
    }
  }
  assert.match(runLuaheat(['diff', good, join(folder, 'nope.json')]).stderr, /cannot read .*nope\.json/);
  runLuaheat(['run', '--format', 'json', '--top', '1', '-o', bad, 'main.lua'], { cwd: join(folder, 'a') });
  const cut = runLuaheat(['diff', good, bad]);
  assert.equal(cut.status, 2);
  assert.match(cut.stderr, /leaves out \d+ lines; write it without --top/);
}));

test('wrong options are told, with exit code 2', () => {
  for (const [args, message] of [
    [[], /which two/], [['a'], /which two/], [['a', 'b', 'c'], /'c'/], [['--fast', 'a', 'b'], /--fast/],
    [['a', 'b', '--sort', 'colour'], /colour/], [['a', 'b', '--top', 'x'], /--top/],
    [['a', 'b', '--format', 'xml'], /xml/], [['a', 'b', '--limit', 'x=1'], /x=1/], [['a', 'b', '--limit'], /--limit/],
  ]) {
    const { stdout, stderr, status } = runLuaheat(['diff', ...args]);
    assert.equal(status, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});

test('the comparison that cannot be written is an error, a reader that stops is none', () => inScratchFolder((folder) => {
  const good = record(folder, 'a', { 'main.lua': 'a = {}\n' });
  const full = runInShell('"$@" >/dev/full', [luaheat, 'diff', good, good]);
  assert.equal(full.status, 2);
  assert.match(full.stderr, /No space left/);
  const piped = runInShell('"$@" --format json | true', [luaheat, 'diff', good, good]);
  assert.equal(piped.stderr, '');
}));

test('--help explains every option', () => {
  const { stdout, status } = runLuaheat(['diff', '--help']);
  assert.equal(status, 0);
  for (const word of ['--sort', '--top', '--format', '--limit', 'exit code']) assert.ok(stdout.includes(word), word);
  assert.equal(runLuaheat(['help', 'diff']).stdout, stdout);
  assert.match(runLuaheat(['--help']).stdout, /luaheat diff/);
});

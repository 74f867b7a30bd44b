// SPDX-License-Identifier: MIT
// `luaheat run --largest`: what takes the room when the script ends, or at the peak of its heap.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { inScratchFolder, lua, luaheat, luaRelease, measure, runInShell, runLua, runLuaheat, withSanitizer } from '../programs.mjs';
import { sizes } from '../truth/sizes.mjs';

const { TABLE, STRING, ARRAY, GROWN_TO } = sizes(luaRelease());

const script = fixturePath('largest.lua');
const exact = (number) => number.toLocaleString('en-US');
const local = (name) => `local ${name} (main chunk, largest.lua)`;
const vault = TABLE + ARRAY(1) + STRING(200000);
const saved = STRING(4000) + 19 * STRING(100) + STRING(41);

test('at the end, of the largest so many as are asked for', () => {
  const { report: { largest }, stdout, status } = measure(['--largest', '2', script]);
  assert.deepEqual([stdout, status], [runLua([script]).stdout, 0]);
  assert.equal(largest.at, 'end');
  assert.deepEqual(largest.tables.tables.map(({ text, line, retained }) => [text, line, retained]).slice(0, 1), [[local('vault'), lineOf('largest.lua', 'vault'), vault]]);
  assert.equal(largest.tables.tables.length, 2);
  assert.deepEqual(largest.strings.strings.map(({ line, length, count }) => [line, length, count]),
    [[lineOf('largest.lua', 'two'), 4000, 2], [lineOf('largest.lua', 'copy'), 100, 20]]);
  assert.deepEqual([largest.strings.groupCount, largest.strings.saved], [3, saved]);
});

test('the same words and figures in the table and in the page', () => {
  inScratchFolder((folder) => {
    const page = join(folder, 'page.html');
    const { stderr } = runLuaheat(['run', '--largest', '3', '--export', `html=${page}`, script]);
    const html = readFileSync(page, 'utf8');
    const row = (mark) => `largest\\.lua:${lineOf('largest.lua', mark)}`;
    assert.match(stderr, /^The largest tables of \d+, at the end, by what they retain \(bytes\)$/m);
    assert.match(stderr, new RegExp(`^ *${TABLE + ARRAY(1)} +${exact(vault)} +1 +\\S*${row('vault')} +local vault`, 'm'));
    assert.match(html, new RegExp(`<tr><td>${TABLE + ARRAY(1)}</td><td>${exact(vault)}</td><td>1</td><td>local vault [^<]*</td><td>[^<]*${row('vault')}</td>`));
    assert.match(stderr, new RegExp(`^Equal strings that there are many times, at the end: one of each of the 3 would save ${exact(saved)} bytes$`, 'm'));
    const copies = [19, 20, 1].map((count) => exact(count * STRING(100)));
    assert.match(stderr, new RegExp(`^ *${copies.join(' +')} +20 +\\S*${row('copy')} `, 'm'));
    assert.match(html, new RegExp(`<tr>${[...copies, 20].map((cell) => `<td>${cell}</td>`).join('')}<td>&quot;copy [^<]*</td><td>local copies [^<]*</td><td>[^<]*${row('copy')}</td>`));
    assert.match(html, new RegExp(`would save ${exact(saved)} bytes`));
  });
});

test('at the peak, what is gone in the end, together with who holds it', () => {
  const held = fixturePath('held.lua'), line = `${held}:${lineOf('held.lua', 'large')}`;
  const { report: { largest, why, heap } } = measure(['--largest', '1', '--why', line, '--why-at', 'peak', held, 'peak']);
  const [{ text, bytes, entries }] = largest.tables.tables;
  assert.equal(text, 'local large (main chunk, held.lua)');
  assert.equal(bytes, TABLE + GROWN_TO(entries));
  assert.deepEqual([largest.at, why.answer.at, largest.heap], ['peak', 'peak', why.answer.heap]);
  assert.ok(largest.heap <= heap.peak && largest.heap * 1.1 >= heap.peak);
});

// The end of the main function, with its variables; and, after an error, when lua5.4 closes the state: what a global holds.
test('in another program, at the end', () => {
  const first = (name, ...words) => {
    const { tables, at } = measure(['--largest', '3', '--host', '--', lua, ...words], { env: withSanitizer() }).report.largest;
    return [at, tables.tables.find(({ text }) => text === name)?.retained];
  };
  assert.deepEqual(first(local('vault'), script), ['end', vault]);
  assert.deepEqual(first('global vault', '-e', 'vault = {} vault[1] = string.rep("x", 200000) error "late"'), ['end', vault]);
});

test('without several equal strings there are none, and without an end no answer', () => {
  inScratchFolder((folder) => {
    const page = join(folder, 'page.html');
    const run = (code) => runLuaheat(['run', '--largest', '1', '--export', `html=${page}`, '-'], { input: code, cwd: folder }).stderr;
    assert.match(run(''), /Equal strings that there are many times, at the end: none\n$/);
    assert.match(readFileSync(page, 'utf8'), /There are none/);
    assert.match(run('os.execute("kill -9 $PPID")'), /nobody was asked/);
    assert.match(readFileSync(page, 'utf8'), /Nobody was asked/);
    assert.equal(measure(['--largest', '1', '-'], { input: 'os.execute("kill -9 $PPID")', cwd: folder }).report.largest, null);
  });
});

const CLEARED = '\r\x1b[K';

test('on a terminal a line tells of a walk that takes its time, and goes', () => {
  inScratchFolder((folder) => {
    const onTerminal = (count) => {
      const command = `'${luaheat}' run --largest 1 -o '${join(folder, 'report')}' '${script}' ${count}`;
      const { status, stdout } = runInShell(`script -qec "${command}" /dev/null`, []);
      assert.equal(status, 0);
      return stdout;
    };
    let text = '';
    for (let count = 2e6; count <= 8e6 && !text.includes('objects'); count *= 2) text = onTerminal(count);
    const lines = text.split('\r').filter((line) => line.startsWith('luaheat: looking at the heap'));
    assert.ok(lines.length > 0 && lines.every((line) => /^luaheat: looking at the heap: [\d,]+ objects\x1b\[K$/.test(line)), text);
    assert.ok(text.startsWith('looked at\r\n') && text.endsWith(CLEARED), 'the script comes first, and nothing stays');
  });
});

test('what is asked badly', () => {
  for (const [args, words] of [[['--largest', '0'], /from 1 to 100/], [['--largest', '101'], /from 1 to 100/], [['--largest', 'x'], /whole number|number/],
    [['--why-at', 'peak'], /--why-at goes with --why or --largest/]]) {
    const { status, stderr } = runLuaheat(['run', ...args, script]);
    assert.equal(status, 2);
    assert.match(stderr, words);
  }
});

test('whatever paths are like, as many as can be asked for are told', () => {
  inScratchFolder((folder) => {
    const name = '[("%s"):rep(60):format(table.unpack(names, 1, 60))]';
    const code = `local names = {} for i = 1, 60 do names[i] = 'abc' end
      local root = {} local at = root
      for i = 1, 300 do at${name} = { ('x'):rep(100 + i), ('x'):rep(100 + i) } at = at${name} end`;
    const { report: { largest: { tables: { tables }, strings: { strings } } } } = measure(['--largest', '100', '-'], { input: code, cwd: folder });
    assert.deepEqual([tables.length, strings.length], [100, 100]);
    assert.ok(tables.some(({ text }) => text.length > 900 && text.endsWith('…')), 'long ones are cut');
  });
});

// SPDX-License-Identifier: MIT
// Sessions that end badly, two at once, and code from elsewhere.

import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { count, shortChange } from '../../vscode-ext/src/pure/units.ts';
import { eventually } from './eventually.mjs';
import { runFigures, stopFigures } from './sample.mjs';
import { scene } from './scene.mjs';

scene('a script that fails keeps its figures', { files: ['crash.lua'], open: 'crash.lua' }, async ({ workbench, editor, sample, luaheat }) => {
  const line = sample.line('crash.lua', 'fill');
  await workbench.press('F5');
  await workbench.stopsAt(sample.line('crash.lua', 'error')); // uncaught errors stop
  assert.match(await workbench.exception(), /crash\.lua:\d+: the list is full/);
  await workbench.press('F5'); // the debug view, which has the toolbar, opens for breakpoints only
  await workbench.ends();
  await workbench.command('Debug Console: Focus on Debug Console View');
  await eventually(async () => (await workbench.console()).some((text) => text.includes('the list is full')));
  await workbench.choose('Luaheat: Choose What Heat Shows...', 'Growth since the start');
  const { growth, allocations } = runFigures(luaheat, sample.path('crash.lua'), sample.folder).lines[line];
  await eventually(async () => (await editor.figures())[line] === `${shortChange(growth, 'decimal')} · ${count(allocations)}x`);
  await workbench.press('Control+Shift+D');
  await workbench.memory.rowsOf('Stops', ([last]) => last?.cells.Stop === 'Ended with exit code 1');
});

scene('two sessions do not mix', {
  texts: {
    'one.lua': 'local t = {}\nfor i = 1, 100 do t[i] = {} end --@hot\nprint("one") --@stop\n',
    'two.lua': 'local t = {}\nfor i = 1, 500 do t[i] = { i } end --@hot\nprint("two") --@stop\n',
  },
  open: 'one.lua',
}, async ({ workbench, editor, sample }) => {
  const [hot, stop] = ['hot', 'stop'].map((mark) => sample.line('one.lua', mark));
  const expected = {};
  for (const file of ['one.lua', 'two.lua']) {
    const { growth, allocations } = (await stopFigures(sample.path(file), sample.folder, [stop]))[0].lines[hot];
    expected[file] = `${shortChange(growth, 'decimal')} · ${count(allocations)}x`;
  }
  await editor.clickGutter(stop);
  await workbench.command('Luaheat: Debug Lua File');
  await workbench.stopsAt(stop);
  await eventually(async () => (await editor.figures())[hot] === expected['one.lua']);

  await workbench.openFile('two.lua');
  await editor.clickGutter(stop);
  assert.deepEqual(await editor.figures(), {}, 'the first session knows nothing of the second file');
  await workbench.command('Luaheat: Debug Lua File');
  await eventually(async () => (await editor.figures())[hot] === expected['two.lua']);

  // Each file shows its own session's, and the views those of the active one.
  await workbench.openFile('one.lua');
  await eventually(async () => (await editor.figures())[hot] === expected['one.lua']);
  await workbench.closeViews('Variables', 'Watch', 'Breakpoints');
  for (const file of ['one.lua', 'two.lua']) {
    await workbench.clickSession(file);
    await eventually(async () => {
      const files = (await workbench.rows('Memory')).map(([label]) => label.split(':')[0]);
      assert.deepEqual([...new Set(files)], [file]);
      return true;
    });
  }
});

scene('a restart and another run begin anew', {
  texts: {
    'main.lua': [
      'local list = {}',
      'if io.open("ran") then',
      '  for i = 1, 10 do list[i] = {} end --@again',
      'else',
      '  io.open("ran", "w"):close()',
      '  for i = 1, 1000 do list[i] = {} end --@first',
      'end',
      'print(#list) --@stop',
      '',
    ].join('\n'),
  },
  open: 'main.lua',
}, async ({ workbench, editor, sample }) => {
  const [again, first, stop] = ['again', 'first', 'stop'].map((mark) => sample.line('main.lua', mark));
  const stopsAre = (...expected) => workbench.memory.rowsOf('Stops', (rows) => JSON.stringify(rows.map(({ cells }) => cells.Stop)) === JSON.stringify(expected));
  const isSecondRun = async () => {
    const figures = await editor.figures();
    return figures[first] === undefined && figures[again] !== undefined;
  };
  await editor.clickGutter(stop);
  await workbench.press('F5');
  await eventually(async () => (await editor.figures())[first] !== undefined);
  await workbench.closeViews('Variables', 'Watch', 'Breakpoints', 'Call Stack');
  await stopsAre(`1: main.lua:${stop}`);
  await workbench.press('Control+Shift+F5');
  await eventually(isSecondRun);
  await stopsAre(`1: main.lua:${stop}`);

  // Ended: they stay, until the next run has its own.
  await workbench.press('Shift+F5');
  await workbench.ends();
  assert.ok(await isSecondRun());
  await workbench.press('F5');
  await workbench.stopsAt(stop);
  await stopsAre(`1: main.lua:${stop}`);
});

scene('while the program runs', {
  texts: { 'busy.lua': 'local t = {}\nwhile true do\n  t[#t + 1] = {} --@hot\n  if #t > 1e5 then t = {} end --@drop\nend\n' },
  open: 'busy.lua',
}, async ({ workbench, editor, sample }) => {
  const hot = sample.line('busy.lua', 'hot');
  await workbench.press('F5');
  await eventually(async () => (await editor.figures())[hot] !== undefined);
  assert.equal(await editor.stoppedLine(), null, 'it runs');
  const seen = new Set();
  await eventually(async () => seen.add(await workbench.status()).size >= 3);
  await workbench.press('F6');
  const line = await workbench.stopped();
  assert.ok(line >= hot - 1 && line <= hot + 2);
  await workbench.press('Shift+F5');
  await workbench.ends();
  assert.notEqual((await editor.figures())[hot], undefined, 'figures stay');
  await workbench.command('Debug Console: Focus on Debug Console View');
  assert.deepEqual((await workbench.console()).filter((row) => /signal/.test(row)), [], 'who stops it knows');
});

scene('a crash names the last line', {
  texts: { 'crash.lua': 'local t = {}\nfor i = 1, 100 do t[i] = {} end\nt.last = {} --@last\nio.popen("kill -SEGV $PPID"):close()\nwhile true do end\n' },
  open: 'crash.lua',
}, async ({ workbench, sample }) => {
  await workbench.command('Debug Console: Focus on Debug Console View');
  await workbench.openFile('crash.lua');
  await workbench.press('F5');
  const last = sample.line('crash.lua', 'last') + 1; // popen makes a handle
  await eventually(async () => (await workbench.console()).some((row) => row.includes(`SIGSEGV`) && row.includes(`crash.lua:${last}`)));
});

scene('the flame is where there are figures, whatever the language', {
  texts: {
    'main.lua': 'local t = dofile("tool")\nprint(#t) --@stop\n',
    tool: 'local t = {}\nfor i = 1, 10 do t[i] = {} end\nreturn t\n',
    'data.json': '{}\n',
  },
  open: 'main.lua',
}, async ({ workbench, editor, sample }) => {
  const hasFlame = async () => (await workbench.editorActions()).some((title) => title?.startsWith('Show or Hide Memory Heat'));
  await editor.clickGutter(sample.line('main.lua', 'stop'));
  await workbench.press('F5');
  await workbench.stopsAt(sample.line('main.lua', 'stop'));
  await eventually(hasFlame);
  await workbench.openFile('tool');
  await eventually(hasFlame);
  await workbench.openFile('data.json');
  await eventually(async () => !(await hasFlame()));
});

scene('chunks without a file, and files of other folders', {
  files: ['chunks.lua'],
  open: 'chunks.lua',
}, async ({ workbench, editor, sample }) => {
  const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'luaheat-elsewhere-')));
  try {
    writeFileSync(join(elsewhere, 'other.lua'), 'local t = {}\nfor i = 1, 50 do t[i] = {} end\nreturn t\n');
    const end = sample.line('chunks.lua', 'end') + 1;
    await editor.focus();
    await workbench.press('Control+Home');
    await workbench.type(`package.path = "${elsewhere}/?.lua" local other = require("other") --\n`);
    await editor.clickGutter(end);
    await workbench.press('F5');
    await workbench.stopsAt(end);
    await workbench.closeViews('Variables', 'Watch', 'Breakpoints', 'Call Stack');
    const rows = await workbench.memory.rowsOf('Lines', (all) => all.some(({ cells }) => cells.Line === 'other.lua'));
    const labels = rows.map(({ cells }) => cells.Line);
    assert.ok(labels.some((label) => label.includes('made at run time')), labels.join('\n'));
    await workbench.memory.click('other.lua:2');
    await eventually(async () => (await editor.texts())[3] === 'return t');
    await eventually(async () => (await editor.figures())[2]?.startsWith('+'));
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

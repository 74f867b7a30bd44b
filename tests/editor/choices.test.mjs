// SPDX-License-Identifier: MIT
// What a user can choose: what heat tells, of what, in which units, and how it is written.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';

import { count, shortBytes, shortChange } from '../../vscode-ext/src/pure/units.ts';
import { eventually } from './eventually.mjs';
import { stopFigures } from './sample.mjs';
import { scene } from './scene.mjs';

const FILE = 'growth.lua';

scene('metric, units, threshold, text, on and off', { files: [FILE], open: FILE }, async ({ workbench, editor, sample }) => {
  const line = (mark) => sample.line(FILE, mark);
  const told = await stopFigures(sample.path(FILE), sample.folder, [line('between'), line('end')]);
  const first = told[0].lines[line('empty')];
  const last = told[1].lines[line('empty')];
  const eight = told[1].lines[line('eight')];
  await editor.clickGutter(line('between'));
  await editor.clickGutter(line('end'));
  await workbench.press('F5');
  await workbench.stopsAt(line('between'));
  await workbench.continueTo(line('end'));
  const shows = (mark, text) => eventually(async () => (await editor.figures())[line(mark)] === text);
  await shows('eight', `${shortChange(eight.growth, 'decimal')} · ${count(eight.allocations)}x`);

  // What heat tells.
  await workbench.command('Luaheat: Choose What Heat Shows...');
  const offered = ['Growth since the previous stop', 'Growth since the start', 'Retained', 'Allocated', 'At peak'];
  await eventually(async () => assert.deepEqual(await workbench.pickable(), offered) ?? true);
  await workbench.pick('Allocated');
  await shows('empty', `${shortBytes(last.allocated, 'decimal')} · ${count(last.allocations)}x`);
  await workbench.choose('Luaheat: Choose What Heat Shows...', 'At peak');
  await shows('empty', shortBytes(last.atPeak, 'decimal'));
  assert.ok(last.atPeak >= first.live && last.live === 0);
  await workbench.choose('Luaheat: Choose What Heat Shows...', 'Allocated');

  // Units.
  await workbench.choose('Luaheat: Choose Units...', 'KiB, MiB');
  await shows('empty', `${shortBytes(last.allocated, 'binary')} · ${count(last.allocations)}x`);
  await workbench.choose('Luaheat: Choose Units...', 'Bytes');
  await shows('empty', `${count(last.allocated)} B · ${count(last.allocations)}x`);

  // Threshold.
  await workbench.command('Luaheat: Set Threshold of Heat...');
  await workbench.answer(String(last.allocated + 1));
  await shows('empty', undefined);
  assert.notEqual((await editor.figures())[line('eight')], undefined);

  // Text as inlay hint, which screen readers read, or none; the bar stays.
  await workbench.choose('Luaheat: Choose How Figures Are Written on Lines...', 'As inlay hint');
  await eventually(async () => (await editor.texts())[line('eight')].includes(`${count(eight.allocated)} B · ${count(eight.allocations)}x`));
  await eventually(async () => Object.keys(await editor.figures()).length === 0);
  await workbench.choose('Luaheat: Choose How Figures Are Written on Lines...', 'Not at all');
  await eventually(async () => !(await editor.texts())[line('eight')].includes(' B · '));
  assert.equal((await editor.levels())[line('eight')], 5);

  // The quick toggle in the editor's title.
  await workbench.clickEditorAction('Show or Hide Memory Heat');
  await eventually(async () => Object.keys(await editor.bars()).length === 0);
  await workbench.clickEditorAction('Show or Hide Memory Heat');
  await eventually(async () => (await editor.levels())[line('eight')] === 5);
});

const SETTINGS = '.vscode/settings.json';

scene('marks in the overview ruler, or none', { files: [FILE], texts: { [SETTINGS]: '{}' }, open: FILE }, async ({ workbench, editor, sample }) => {
  const hot = sample.line(FILE, 'empty');
  await editor.clickGutter(sample.line(FILE, 'between'));
  await workbench.press('F5');
  await workbench.stopsAt(sample.line(FILE, 'between'));
  await eventually(async () => (await editor.levels())[hot] === 5);
  const { colour } = (await editor.bars())[hot];
  await eventually(async () => (await editor.rulerColours()).includes(colour));
  writeFileSync(sample.path(SETTINGS), '{"luaheat.heat.overviewRuler": false}');
  await eventually(async () => !(await editor.rulerColours()).includes(colour));
  assert.equal((await editor.levels())[hot], 5, 'the bars stay');
});

scene('relative to the file or to the program', {
  texts: {
    'main.lua': 'package.path = "./?.lua"\nlocal big = require("big")\nlocal small = {} for i = 1, 40 do small[i] = {} end --@small\nprint(#big, #small) --@stop\n',
    'big.lua': 'local big = {}\nfor i = 1, 10000 do big[i] = { i } end --@big\nreturn big\n',
  },
  open: 'main.lua',
}, async ({ workbench, editor, sample }) => {
  const small = sample.line('main.lua', 'small');
  await editor.clickGutter(sample.line('main.lua', 'stop'));
  await workbench.press('F5');
  await workbench.stopsAt(sample.line('main.lua', 'stop'));
  const inProgram = await eventually(async () => (await editor.levels())[small]);
  assert.ok(inProgram < 3, `level ${inProgram} beside a line that made ten thousand tables`);
  await workbench.choose('Luaheat: Choose What Heat Is Relative to...', 'File');
  await eventually(async () => (await editor.levels())[small] > inProgram);
  await workbench.closeViews('Variables', 'Watch', 'Breakpoints', 'Call Stack');
  await eventually(async () => {
    const files = (await workbench.rows('Memory')).map(([label]) => label.split(':')[0]);
    assert.deepEqual([...new Set(files)], ['big.lua', 'main.lua']);
    return true;
  });
  await workbench.clickRow('Memory', `big.lua:${sample.line('big.lua', 'big')}: `);
  await eventually(async () => (await editor.levels())[sample.line('big.lua', 'big')] === 5);

  // From one hot line to the next by keyboard.
  await workbench.press('Control+Home', 'Alt+F9');
  await eventually(async () => (await editor.cursorLine()) === sample.line('big.lua', 'big'));
});

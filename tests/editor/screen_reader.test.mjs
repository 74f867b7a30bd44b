// SPDX-License-Identifier: MIT
// What a screen reader says: of the page Memory by its roles and names, of the rows of the side bar by all that they tell.

import assert from 'node:assert/strict';

import { shortBytes, shortChange } from '../../vscode-ext/src/pure/units.ts';
import { eventually } from './eventually.mjs';
import { stopFigures } from './sample.mjs';
import { scene } from './scene.mjs';

const FILE = 'main.lua';
const PROGRAM = {
  [FILE]: [
    'local list = {}',
    'for i = 1, 100 do list[i] = {} end --@hot',
    'for i = 1, 3 do',
    '  list[#list + 1] = { i } --@lap',
    'end',
    'print(#list) --@end',
    '',
  ].join('\n'),
};

scene('rows say what they show', { texts: PROGRAM, open: FILE }, async ({ workbench, editor, sample }) => {
  const [hot, end] = ['hot', 'end'].map((mark) => sample.line(FILE, mark));
  await editor.clickGutter(end);
  await workbench.press('F5');
  await workbench.stopsAt(end);
  await workbench.closeViews('Variables', 'Watch', 'Breakpoints', 'Call Stack');
  const says = (index, wanted) => eventually(async () => assert.match((await workbench.spokenRows('Memory')).at(index), wanted) ?? true);
  await says(0, new RegExp(`^${FILE}:${hot}: \\+.*x, for i = 1, 100 do`));
  await editor.goToLine(hot);
  await workbench.command('Luaheat: Break When Line Grows...');
  await workbench.answer('1 MB');
  await says(-1, new RegExp(`^${FILE}:${hot}, grows by more than 1\\.00 MB · for i = 1`));
});

scene('the page has roles and names', { texts: PROGRAM, open: FILE }, async ({ workbench, editor, sample }) => {
  const [hot, end] = ['hot', 'end'].map((mark) => sample.line(FILE, mark));
  const [{ heap, lines }] = await stopFigures(sample.path(FILE), sample.folder, [end]);
  await editor.clickGutter(end);
  await workbench.press('F5');
  await workbench.stopsAt(end);
  await workbench.memory.rowsOf('Lines', (rows) => rows.length > 2);
  const tree = await workbench.memory.accessible();
  assert.match(tree, /- tablist "Memory":\n\s+- tab "Lines" \[selected\]/);
  assert.match(tree, /- tabpanel "Lines":/);
  assert.match(tree, /- combobox "Shows"/);
  assert.match(tree, /- searchbox "Filter"/);
  assert.match(tree, /- checkbox "By file" \[checked\]/);
  assert.match(tree, /- treegrid "Lines":/);
  assert.match(tree, /- columnheader "own"/);
  assert.match(tree, new RegExp(`- '?row "${FILE}:${hot} \\${shortChange(lines[hot].growth, 'decimal')}.*for i = 1, 100 do`));
  await workbench.memory.turnTo('Stops');
  const live = shortBytes(heap.live, 'decimal');
  await eventually(async () => assert.match(await workbench.memory.accessible(), new RegExp(`- '?row "1: ${FILE}:${end} \\+${live} ${live} `)) ?? true);
});

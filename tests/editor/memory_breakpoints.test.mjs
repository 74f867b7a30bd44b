// SPDX-License-Identifier: MIT
// The program stops when a line grows: set from a line's hover, kept, moved with edits, taken away.

import assert from 'node:assert/strict';
import { join } from 'node:path';

import { eventually } from './eventually.mjs';
import { pictures, scene } from './scene.mjs';

const FILE = 'growth.lua';
const VIEW = 'Memory';

// Each string of the first loop is of 1,000 bytes and more, those of the second of 2,000.
const PROGRAM = {
  [FILE]: [
    'local list = {}',
    'for i = 1, 10 do list[#list + 1] = ("x"):rep(1000) .. i end --@small',
    'for i = 1, 100 do',
    '  list[#list + 1] = ("x"):rep(2000) .. i --@large',
    'end',
    'print(#list) --@end',
    '',
  ].join('\n'),
};

function breakpoints(workbench, ...expected) {
  return eventually(async () => assert.deepEqual((await workbench.rows(VIEW)).filter(([, text]) => text.startsWith('grows by more')), expected) ?? true);
}

/** The saved text beside the edited one has the same path, and follows when that is saved: it is not the file. */
async function saveInComparison(workbench, editor) {
  await workbench.command('Compare Active File with Saved');
  await workbench.comparisonShowsEdit(true);
  await editor.older.clickLineNumberMenu(1, 'Break When Line Grows...');
  await workbench.message(/need a line of a file/);
  await workbench.closeMessages();
  await workbench.press('Control+S');
  await workbench.comparisonShowsEdit(false);
  await workbench.closeTab();
}

scene('a line that grows stops the program', { texts: PROGRAM, open: FILE }, async ({ workbench, editor, sample }) => {
  const [large, end] = ['large', 'end'].map((mark) => sample.line(FILE, mark));
  const text = '· list[#list + 1] = ("x"):rep(2000) .. i --@large';
  await editor.clickGutter(end);
  await workbench.press('F5');
  await workbench.stopsAt(end);
  await eventually(async () => (await editor.figures())[large] !== undefined);
  await breakpoints(workbench);

  // What is no size is told of while one types; 100 KB is proposed.
  await editor.clickHoverLink(large, 'Break when it grows');
  assert.equal(await workbench.inputValue(), '100 KB');
  await workbench.typeAnswer('much');
  await workbench.inputSays('Type a number of bytes');
  await workbench.answer('50 KB');
  await breakpoints(workbench, [`${FILE}:${large}`, `grows by more than 50.0 KB ${text}`]);

  // It outlives a restart.
  await workbench.press('Control+Shift+F5');
  await eventually(async () => (await editor.stoppedLine()) === large);
  assert.equal(await workbench.hasException(), false, 'it is none');
  await workbench.closeViews('Variables', 'Watch', 'Call Stack', 'Loaded Scripts');
  for (const [name, theme] of [['light', 'Light Modern'], ['dark', 'Dark Modern']]) {
    await workbench.setTheme(theme);
    await workbench.picture(join(pictures, `memory-breakpoints-${name}.png`));
  }

  // Another figure, at once: the program comes to its end.
  await workbench.clickRowAction(VIEW, 'grows by more', 'Break When Line Grows');
  assert.equal(await workbench.inputValue(), '50000');
  await workbench.answer('1 MB');
  await breakpoints(workbench, [`${FILE}:${large}`, `grows by more than 1.00 MB ${text}`]);
  await workbench.continueTo(end);
  await workbench.press('Shift+F5');
  await workbench.ends();

  // From the menu of a line number; and it moves with its line.
  await editor.goToLine(1);
  await workbench.press('Home');
  await workbench.type('-- one line more\n');
  await breakpoints(workbench, [`${FILE}:${large + 1}`, `grows by more than 1.00 MB ${text}`]);
  await saveInComparison(workbench, editor);
  await editor.clickLineNumberMenu(large + 1, 'Break When Line Grows...');
  assert.equal(await workbench.inputValue(), '1000000');
  await workbench.answer('60 KB');
  await breakpoints(workbench, [`${FILE}:${large + 1}`, `grows by more than 60.0 KB ${text}`]);
  await workbench.press('F5');
  await eventually(async () => (await editor.stoppedLine()) === large + 1);
  await eventually(async () => assert.match(await workbench.stopLabel(),
    new RegExp(`^Paused on memory: line \\d+ bytes, above 60000: ${FILE}:${large + 1} took \\d+$`, 'i')) ?? true);

  // Taken away, it is gone from the program too.
  await workbench.clickRowAction(VIEW, 'grows by more', 'Remove Memory Breakpoint');
  await breakpoints(workbench);
  await workbench.continueTo(end + 1);
});

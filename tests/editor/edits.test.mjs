// SPDX-License-Identifier: MIT
// Figures and text go together: what happens when the text is edited after the program loaded it.

import assert from 'node:assert/strict';

import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const FILE = 'growth.lua';

scene('lines follow edits, and the figures say that they are older', { files: [FILE], open: FILE }, async ({ workbench, editor, sample }) => {
  const hot = sample.line(FILE, 'empty');
  const between = sample.line(FILE, 'between');

  // Edited but not saved: VS Code saves before it starts, so nothing is older.
  await editor.focus();
  await workbench.press('Control+Home');
  await workbench.type('-- edited\n');
  await editor.clickGutter(between + 1);
  await workbench.press('F5');
  await workbench.stopsAt(between + 1);
  const fresh = await eventually(async () => (await editor.figures())[hot + 1]);
  assert.doesNotMatch(fresh, /older/);

  // A line above: the figures move down with their line.
  await editor.focus();
  await workbench.press('Control+Home', 'Enter');
  await eventually(async () => (await editor.figures())[hot + 2] === `${fresh} · file edited`);
  await eventually(async () => (await editor.levels())[hot + 2] === 5);
  assert.equal((await editor.figures())[hot + 1], undefined);

  // Undone: as if nothing had been.
  await workbench.press('Control+Z');
  await eventually(async () => (await editor.figures())[hot + 1] === fresh);

  // The hot line itself: still its figures. Deleted: gone.
  await editor.goToLine(hot + 1);
  await workbench.press('End');
  await workbench.type(' -- changed');
  await eventually(async () => (await editor.figures())[hot + 1] === `${fresh} · file edited`);
  await workbench.press('Control+Shift+K');
  await eventually(async () => (await editor.figures())[hot + 1] === undefined);
  await eventually(async () => (await editor.levels())[hot + 1] === undefined);
});

scene('rows tell lines as they are now', { files: [FILE], open: FILE }, async ({ workbench, editor, sample }) => {
  const hot = sample.line(FILE, 'empty');
  const between = sample.line(FILE, 'between');
  const rowsAre = (moved) => eventually(async () => {
    const [hottest] = await workbench.rows('Memory');
    assert.ok(hottest[0].startsWith(`${FILE}:${hot + moved}: `), hottest[0]);
    const [, line] = await workbench.memory.rowsOf('Lines', (rows) => rows.length > 1);
    assert.equal(line.cells.Line, `${FILE}:${hot + moved}`);
    const [stop] = await workbench.memory.rowsOf('Stops', (rows) => rows.length > 0);
    assert.equal(stop.cells.Stop, `1: ${FILE}:${between + moved}`);
    return true;
  });
  await editor.clickGutter(between);
  await workbench.press('F5');
  await workbench.stopsAt(between);
  await workbench.closeViews('Variables', 'Watch', 'Breakpoints', 'Call Stack');
  await rowsAre(0);

  await editor.focus();
  await workbench.press('Control+Home');
  await workbench.type('-- one\n-- two\n');
  await rowsAre(2);
  await editor.goToLine(hot + 2);
  await workbench.press('End');
  await workbench.type(' -- as it reads now');
  await eventually(async () => (await workbench.rows('Memory'))[0][1].endsWith('-- as it reads now'));

  // What is asked by a row is asked of the line that it tells.
  await workbench.clickRowMenu('Memory', `${FILE}:${hot + 2}: `, 'Break When Line Grows...');
  await workbench.answer('1 MB');
  await eventually(async () => (await workbench.rows('Memory')).at(-1)?.[0] === `${FILE}:${hot + 2}`);

  // Saved and closed they stay where they are; a click goes there.
  await workbench.save();
  await workbench.closeTab();
  await rowsAre(2);
  await workbench.clickRow('Memory', `${FILE}:${hot + 2}: `);
  await eventually(async () => (await editor.cursorLine()) === hot + 2);
});

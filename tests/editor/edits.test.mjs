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
  await eventually(async () => (await editor.figures())[hot + 2] === `${fresh} · older`);
  await eventually(async () => (await editor.levels())[hot + 2] === 5);
  assert.equal((await editor.figures())[hot + 1], undefined);

  // Undone: as if nothing had been.
  await workbench.press('Control+Z');
  await eventually(async () => (await editor.figures())[hot + 1] === fresh);

  // The hot line itself: still its figures. Deleted: gone.
  await editor.goToLine(hot + 1);
  await workbench.press('End');
  await workbench.type(' -- changed');
  await eventually(async () => (await editor.figures())[hot + 1] === `${fresh} · older`);
  await workbench.press('Control+Shift+K');
  await eventually(async () => (await editor.figures())[hot + 1] === undefined);
  await eventually(async () => (await editor.levels())[hot + 1] === undefined);
});

// SPDX-License-Identifier: MIT
// What takes the room: the largest tables and equal strings, each in a tab.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { fixturePath } from '../fixture.mjs';
import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const FILE = 'largest.lua';

scene('the largest tables and equal strings, and the lines that made them', {
  texts: { [FILE]: readFileSync(fixturePath(FILE), 'utf8') }, open: FILE, settings: { 'luaheat.text.units': 'bytes' },
}, async ({ workbench, editor, sample }) => {
  const [stop, vault, copies] = ['stop', 'vault', 'copy'].map((mark) => sample.line(FILE, mark));
  await editor.clickGutter(stop);
  await workbench.press('F5');
  await workbench.stopsAt(stop);
  await eventually(async () => (await workbench.status()) !== undefined);

  await workbench.command('Luaheat: Largest Tables');
  const [first] = await workbench.memory.rowsOf('Largest Tables', (rows) => rows.length > 0);
  assert.match(first.cells.Path, /^local vault \(main chunk, largest\.lua\)/);
  assert.deepEqual({ ...first.cells, Path: '' }, { Path: '', retained: '200,097 B', itself: '72 B', entries: '1', 'made by': `${FILE}:${vault}` });
  await workbench.memory.click('local vault');
  await eventually(async () => (await editor.cursorLine()) === vault);

  await workbench.command('Luaheat: Equal Strings');
  const strings = await workbench.memory.rowsOf('Equal Strings', (rows) => rows.length > 0);
  assert.equal(strings.length, 3, 'short ones are never among them');
  assert.match(strings[1].cells.String, /^"copy copy /);
  assert.deepEqual({ ...strings[1].cells, String: '' },
    { String: '', wasted: '2,375 B', 'how many': '20', each: '125 B', Path: 'local copies (main chunk, largest.lua) → [1]', 'made by': `${FILE}:${copies}` });
  await workbench.memory.click('"copy copy ');
  await eventually(async () => (await editor.cursorLine()) === copies);
});

// SPDX-License-Identifier: MIT
// What takes the room: the largest tables and equal strings, listed by commands.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { fixturePath } from '../fixture.mjs';
import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const FILE = 'largest.lua';

scene('the largest tables and equal strings, and the lines that made them', {
  texts: { [FILE]: readFileSync(fixturePath(FILE), 'utf8') }, open: FILE,
}, async ({ workbench, editor, sample }) => {
  const [stop, vault, copies] = ['stop', 'vault', 'copy'].map((mark) => sample.line(FILE, mark));
  await editor.clickGutter(stop);
  await workbench.press('F5');
  await workbench.stopsAt(stop);
  await eventually(async () => (await workbench.status()) !== undefined);

  await workbench.command('Luaheat: Largest Tables');
  const [[first, below]] = await workbench.pickableTexts();
  assert.match(first, /^local vault \(main chunk, largest\.lua\).*retains 200,097 B · 72 B itself · entries: 1$/);
  assert.equal(below, `${FILE}:${vault}`);
  await workbench.pickAt(0);
  await eventually(async () => (await editor.cursorLine()) === vault);

  await workbench.command('Luaheat: Equal Strings');
  const texts = await workbench.pickableTexts();
  assert.equal(texts.length, 3, 'short ones are never among them');
  assert.match(texts[1][0], /^"copy copy .*2,375 B could be saved · 20 times 125 B · local copies \(main chunk, largest\.lua\) → \[1\]$/);
  await workbench.pickAt(1);
  await eventually(async () => (await editor.cursorLine()) === copies);
});

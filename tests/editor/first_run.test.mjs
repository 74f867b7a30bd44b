// SPDX-License-Identifier: MIT
// A user runs a program to its end, without a stop: what grew most is said and seen at once. And the walkthrough, followed as it says.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const FILE = 'main.lua';
const PROGRAM = { [FILE]: 'kept = {}\nfor i = 1, 1000 do kept[i] = { i } end --@hot\n' };

scene('the first run without a stop opens the page, later ones do not', { texts: PROGRAM, open: FILE }, async ({ workbench, editor, sample }) => {
  const hot = sample.line(FILE, 'hot');
  const said = new RegExp(`^The program has ended\\. Most of the memory still in use came from ${FILE}:${hot}: 8\\d\\.\\d KB\\.`); // 72 B and 16 B each, and the list
  await workbench.press('F5');
  await workbench.message(said);
  const rows = await workbench.memory.rowsOf('Lines', (all) => all.length > 1);
  assert.equal(rows[1].cells.Line, `${FILE}:${hot}`);
  await eventually(async () => (await editor.figures())[hot] !== undefined);
  await workbench.closeMessages();
  await workbench.memory.close();

  await workbench.openFile(FILE);
  await workbench.press('F5');
  await workbench.message(said);
  assert.equal(await workbench.memory.isOpen(), false);
  await workbench.pressButton('Show Lines');
  await workbench.memory.rowsOf('Lines', (all) => all.length > 1);
});

const root = new URL('../../vscode-ext/', import.meta.url);
const { contributes } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
const words = JSON.parse(readFileSync(new URL('package.nls.json', root), 'utf8'));
const leak = readFileSync(new URL('walkthrough/leak.lua', root), 'utf8').split('\n');
const lineOf = (text) => leak.findIndex((line) => line.includes(text)) + 1;

scene('the walkthrough finds the leak of its sample in six steps', { files: ['growth.lua'], size: { width: 1600, height: 1000 } }, async ({ workbench, editor }) => {
  const { title, steps } = contributes.walkthroughs.find(({ id }) => id === 'leak');
  assert.equal(steps.length, 6);
  await workbench.choose('Welcome: Open Walkthrough...', words[title.slice(1, -1)]);
  const frame = lineOf('enemies[#enemies + 1] = spawn'), spawn = lineOf('return { name'), last = lineOf('print(');

  await workbench.clickStep('Open the Sample');
  await eventually(async () => (await editor.texts())[frame]?.includes('spawn(frame)'));
  await workbench.press('F5');
  await eventually(async () => (await editor.figures())[spawn]?.startsWith('+'));
  await workbench.ends();
  await workbench.closeMessages();
  await editor.clickLineNumberMenu(frame, 'Lap Here');
  await workbench.press('F5');
  await workbench.command('Luaheat: Show Measurements');
  await workbench.memory.rowsOf('Measurements', (all) => all.some(({ isSuspect, cells }) => isSuspect && cells.Measured.startsWith('local graveyard')));
  await workbench.ends();
  assert.match((await workbench.memory.message())[0], /1 cause keeps .* certain: local graveyard/);
  await editor.clickGutter(last);
  await workbench.press('F5');
  await workbench.stopsAt(last);
  await editor.goToLine(spawn);
  await workbench.command('Luaheat: Who Holds It?');
  await workbench.memory.rowsOf('Who Holds It', ([first]) => first?.cells['Held by'].startsWith('local graveyard (main chunk, leak.lua)'));
});

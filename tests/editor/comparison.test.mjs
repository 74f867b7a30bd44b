// SPDX-License-Identifier: MIT
// Two stops compared: which lines grew, and what of it is new and what is gone.

import assert from 'node:assert/strict';
import { join } from 'node:path';

import { luaRelease } from '../programs.mjs';
import { sizes } from '../truth/sizes.mjs';
import { eventually } from './eventually.mjs';
import { pictures, scene } from './scene.mjs';

const { TABLE, ARRAY } = sizes(luaRelease());
const FILE = 'growth.lua';
const VIEW = 'Comparison';

// The lists have room from the beginning, so that each line allocates only its tables.
const PROGRAM = {
  [FILE]: [
    'local first, second = table.pack((" "):rep(100):byte(1, -1)), table.pack((" "):rep(100):byte(1, -1))',
    'collectgarbage("stop")',
    'print("one") --@one',
    'for i = 1, 100 do first[i] = { 1, 2 } end --@pairs',
    'print("two") --@two',
    'for i = 1, 100 do first[i] = false end',
    'collectgarbage()',
    'for i = 1, 100 do second[i] = { 1, 2, 3, 4 } end --@fours',
    'print("three") --@three',
    '',
  ].join('\n'),
};
const PAIRS = 100 * (TABLE + ARRAY(2)), FOURS = 100 * (TABLE + ARRAY(4));

/** The rows once there is one of that line: { growth, text }. */
function row(workbench, line) {
  return eventually(async () => {
    const found = (await workbench.rows(VIEW)).find(([label]) => label.startsWith(`${line}: `));
    return found && { growth: found[0].slice(`${line}: `.length), text: found[1] };
  });
}

const bytes = (number) => number.toLocaleString('en-US');

scene('two stops', { texts: PROGRAM, open: FILE, settings: { 'luaheat.text.units': 'bytes' } }, async ({ workbench, editor, sample }) => {
  const [one, pairs, two, fours, three] = ['one', 'pairs', 'two', 'fours', 'three'].map((mark) => sample.line(FILE, mark));
  for (const line of [one, two, three]) await editor.clickGutter(line);
  await workbench.press('F5');
  await workbench.stopsAt(one);
  await workbench.continueTo(two);
  await workbench.continueTo(three);
  await workbench.closeViews('Variables', 'Watch', 'Breakpoints', 'Call Stack', 'Hottest Lines', 'Measurements', 'Loaded Scripts');
  await eventually(async () => (await workbench.rows('Stops')).length === 3);
  assert.equal(await workbench.hasView(VIEW), false, 'nothing has been compared');

  // Two that are selected, in whatever order.
  await workbench.clickRow('Stops', '3: ');
  await workbench.clickRow('Stops', '2: ', 0, 'Control');
  await workbench.clickRowMenu('Stops', '2: ', 'Compare Stops...');
  assert.deepEqual(await row(workbench, fours), { growth: `+${bytes(FOURS)} B · 200x`, text: `${bytes(FOURS)} B new · ${PROGRAM[FILE].split('\n')[fours - 1]}` });
  assert.deepEqual(await row(workbench, pairs), { growth: `-${bytes(PAIRS)} B`, text: `${bytes(PAIRS)} B gone · ${PROGRAM[FILE].split('\n')[pairs - 1]}` });
  for (const [name, theme] of [['light', 'Light Modern'], ['dark', 'Dark Modern']]) {
    await workbench.setTheme(theme);
    await workbench.picture(join(pictures, `comparison-${name}.png`));
  }
  await workbench.clickRow(VIEW, `${pairs}: `);
  await eventually(async () => (await editor.cursorLine()) === pairs);

  // One with another that is asked for.
  await workbench.clickRow('Stops', '2: ');
  await workbench.clickRowAction('Stops', '2: ', 'Compare Stops...');
  await eventually(async () =>
    assert.deepEqual(await workbench.pickable(), [`3: ${FILE}:${three}`, `1: ${FILE}:${one}`, 'Start of the program']) ?? true);
  await workbench.pick(`1: ${FILE}:${one}`);
  await eventually(async () => (await row(workbench, pairs)).growth === `+${bytes(PAIRS)} B · 200x`);

  // By the palette, from the start: what came and went in between is neither new nor gone.
  await workbench.choose('Luaheat: Compare Stops...', `3: ${FILE}:${three}`);
  await workbench.pick('Start of the program');
  await eventually(async () => (await row(workbench, fours)).growth === `+${bytes(FOURS)} B · 200x`);
  assert.ok(!(await workbench.rows(VIEW)).some(([label]) => label.startsWith(`${pairs}: `)));

  // The comparison outlives the program; there cannot be another one.
  await workbench.continue();
  await workbench.ends();
  assert.ok(await workbench.hasView(VIEW));
});

// SPDX-License-Identifier: MIT
// Two stops compared: which lines grew, and what of it is new and what is gone.

import assert from 'node:assert/strict';

import { luaRelease } from '../programs.mjs';
import { sizes } from '../truth/sizes.mjs';
import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const { TABLE, ARRAY } = sizes(luaRelease());
const FILE = 'growth.lua';

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

/** The row of that line, once it is there. */
async function row(workbench, line, isIt = () => true) {
  const ofLine = ({ cells }) => cells.Line === `${FILE}:${line}`;
  return (await workbench.memory.rowsOf('Compare', (rows) => rows.some((each) => ofLine(each) && isIt(each.cells)))).find(ofLine).cells;
}

const bytes = (number) => number.toLocaleString('en-US');

scene('two stops', { texts: PROGRAM, open: FILE, settings: { 'luaheat.text.units': 'bytes' } }, async ({ workbench, editor, sample }) => {
  const [one, pairs, two, fours, three] = ['one', 'pairs', 'two', 'fours', 'three'].map((mark) => sample.line(FILE, mark));
  for (const line of [one, two, three]) await editor.clickGutter(line);
  await workbench.press('F5');
  await workbench.stopsAt(one);
  await workbench.continueTo(two);
  await workbench.continueTo(three);

  // The last two, as soon as one looks.
  const seen = ({ growth, new: born, gone, allocations, Text }) => ({ growth, born, gone, allocations, Text });
  assert.deepEqual(seen(await row(workbench, fours)), { growth: `+${bytes(FOURS)} B`, born: `${bytes(FOURS)} B`, gone: '0 B', allocations: '200', Text: PROGRAM[FILE].split('\n')[fours - 1] });
  assert.deepEqual(seen(await row(workbench, pairs)), { growth: `-${bytes(PAIRS)} B`, born: '0 B', gone: `${bytes(PAIRS)} B`, allocations: '0', Text: PROGRAM[FILE].split('\n')[pairs - 1] });
  await workbench.memory.click(`${FILE}:${pairs}`);
  await eventually(async () => (await editor.cursorLine()) === pairs);

  // A line opens into its kinds of objects.
  await workbench.memory.toggle(`${FILE}:${fours}`);
  const opened = await workbench.memory.rowsOf('Compare', (rows) => rows.some(({ depth }) => depth === 2));
  assert.deepEqual(opened.filter(({ depth }) => depth === 2).map(({ cells }) => [cells.Line, cells.growth]).sort(),
    [['buffers', `+${bytes(100 * ARRAY(4))} B`], ['tables', `+${bytes(100 * TABLE)} B`]]);

  // Others that are chosen.
  await workbench.memory.choose('From', `1: ${FILE}:${one}`);
  await workbench.memory.choose('to', `2: ${FILE}:${two}`);
  await row(workbench, pairs, ({ growth }) => growth === `+${bytes(PAIRS)} B`);

  // One with another that is asked for.
  await workbench.memory.turnTo('Stops');
  await workbench.memory.press('2: ', 'Compare...');
  await eventually(async () =>
    assert.deepEqual(await workbench.pickable(), [`3: ${FILE}:${three}`, `1: ${FILE}:${one}`, 'Start of the program']) ?? true);
  await workbench.pick(`3: ${FILE}:${three}`);
  await row(workbench, fours, ({ growth }) => growth === `+${bytes(FOURS)} B`);

  // By the palette, from the start: what came and went in between is neither new nor gone.
  await workbench.choose('Luaheat: Compare Stops...', `3: ${FILE}:${three}`);
  await workbench.pick('Start of the program');
  const fromStart = await workbench.memory.rowsOf('Compare', (rows) => rows.some(({ cells }) => cells.Line === '(startup)'));
  assert.ok(!fromStart.some(({ cells }) => cells.Line === `${FILE}:${pairs}`));

  // The comparison outlives the program; there cannot be another one.
  await workbench.continue();
  await workbench.ends();
  assert.deepEqual(await workbench.memory.rows(), fromStart);
});

// SPDX-License-Identifier: MIT
// A program that prints and allocates without a pause: what is shown of it follows, and does not fall behind.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const FILE = 'endless.lua';
const PROGRAM = {
  [FILE]: [
    'local kept, count, rounds = {}, io.open("count", "w"), 0',
    'while true do',
    '  rounds = rounds + 1',
    '  kept[rounds % 1000] = { rounds } --@hot',
    '  print("this is round", rounds, "of no end, and it says so in a line of some length")',
    '  if rounds % 100 == 0 then count:seek("set") count:write(rounds, "\\n") count:flush() end',
    'end',
    '',
  ].join('\n'),
};
const LOOKS = 40;
const WHOLE_SECONDS = 5; // 20 s and more, and growing, where output is not held back; mostly under 0.6 s where it is

scene('figures beside endless printing', { texts: PROGRAM, open: FILE, settings: { 'luaheat.text.units': 'bytes' } }, async ({ workbench, editor, sample }) => {
  const hot = sample.line(FILE, 'hot');
  const rounds = () => Number(readFileSync(sample.path('count'), 'utf8').split('\n')[0]);
  const shown = async () => Number(/([\d,]+)x/.exec((await editor.figures())[hot])?.[1].replaceAll(',', '')) / 2; // a table and its array each
  await editor.focus();
  await workbench.press('F5');
  await eventually(async () => (await shown()) > 0);
  const ages = [];
  for (let look = 0; look < LOOKS; look++) {
    const now = rounds(), start = performance.now();
    await eventually(async () => (await shown()) >= now);
    ages.push((performance.now() - start) / 1000);
  }
  ages.sort((one, other) => one - other);
  console.log(`# what a program had done was shown after ${ages.at(LOOKS / 2).toFixed(2)} s, at most ${ages.at(-1).toFixed(2)} s`);
  assert.ok(ages.at(LOOKS / 2) < WHOLE_SECONDS, `shown after ${ages.map((age) => age.toFixed(1)).join(', ')} s`);
  await workbench.press('Shift+F5');
});

// SPDX-License-Identifier: MIT
// Garbage is collected at a stop: whatever shows the interval that it ends shows one figure, the new one.

import assert from 'node:assert/strict';

import { exactBytes, exactChange, shortBytes, shortChange } from '../../vscode-ext/src/pure/units.ts';
import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const FILE = 'dropping.lua';
const PROGRAM = {
  [FILE]: [
    'collectgarbage("stop")',
    'local kept = {} --@first',
    'for i = 1, 1000 do kept[i] = { i }; local dropped = { i } end --@hot',
    'print(#kept) --@second',
    '',
  ].join('\n'),
};

const bytesOf = (text) => Number(/^[+-]?[\d,]+/.exec(text)[0].replaceAll(',', ''));

scene('collect garbage now', { texts: PROGRAM, open: FILE, settings: { 'luaheat.text.units': 'bytes' } }, async ({ workbench, editor, sample }) => {
  const [first, hot, second] = ['first', 'hot', 'second'].map((mark) => sample.line(FILE, mark));
  await editor.clickGutter(first);
  await editor.clickGutter(second);
  await workbench.press('F5');
  await workbench.stopsAt(first);
  await workbench.continueTo(second);
  const growthOf = async (line) => bytesOf((await editor.figures())[line]);
  const told = async () => {
    const [heap, change] = /^(.+) \((.+)\)$/.exec(await workbench.status()).slice(1).map(bytesOf);
    return { heap, change };
  };
  const before = await eventually(async () => (await growthOf(hot)) > 0 && { line: await growthOf(hot), ...(await told()) });

  await workbench.command('Luaheat: Collect Garbage Now');
  const line = await eventually(async () => {
    const growth = await growthOf(hot);
    return growth <= before.line / 2 + 10_000 && growth;
  });
  const after = await eventually(async () => {
    const now = await told();
    return now.change < before.change && now;
  });
  assert.equal(before.heap - after.heap, before.change - after.change);
  const cells = Object.fromEntries((await editor.hoverFigures(hot)).map(([name, ...own]) => [name, own]));
  assert.deepEqual(cells.growth, [exactChange(line), exactChange(line)]);
  assert.deepEqual(cells.retained, [exactBytes(line), '–']);
  await editor.closeHover();

  // The stop, and what is between the two of them: the same.
  const [{ cells: stop }] = await workbench.memory.rowsOf('Stops', (rows) => rows.length === 2);
  assert.deepEqual([stop.change, stop.heap], [shortChange(after.change, 'bytes'), shortBytes(after.heap, 'bytes')]);
  await workbench.memory.turnTo('Compare');
  await eventually(async () => (await workbench.memory.message()).some((text) => text.includes(`(${shortChange(after.change, 'bytes')})`)));
});

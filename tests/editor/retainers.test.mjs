// SPDX-License-Identifier: MIT
// Who holds it? Asked from everywhere in the editor.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { fixturePath } from '../fixture.mjs';
import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const LEAKS = 'leaks.lua';
const leaks = `${readFileSync(fixturePath(LEAKS), 'utf8')}print("end") --@end\n`;
const REQUESTS = 200;
const TAB = 'Who Holds It';
const ASK = 'Who Holds It?';

/** How paths to what a table of the main chunk holds are called. */
const held = (table) => `local ${table} (main chunk, leaks.lua) → [*]`;

/** The rows of the tab, once the first is this one. */
function holders(workbench, holder) {
  return workbench.memory.rowsOf(TAB, ([first]) => first?.cells['Held by'] === holder);
}

scene('who holds what a line has allocated, and a variable', {
  texts: { [LEAKS]: leaks }, open: LEAKS, size: { width: 1280, height: 800 }, settings: { 'luaheat.text.fromLevel': 1 },
}, async ({ workbench, editor, sample }) => {
  const end = sample.line(LEAKS, 'end');
  const [cache, closure, thread] = ['cache_leak', 'closure_leak', 'coroutine_leak'].map((mark) => sample.line(LEAKS, mark));
  await editor.goToLine(end);
  await editor.clickGutter(end);
  await workbench.press('F5');
  await workbench.stopsAt(end);
  await editor.goToLine(cache);
  await eventually(async () => (await editor.figures())[cache] !== undefined);

  // From the hover: the table that holds them, and the way to it.
  await editor.clickHoverLink(cache, 'Who holds it?');
  const [shape] = await holders(workbench, held('cache'));
  assert.equal(shape.cells.objects, String(REQUESTS));
  assert.match(shape.cells.bytes, /^[\d.,]+ K?B$/);
  assert.deepEqual(await workbench.memory.message(), [`${LEAKS}:${cache}: Alive objects of this line: ${REQUESTS}. Holders: 1.`]);
  await workbench.memory.toggle(held('cache'));
  await workbench.memory.rowsOf(TAB, (rows) => rows.some(({ cells }) => cells['Held by'] === 'local cache (main chunk, leaks.lua) → [1]'));
  await workbench.memory.toggle('local cache (main chunk, leaks.lua) → [1]');
  const steps = await workbench.memory.rowsOf(TAB, (rows) => rows.some(({ cells }) => cells['Held by'] === '[1]'));
  const [local] = steps.filter(({ depth }) => depth === 2);
  assert.deepEqual([local.cells['Held by'], local.cells.place], ['local cache (main chunk, leaks.lua)', `${LEAKS}:${end}`]);
  await workbench.memory.clickAt(steps.indexOf(local));
  await eventually(async () => (await editor.cursorLine()) === end);

  // From a row of the lines, in the page and in the side bar.
  await workbench.memory.turnTo('Lines');
  await workbench.memory.press(`${LEAKS}:${closure}`, 'Who holds it?');
  await holders(workbench, held('listeners'));
  await workbench.clickRowMenu('Memory', `${LEAKS}:${cache}: `, ASK);
  await holders(workbench, held('cache'));

  // From the line with the cursor.
  await editor.goToLine(thread);
  await workbench.command(`Luaheat: ${ASK}`);
  await holders(workbench, held('waiting'));

  // A line that has allocated nothing: the view stays as it is.
  await editor.goToLine(1);
  await workbench.command(`Luaheat: ${ASK}`);
  assert.equal((await workbench.message()).text, 'This line has allocated nothing');
  await workbench.closeMessages();
  await holders(workbench, held('waiting'));

  // From a variable.
  await workbench.closeViews('Memory');
  await workbench.rows('Variables');
  await workbench.expandRow('Variables', 'Locals');
  await workbench.clickRowMenu('Variables', 'listeners', ASK);
  await holders(workbench, 'listeners');
  assert.match((await workbench.memory.message())[0], /^listeners: Holders of this object: /);

  // A number is no object.
  await workbench.clickRowMenu('Variables', 'slots', ASK);
  await workbench.message(/a number is not an object/);
  await workbench.closeMessages();

  // The answer stays while the program goes on, and goes with it when another one runs.
  await workbench.continue();
  await workbench.ends();
  await holders(workbench, 'listeners');
  await workbench.press('F5');
  await workbench.stopsAt(end);
  await workbench.memory.rowsOf(TAB, (rows) => rows.length === 0);
});

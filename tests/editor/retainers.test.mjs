// SPDX-License-Identifier: MIT
// Why is it alive? Asked from everywhere in the editor.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { fixturePath } from '../fixture.mjs';
import { eventually } from './eventually.mjs';
import { pictures, scene } from './scene.mjs';

const LEAKS = 'leaks.lua';
const leaks = `${readFileSync(fixturePath(LEAKS), 'utf8')}print("end") --@end\n`;
const REQUESTS = 200;
const VIEW = 'Why Is It Alive';
const ASK = 'Why Is It Alive?';

/** How paths to what a table of the main chunk holds are called. */
const held = (table) => `local ${table} (main chunk, leaks.lua) → [*]`;

/** The rows of the view, once the first is this one. */
function holders(workbench, holder) {
  return eventually(async () => {
    const rows = await workbench.rows(VIEW);
    return rows[0]?.[0] === holder && rows;
  });
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
  assert.equal(await workbench.hasView(VIEW), false, 'nothing has been asked');

  // From the hover: the table that holds them, and the way to it.
  await editor.clickHoverLink(cache, 'Why is it alive?');
  const [shape] = await holders(workbench, held('cache'));
  assert.match(shape[1], new RegExp(`^${REQUESTS} objects · [\\d,]+ B$`));
  await workbench.expandRow(VIEW, held('cache'));
  await eventually(async () => (await workbench.rows(VIEW)).some(([text]) => text === 'local cache (main chunk, leaks.lua) → [1]'));
  await workbench.says(VIEW, `Alive objects of this line: ${REQUESTS}. Holders: 1.`);
  await workbench.closeViews('Watch', 'Breakpoints', 'Call Stack', 'Measurements', 'Stops', 'Variables', 'Loaded Scripts');
  for (const [name, theme] of [['light', 'Light Modern'], ['dark', 'Dark Modern']]) {
    await workbench.setTheme(theme);
    await workbench.picture(join(pictures, `retainers-${name}.png`));
  }
  await workbench.expandRow(VIEW, 'local cache (main chunk, leaks.lua) → [1]');
  await eventually(async () => (await workbench.rows(VIEW)).some(([text]) => text === '[1]'));
  await workbench.clickRow(VIEW, 'local cache', 2);
  await eventually(async () => (await editor.cursorLine()) === end);

  // From a row of the hottest lines, by its menu and by its button.
  await workbench.clickRowAction('Hottest Lines', `${closure}: `, ASK);
  await holders(workbench, held('listeners'));
  await workbench.clickRowMenu('Hottest Lines', `${cache}: `, ASK);
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
  await workbench.closeViews('Hottest Lines');
  await workbench.rows('Variables');
  await workbench.expandRow('Variables', 'Locals');
  await workbench.clickRowMenu('Variables', 'listeners', ASK);
  await holders(workbench, 'listeners');
  await workbench.says(VIEW, 'Holders of this object: ');

  // A number is no object.
  await workbench.clickRowMenu('Variables', 'slots', ASK);
  assert.match((await workbench.message()).text, /a number is not an object/);
  await workbench.closeMessages();

  // The answer stays while the program goes on, and goes with it when another one runs.
  await workbench.continue();
  await workbench.ends();
  assert.ok(await workbench.hasView(VIEW));
  await workbench.press('F5');
  await workbench.stopsAt(end);
  await eventually(async () => !(await workbench.hasView(VIEW)));
});

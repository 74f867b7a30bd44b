// SPDX-License-Identifier: MIT
// The trial: a program of 8 files with two leaks. How many actions it takes from F5 to what one wants to know, and that each of the
// five jobs can be done with keys alone.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { testsDir } from '../programs.mjs';
import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const folder = join(testsDir, 'debuggees/leaking');
const texts = Object.fromEntries(readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.lua')).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
const size = { width: 1280, height: 800 };
const CAUSES = ['local events (main chunk, main.lua) → .listeners.tick', 'local net (main chunk, main.lua) → .pending'];

/** Counts what a user does. */
class Actions {
  count = 0;

  async do(action) {
    this.count++;
    await action;
  }

  atMost(limit, job) {
    assert.ok(this.count <= limit, `${job} took ${this.count} actions`);
    this.count = 0;
  }
}

/** The rows that are in sight without scrolling. */
const namesInSight = async (workbench) => (await workbench.memory.rowsInSight()).map(({ cells }) => Object.values(cells)[0]);

scene('from F5 to each cause, two stops, one frame, who holds it', { texts, open: 'main.lua', size }, async ({ workbench, editor, sample }) => {
  const [frame, end] = ['frame', 'end'].map((mark) => sample.line('main.lua', mark));
  const actions = new Actions();

  // One frame is measured: the menu of a line number, and its entry.
  await actions.do(editor.clickLineNumberMenu(frame, 'Lap Here'));
  actions.count++; // that was two clicks
  actions.atMost(2, 'to measure one frame');

  await actions.do(workbench.press('F5'));
  await actions.do(workbench.command('Luaheat: Show Measurements'));
  actions.count += 2; // F1, its name, Enter
  await workbench.memory.rowsOf('Measurements', (rows) => CAUSES.every((cause) => rows.some(({ cells }) => cells.Measured === cause)));
  const seen = await namesInSight(workbench);
  for (const cause of CAUSES) assert.ok(seen.includes(cause), `${cause} is not in sight: ${seen.join('\n')}`);
  actions.atMost(6, 'to the causes');

  // Two stops.
  await workbench.ends();
  await workbench.closeMessages();
  await editor.goToLine(end);
  await workbench.press('F9');
  await editor.goToLine(frame + 1);
  await workbench.press('F9');
  await workbench.press('F5');
  await workbench.stopsAt(frame + 1);
  await editor.goToLine(frame + 1);
  await workbench.press('F9'); // off
  await workbench.continueTo(end);
  await actions.do(workbench.memory.turnTo('Compare'));
  const compared = await workbench.memory.rowsOf('Compare', (rows) => rows.some(({ cells }) => cells.Line.startsWith('net.lua:')));
  assert.ok(compared.length > 3);
  actions.atMost(3, 'to compare two stops');

  // Who holds it: a button of the row.
  await workbench.memory.turnTo('Lines');
  const [line] = (await workbench.memory.rowsOf('Lines', (rows) => rows.length > 3)).filter(({ cells }) => cells.Line.startsWith('net.lua:'));
  await actions.do(workbench.memory.press(line.cells.Line, 'Who holds it?'));
  await workbench.memory.rowsOf('Who Holds It', ([first]) => first?.cells['Held by'].includes('.pending'));
  actions.atMost(2, 'to see who holds it');
});

scene('with keys alone', { texts, open: 'main.lua', size }, async ({ workbench, editor, sample }) => {
  const [frame, end] = ['frame', 'end'].map((mark) => sample.line('main.lua', mark));
  // A frame is measured, with a stop at the second and at the end.
  await editor.goToLine(frame);
  await workbench.press('Control+K', 'Alt+F9');
  await eventually(async () => (await editor.measured())[frame] === 'lap');
  await editor.goToLine(end);
  await workbench.press('F9');
  await editor.goToLine(frame + 1);
  await workbench.press('F9', 'F5');
  await workbench.stopsAt(frame + 1);
  await workbench.press('F9'); // off
  await workbench.continueTo(end);

  // The lines: to one of them.
  await workbench.press('Control+K', 'Shift+H');
  const rows = await workbench.memory.rowsOf('Lines', (all) => all.length > 3);
  const at = rows.findIndex(({ cells }) => cells.Line.startsWith('net.lua:'));
  await workbench.memory.focusTable();
  await workbench.press('Home', ...Array(at).fill('ArrowDown'));
  await eventually(async () => (await workbench.memory.activeRow()) === rows[at].cells.Line);
  // Who holds it: a button of that row.
  await workbench.press('Tab', 'Enter');
  await workbench.memory.rowsOf('Who Holds It', ([first]) => first?.cells['Held by'].includes('.pending'));

  // To other tabs: what was measured, and its causes; two stops compared.
  await workbench.memory.focusTabs();
  await workbench.press('Home', 'ArrowRight');
  await workbench.memory.rowsOf('Measurements', (all) => CAUSES.every((cause) => all.some(({ cells }) => cells.Measured === cause)));
  await workbench.press('ArrowRight', 'ArrowRight');
  await workbench.memory.rowsOf('Compare', (all) => all.some(({ cells }) => cells.Line.startsWith('net.lua:')));

  // From a row to its line.
  await workbench.press('Home');
  await workbench.memory.rowsOf('Lines', (all) => all.length > 3);
  await workbench.memory.focusTable();
  await workbench.press('Home', ...Array(at).fill('ArrowDown'), 'Enter');
  await eventually(async () => (await editor.texts())[1]?.length > 0 && (await workbench.activeTab()) === 'net.lua');
});

// SPDX-License-Identifier: MIT
// A user measures from where he wants to where he wants: before any program has run, by the menu of a line's
// number, by keys, from the palette and from hovers.

import assert from 'node:assert/strict';
import { join } from 'node:path';

import { luaRelease } from '../programs.mjs';
import { sizes } from '../truth/sizes.mjs';
import { eventually } from './eventually.mjs';
import { pictures, scene } from './scene.mjs';

const { TABLE, ARRAY } = sizes(luaRelease());
const FILE = 'frames.lua';
const PROGRAM = {
  [FILE]: [
    'local kept = {}',
    'local function frame(number)',
    '  local began = number --@begin',
    '  kept = { kept } --@keep',
    '  number = number + 1',
    '  return began --@end',
    'end',
    'for number = 1, 10 do frame(number) end --@loop',
    'print("done") --@done',
    '',
  ].join('\n'),
};
const KEPT = `${TABLE + ARRAY(1)} B`;

function shows(editor, expected) {
  return eventually(async () => assert.deepEqual(await editor.measured(), expected) ?? true);
}

/** What each window of the measurement keeps, and of how many, once there are so many. */
function measured(workbench, name, windows) {
  return workbench.memory.rowsOf('Measurements', (rows) =>
    rows.some(({ depth, cells }) => depth === 0 && cells.Measured === name && cells.details === `${windows} windows`));
}

scene('from here to there, before any program has run', { texts: PROGRAM, open: FILE }, async ({ workbench, editor, sample }) => {
  const [begin, keep, end, loop, done] = ['begin', 'keep', 'end', 'loop', 'done'].map((mark) => sample.line(FILE, mark));
  await editor.clickLineNumberMenu(begin, 'Measure from Here');
  await shows(editor, { [begin]: 'from' });
  await editor.clickLineNumberMenu(end, 'Measure to Here');
  await shows(editor, { [begin]: 'from', [end]: 'to' });
  for (const [name, theme] of [['light', 'Light Modern'], ['contrast', 'Dark High Contrast'], ['dark', 'Dark Modern']]) {
    await workbench.setTheme(theme);
    await workbench.picture(join(pictures, `measured-lines-${name}.png`), { clip: { x: 0, y: 0, width: 900, height: 400 } });
  }
  await editor.clickGutter(done);
  await workbench.press('F5');
  await workbench.stopsAt(done);
  const rows = await measured(workbench, `${FILE}:${begin}`, 10);
  assert.equal(rows[0].cells.retained, KEPT);
  await workbench.memory.close();

  // Another one, by keys, while it is stopped; the next program has both.
  await editor.goToLine(loop);
  await workbench.press('Control+K', 'Alt+F9');
  await shows(editor, { [begin]: 'from', [end]: 'to', [loop]: 'lap' });
  await workbench.press('Shift+F5');
  await workbench.ends();
  await workbench.press('F5');
  await workbench.stopsAt(done);
  await measured(workbench, `${FILE}:${loop}`, 9);
  await measured(workbench, `${FILE}:${begin}`, 10);
  await workbench.memory.close();

  // It moves with its lines.
  await editor.goToLine(1);
  await workbench.press('Home');
  await workbench.type('-- one line more\n');
  await shows(editor, { [begin + 1]: 'from', [end + 1]: 'to', [loop + 1]: 'lap' });
  await workbench.press('Control+Z');
  await shows(editor, { [begin]: 'from', [end]: 'to', [loop]: 'lap' });

  // From the hover of a line with figures the end is moved; the same again, or its menu, takes a point away.
  await editor.clickHoverLink(keep, 'Measure to here');
  await shows(editor, { [begin]: 'from', [keep]: 'to', [loop]: 'lap' });
  await editor.clickLineNumberMenu(loop, 'Lap Here');
  await editor.clickLineNumberMenu(begin, 'Remove Measurement');
  await shows(editor, {});
  await workbench.press('Shift+F5');
  await workbench.ends();
});

scene('which measurement ends here is asked', { texts: PROGRAM, open: FILE }, async ({ workbench, editor, sample }) => {
  const [begin, keep, end, loop] = ['begin', 'keep', 'end', 'loop'].map((mark) => sample.line(FILE, mark));
  await editor.goToLine(end);
  await workbench.command('Luaheat: Measure to Here');
  await workbench.message(/^Choose where to measure from first: Measure from Here\.$/);
  await workbench.closeMessages();
  for (const line of [begin, keep]) {
    await editor.goToLine(line);
    await workbench.press('Control+K', 'F9');
    await eventually(async () => (await editor.measured())[line] === 'from');
  }
  await editor.goToLine(end);
  await workbench.press('Control+K', 'Shift+F9');
  await eventually(async () => assert.deepEqual(await workbench.pickable(), [`${FILE}:${keep}`, `${FILE}:${begin}`], 'the last one first') ?? true);
  await workbench.pick(`${FILE}:${begin}`);
  await shows(editor, { [begin]: 'from', [keep]: 'from', [end]: 'to' });
  await editor.goToLine(loop);
  await workbench.press('Control+K', 'Shift+F9'); // one has no end
  await shows(editor, { [begin]: 'from', [keep]: 'from', [end]: 'to', [loop]: 'to' });

  // Beside a glyph a breakpoint is set by key, or by the menu of the line's number.
  await workbench.press('F9');
  await eventually(async () => (await editor.breakpoints()).includes(loop));
  await editor.clickLineNumberMenu(end, 'Add Breakpoint');
  await eventually(async () => (await editor.breakpoints()).includes(end));
  await workbench.choose('Luaheat: Remove Measurement', `${FILE}:${keep}`);
  await shows(editor, { [begin]: 'from', [end]: 'to' });
});

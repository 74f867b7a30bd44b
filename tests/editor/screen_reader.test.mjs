// SPDX-License-Identifier: MIT
// What a screen reader says of rows: which one it is, and all that it tells.

import assert from 'node:assert/strict';

import { shortBytes, shortChange } from '../../vscode-ext/src/pure/units.ts';
import { eventually } from './eventually.mjs';
import { stopFigures } from './sample.mjs';
import { scene } from './scene.mjs';

const FILE = 'main.lua';
const PROGRAM = {
  [FILE]: [
    'local list = {}',
    'for i = 1, 100 do list[i] = {} end --@hot',
    'for i = 1, 3 do',
    '  list[#list + 1] = { i } --@lap',
    'end',
    'print(#list) --@end',
    '',
  ].join('\n'),
};

scene('rows say what they show', { texts: PROGRAM, open: FILE }, async ({ workbench, editor, sample }) => {
  const [hot, lap, end] = ['hot', 'lap', 'end'].map((mark) => sample.line(FILE, mark));
  const [{ heap }] = await stopFigures(sample.path(FILE), sample.folder, [end]);
  const says = (view, index, wanted) => eventually(async () => {
    const spoken = (await workbench.spokenRows(view))[index];
    return (typeof wanted === 'string' ? assert.equal(spoken, wanted) : assert.match(spoken, wanted)) ?? true;
  });

  await editor.clickGutter(end);
  await workbench.press('F5');
  await workbench.stopsAt(end);
  await workbench.setBreakpointMode(lap, 'Memory: lap'); // VS Code knows the modes from the first session on
  await workbench.press('Control+Shift+F5');
  await eventually(async () => (await workbench.rows('Measurements')).length > 0);
  await workbench.stopsAt(end);
  await workbench.closeViews('Variables', 'Watch', 'Breakpoints', 'Call Stack');

  await says('Hottest Lines', 0, new RegExp(`^${FILE}, \\+`));
  await says('Hottest Lines', 1, new RegExp(`^Line ${hot}, \\+.*: for i = 1, 100 do`));
  await says('Stops', 0, `1: ${FILE}:${end}, ${shortChange(heap.live, 'decimal')} · ${shortBytes(heap.live, 'decimal')}`);

  await editor.goToLine(hot);
  await workbench.command('Luaheat: Break When Line Grows...');
  await workbench.answer('1 MB');
  await says('Memory Breakpoints', 0, new RegExp(`^${FILE}:${hot}, grows by more than 1\\.00 MB · for i = 1`));
  await workbench.closeViews('Hottest Lines', 'Stops', 'Memory Breakpoints');

  const name = `${FILE}:${lap}`;
  await says('Measurements', 0, new RegExp(`^${name}, 2 windows · `));
  await eventually(async () => {
    const spoken = await workbench.spokenRows('Measurements');
    return spoken.some((row) => /^Last windows(, \+?-?[\d,]+ B){2}$/.test(row))
      && spoken.every((row) => !/[▁-█]/.test(row) && !/line 0/.test(row));
  });
  await workbench.expandRow('Measurements', 'Last windows');
  await eventually(async () => (await workbench.spokenRows('Measurements')).some((row) => /^2: \+.*, .*heap /.test(row)));
  await workbench.closeViews('Measurements');

  await editor.goToLine(hot);
  await workbench.command('Luaheat: Why Is It Alive?');
  await says('Why Is It Alive', 0, new RegExp(`^local list \\(main chunk, ${FILE}\\) → \\[\\*\\], 100 objects · 5,600 B$`));
  await workbench.expandRow('Why Is It Alive', `local list (main chunk, ${FILE}) → [*]`);
  await says('Why Is It Alive', 1, new RegExp(`^local list \\(main chunk, ${FILE}\\) → \\[1\\], 1 object · 56 B$`));
  await workbench.expandRow('Why Is It Alive', `local list (main chunk, ${FILE}) → [1]`);
  await says('Why Is It Alive', 2, new RegExp(`^local list \\(main chunk, ${FILE}\\), ${FILE}:${end}$`));
});

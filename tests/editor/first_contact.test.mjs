// SPDX-License-Identifier: MIT
// A user opens a Lua file, clicks a breakpoint, presses F5 and sees where the memory went.

import assert from 'node:assert/strict';
import { join } from 'node:path';

import { exactBytes, exactChange, shortBytes, shortChange } from '../../vscode-ext/src/pure/units.ts';
import { eventually } from './eventually.mjs';
import { runFigures, stopFigures } from './sample.mjs';
import { pictures, scene } from './scene.mjs';

const FILE = 'growth.lua';

/** The text that is to stand beside a line that grew so much in so many allocations. */
function text(growth, allocations) {
  const count = allocations > 0 ? ` · ${allocations.toLocaleString('en-US')}x` : '';
  return shortChange(growth, 'decimal') + count;
}

scene('breakpoint, F5, heat, steps, end, clear', { files: [FILE] }, async ({ workbench, editor, sample, luaheat }) => {
  const line = (mark) => sample.line(FILE, mark);
  const program = sample.path(FILE);
  const showsStatus = (heap, change) => eventually(async () =>
    (await workbench.status()) === `${shortBytes(heap, 'decimal')} (${shortChange(change, 'decimal')})`);
  const told = await stopFigures(program, sample.folder, [line('between'), line('end')]);

  await workbench.openFile(FILE);
  await editor.clickGutter(line('between'));
  await workbench.press('F5'); // no launch.json
  await workbench.stopsAt(line('between'));

  // The first stop: growth is since the start.
  const first = told[0].lines[line('empty')];
  await eventually(async () => (await editor.figures())[line('empty')] === text(first.growth, first.allocations));
  const levels = await editor.levels();
  assert.equal(levels[line('empty')], 5, 'the hottest line has the last level');
  assert.equal(levels[line('eight')], undefined, 'a line that has not run is cold');
  const bars = await editor.bars();
  await eventually(async () => (await editor.rulerColours()).includes(bars[line('empty')].colour));
  await showsStatus(told[0].heap.live, told[0].heap.live);

  // The hover has every figure, exact.
  const cells = Object.fromEntries((await editor.hoverFigures(line('empty'))).map(([name, ...own]) => [name, own]));
  assert.deepEqual(cells.growth, [exactChange(first.growth), exactChange(first.live)]);
  assert.deepEqual(cells.allocated, [exactBytes(first.allocated), exactBytes(first.allocated)]);
  assert.deepEqual(cells.freed, [exactBytes(first.freed), exactBytes(first.freed)]);
  assert.deepEqual(cells.live, ['–', exactBytes(first.live)]);
  assert.deepEqual(cells['at peak'], ['–', exactBytes(first.atPeak)]);
  assert.deepEqual(cells.allocations, Array(2).fill(first.allocations.toLocaleString('en-US')));
  const [tables, tableBytes] = first.kinds.table;
  assert.deepEqual(cells.tables[1], `${exactBytes(tableBytes)} · ${tables.toLocaleString('en-US')}x`);
  assert.deepEqual(cells.retained, [exactBytes(first.retained), '–']);
  assert.deepEqual(await editor.hoverLinks(), ['Hottest lines', 'Heap timeline', 'Who holds it?', 'Breakpoint', 'Break when it grows', 'Measure from here', 'Measure to here', 'Lap here']);
  await workbench.picture(join(pictures, 'hover.png'), { keepMouse: true });

  // Its links act.
  await editor.closeHover();
  await workbench.closeViews('Variables', 'Watch', 'Breakpoints', 'Call Stack');
  await editor.clickHoverLink(line('empty'), 'Breakpoint');
  await eventually(async () => (await editor.breakpoints()).includes(line('empty')));
  await editor.clickHoverLink(line('empty'), 'Breakpoint');
  await eventually(async () => !(await editor.breakpoints()).includes(line('empty')));
  await editor.clickHoverLink(line('empty'), 'Hottest lines');
  await eventually(async () => (await workbench.memory.activeRow()) === `${FILE}:${line('empty')}`);

  // A breakpoint on a hot line: set, visible, and off again.
  await editor.closeHover();
  await editor.clickGutter(line('empty'));
  assert.equal((await editor.levels())[line('empty')], 5, 'heat stays beside the breakpoint');
  await editor.clickGutter(line('empty'));

  // The side bar.
  await eventually(async () => {
    const [hottest] = await workbench.rows('Memory');
    assert.equal(hottest[0], `${FILE}:${line('empty')}: ${text(first.growth, first.allocations)}`);
    assert.match(hottest[1], /^list\[i\] = \{\}/);
    return true;
  });
  await workbench.clickRow('Memory', `${FILE}:${line('empty')}: `);
  await eventually(async () => (await editor.cursorLine()) === line('empty'));

  // The page.
  const [source, row] = await workbench.memory.rowsOf('Lines', (rows) => rows.length > 2);
  assert.equal(source.cells.Line, FILE);
  assert.deepEqual(row.cells, {
    Line: `${FILE}:${line('empty')}`, own: shortChange(first.growth, 'decimal'), 'with callees': shortChange(first.growthWithCallees, 'decimal'),
    retained: shortBytes(first.retained, 'decimal'), allocations: first.allocations.toLocaleString('en-US'), Text: row.cells.Text,
  });
  assert.match(row.cells.Text, /^list\[i\] = \{\}/);
  const [stop] = await workbench.memory.rowsOf('Stops', (rows) => rows.length === 1);
  const heap = shortBytes(told[0].heap.live, 'decimal');
  assert.deepEqual(stop.cells, { Stop: `1: ${FILE}:${line('between')}`, change: `+${heap}`, heap, peak: shortBytes(told[0].heap.peak, 'decimal'), reason: 'breakpoint' });

  // On: the figures are of what happened since.
  await editor.clickGutter(line('between')); // off
  await editor.clickGutter(line('end'));
  await workbench.continueTo(line('end'));
  const second = told[1].lines[line('eight')];
  await eventually(async () => (await editor.figures())[line('eight')] === text(second.growth, second.allocations));
  const dropped = told[1].lines[line('empty')];
  await eventually(async () => (await editor.figures())[line('empty')] === shortChange(dropped.growth, 'decimal'));
  await eventually(async () => (await editor.levels())[line('empty')] === undefined); // its memory was freed
  await workbench.memory.rowsOf('Stops', (rows) => rows.length === 2);
  // What the editor has evaluated at the stop is in no interval, and went with the program's own garbage.
  await eventually(async () => (await workbench.status()).startsWith(`${shortBytes(told[1].heap.live, 'decimal')} (+`));
  await workbench.picture(join(pictures, 'stopped.png'));

  // To the end: what stays is what `luaheat run` says.
  await workbench.continue();
  await workbench.ends();
  await workbench.choose('Luaheat: Choose What Heat Shows...', 'Growth since the start');
  const run = runFigures(luaheat, program, sample.folder);
  const own = run.lines[line('eight')];
  await eventually(async () => (await editor.figures())[line('eight')] === text(own.growth, own.allocations));
  const [end] = await workbench.memory.rowsOf('Stops', (rows) => rows.length === 3);
  assert.equal(end.cells.Stop, 'Ended with exit code 0');
  await workbench.command('Luaheat: Clear Memory Figures');
  await eventually(async () => Object.keys(await editor.figures()).length === 0);
  await eventually(async () => Object.keys(await editor.bars()).length === 0);
  await eventually(async () => (await workbench.status()) === undefined);
});

scene('stepping changes the figures', { files: [FILE], open: FILE }, async ({ workbench, editor, sample }) => {
  const line = (mark) => sample.line(FILE, mark);
  await editor.clickGutter(line('between'));
  await workbench.press('F5');
  await workbench.stopsAt(line('between'));
  await eventually(async () => (await editor.figures())[line('empty')] !== undefined);
  await workbench.stepOver();
  await workbench.stopsAt(line('between') + 1);
  await eventually(async () => JSON.stringify(Object.keys(await editor.figures())) === `["${line('between')}"]`);
  await workbench.stepOver();
  await workbench.stopsAt(line('eight'));
  await workbench.stepOver();
  await workbench.stopsAt(line('between') + 1);
  const figures = await eventually(async () => {
    const seen = await editor.figures();
    return seen[line('eight')] !== undefined && seen;
  });
  assert.equal(figures[line('eight')], text(56 + 8 * 16 + 16, 3), 'one table of eight, and the first slot of `more`');
  assert.deepEqual(Object.keys(figures), [String(line('eight'))]);
});

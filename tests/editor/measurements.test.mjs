// SPDX-License-Identifier: MIT
// What a round of a program costs and what of it stays, as a user of the editor sees it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { fixturePath } from '../fixture.mjs';
import { luaRelease } from '../programs.mjs';
import { sizes } from '../truth/sizes.mjs';
import { eventually } from './eventually.mjs';
import { pictures, scene } from './scene.mjs';

const { TABLE, NODES, ARRAY, CLOSURE, UPVALUE, THREAD, STACK, CALLINFO } = sizes(luaRelease());
const size = { width: 1280, height: 800 };
const LEAKS = 'leaks.lua';
const leaks = readFileSync(fixturePath(LEAKS), 'utf8');
const lapLine = leaks.split('\n').findIndex((line) => line.includes('--@lap')) + 1;

const launch = {
  type: 'luaheat', request: 'launch', name: 'Measure', program: `\${workspaceFolder}/${LEAKS}`,
  measurements: [{ name: 'request', from: `${LEAKS}:${lapLine}` }], warmup: 10,
};

/** Rows of the tab, once they are as `isThere` wants them. */
function measurements(workbench, isThere) {
  return workbench.memory.rowsOf('Measurements', isThere);
}

const called = (name) => ({ cells }) => cells.Measured === name;

scene('the leaks of a program that is measured from its launch to its end', {
  texts: { [LEAKS]: leaks, '.vscode/launch.json': JSON.stringify({ version: '0.2.0', configurations: [launch] }) }, open: LEAKS, size,
}, async ({ workbench, editor, sample }) => {
  await workbench.press('F5');
  // 200 times at the line make 199 windows, of which 10 are warm-up.
  const isLine = (mark) => called(`${LEAKS}:${sample.line(LEAKS, mark)}`);
  const holders = ['waiting', 'listeners', 'cache'].map((holder) => `local ${holder} (main chunk, leaks.lua)`);
  await measurements(workbench, ([first, ...below]) => first?.cells.details === '189 windows' && holders.every((holder) => below.some(called(holder))));
  for (const holder of holders) await workbench.memory.toggle(holder);
  const rows = await measurements(workbench, (all) => ['coroutine_leak', 'cache_leak', 'closure_leak'].every((mark) => all.some(isLine(mark))));
  const [request] = rows;
  assert.equal(request.cells.Measured, 'request');
  assert.match(request.cells.growth, /^\+[\d.]+ KB$/);
  assert.match((await workbench.memory.message())[0], /^request: 3 causes keep \d+ KB in 189 requests, certain: local waiting \(main chunk, leaks\.lua\) \(200 coroutines, /);

  // Causes are first, those that keep most at the top; each has its lines below.
  const causes = rows.filter(({ depth, isSuspect }) => depth === 1 && isSuspect);
  assert.deepEqual(causes.map(({ cells }) => cells.Measured), holders);
  for (const { cells } of causes) assert.equal(cells.details, 'suspected leak, certain');
  // The arrays and the hash part that hold what is kept grow along with it.
  const planted = { coroutine_leak: THREAD + STACK + CALLINFO, cache_leak: TABLE + NODES(1), closure_leak: CLOSURE(1) + UPVALUE };
  for (const [mark, bytes] of Object.entries(planted)) {
    const { depth, isSuspect, cells } = rows.find(isLine(mark));
    assert.deepEqual([depth, isSuspect], [2, true], mark);
    const kept = Number(cells.retained.replace(' B', '').replace(',', ''));
    assert.ok(kept >= bytes && kept < 2 * bytes, `${mark}: ${kept}`);
  }
  // Neither garbage nor what is only replaced (the ring) is among them.
  await workbench.memory.toggle('Other lines');
  const opened = await measurements(workbench, (all) => all.length > rows.length);
  const others = opened.slice(opened.findIndex(called('Other lines')) + 1).filter(({ depth }) => depth === 2);
  assert.ok(others.some(isLine('ring')), JSON.stringify(others));
  assert.ok(others.every(({ isSuspect }) => !isSuspect));

  const line = sample.line(LEAKS, 'closure_leak');
  await measurements(workbench, (all) => all.length > 3);
  await workbench.memory.click(`${LEAKS}:${line}`);
  await eventually(async () => (await editor.cursorLine()) === line);
  await workbench.memory.close();
  await eventually(async () => {
    const figures = await editor.figures();
    const told = Object.keys(figures).filter((at) => figures[at].endsWith(' · ▲ suspected leak')).map(Number);
    for (const mark of Object.keys(planted)) assert.ok(told.includes(sample.line(LEAKS, mark)), mark);
    return true;
  });
  const colour = await workbench.themeColour('luaheat-suspectForeground');
  await eventually(async () => (await editor.rulerColours('right')).includes(colour));

  for (const [file, theme] of [['dark', 'Dark Modern'], ['light', 'Light Modern']]) {
    await workbench.setTheme(theme);
    await editor.hoverFigures(sample.line(LEAKS, 'cache_leak'));
    assert.match(await editor.hoverText(), new RegExp(`Suspected leak · request keeps \\d+ B of each window, [\\d,]+ B in all; certain [▁-▇]{3,} · held by local cache \\(main chunk, leaks\\.lua\\)`));
    await workbench.picture(join(pictures, `measurements-${file}.png`), { keepMouse: true });
    await editor.closeHover();
  }
});

const ROUNDS = {
  'rounds.lua': [
    'local last',
    'print("begin") --@begin',
    'for i = 1, 10 do',
    '  last = { last } --@lap',
    'end',
    'print("end") --@end',
    '',
  ].join('\n'),
};
const ROUND = TABLE + ARRAY(1);

scene('a breakpoint is told to measure', { texts: ROUNDS, open: 'rounds.lua', size }, async ({ workbench, editor, sample }) => {
  const [begin, lap, end] = ['begin', 'lap', 'end'].map((mark) => sample.line('rounds.lua', mark));
  await editor.clickGutter(begin);
  await editor.clickGutter(end);
  await workbench.press('F5');
  await workbench.stopsAt(begin);
  await workbench.memory.turnTo('Measurements');
  await eventually(async () => assert.match((await workbench.memory.message())[0], /^Nothing is measured yet\./) ?? true);

  await workbench.setBreakpointMode(lap, 'Memory: lap');
  await eventually(async () => (await editor.breakpoints()).includes(lap));
  await workbench.continueTo(end);
  const name = `rounds.lua:${lap}`;
  await measurements(workbench, (all) => all[0]?.cells.details === '9 windows' && all.some(({ isSuspect }) => isSuspect));
  await workbench.memory.toggle('local last');
  const rows = await measurements(workbench, (all) => all.filter(called(name)).length === 2);
  const [{ cells: first }] = rows;
  assert.deepEqual([first.Measured, first.retained, first.growth, first.trend], [name, `${ROUND} B`, `+${ROUND} B`, '0 B']);
  assert.match((await workbench.memory.message())[0], new RegExp(`^${name}: 1 cause keeps [\\d.]+ KB in 9 windows of ${name}, certain: local last \\(main chunk, rounds\\.lua\\) \\(\\d+ tables, ${name}, ${ROUND} bytes each\\)$`));
  const [, line] = rows.filter(called(name));
  assert.deepEqual([line.isSuspect, line.cells.retained, line.cells.details], [true, `${ROUND} B`, 'last = { last } --@lap']);

  // One by one; each opens into what its lines grew by.
  await workbench.memory.toggle('Last windows');
  const each = (await measurements(workbench, (all) => all.some(called('Window 9')))).filter(({ cells }) => /^Window \d$/.test(cells.Measured));
  assert.equal(each.length, 9);
  for (const { cells } of each) {
    assert.deepEqual([cells.retained, cells.growth, cells.allocated, cells.freed], [`${ROUND} B`, `+${ROUND} B`, `${ROUND} B`, '0 B']);
    assert.match(cells.details, /^heap [\d.]+ KB$/);
  }
  await workbench.memory.toggle('Window 3');
  const window = await measurements(workbench, (all) => all.some(({ depth }) => depth === 3));
  assert.deepEqual(window.filter(({ depth }) => depth === 3).map(({ cells }) => [cells.Measured, cells.growth]), [[name, `+${ROUND} B`]]);

  // By hand: a window begins, and windows are forgotten.
  await workbench.memory.pressAbove('Lap now');
  await workbench.answer('by hand');
  const ofHand = (all) => all.find(called('by hand'))?.cells;
  await measurements(workbench, (all) => ofHand(all)?.['details'] === 'the first window has not ended');
  await workbench.memory.press('by hand', 'Lap now');
  await measurements(workbench, (all) => ofHand(all)?.['details'] === '1 window' && ofHand(all).growth === '0 B');
  await workbench.memory.press('by hand', 'Clear');
  await measurements(workbench, (all) => ofHand(all)?.['details'] === 'no window yet');
  await workbench.choose('Luaheat: Clear Windows of a Measurement...', name);
  await measurements(workbench, (all) => all.find(called(name))?.cells.details === 'no window yet');
});

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

async function onlyMeasurements(workbench) {
  await workbench.press('Control+Shift+D');
  await workbench.closeViews('Variables', 'Watch', 'Call Stack', 'Breakpoints', 'Hottest Lines', 'Stops');
}

/** Rows of the view, once they are as `isThere` wants them. */
function measurements(workbench, isThere) {
  return eventually(async () => {
    const rows = await workbench.rows('Measurements');
    return isThere(rows) && rows;
  });
}

scene('the leaks of a program that is measured from its launch to its end', {
  texts: { [LEAKS]: leaks, '.vscode/launch.json': JSON.stringify({ version: '0.2.0', configurations: [launch] }) }, open: LEAKS, size,
}, async ({ workbench, editor, sample }) => {
  await workbench.press('F5');
  await onlyMeasurements(workbench);
  // 200 times at the line make 199 windows, of which 10 are warm-up.
  // VS Code draws each row before it asks what is below it.
  const isLine = (mark) => ([label]) => label.startsWith(`${LEAKS}:${sample.line(LEAKS, mark)}: `);
  const [[name, summary], [found], [heading], ...rest] = await measurements(workbench, (rows) =>
    rows[0]?.[1].startsWith('189 windows') && ['coroutine_leak', 'cache_leak', 'closure_leak'].every((mark) => rows.some(isLine(mark))));
  assert.equal(name, 'request');
  assert.match(summary, /^189 windows · \+[\d.]+ KB each · trend /);

  // The arrays and the hash part that hold what is kept grow along with it.
  const planted = { coroutine_leak: THREAD + STACK + CALLINFO, cache_leak: TABLE + NODES(1), closure_leak: CLOSURE(1) + UPVALUE };
  assert.match(found, /^3 causes keep \d+ KB in 189 requests, certain: local waiting \(main chunk, leaks\.lua\) \(200 coroutines, /);
  assert.equal(heading, 'Suspected leaks');
  const end = rest.findIndex(([label]) => label === 'Last windows');
  const [suspects, lines] = [rest.slice(0, end), rest.slice(end + 1)];
  // Neither garbage nor what is only replaced (the ring) is among them.
  for (const [mark, bytes] of Object.entries(planted)) {
    const [label] = suspects.find(isLine(mark));
    const kept = Number(/: ([\d,]+) B$/.exec(label)[1].replace(',', ''));
    assert.ok(kept >= bytes && kept < 2 * bytes, label);
  }
  assert.match(rest[end][1], /^[▁-▇]{15}$/, 'before all others');
  for (const [, description] of lines) assert.match(description, /^[▁-▇]{8} · [\d.,]+ K?B retained( · |$)/);
  const [causes, suspected] = [suspects.filter(([label]) => !label.startsWith(LEAKS)), suspects.filter(([label]) => label.startsWith(LEAKS))];
  for (const holder of ['waiting', 'listeners', 'cache'])
    assert.ok(causes.some(([label, description]) => new RegExp(`^[\\d.,]+ K?B: local ${holder} \\(main chunk, leaks\\.lua\\)$`).test(label) && description === 'certain'), holder);
  for (const [, description] of suspected) assert.match(description, /^[▁-▇]{8} · (certain|likely)( · |$)/);

  const line = sample.line(LEAKS, 'closure_leak');
  await workbench.clickRow('Measurements', `${LEAKS}:${line}:`);
  await eventually(async () => (await editor.cursorLine()) === line);
  await eventually(async () => {
    const figures = await editor.figures();
    const told = Object.keys(figures).filter((at) => figures[at].endsWith(' · suspected leak')).map(Number);
    for (const mark of Object.keys(planted)) assert.ok(told.includes(sample.line(LEAKS, mark)), mark);
    return true;
  });

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
  await onlyMeasurements(workbench);
  await workbench.welcomes('Measurements', /Nothing is measured yet.*"Memory: lap"/);

  await workbench.setBreakpointMode(lap, 'Memory: lap');
  await eventually(async () => (await editor.breakpoints()).includes(lap));
  await workbench.continueTo(end);
  const rows = await measurements(workbench, ([first, ...below]) => first?.[1].startsWith('9 windows') && below.some(([label]) => label.startsWith(`rounds.lua:${lap}: `)));
  const row = (start) => rows.find(([label]) => label.startsWith(start));
  assert.deepEqual(rows[0], [`rounds.lua:${lap}`, `9 windows · +${ROUND} B each · trend 0 B`]);
  assert.match(rows[1][0], new RegExp(`^1 cause keeps [\\d.]+ KB in 9 windows of rounds\\.lua:${lap}, certain: local last \\(main chunk, rounds\\.lua\\) \\(\\d+ tables, rounds\\.lua:${lap}, ${ROUND} bytes each\\)$`));
  assert.deepEqual(row('Last windows'), ['Last windows', '▇'.repeat(9)]);
  assert.equal(row(`rounds.lua:${lap}: `)[0], `rounds.lua:${lap}: ${ROUND} B`);
  assert.match(row(`rounds.lua:${lap}: `)[1], /^[▁-▇]{8} · certain · .*last = \{ last \} --@lap$/);

  // One by one, the last one first.
  await workbench.clickRow('Measurements', 'Last windows');
  const all = await measurements(workbench, (opened) => opened.length > 11);
  const each = all.slice(all.findIndex(([label]) => label === 'Last windows') + 1);
  assert.deepEqual(each.slice(0, 9).map(([label]) => label), [9, 8, 7, 6, 5, 4, 3, 2, 1].map((number) => `${number}: +${ROUND} B`));
  for (const [, figures] of each.slice(0, 9)) assert.match(figures, new RegExp(`^${ROUND} B retained · heap [\\d.]+ KB$`));

  // By hand: a window begins, and windows are forgotten.
  await workbench.command('Luaheat: Lap a Measurement Now');
  await workbench.answer('by hand');
  await measurements(workbench, (rows) => rows.some(([label, text]) => label === 'by hand' && text === 'the first window has not ended'));
  await workbench.clickRowAction('Measurements', 'by hand', 'Lap a Measurement Now');
  await measurements(workbench, (rows) => rows.some(([label, text]) => label === 'by hand' && text === '1 window · 0 B'));
  await workbench.choose('Luaheat: Clear a Measurement', `rounds.lua:${lap}`);
  await measurements(workbench, ([first]) => first?.[1] === 'no window yet');
});

scene('measure from a line', { texts: ROUNDS, open: 'rounds.lua', size }, async ({ workbench, editor, sample }) => {
  const [lap, end] = ['lap', 'end'].map((mark) => sample.line('rounds.lua', mark));
  await editor.clickGutter(end);
  await workbench.press('F5');
  await workbench.stopsAt(end);
  await eventually(async () => (await editor.figures())[lap] !== undefined);
  await editor.clickHoverLink(lap, 'Measure from here');
  await eventually(async () => (await editor.breakpoints()).includes(lap));
  await workbench.press('Control+Shift+F5');
  await onlyMeasurements(workbench);
  const [measured] = await measurements(workbench, (rows) => rows[0]?.[1].startsWith('9 windows'));
  assert.equal(measured[0], `rounds.lua:${lap}`);
  await workbench.stopsAt(end);
});

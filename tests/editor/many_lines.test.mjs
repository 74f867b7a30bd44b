// SPDX-License-Identifier: MIT
// A file with 5,000 hot lines: painting takes little, and only what one can see or is about to see is painted.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { eventually } from './eventually.mjs';
import { sum } from './main_thread.mjs';
import { scene } from './scene.mjs';

const LINES = 5000;
const STOPS = 8;
const BUDGET_MS = 20;
const ACTIVATION_MS = 50;

function program(rounds) {
  const hot = Array.from({ length: LINES }, (_, index) => `  t = { ${index} }`);
  return ['local t collectgarbage("stop")', `for round = 1, ${rounds} do --@round`, ...hot, 'end', ''].join('\n');
}

/** The extension's own log, as far as it is written. */
function logOf(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('Luaheat.log'));
  const newest = files.sort().at(-1);
  return newest === undefined ? '' : readFileSync(join(folder, newest), 'utf8');
}

function numbers(log, pattern) {
  return [...log.matchAll(pattern)].map((match) => Number(match[1]));
}

scene('5,000 hot lines', { texts: { 'many.lua': program(STOPS) }, open: 'many.lua' }, async ({ workbench, editor, sample, server }) => {
  const round = sample.line('many.lua', 'round');
  await editor.clickGutter(round + 1);
  await workbench.press('F5');
  await workbench.stopsAt(round + 1);
  for (let stop = 1; stop < STOPS; stop++) {
    await workbench.continue();
    await workbench.memory.rowsOf('Stops', ([last]) => last?.cells.Stop.startsWith(`${stop + 1}: many.lua`));
  }
  await workbench.memory.close(); // the whole editor is seen
  const seen = await eventually(async () => {
    const figures = Object.keys(await editor.figures()).map(Number);
    return figures.length > 10 && figures;
  });
  assert.ok(seen.length < 60);

  // Scrolled: what comes into view is painted, and before it does: each line is drawn once.
  await editor.goToLine(LINES / 2);
  for (let turn = 0; turn < 5; turn++) {
    await workbench.press('PageDown');
    await eventually(async () => {
      const visible = await editor.visibleLines();
      const figures = await editor.figures();
      return Math.min(...visible) > LINES / 4 && visible.every((line) => figures[line]?.startsWith('+'));
    });
  }

  await eventually(async () => {
    const drawn = await editor.drawnLines(() => editor.movesOn(() => workbench.press('PageDown'), true));
    return drawn.length > 20 && drawn.length < 60 && drawn.every((isPainted) => isPainted);
  });

  const log = await eventually(() => {
    const text = logOf(server.logs);
    return numbers(text, /decorations (\S+) ms/g).length >= STOPS && text;
  });
  const times = numbers(log, /decorations (\S+) ms/g).sort((one, other) => one - other); // from the very first on
  assert.ok(times.at(-1) < BUDGET_MS, `decorations took ${times.join(', ')} ms of processor time`);
  const [activation] = numbers(log, /activated in (\S+) ms/g);
  assert.ok(activation < ACTIVATION_MS, `activation took ${activation} ms of processor time`);
  const painted = Math.max(...numbers(log, /painted (\d+) decorations/g));
  assert.ok(painted < 1000, `${painted} decorations at once`); // two a line in nine pages and around the stop, and the ruler's bands
  console.log(`# decorations of a stop with ${LINES} hot lines: ${times.join(', ')} ms; at most ${painted} at once`);
});

const PAGES = 10;
const LONG_MS = 50; // as the W3C's Long Tasks has it
const MOST_AT_ONCE = 1.4, MOST_WORK = 2; // times that without heat: 0.9 to 1.05 and 1.15 to 1.35 at rest
const PAIRS = 5; // of stories with and without heat

const mean = (values) => sum(values) / values.length;
const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

scene('what the window has to do with 5,000 hot lines, and without heat', {
  settings: { 'luaheat.heat.metric': 'growthSinceStart' }, // all of them are hot at each stop
  texts: { 'many.lua': program(2 * PAIRS + 3) }, open: 'many.lua',
}, async ({ workbench, editor, sample }) => {
  const [first, middle] = [1, LINES / 2].map((line) => sample.line('many.lua', 'round') + line);
  const story = async (isShown) => { // a stop in the middle, one at the beginning, and from there on
    for (let stop = 0; stop < 2; stop++) await editor.movesOn(() => workbench.continue(), isShown);
    for (let turn = 0; turn < PAGES; turn++) await editor.movesOn(() => workbench.press('PageDown'), isShown);
  };
  for (const line of [middle, first]) {
    await editor.goToLine(line);
    await editor.clickGutter(line);
  }
  await workbench.press('F5');
  await workbench.stopsAt(first);
  await story(false);
  const seen = { false: [], true: [] };
  for (let turn = 0; turn < 2 * PAIRS; turn++) {
    const isShown = turn % 2 === 1; // by turns: what else the machine does meets both
    await workbench.command('Luaheat: Show or Hide Memory Heat');
    await eventually(async () => (Object.keys(await editor.figures()).length > 10) === isShown);
    seen[isShown].push(await workbench.tasksOf(() => story(isShown)));
  }
  const compare = (what, of, judged = median) => {
    const [off, on] = [false, true].map((isShown) => judged(seen[isShown].map(of)));
    console.log(`# ${what} of the main thread: ${on.toFixed(0)} ms with heat, ${off.toFixed(0)} ms without: ${(on / off).toFixed(2)} times`);
    return on / off;
  };
  compare('long tasks', (tasks) => sum(tasks.filter((ms) => ms >= LONG_MS))); // told and not judged: on a slow machine what is short is long
  // One and the same task takes up to twice as long in one story as in the next: the mean is the steadiest of them.
  const heaviest = compare('the three heaviest tasks', (tasks) => sum(tasks.slice(0, 3)), mean);
  assert.ok(heaviest < MOST_AT_ONCE, `the heaviest tasks of the main thread were ${heaviest.toFixed(2)} times as heavy`);
  const work = compare('work', sum);
  assert.ok(work < MOST_WORK, `the main thread had ${work.toFixed(2)} times the work`);
});

// SPDX-License-Identifier: MIT
// How the page Memory looks: each tab in each kind of theme, at 100 and at 150 %, wide and narrow. What decides is in sight, and can be read.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { testsDir } from '../programs.mjs';
import { eventually } from './eventually.mjs';
import { pictures, scene } from './scene.mjs';

const THEMES = { dark: 'Dark Modern', light: 'Light Modern', 'high-contrast': 'Dark High Contrast', 'high-contrast-light': 'Light High Contrast' };
const folder = join(testsDir, 'debuggees/leaking');
const texts = Object.fromEntries(readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.lua')).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
texts['main.lua'] = `local notes = {} for i = 1, 50 do notes[i] = ('a note of the game '):rep(5) .. i % 2 end\n${texts['main.lua']}`; // equal strings
const SIZES = { 100: { width: 1280, height: 800 }, 150: { width: 853, height: 533 } }; // what 150 % leaves of the same window
const TABS = { Lines: 'own', Measurements: 'retained', Stops: 'change', Compare: 'growth', 'Who Holds It': 'objects', 'Largest Tables': 'retained', 'Equal Strings': 'wasted' };
const CHARTS = { Timeline: 'timeline', 'Flame Graph': 'flame' };
const CHART_HEIGHT = 40; // pixels: two rows of a flame graph

async function decidingIsInSight(workbench, tab, figures, what) {
  if (tab in TABS) return assert.ok(figures > 0, `${what}: no figure of ${TABS[tab]} is in sight`);
  const height = await workbench[CHARTS[tab]].drawnHeight();
  return assert.ok(height >= CHART_HEIGHT, `${what}: ${height} pixels of the chart are in sight`);
}

/** The figure of the tab's first rows, or its chart, is in sight, and texts stand out from what is behind them (WCAG: 4.5 to 1; 3 to 1 for what is dimmed on purpose). */
async function canBeRead(workbench, tab, what) {
  await eventually(async () => {
    const { seen, contrasts } = await workbench.memory.look(TABS[tab]);
    await decidingIsInSight(workbench, tab, seen, what);
    for (const { text, contrast } of contrasts) assert.ok(contrast >= 4.5, `${what}: ${text} has a contrast of ${contrast.toFixed(2)}`);
    return true;
  }, 20_000);
}

scene('each tab in each theme, at 100 and 150 %', { texts, open: 'main.lua', size: SIZES[100] }, async ({ workbench, editor, sample }) => {
  const [frame, end] = ['frame', 'end'].map((mark) => sample.line('main.lua', mark));
  await editor.clickLineNumberMenu(frame, 'Lap Here');
  await editor.clickGutter(frame + 1);
  await editor.clickGutter(end);
  await workbench.press('F5');
  await workbench.stopsAt(frame + 1);
  await editor.clickGutter(frame + 1); // off
  await workbench.continueTo(end);
  await workbench.memory.rowsOf('Lines', (rows) => rows.length > 3);
  const [line] = (await workbench.memory.rows()).filter(({ cells }) => cells.Line.startsWith('net.lua:'));
  await workbench.memory.press(line.cells.Line, 'Who holds it?');
  for (const tab of Object.keys(TABS)) await workbench.memory.rowsOf(tab, (rows) => rows.length > 0);
  const tabs = Object.keys({ ...TABS, ...CHARTS });
  for (const [zoom, size] of Object.entries(SIZES)) {
    await workbench.resize(size);
    for (const [name, theme] of Object.entries(THEMES)) {
      await workbench.setTheme(theme);
      for (const tab of tabs) {
        await workbench.memory.turnTo(tab);
        await canBeRead(workbench, tab, `${tab}, ${name}, ${zoom} %`);
        await workbench.picture(join(pictures, `memory-${tab.replaceAll(' ', '-').toLowerCase()}-${name}-${zoom}.png`), { clip: await workbench.memory.box() });
      }
    }
  }
  // Narrow: an editor beside another one.
  await workbench.resize(SIZES[100]);
  await workbench.memory.close();
  await workbench.command('Luaheat: Open Memory in an Editor');
  for (const tab of tabs) {
    await workbench.memory.turnTo(tab);
    await canBeRead(workbench, tab, `${tab}, narrow`);
    await workbench.picture(join(pictures, `memory-${tab.replaceAll(' ', '-').toLowerCase()}-narrow.png`), { clip: await workbench.memory.box() });
  }
});

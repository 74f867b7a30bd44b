// SPDX-License-Identifier: MIT
// How it looks in each kind of theme, and the timeline. Makes the pictures of the READMEs.

import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { eventually } from './eventually.mjs';
import { pictures, scene } from './scene.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { contributes } = JSON.parse(readFileSync(join(root, 'vscode-ext/package.json'), 'utf8'));
const themes = [
  { name: 'dark', title: 'Dark Modern', kind: 'dark' },
  { name: 'light', title: 'Light Modern', kind: 'light' },
  { name: 'high-contrast', title: 'Dark High Contrast', kind: 'highContrast' },
  { name: 'high-contrast-light', title: 'Light High Contrast', kind: 'highContrastLight' },
];

/** "#ff4a3d" as a browser tells it. */
function rgb(hex) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgb(${red}, ${green}, ${blue})`;
}

function colour(level, kind) {
  return rgb(contributes.colors.find(({ id }) => id === `luaheat.heat${level}`).defaults[kind]);
}

const sampleText = readFileSync(join(root, 'docs/sample.lua'), 'utf8');
const size = { width: 1280, height: 800 };
const parts = {
  editor: { x: 352, y: 36, width: 924, height: 410 },
  panel: { x: 352, y: 506, width: 924, height: 262 },
};

scene('themes', { texts: { 'game.lua': sampleText }, open: 'game.lua', size }, async ({ workbench, editor }) => {
  const lines = sampleText.split('\n');
  const stop = lines.findIndex((line) => line.includes('print(title)')) + 1;
  const hot = lines.findIndex((line) => line.includes('return { name')) + 1;
  await editor.clickGutter(stop);
  await workbench.press('F5');
  await workbench.stopsAt(stop);
  await eventually(async () => (await editor.figures())[hot] !== undefined);
  await workbench.closeViews('Variables', 'Watch', 'Breakpoints');
  await workbench.rows('Memory');

  for (const { name, title, kind } of themes) {
    await workbench.setTheme(title);
    await eventually(async () => {
      const bars = Object.values(await editor.bars());
      return bars.length > 0 && bars.every(({ level, colour: seen }) => seen === colour(level, kind));
    });
    await eventually(async () => (await editor.rulerColours()).includes(colour(5, kind)));
    await workbench.picture(join(pictures, `heat-${name}.png`));
    await editor.hoverFigures(hot);
    await workbench.picture(join(pictures, `hover-${name}.png`), { keepMouse: true, clip: parts.editor });
    await editor.closeHover();
  }
});

scene('the timeline', { files: ['growth.lua'], open: 'growth.lua', size }, async ({ workbench, editor, sample }) => {
  const fetched = [];
  workbench.onRequest((url) => fetched.push(url));
  for (const mark of ['between', 'drop', 'end']) await editor.clickGutter(sample.line('growth.lua', mark));
  await workbench.press('F5');
  await workbench.stopsAt(sample.line('growth.lua', 'between'));
  await workbench.continueTo(sample.line('growth.lua', 'drop'));
  await workbench.continueTo(sample.line('growth.lua', 'end'));
  await workbench.command('Luaheat: Show Heap Timeline');
  const seen = await eventually(async () => {
    const look = await workbench.timeline();
    return look?.marks.length === 3 && look.painted > 1000 && look;
  });
  assert.deepEqual(seen.marks.map((mark) => mark.split(':')[0]), ['Stop 1', 'Stop 2', 'Stop 3']);
  for (const { name, title } of themes) {
    await workbench.setTheme(title);
    await eventually(async () => (await workbench.timeline())?.painted > 1000);
    await workbench.picture(join(pictures, `timeline-${name}.png`), { clip: parts.panel });
  }
  // What a webview asks for under vscode-resource VS Code itself answers, from the extension's folder.
  const own = /^127\.0\.0\.1$|^vscode-remote\+127-002e0-002e0-002e1.*\.vscode-resource\.vscode-cdn\.net$/;
  const foreign = fetched.filter((url) => /^(https?|wss?):/.test(url) && !own.test(new URL(url).hostname));
  assert.deepEqual(foreign, [], 'nothing comes from the net');
});

scene('the timeline is zoomed, and stays so while figures come', {
  texts: { 'busy.lua': 'local t = {}\nwhile true do\n  t[#t + 1] = {}\n  if #t > 1e5 then t = {} end\nend\n' }, open: 'busy.lua', size,
}, async ({ workbench }) => {
  await workbench.press('F5');
  await eventually(async () => (await workbench.status()) !== undefined);
  await workbench.command('Luaheat: Show Heap Timeline');
  const all = await eventually(async () => {
    const [first, last] = await workbench.timelineEnds();
    return last - first > 5 && { first, last };
  });
  await workbench.zoomTimeline(0.4, 0.7);
  const shows = async () => {
    const [first, last] = await workbench.timelineEnds();
    return first > all.first + 0.2 * all.last && last < all.last && [first, last];
  };
  const zoomed = await eventually(shows);
  const seen = new Set();
  await eventually(async () => seen.add(await workbench.status()).size >= 4); // others have come
  assert.deepEqual(await workbench.timelineEnds(), zoomed);

  // The panel shows something else for a while.
  await workbench.command('Debug Console: Focus on Debug Console View');
  await eventually(async () => (await workbench.timeline()) === undefined);
  await workbench.command('Luaheat: Show Heap Timeline');
  await eventually(async () => assert.deepEqual(await workbench.timelineEnds(), zoomed) ?? true);

  await workbench.unzoomTimeline();
  await eventually(async () => {
    const [first, last] = await workbench.timelineEnds();
    return first === all.first && last > all.last;
  });
});

/** With LUAHEAT_README_PICTURES set the pictures of the READMEs are made anew. */
if (process.env.LUAHEAT_README_PICTURES) {
  process.on('exit', () => {
    for (const name of ['heat-dark', 'hover-light', 'timeline-dark'])
      copyFileSync(join(pictures, `${name}.png`), join(root, 'vscode-ext/images', `${name}.png`));
  });
}

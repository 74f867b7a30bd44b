// SPDX-License-Identifier: MIT
// How it looks in each kind of theme. Makes the pictures of the READMEs.

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
  await eventually(async () => (await workbench.rows('Memory')).length === 5);

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

/** With LUAHEAT_README_PICTURES set the pictures of the READMEs are made anew. */
if (process.env.LUAHEAT_README_PICTURES) {
  process.on('exit', () => {
    for (const name of ['heat-dark', 'hover-light'])
      copyFileSync(join(pictures, `${name}.png`), join(root, 'vscode-ext/images', `${name}.png`));
  });
}

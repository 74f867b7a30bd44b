// SPDX-License-Identifier: MIT
// The timeline and the flame graph, and how they look in each kind of theme.

import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { eventually } from './eventually.mjs';
import { pictures, scene } from './scene.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const size = { width: 1280, height: 800 };
const panel = { x: 352, y: 506, width: 924, height: 262 };
const themes = [['dark', 'Dark Modern'], ['light', 'Light Modern'], ['high-contrast', 'Dark High Contrast'], ['high-contrast-light', 'Light High Contrast']];

async function takePictures(workbench, what, isDrawn) {
  for (const [name, title] of themes) {
    await workbench.setTheme(title);
    await eventually(isDrawn);
    await workbench.picture(join(pictures, `${what}-${name}.png`), { clip: panel });
  }
}

scene('the timeline: the heap, kinds of objects and a line, and stops that lead to their lines', { files: ['growth.lua'], open: 'growth.lua', size }, async ({ workbench, editor, sample }) => {
  const fetched = [];
  workbench.onRequest((url) => fetched.push(url));
  const marks = ['between', 'drop', 'end'], lines = marks.map((mark) => sample.line('growth.lua', mark));
  for (const line of lines) await editor.clickGutter(line);
  await workbench.press('F5');
  await workbench.stopsAt(lines[0]);
  for (const line of lines.slice(1)) await workbench.continueTo(line);
  await workbench.command('Luaheat: Show Heap Timeline');
  const { timeline, memory } = workbench;
  const seen = await eventually(async () => {
    const look = await timeline.look();
    return look?.marks.length === 3 && look.marks[2].includes('growth.lua') && look.painted > 1000 && look;
  });
  assert.deepEqual(seen.marks.map((mark) => mark.replace(/: [\d,]+ B/, '')), lines.map((line, index) => `Stop ${index + 1} growth.lua:${line}`));
  assert.deepEqual(seen.series.slice(0, 1).map(({ label, isDrawn }) => [label, isDrawn]), [['Heap', true]]);
  const names = seen.series.map(({ label }) => label);
  assert.ok(names.includes('tables') && names.includes('buffers') && names.includes('strings'), names.join());
  assert.match(seen.series[0].figure, /^[\d,]+ B$/);

  await timeline.toggleSeries('Heap');
  await eventually(async () => (await timeline.look()).series[0].isDrawn === false);
  await timeline.toggleSeries('Heap');
  await memory.choose('Live bytes of', `growth.lua:${sample.line('growth.lua', 'empty')}`);
  await eventually(async () => (await timeline.look()).series[1].label === `growth.lua:${sample.line('growth.lua', 'empty')}`);

  await editor.goToLine(1);
  await timeline.enterStop(1);
  await eventually(async () => (await editor.cursorLine()) === lines[1]);
  assert.match(await timeline.chosenStop(), new RegExp(`^2\\s+growth.lua:${lines[1]}`));
  const [, last] = await timeline.ends();
  assert.ok(last > 0);
  await timeline.clickChartAt(1 / 1.02); // all is shown, and a bit more; there the last stop is
  await eventually(async () => (await editor.cursorLine()) === lines[2]);
  assert.match(await timeline.chosenStop(), /^3/);

  await takePictures(workbench, 'timeline', async () => (await timeline.look())?.painted > 1000);
  // What a webview asks for under vscode-resource VS Code itself answers, from the extension's folder.
  const own = /^127\.0\.0\.1$|^vscode-remote\+127-002e0-002e0-002e1.*\.vscode-resource\.vscode-cdn\.net$/;
  const foreign = fetched.filter((url) => /^(https?|wss?):/.test(url) && !own.test(new URL(url).hostname));
  assert.deepEqual(foreign, [], 'nothing comes from the net');
});

scene('the timeline is zoomed, and stays so while figures come', {
  texts: { 'busy.lua': 'local t = {}\nwhile true do\n  t[#t + 1] = {}\n  if #t > 1e5 then t = {} end\nend\n' }, open: 'busy.lua', size,
}, async ({ workbench }) => {
  const { timeline, memory } = workbench;
  await workbench.press('F5');
  await eventually(async () => (await workbench.status()) !== undefined);
  await workbench.command('Luaheat: Show Heap Timeline');
  await eventually(async () => (await timeline.look()) !== undefined);
  const all = await eventually(async () => {
    const [first, last] = await timeline.ends();
    return last - first > 5 && { first, last };
  });
  await timeline.zoom(0.4, 0.7);
  const zoomed = await eventually(async () => {
    const [first, last] = await timeline.ends();
    return first > all.first + 0.2 * all.last && last < all.last && [first, last];
  });
  const seen = new Set();
  await eventually(async () => seen.add(await workbench.status()).size >= 4); // others have come
  assert.deepEqual(await timeline.ends(), zoomed);

  await memory.turnTo('Lines');
  await memory.turnTo('Timeline');
  await eventually(async () => (await timeline.look()) !== undefined);
  assert.deepEqual(await timeline.ends(), zoomed, 'another tab was seen for a while');

  await workbench.command('Debug Console: Focus on Debug Console View');
  await eventually(async () => (await timeline.look()) === undefined);
  await workbench.command('Luaheat: Show Heap Timeline');
  await eventually(async () => (await timeline.look()) !== undefined);
  await eventually(async () => assert.deepEqual(await timeline.ends(), zoomed) ?? true);

  await timeline.unzoom();
  await eventually(async () => {
    const [first, last] = await timeline.ends();
    return first === all.first && last > all.last;
  });
});

const game = {
  'main.lua': `local world = require "world"
local hud = require "hud"
for frame = 1, 60 do
  world.update(frame) --@update
  hud.draw(frame)
end
print("end") --@end
`,
  'world.lua': `local world = { enemies = {} }
local function spawn(i)
  return { name = "enemy " .. i, health = 3, path = { i, i + 1, i + 2 } } --@spawn
end
function world.update(frame)
  for i = 1, 20 do
    world.enemies[#world.enemies + 1] = spawn(frame * i) --@add
  end
end
return world
`,
  'hud.lua': `local hud = {}
function hud.draw(frame)
  for i = 1, 10 do
    local text = { ("score %d"):format(frame * i), frame } --@text
  end
end
return hud
`,
};

const ALL_STACKS = { type: 'luaheat', request: 'launch', name: 'All stacks', program: '${workspaceFolder}/main.lua', stacks: 'all' };

scene('the flame graph leads from whoever called to the line that allocates', {
  texts: { ...game, '.vscode/launch.json': JSON.stringify({ version: '0.2.0', configurations: [ALL_STACKS] }) }, open: 'main.lua', size,
}, async ({ workbench, editor, sample }) => {
  const { flame, memory } = workbench;
  const [update, add, spawn, end] = [['main.lua', 'update'], ['world.lua', 'add'], ['world.lua', 'spawn'], ['main.lua', 'end']].map((place) => sample.line(...place));
  await editor.clickGutter(end);
  await workbench.press('F5');
  await workbench.stopsAt(end);
  await workbench.command('Luaheat: Show Flame Graph');
  const boxes = await eventually(async () => {
    const all = await flame.boxes();
    return all.some(({ name }) => name.includes('spawn, world.lua')) && all;
  });
  assert.equal(await memory.selectedTab(), 'Flame Graph');
  assert.equal(await flame.exactness(), 'Exact');
  const depthOf = (name) => boxes.find((box) => box.name.startsWith(name))?.depth;
  assert.equal(depthOf(`update, world.lua:${add}, `), depthOf(`spawn, world.lua:${spawn}, `) - 1);
  const box = (name, all = boxes) => all.find((each) => each.name.startsWith(name));
  assert.match(box(`spawn, world.lua:${spawn}, `).name, /, [\d,]+ B, \d+\.\d % of all$/);
  assert.ok(box(`update, world.lua:${add}, `).width >= box(`spawn, world.lua:${spawn}, `).width);

  await flame.click(new RegExp(`^spawn, world.lua:${spawn},`));
  await eventually(async () => (await editor.cursorLine()) === spawn);

  await flame.clickTwice(new RegExp(`^spawn, world.lua:${spawn},`));
  const [all] = boxes;
  await eventually(async () => Math.abs(box(`spawn, world.lua:${spawn}, `, await flame.boxes()).width - all.width) < 2);
  await flame.press('Zoom out');
  await flame.keys('ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown');
  await eventually(async () => /^main chunk.*, main.lua:/.test(await flame.focused()));
  await flame.keys('ArrowDown', ' ');
  await eventually(async () => Math.abs(box(`update, world.lua:${add}, `, await flame.boxes()).width - all.width) < 2);
  await flame.keys('Enter');
  await eventually(async () => (await editor.cursorLine()) === add);
  await flame.keys('Escape', 'Escape');

  await flame.search('hud.lua');
  await flame.press('Allocated');
  await eventually(async () => /^[1-9]\d* found, [1-9][\d.]* % of all$/.test(await flame.found()));
  assert.ok((await flame.boxes()).filter(({ isFound }) => isFound).every(({ name }) => name.includes('hud.lua')));
  await flame.search('');

  await flame.press('Own, by caller');
  const own = await eventually(async () => {
    const drawn = await flame.boxes();
    return drawn[1]?.name.startsWith(`spawn, world.lua:${spawn}, `) && drawn;
  });
  assert.ok(own.some(({ name, depth }) => depth === 3 && name.includes(`main.lua:${update}`)), 'below it stands who called it, and who called that');

  await flame.press('Live');
  await flame.press('With callees');
  await takePictures(workbench, 'flame', async () => (await flame.boxes()).length > 4);

  await workbench.press('F5');
  await workbench.ends();
  await memory.turnTo('Lines');
  await memory.turnTo('Flame Graph');
  await eventually(async () => (await flame.boxes()).some(({ name }) => name.startsWith(`spawn, world.lua:${spawn}, `)));
});

/** With LUAHEAT_README_PICTURES set the pictures of the READMEs are made anew. */
if (process.env.LUAHEAT_README_PICTURES) {
  process.on('exit', () => {
    for (const name of ['timeline-dark', 'flame-dark']) copyFileSync(join(pictures, `${name}.png`), join(root, 'vscode-ext/images', `${name}.png`));
  });
}

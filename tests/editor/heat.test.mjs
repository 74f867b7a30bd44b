// SPDX-License-Identifier: MIT
// Heat on lines: what is tinted, how clear it is, where figures stand, what stays of it when one steps, and that
// code without a file has it too.

import assert from 'node:assert/strict';
import { join } from 'node:path';

import { levelShape } from '../../vscode-ext/src/pure/heat.ts';
import { eventually } from './eventually.mjs';
import { pictures, scene } from './scene.mjs';

const FILE = 'main.lua';
const size = { width: 1280, height: 800 };
const THEMES = ['Dark Modern', 'Light Modern', 'Dark High Contrast', 'Light High Contrast'];

/** Keeps so many bytes, more or less. */
const keep = (bytes) => `kept[#kept + 1] = string.rep("x", ${bytes})`;
const LONG = `${keep(40_000)} ${'-- as long as lines get in generated code, which nobody has broken '.repeat(5)}`.slice(0, 290);
const PROGRAM = [
  'local kept = {} --@first',
  `${keep(100)} --@one`,
  `do ${keep(800)} end --@two`,
  'for i = 1, 1 do',
  `  ${keep(3000)} --@three`,
  `\tlocal tab = 1\t${keep(12_000)} --@four`,
  `  local wide = "日本語" ${keep(50_000)} --@five`,
  'end',
  `${LONG} --@long`,
  'local previewed = { kept, kept, kept, { kept }, { "one", "two", "three" } } --@made',
  'for i = 1, 300 do previewed[#previewed + 1] = { i } end --@values',
  'local count = #kept --@stop',
  'count = count + #previewed',
  'count = count + 1',
  'local last = { kept, previewed } --@new',
  'print(last) --@end',
  '',
].join('\n');
const LEVELS = { one: 1, two: 2, three: 3, four: 4, five: 5, long: 5 };

async function toStop({ workbench, editor, sample }, mark = 'stop') {
  const stop = sample.line(FILE, mark);
  await editor.clickGutter(stop);
  await workbench.press('F5');
  await workbench.stopsAt(stop);
  await eventually(async () => (await editor.figures())[sample.line(FILE, 'five')] !== undefined);
}

// ---- Colours, as WCAG counts them. ----

function parse(colour) {
  const [red, green, blue, alpha = 1] = colour.startsWith('color(srgb')
    ? colour.match(/[\d.]+(e-\d+)?/g).map((part, at) => (at < 3 ? Number(part) * 255 : Number(part)))
    : colour.match(/[\d.]+/g).map(Number);
  return { rgb: [red, green, blue], alpha };
}

function over(colour, below) {
  const { rgb, alpha } = parse(colour);
  return rgb.map((part, at) => part * alpha + below[at] * (1 - alpha));
}

function luminance(rgb) {
  const [red, green, blue] = rgb.map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** As far apart as two colours are on a screen, from 0 to 441. */
function distance(one, other) {
  return Math.hypot(...one.map((part, at) => part - other[at]));
}

scene('five strengths, clear in four kinds of themes', { texts: { [FILE]: PROGRAM }, open: FILE, size }, async (told) => {
  const { workbench, editor, sample } = told;
  const line = (mark) => sample.line(FILE, mark);
  await toStop(told);
  await eventually(async () => {
    const levels = await editor.levels(), shapes = await editor.shapes();
    for (const [mark, level] of Object.entries(LEVELS)) {
      assert.equal(levels[line(mark)], level, mark);
      if (level > 1) assert.equal(shapes[line(mark)], levelShape(level), mark);
    }
    return true;
  });

  // A bar covers no letter: it stands where a line is indented.
  const bars = await editor.bars(), letters = await editor.letters();
  assert.deepEqual(Object.keys(bars).map(Number), ['three', 'four', 'five'].map(line));
  for (const [at, { right, level }] of Object.entries(bars)) {
    assert.equal(level, (await editor.levels())[at]);
    assert.ok(right <= letters[at], `the bar of line ${at} ends at ${right}, its text begins at ${letters[at]}`);
  }

  for (const theme of THEMES) {
    await workbench.setTheme(theme);
    await eventually(async () => {
      const below = parse(await workbench.themeColour('editor-background')).rgb;
      const foreground = parse(await workbench.themeColour('editor-foreground')).rgb;
      const tints = await editor.tints(), places = await editor.places();
      const strengths = Object.keys(LEVELS).filter((mark) => mark !== 'long').map((mark) => over(tints[line(mark)].colour, below));
      [below, ...strengths].reduce((weaker, stronger, at) => {
        assert.ok(distance(weaker, stronger) > 6, `${theme}: level ${at} is like the one below`);
        return stronger;
      });
      for (const tint of strengths) assert.ok(contrast(tint, foreground) > 7, `${theme}: code on a tint`);
      for (const [at, { colour, background }] of Object.entries(places)) {
        const readable = contrast(over(colour, below), over(background, below));
        assert.ok(readable > 4.5, `${theme}: the figures of line ${at} have a contrast of ${readable}`);
        assert.equal(parse(background).alpha, 1, 'nothing shines through');
      }
      return true;
    });
    await workbench.picture(join(pictures, `tints-${theme.replaceAll(' ', '-')}.png`));
  }
});

scene('figures stand in one column, and in sight', { texts: { [FILE]: PROGRAM }, open: FILE, size }, async (told) => {
  const { workbench, editor, sample } = told;
  const line = (mark) => sample.line(FILE, mark);
  await toStop(told);
  const short = ['two', 'three', 'four', 'five', 'values'].map(line);
  const lineUp = async () => {
    const places = await editor.places();
    const lefts = short.map((at) => places[at].left);
    assert.ok(Math.max(...lefts) - Math.min(...lefts) < 1, `columns: ${lefts}`);
    return places;
  };
  const isInSight = async ({ left, right }, what) => {
    const view = await editor.view();
    assert.ok(left >= view.left && Math.min(right, left + 85) <= view.right, `${what}: ${left} to ${right} in ${view.left} to ${view.right}`);
    return true;
  };

  const places = await eventually(lineUp);
  const { right } = (await editor.places())[line('five')];
  assert.ok(right < (await editor.view()).right, 'all of it');
  await isInSight(places[line('long')], 'a long line');

  // With the cursor at the beginning it stays; where the line is read that figures cover, they go behind it.
  await editor.goToLine(line('long'));
  await eventually(async () => isInSight((await editor.places())[line('long')], 'with the cursor'));
  await workbench.press('End');
  await eventually(async () => {
    const text = (await editor.texts())[line('long')];
    const { left } = (await editor.places())[line('long')];
    return text.endsWith('@long') && left >= (await editor.letters())[line('long')] + 8 * LONG.length;
  });
  await workbench.press('Home');
  await eventually(async () => isInSight((await editor.places())[line('long')], 'with the cursor back'));

  // Values of variables stand on lines without figures only.
  await eventually(async () => / kept = \{/.test((await editor.texts())[line('stop')]));
  for (const at of Object.keys(await editor.figures())) assert.doesNotMatch((await editor.texts())[at], /(kept|previewed|wide) = [{"][^ ]*$/);
  await eventually(lineUp);

  const areInSight = (what) => eventually(async () => {
    for (const [at, place] of Object.entries(await lineUp())) await isInSight(place, `line ${at} ${what}`);
    return true;
  });
  await workbench.press('Control+Backslash');
  await areInSight('beside another editor');
  await workbench.picture(join(pictures, 'column-split.png'));
  await workbench.closeTab();
  await eventually(async () => Object.values(await lineUp())[0].left === places[line('two')].left);

  await workbench.zoom(1.5, size);
  await areInSight('at 150 %');
  await workbench.picture(join(pictures, 'column-150.png'));
});

scene('heat stays, dimmed, while one steps over lines that take nothing', { texts: { [FILE]: PROGRAM }, open: FILE, size }, async (told) => {
  const { workbench, editor, sample } = told;
  const line = (mark) => sample.line(FILE, mark);
  await toStop(told);
  const before = (await editor.figures())[line('five')];
  await workbench.stepOver();
  await workbench.stopsAt(line('stop') + 1);
  const isKept = () => eventually(async () => {
    const tints = await editor.tints(), figures = await editor.figures();
    assert.deepEqual([tints[line('five')].level, tints[line('five')].isDim], [5, true]);
    assert.equal(figures[line('five')], `${before} · earlier`);
    assert.deepEqual(await editor.bars(), {});
    return true;
  });
  await isKept();
  await workbench.picture(join(pictures, 'earlier.png'));
  await editor.hoverFigures(line('five'));
  assert.match(await editor.hoverText(), /heat 5 of 5[^]*Nothing has grown since the previous stop/);
  await editor.closeHover();
  await workbench.stepOver();
  await workbench.stopsAt(line('stop') + 2);
  await isKept();

  // Until there is new.
  await workbench.stepOver();
  await workbench.stopsAt(line('new'));
  await workbench.stepOver();
  await workbench.stopsAt(line('end'));
  await eventually(async () => {
    assert.deepEqual(Object.keys(await editor.figures()), [String(line('new'))]);
    assert.deepEqual(Object.entries(await editor.tints()).map(([at, { isDim }]) => [Number(at), isDim]), [[line('new'), false]]);
    return true;
  });
});

const CHUNK = { [FILE]: ['local code = [[', 'local kept = {}', 'kept[1] = string.rep("x", 50000)', 'print(#kept)', 'return kept', ']]', 'local f = load(code)', 'f() --@call', 'print(f) --@after', ''].join('\n') };

scene('code without a file has heat and breakpoints in its document', { texts: CHUNK, open: FILE, size }, async ({ workbench, editor, sample }) => {
  await editor.clickGutter(sample.line(FILE, 'call'));
  await workbench.press('F5');
  await workbench.stopsAt(sample.line(FILE, 'call'));
  await workbench.press('F11');
  await workbench.sourceOpens('local kept = {}');
  await workbench.stopsAt(1);
  assert.equal(await workbench.language(), 'Lua');
  await editor.clickGutter(3);
  await workbench.continueTo(3);
  await eventually(async () => {
    assert.match((await editor.figures())[2], /^\+\d\d\.\d KB · /);
    assert.equal((await editor.levels())[2], 5);
    return true;
  });
  await editor.hoverFigures(2);
  assert.match(await editor.hoverText(), /heat 5 of 5/);
  await editor.closeHover();
  await workbench.picture(join(pictures, 'heat-without-file.png'));
});

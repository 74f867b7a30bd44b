// SPDX-License-Identifier: MIT
// The page of `luaheat run --export html`, in a browser: what it shows, and that it asks for nothing.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { startBrowser } from './browser.mjs';
import { Sample } from './sample.mjs';

const { LUAHEAT_EDITOR_BED: bed, LUAHEAT: luaheat } = process.env;
const pictures = process.env.LUAHEAT_PICTURES ?? join(process.cwd(), 'out/pictures');
const sampleText = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../docs/sample.lua'), 'utf8');
const odd = `local text = "<img src=http://127.0.0.1:1/x onerror=document.title='run'>" --@odd\n`;

let browser, sample, report;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  sample = new Sample([], { 'game.lua': sampleText + odd });
  const run = spawnSync(luaheat, ['run', '--format', 'json', '-o', 'report.json', '--export', 'html=memory.html', 'game.lua'],
    { cwd: sample.folder, env: { ...process.env, LUAHEAT_SAMPLING: '1:1' } });
  assert.equal(run.status, 0, String(run.stderr));
  report = JSON.parse(readFileSync(sample.path('report.json'), 'utf8'));
  browser = await startBrowser(bed);
}, { timeout: 60_000 });

after(async () => {
  await browser?.close();
  sample?.remove();
});

/** The page in a new window. */
async function open(colorScheme) {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 1500 } });
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  const trouble = [];
  page.on('console', (message) => trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(error.message));
  await page.goto(pathToFileURL(sample.path('memory.html')).href);
  return { page, asked, trouble, close: () => context.close() };
}

const number = (text) => Number(text.replaceAll(',', ''));

test('the table and the source show the figures of the report', { timeout: 60_000 }, async () => {
  const { page, asked, trouble, close } = await open('light');
  const game = report.lines.filter(({ source }) => source === sample.path('game.lua'));

  const rows = await page.locator('#lines tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
  assert.deepEqual(rows.map(([growth, allocations, allocated, freed, live, peak, , , place]) =>
    [number(growth), number(allocations), number(allocated), number(freed), number(live), number(peak), place]),
  report.lines.map((row) => [row.growth, row.allocations, row.allocated, row.freed, row.live, row.at_peak, row.line > 0 ? `${row.source}:${row.line}` : row.source]));
  assert.match(await page.locator('#heap').innerText(), new RegExp(report.heap.live.toLocaleString('en')));

  const lines = await page.locator('.source tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
  const text = (sampleText + odd).trimEnd().split('\n');
  assert.deepEqual(lines.map(([, , , line, code]) => [Number(line), code]), text.map((code, i) => [i + 1, code]));
  for (const { line, growth, allocated } of game) {
    const [shownGrowth, shownAllocated] = lines[line - 1];
    assert.deepEqual([number(shownGrowth), number(shownAllocated)], [growth, allocated], `line ${line}`);
  }
  assert.deepEqual(asked, [page.url()], 'it asks for nothing');
  assert.deepEqual(trouble, []);
  assert.equal(await page.title(), 'Memory of each line');
  await close();
});

test('heat is painted, as wide as the growth is large', { timeout: 60_000 }, async () => {
  const { page, close } = await open('light');
  const hottest = report.lines.find(({ source }) => source === sample.path('game.lua'));
  const heats = await page.locator('.source tbody tr').evaluateAll((all) => all.map((row) =>
    [row.cells[0].innerText, Number(getComputedStyle(row).getPropertyValue('--heat')), getComputedStyle(row.cells[0]).backgroundImage]));
  const full = Math.max(hottest.growth, 64 * 1024); // few bytes are not hot, though no line has more
  for (const [growth, heat, image] of heats) {
    const bytes = growth === '' ? 0 : number(growth);
    assert.ok(Math.abs(heat - Math.max(0, bytes) / full) < 0.001, `${growth}: ${heat}`);
    assert.equal(image.startsWith('linear-gradient'), bytes > 0, `${growth}: ${image}`);
  }
  await close();
});

test('the timeline: the heap from the start to the end', { timeout: 60_000 }, async () => {
  const { page, close } = await open('light');
  assert.match(await page.locator('#timeline-text').innerText(), new RegExp(`the top is ${report.heap.peak.toLocaleString('en')} bytes`));
  const points = await page.locator('#timeline path').evaluate((path) =>
    [...path.getAttribute('d').matchAll(/L([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]));
  const { width, height } = await page.locator('#timeline').evaluate(({ viewBox: { baseVal } }) => ({ width: baseVal.width, height: baseVal.height }));
  assert.ok(points.length > 100);
  assert.ok(points.every(([x], i) => i === 0 || x >= points[i - 1][0]), 'time goes on');
  assert.equal(points.at(-1)[0], width);
  assert.equal(Math.min(...points.map(([, y]) => y)), 0, 'the most is at the top');
  // The sample's heap grows from what the interpreter has to its peak, at the end.
  assert.ok(points[0][1] > 0.9 * height && points.at(-1)[1] < 0.05 * height, JSON.stringify([points[0], points.at(-1)]));
  await close();
});

test('the flame graph: boxes as wide as their share', { timeout: 60_000 }, async () => {
  const { page, close } = await open('light');
  const flames = page.locator('.flame');
  assert.equal(await flames.count(), 2, 'what lives, what was allocated');
  const boxes = await flames.nth(1).locator('div[title]').evaluateAll((all) => all.map((box) => {
    const { x, y, width, height } = box.querySelector('span').getBoundingClientRect();
    return { title: box.title, x, y, width, height, parent: box.parentElement.closest('div[title]')?.title };
  }));
  const bytes = ({ title }) => number(/: ([\d,]+) bytes/.exec(title)[1]);
  const [all] = boxes;
  assert.match(all.title, /^all: /);
  const spawn = boxes.find(({ title }) => title.startsWith('spawn (game.lua:5): '));
  assert.equal(bytes(spawn), report.lines.find(({ line, source }) => line === 5 && source.endsWith('game.lua')).allocated);
  assert.match(spawn.parent, /^main chunk <game\.lua> \(game\.lua:18\)/);
  for (const box of boxes) {
    assert.ok(box.height > 10, box.title);
    assert.ok(Math.abs(box.width / all.width - bytes(box) / bytes(all)) < 0.01, `${box.title} is ${box.width} of ${all.width} wide`);
  }
  assert.ok(spawn.y > all.y, 'the innermost are below');
  await close();
});

test('a line of the table leads to the line of the source', { timeout: 60_000 }, async () => {
  const { page, close } = await open('light');
  await page.locator('#lines a', { hasText: 'game.lua:5' }).first().click();
  const target = page.locator('tr:target');
  assert.match(await target.innerText(), /return \{ name = /);
  await close();
});

test('light and dark', { timeout: 60_000 }, async () => {
  const looks = {};
  for (const scheme of ['light', 'dark']) {
    const { page, close } = await open(scheme);
    await page.screenshot({ path: join(pictures, `page-${scheme}.png`), fullPage: true });
    looks[scheme] = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.body);
      const light = (text) => text.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765;
      return { page: light(backgroundColor), text: light(color) };
    });
    await close();
  }
  assert.ok(looks.light.page > 0.9 && looks.light.text < 0.2, JSON.stringify(looks.light));
  assert.ok(looks.dark.page < 0.2 && looks.dark.text > 0.8, JSON.stringify(looks.dark));
});

// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ALWAYS_SEEN, figureColumn, lineWidth, marginBehind, placeInSight, widthUpTo } from '../src/pure/figureColumn.ts';

test('the width of a line, with tabs and wide letters', () => {
  const widths = ['', 'end', '\tend', 'a\tend', '\t\tx', '日本', 'é…→'].map((line) => lineWidth(line, 4));
  assert.deepEqual(widths, [0, 3, 7, 7, 9, 4, 3]);
  assert.equal(lineWidth('\tx', 8), 9);
});

test('the column is right of all lines of usual width, and long lines do not move it', () => {
  const usual = 'x'.repeat(50);
  const column = figureColumn([usual, 'end'], 4);
  assert.ok(column >= 52 && column <= 56, String(column));
  assert.equal(figureColumn([usual, 'end', 'y'.repeat(300), '\t'.repeat(30)], 4), column);
  assert.ok(figureColumn(['x'.repeat(72)], 4) > 72);
});

test('the column stays while a letter or two are typed', () => {
  const columns = [48, 49, 50, 51, 52].map((width) => figureColumn(['x'.repeat(width)], 4));
  assert.equal(new Set(columns).size, 2);
});

/** What a browser makes of it, in a window of that many columns. */
function placed(css: string, columns: number): number {
  const [, behind, least, editors] = /^min\((\d+)ch, max\((\d+)ch, \(100vw - 350px\) \/ (\d) - 90px - 11ch\)\)$/.exec(css) ?? [];
  return Math.min(Number(behind), Math.max(Number(least), (columns - 350 / 8) / Number(editors) - 90 / 8 - 11));
}

test('figures begin in the column, or behind a line that is wider, and in sight', () => {
  assert.deepEqual([10, 60, 75, 300].map((width) => placed(placeInSight(64, width, 1), 150)), [64, 64, 77, 84]);
  assert.deepEqual([10, 60, 75, 300].map((width) => placed(placeInSight(64, width, 1), 100)), [34, 34, 34, 34], 'a narrow window: still one column');
  assert.deepEqual([10, 300].map((width) => placed(placeInSight(64, width, 2), 150)), [30.875, 30.875], 'two editors side by side');
  assert.ok(placed(placeInSight(64, 300, 1), 40) >= ALWAYS_SEEN);
  assert.deepEqual([10, 60, 63, 300].map((width) => marginBehind(64, width)), ['0 0 0 54ch', '0 0 0 4ch', '0 0 0 2ch', '0 0 0 2ch']);
});

test('a line reaches to the end of its figures, and is no shorter where they stand on it', () => {
  assert.equal(widthUpTo('64ch', 10, 20), 'max(0ch, 64ch + 10ch)');
  assert.equal(widthUpTo('64ch', 300, 20), 'max(0ch, 64ch + -280ch)');
});

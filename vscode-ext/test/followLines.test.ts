// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { followLines, splitLines } from '../src/pure/followLines.ts';

const LOADED = ['local a = 1', 'local b = 2', '', 'for i = 1, 10 do', '  use(a)', 'end', '', 'print(b)'];

/** Where each line of LOADED is in the other text; 0: gone. */
function now(text: readonly string[]): number[] {
  const lines = followLines(LOADED, text);
  return LOADED.map((_, index) => lines.now(index + 1) ?? 0);
}

test('the same text is not edited', () => {
  assert.equal(followLines(LOADED, [...LOADED]).isEdited, false);
  assert.deepEqual(now(LOADED), [1, 2, 3, 4, 5, 6, 7, 8]);
});

test('lines above move lines down, also when the file grows at its ends', () => {
  assert.deepEqual(now(['-- new', ...LOADED]), [2, 3, 4, 5, 6, 7, 8, 9]);
  assert.deepEqual(now([...LOADED, 'print(a)']), [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(now([...LOADED.slice(0, 3), '-- new', '', ...LOADED.slice(3)]), [1, 2, 3, 6, 7, 8, 9, 10]);
});

test('a changed line is still that line; a removed one is gone', () => {
  assert.deepEqual(now(LOADED.with(4, '  use(a, b)')), [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(now(LOADED.toSpliced(4, 1)), [1, 2, 3, 4, 0, 5, 6, 7]);
  assert.deepEqual(now([]), [0, 0, 0, 0, 0, 0, 0, 0]);
});

test('edits in several places, with indentation', () => {
  const text = ['local a = 1', '-- one', 'local b = 2', '', 'do', '  for i = 1, 10 do', '    use(a)', '  end', 'end', '', 'print(b)'];
  const where = now(text);
  assert.equal(where[1], 3);
  assert.equal(where[3], 6);
  assert.equal(where[4], 7);
  assert.equal(where[7], 11);
});

test('moved lines are followed as far as the order of the rest allows', () => {
  const lines = followLines(['a', 'b', 'c', 'd'], ['c', 'a', 'b', 'd']);
  assert.deepEqual([1, 2, 4].map((line) => lines.now(line)), [2, 3, 4]);
});

test('a block that is repeated below keeps its lines', () => {
  assert.deepEqual(now([...LOADED.slice(0, 6), ...LOADED.slice(3, 6), ...LOADED.slice(6)]), [1, 2, 3, 4, 5, 6, 10, 11]);
});

test('blank lines and closing words lead nobody astray', () => {
  const text = [...LOADED.slice(0, 3), 'do', '', 'end', '', ...LOADED.slice(3)];
  assert.deepEqual(now(text), [1, 2, 3, 8, 9, 10, 11, 12]);
});

test('a text of which most is new keeps what stands', () => {
  const loaded = Array.from({ length: 9000 }, (_, index) => (index % 100 === 0 ? `kept ${index}` : `old ${index}`));
  const text = ['first', ...loaded.flatMap((line) => (line.startsWith('kept') ? [line, 'another'] : [`new ${line}`]))];
  const lines = followLines(loaded, text);
  assert.deepEqual([1, 101, 8901].map((line) => text[(lines.now(line) ?? 0) - 1]), ['kept 0', 'kept 100', 'kept 8900']);
  assert.equal(lines.now(2), undefined);
});

test('of a text in another order only the ends are known', () => {
  const inner = Array.from({ length: 6000 }, (_, index) => `line ${index}`);
  const lines = followLines(['a', ...inner, 'z'], ['a', 'b', ...inner.toReversed(), 'z']);
  assert.deepEqual([1, 3000, 6002].map((line) => lines.now(line)), [1, undefined, 6003]);
});

test('back and forth agree', () => {
  const text = ['x', ...LOADED.slice(0, 5), 'y', 'z', ...LOADED.slice(5)];
  const lines = followLines(LOADED, text);
  for (let line = 1; line <= LOADED.length; line++) {
    const there = lines.now(line);
    if (there !== undefined) assert.equal(lines.loaded(there), line);
  }
  assert.equal(lines.loaded(1), undefined);
});

test('random edits never lead astray: a line that is followed is the same or was replaced in place', () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 300; round++) {
    const loaded = Array.from({ length: 5 + random(40) }, () => `line ${random(30)}`);
    const text = [...loaded];
    for (let edit = 0; edit < 1 + random(4); edit++)
      text.splice(random(text.length + 1), random(3), ...Array.from({ length: random(3) }, () => `new ${random(30)}`));
    const lines = followLines(loaded, text);
    let last = 0;
    for (let line = 1; line <= loaded.length; line++) {
      const there = lines.now(line);
      if (there === undefined) continue;
      assert.ok(there > last && there <= text.length);
      assert.equal(lines.loaded(there), line);
      last = there;
    }
  }
});

test('lines are split as the editor does', () => {
  assert.deepEqual(splitLines('\uFEFFa\r\nb\rc\n'), ['a', 'b', 'c', '']);
});

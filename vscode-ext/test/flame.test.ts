// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { buildFrames, errorOf, fileNumbers, findFrame, keysOf, layOut, neighbour, placeText, search } from '../src/pure/flame.ts';
import type { Box, Frame } from '../src/pure/flame.ts';
import { readStacks } from '../src/pure/stacks.ts';
import type { Stacks } from '../src/pure/stacks.ts';

/** main:1 calls step:10, which calls make:20 (600 bytes, 100 of which live, and shrank) and make:21 (100); main:2 calls make:20 (200). */
const ANSWER = {
  stacks: { which: 'sampled', mean: 100, samples: 9 },
  sources: [{ name: 'main.lua', path: '/a/main.lua' }, { name: 'make.lua', path: '/a/make.lua' }],
  functions: [{ name: 'main chunk', source: 0 }, { name: 'step', source: 0, line: 9 }, { name: 'make', source: 1, line: 19 }, { name: '(startup)' }],
  columns: ['parent', 'function', 'line', 'allocated', 'live', 'growth', 'allocatedVariance', 'liveVariance', 'growthVariance'],
  calls: [
    [-1, 0, 1, 0, 0, 0, 0, 0, 0],
    [0, 1, 10, 50, 50, 10, 40, 40, 10],
    [1, 2, 20, 600, 100, -30, 500, 90, 20],
    [1, 2, 21, 100, 0, 0, 90, 0, 0],
    [-1, 0, 2, 0, 0, 0, 0, 0, 0],
    [4, 2, 20, 200, 200, 200, 190, 190, 190],
    [-1, 3, 0, 40, 40, 0, 30, 30, 0],
    [1, -1, 0, 10, 5, 5, 9, 4, 4],
  ],
  dropped: 3,
};

function stacks(answer: unknown = ANSWER): Stacks {
  const read = readStacks(answer);
  assert.ok(read);
  return read;
}

const shape = (frame: Frame): unknown => [placeText(frame), frame.own, frame.total, ...frame.children.map(shape)];

test('with callees: from the outermost calls inwards, the largest first', () => {
  assert.deepEqual(shape(buildFrames(stacks(), 'allocated', 'callees')), [
    '', 0, 1000,
    ['main chunk main.lua:1', 0, 760,
      ['step main.lua:10', 50, 760, ['make make.lua:20', 600, 600], ['make make.lua:21', 100, 100], ['', 10, 10]]],
    ['main chunk main.lua:2', 0, 200, ['make make.lua:20', 200, 200]],
    ['(startup)', 40, 40],
  ]);
});

test('own: who allocates itself, and below it who called that', () => {
  const [make, make21, step] = buildFrames(stacks(), 'allocated', 'own').children;
  assert.deepEqual(make && shape(make), ['make make.lua:20', 800, 800,
    ['step main.lua:10', 0, 600, ['main chunk main.lua:1', 0, 600]],
    ['main chunk main.lua:2', 0, 200]]);
  assert.deepEqual([make21?.total, step && placeText(step), step?.total], [100, 'step main.lua:10', 50]);
});

test('each metric has its own; what shrank has no width', () => {
  const totals = (['allocated', 'live', 'growth'] as const).flatMap((metric) => (['callees', 'own'] as const).map((order) => buildFrames(stacks(), metric, order).total));
  assert.deepEqual(totals, [1000, 1000, 395, 395, 215, 215]);
});

test('a function that calls itself stands below itself', () => {
  const recursive = stacks({ ...ANSWER, calls: [[-1, 2, 20, 10, 0, 0], [0, 2, 20, 20, 0, 0], [1, 2, 20, 30, 0, 0]] });
  assert.deepEqual(shape(buildFrames(recursive, 'allocated', 'callees')), ['', 0, 60, ['make make.lua:20', 10, 60, ['make make.lua:20', 20, 50, ['make make.lua:20', 30, 30]]]]);
  const own = buildFrames(recursive, 'allocated', 'own');
  assert.deepEqual([own.total, own.children[0]?.total, own.children.length], [60, 60, 1]);
});

test('an estimate has an error, which is that of its sum', () => {
  const read = stacks();
  const [first] = buildFrames(read, 'allocated', 'callees').children;
  assert.ok(first);
  assert.equal(errorOf(first, read), Math.ceil(1.96 * Math.sqrt(100 * (40 + 500 + 90 + 9 + 100))));
  assert.equal(errorOf(first, { ...read, which: 'all' }), 0);
});

test('boxes lie below what is around them, and are as wide as their share', () => {
  const root = buildFrames(stacks(), 'allocated', 'callees');
  const boxes = layOut(root, 0);
  const told = boxes.map(({ frame, depth, left, width }) => [placeText(frame), depth, left.toFixed(3), width.toFixed(3)]);
  assert.deepEqual(told.slice(0, 5), [
    ['', 0, '0.000', '1.000'],
    ['main chunk main.lua:1', 1, '0.000', '0.760'],
    ['step main.lua:10', 2, '0.000', '0.760'],
    ['make make.lua:20', 3, '0.000', '0.600'],
    ['make make.lua:21', 3, '0.600', '0.100'],
  ]);
  assert.equal(layOut(root, 0.05).length, boxes.length - 2, 'what is too narrow is left out');
  assert.equal(new Set(boxes.map(({ id }) => id)).size, boxes.length);
  const zoomed = layOut(findFrame(root, ['main chunk@/a/main.lua:1']), 0).map(({ id }) => id);
  assert.deepEqual(zoomed, boxes.map(({ id }) => id).filter((id) => id === '' || id.startsWith('\nmain chunk@/a/main.lua:1')), 'they are the same boxes');
});

test('zoomed to a frame, it and what is around it are as wide as all', () => {
  const root = buildFrames(stacks(), 'allocated', 'callees');
  const step = findFrame(root, keysOf(root).concat(['main chunk@/a/main.lua:1', 'step@/a/main.lua:10']));
  assert.deepEqual(layOut(step, 0).map(({ frame, depth, width }) => [placeText(frame), depth, Math.round(width * 76)]), [
    ['', 0, 76], ['main chunk main.lua:1', 1, 76], ['step main.lua:10', 2, 76], ['make make.lua:20', 3, 60], ['make make.lua:21', 3, 10], ['', 3, 1],
  ]);
});

test('a frame is found again in other figures, as far as it is there', () => {
  const [make] = buildFrames(stacks(), 'allocated', 'own').children;
  const keys = make?.children[0] ? keysOf(make.children[0]) : [];
  assert.equal(placeText(findFrame(buildFrames(stacks(), 'live', 'own'), keys)), 'step main.lua:10');
  assert.equal(findFrame(buildFrames(stacks(), 'live', 'callees'), ['gone', 'too']).parent, undefined);
});

test('a search finds names and places, and what they are of all together', () => {
  const root = buildFrames(stacks(), 'allocated', 'callees');
  const found = (text: string): unknown => { const { frames, bytes } = search(root, text); return [frames.size, bytes]; };
  assert.deepEqual(found('MAKE'), [3, 900]);
  assert.deepEqual(found('main'), [3, 960], 'what is within another counts once');
  assert.deepEqual(found('make.lua:21'), [1, 100]);
  assert.deepEqual(found(' '), [0, 0]);
  assert.deepEqual(found('nowhere'), [0, 0]);
});

test('from one box to another', () => {
  const boxes = layOut(buildFrames(stacks(), 'allocated', 'callees'), 0);
  const at = (text: string): Box => {
    const found = boxes.find(({ frame }) => placeText(frame) === text);
    assert.ok(found);
    return found;
  };
  const go = (from: string, direction: Parameters<typeof neighbour>[2]): string => placeText(neighbour(boxes, at(from), direction).frame);
  assert.deepEqual(
    [go('step main.lua:10', 'inwards'), go('step main.lua:10', 'outwards'), go('make make.lua:20', 'right'), go('make make.lua:21', 'left'), go('make make.lua:20', 'inwards'), go('main chunk main.lua:1', 'last')],
    ['make make.lua:20', 'main chunk main.lua:1', 'make make.lua:21', 'make make.lua:20', 'make make.lua:20', '(startup)'],
  );
});

test('each file has a number, and what is in none has none', () => {
  assert.deepEqual([...fileNumbers(stacks())], [['/a/main.lua', 0], ['/a/make.lua', 1]]);
});

test('what is no answer is nothing, and what refers to nowhere does no harm', () => {
  assert.equal(readStacks(undefined), undefined);
  assert.equal(readStacks({}), undefined);
  const odd = stacks({ calls: [[5, 7, 'x', -3], 'row', [0]], columns: ['parent', 'function', 'line', 'allocated'] });
  assert.deepEqual([odd.which, odd.calls.length, odd.calls[0]?.parent], ['', 2, -1]);
  assert.equal(buildFrames(odd, 'allocated', 'callees').total, 0);
  assert.deepEqual(layOut(buildFrames(odd, 'allocated', 'own'), 0).length, 1);
});

// SPDX-License-Identifier: MIT
// luaheat/retainers: the shapes of the paths, with what the objects weigh, and what would go with them.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { luaRelease } from '../programs.mjs';
import { sizes } from '../truth/sizes.mjs';
import { scene, scenes } from './session.mjs';

const { TABLE, STRING, CLOSURE, UPVALUE, THREAD, STACK, CALLINFO, ARRAY, NODES, GROWN_TO } = sizes(luaRelease());

/** shapes.lua, stopped at its end, and how to ask. */
async function stopped(start, client, options) {
  const program = await start('shapes.lua', { stopAt: ['stop'], ...options });
  await program.stopsAt('stop');
  const source = { path: fixturePath('shapes.lua') };
  const line = (mark, more) => client.request('luaheat/retainers', { source, line: lineOf('shapes.lua', mark), ...more });
  const object = async (expression, more) =>
    client.request('luaheat/retainers', { expression, frameId: await program.frameId(), ...more });
  return { program, line, object };
}

const main = '(main chunk, shapes.lua)';
const names = (name, count) => Array.from({ length: count }, (_, i) => STRING(`${name}${i + 1}`.length)).reduce((a, b) => a + b);

const entity = TABLE + NODES(1);
const listener = TABLE + NODES(1) + CLOSURE(1) + UPVALUE;
// What Lua cannot be asked for, the constants of functions, has the names of fields, too; they count as if only tables held them.
const listeners = 50 * (listener + entity) + STRING('fn'.length);
const record = TABLE + NODES(12) + 12 * TABLE;
const namesOfRecord = STRING('record'.length) + 12 * STRING(1);
const kind = TABLE + NODES(1) + TABLE, rare = TABLE + ARRAY(1) + kind;
const named = NODES(30) + 30 * TABLE + names('name', 30);
const thread = THREAD + STACK, suspended = thread + CLOSURE(1) + 2 * CALLINFO + TABLE;
const common = TABLE + ARRAY(3);

/** mark -> text -> [objects, paths, bytes of the line, bytes that go with them]. */
const shapes = {
  entity: {
    'events.listeners.tick[*].fn → upvalue expired': [50, 50, 50 * TABLE, 50 * entity],
    'world.entities[*]': [20, 20, 20 * TABLE, 20 * (TABLE + NODES(2) + record) + namesOfRecord],
  },
  listener: {
    'events.listeners.tick[*]': [100, 50, 50 * listener, listeners],
    'events.listeners.tick': [1, 1, GROWN_TO(50), GROWN_TO(50) + TABLE + listeners],
  },
  named: {
    'by_name[*]': [30, 30, 30 * TABLE, 30 * TABLE],
    'by_name → key': [30, 30, names('name', 30), names('name', 30)],
    by_name: [1, 1, NODES(30), TABLE + named],
  },
  kind: {
    'kinds[*]': [60, 20, 20 * rare, 20 * rare],
    'kinds.rocks[*]': [40, 20, 20 * kind, 20 * kind],
    'kinds.trees[*]': [40, 20, 20 * kind, 20 * kind],
  },
  item: { [`local cons ${main} → [*]`]: [1, 1, TABLE, TABLE], [`local cons ${main} → [*][*]*`]: [9, 9, 9 * TABLE, 9 * TABLE] },
  payload: { [`local list ${main} → .value`]: [1, 1, TABLE, TABLE], [`local list ${main} → .next*.value`]: [9, 9, 9 * TABLE, 9 * TABLE] },
  cell: { [`local list ${main}`]: [10, 1, 10 * (TABLE + NODES(2)), 10 * (TABLE + NODES(2) + TABLE) + STRING('value'.length)] },
  tree: { oak: [63, 1, 63 * (TABLE + NODES(2)), 63 * (TABLE + NODES(2))] },
  body: { [`local waiting ${main} → [*]`]: [10, 10, 10 * thread, 10 * suspended] },
  in_coroutine: { [`local waiting ${main} → [*] → local mine (function, shapes.lua:${lineOf('shapes.lua', 'body')})`]: [10, 10, 10 * TABLE, 10 * TABLE] },
  array: { [`local numbers ${main}`]: [1, 1, GROWN_TO(100), TABLE + GROWN_TO(100)] },
  hash: {
    [`local words ${main} → key`]: [100, 100, names('word', 100), names('word', 100)],
    [`local words ${main}`]: [1, 1, NODES(100), TABLE + NODES(100) + names('word', 100)],
  },
  text: { [`local text ${main}`]: [1, 1, STRING(100), STRING(100)] },
  common: { 'shared[1].common': [1, 1, common, common], 'shared[1]': [1, 1, NODES(1), TABLE + NODES(1)] },
  getters: { getters: [3, 1, TABLE + ARRAY(2) + 2 * CLOSURE(1) + UPVALUE, TABLE + ARRAY(2) + 2 * CLOSURE(1) + UPVALUE] },
};

/** All that a run of the tree's branches ends with: of 6 levels, half of those that begin so end so, but for the first itself. */
const branches = { 'hedge.left*.leaf': 32, 'hedge.right*.leaf': 32, 'hedge.left*.right*.leaf': 31, 'hedge.right*.left*.leaf': 31, 'hedge.leaf': 1 };

const figures = ({ count, paths, bytes, retained }) => [count, paths, bytes, retained];

/** Those of the answer that are asked for, by their text. */
function pick(answer, wanted) {
  return Object.fromEntries(answer.shapes.filter(({ text }) => text in wanted).map((shape) => [shape.text, figures(shape)]));
}

scene('paths that are alike, what is there, and what would go with it', async (start, { client }) => {
  const { line } = await stopped(start, client);
  for (const [mark, wanted] of Object.entries(shapes)) {
    const answer = await line(mark, { limit: 100 });
    assert.deepEqual(pick(answer, wanted), wanted, mark);
    assert.equal(answer.shapeCount, answer.shapes.length);
    assert.equal(answer.shapes.reduce((sum, { bytes }) => sum + bytes, 0), answer.reached, 'those of the shapes are all that is reached');
    assert.equal(answer.reached, answer.live, `nothing of ${mark} is garbage`);
    assert.ok(answer.shapes.every(({ bytes }, i) => i === 0 || bytes <= answer.shapes[i - 1].bytes), 'most bytes first');
  }
  const bush = await line('leaf', { limit: 100 });
  assert.deepEqual(pick(bush, branches), Object.fromEntries(Object.entries(branches).map(([text, n]) => [text, [n, n, n * TABLE, n * TABLE]])));
});

scene('fields of records keep their names', async (start, { client }) => {
  const { line } = await stopped(start, client);
  const { shapes: fields } = await line('record', { limit: 100 });
  assert.deepEqual(fields.filter(({ text }) => /\.record\.\w$/.test(text)).map(({ text, count }) => text.at(-1) + count).sort(),
    [...'abcdefghijkl'].map((letter) => `${letter}20`));
});

scene('a shape opens into its paths', async (start, { client }) => {
  const { line } = await stopped(start, client);
  const { shape, paths, shapes: others, holders } = await line('entity', { shape: 0, start: 47, count: 10, limit: 0 });
  assert.deepEqual([shape.text, others, holders], ['events.listeners.tick[*].fn → upvalue expired', undefined, []]);
  assert.deepEqual(figures(shape), shapes.entity[shape.text]);
  assert.deepEqual(paths.map(({ text, count, bytes, retained }) => [text, count, bytes, retained]), [48, 49, 50].map((n) =>
    [`global events → .listeners → .tick → [${n}] → .fn → upvalue expired`, 1, TABLE, entity]));
  assert.equal(paths[0].path.map(({ text }) => text).join(' → '), paths[0].text);
  const all = await line('kind', { shape: 0, count: 100 });
  assert.equal(all.paths.length, all.shape.paths);
  for (const figure of ['count', 'bytes']) assert.equal(all.paths.reduce((sum, path) => sum + path[figure], 0), all.shape[figure]);
  assert.deepEqual((await line('entity', { shape: 1, start: 100 })).paths, [], 'there are 20');
  assert.equal((await line('entity', { shape: 2 })).paths, undefined, 'there are two shapes');
});

scenes('one object: its ways by shape, and what it weighs', async (start, { client }) => {
  const { program, object } = await stopped(start, client);
  const weights = program.isExact ? { bytes: common, retained: common } : { bytes: undefined, retained: undefined };
  const { shapes: [shape], shapeCount, bytes, retained } = await object('shared[1].common');
  assert.deepEqual([shapeCount, shape.text, shape.count, shape.paths], [1, 'shared[*].common', 2, 2]);
  assert.deepEqual({ bytes, retained }, weights);
  const { paths } = await object('shared[1].common', { shape: 0 });
  assert.deepEqual(paths.map(({ text }) => text), ['global shared → [1] → .common', 'global shared → [2] → .common']);
  const one = await object('shared[1]');
  assert.equal(one.retained, program.isExact ? TABLE + NODES(1) : undefined, 'what another holds as well does not go with it');
});

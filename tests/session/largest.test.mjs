// SPDX-License-Identifier: MIT
// luaheat/largestTables and luaheat/equalStrings: what takes the room in the heap.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { luaRelease } from '../programs.mjs';
import { sizes } from '../truth/sizes.mjs';
import { FIXTURE, hosted } from './attaching.mjs';
import { scene, scenes } from './session.mjs';

const { TABLE, STRING, ARRAY, NODES, GROWN_TO } = sizes(luaRelease());

const main = '(main chunk, largest.lua)';
const local = (name) => `local ${name} ${main}`;

/** largest.lua, stopped at its end. */
async function stopped(start, options) {
  const program = await start('largest.lua', { stopAt: ['stop'], ...options });
  await program.stopsAt('stop');
  return program;
}

const item = TABLE + NODES(1);
const keys = Array.from({ length: 30 }, (_, i) => STRING(`key of map ${i + 1}`.length)).reduce((a, b) => a + b);
// The name of the field stands in the function's constants, too, which Lua cannot be asked for.
const items = 100 * item + STRING('x'.length);

/** text -> mark of the line that made it, own bytes, those of its array, of its hash part, retained bytes, entries. */
const tables = {
  [local('vault')]: ['vault', TABLE + ARRAY(1), ARRAY(1), 0, TABLE + ARRAY(1) + STRING(200000), 1],
  [local('list')]: ['list', TABLE + GROWN_TO(100), GROWN_TO(100), 0, TABLE + GROWN_TO(100) + items, 100],
  [local('two')]: ['two', TABLE + ARRAY(2), ARRAY(2), 0, TABLE + ARRAY(2) + 2 * STRING(4000), 2],
  [local('copies')]: ['copies', TABLE + GROWN_TO(20), GROWN_TO(20), 0, TABLE + GROWN_TO(20) + 20 * STRING(100), 20],
  [local('map')]: ['map', TABLE + NODES(30), 0, NODES(30), TABLE + NODES(30) + keys, 30],
  [local('shelf')]: ['shelf', TABLE + ARRAY(1), ARRAY(1), 0, TABLE + ARRAY(1), 1],
  [`${local('list')} → [7]`]: ['item', item, 0, NODES(1), item, 1],
};

const figures = ({ line, bytes, array, hash, retained, entries }) => [line, bytes, array, hash, retained, entries];
const descending = (list, name) => list.every((one, i) => i === 0 || one[name] <= list[i - 1][name]);

scene('the largest tables: what they have, what they retain, and where they are', async (start, { client }) => {
  const program = await stopped(start);
  const ofProgram = ({ live, debugger: ours }) => live - ours;
  const before = ofProgram(await program.assertFiguresAddUp());
  const answer = await client.request('luaheat/largestTables', { limit: 1000 });
  assert.equal(answer.tables.length, answer.tableCount);
  assert.ok(descending(answer.tables, 'retained'), 'those that retain most first');
  for (const [text, [mark, ...rest]] of Object.entries(tables)) {
    const found = answer.tables.filter((table) => table.text === text);
    assert.equal(found.length, 1, text);
    assert.deepEqual(figures(found[0]), [lineOf('largest.lua', mark), ...rest], text);
    assert.equal(found[0].source.path, fixturePath('largest.lua'));
    assert.match(found[0].value, /^table: 0x/);
    assert.equal(found[0].path.map((step) => step.text).join(' → '), text);
  }
  const own = await client.request('luaheat/largestTables', { limit: 1000, sort: 'bytes' });
  assert.ok(descending(own.tables, 'bytes'));
  assert.equal(own.tables.length, own.tableCount);
  assert.equal(ofProgram(await program.assertFiguresAddUp()), before, 'the program has nothing of it');
});

scene('so many as are asked for, ten without a word', async (start, { client }) => {
  await stopped(start);
  const { tables: list } = await client.request('luaheat/largestTables', { limit: 2 });
  assert.deepEqual(list.map(({ text }) => text), [local('vault'), local('list')]);
  assert.equal((await client.request('luaheat/largestTables')).tables.length, 10);
  assert.deepEqual((await client.request('luaheat/largestTables', { limit: 0 })).tables, []);
  assert.match((await client.refusal('luaheat/largestTables', { sort: 'size' })).error.format, /retained or bytes/);
});

/** text -> what it is, how many, bytes of each. */
const strings = [
  [`${local('two')} → [1]`, 'two', 4000, 2],
  [`${local('copies')} → [1]`, 'copy', 100, 20],
  [`${local('longer')} → [1]`, 'longer', 41, 2],
];

for (const memory of ['exact', 'off']) {
  scene(`equal strings that there are many times (memory ${memory})`, async (start, { client }) => {
    await stopped(start, { memory });
    const answer = await client.request('luaheat/equalStrings');
    const wanted = strings.map(([text, mark, length, count]) => ({
      text, length, count, each: STRING(length), bytes: count * STRING(length), saved: (count - 1) * STRING(length),
      line: memory === 'exact' ? lineOf('largest.lua', mark) : undefined }));
    const found = answer.strings.map(({ text, length, count, each, bytes, saved, line }) => ({ text, length, count, each, bytes, saved, line }));
    assert.deepEqual(found, wanted.sort((a, b) => b.saved - a.saved));
    assert.equal(answer.groupCount, 3);
    assert.equal(answer.saved, wanted.reduce((sum, { saved }) => sum + saved, 0));
    assert.equal(answer.strings.find(({ length }) => length === 41).value, `"${'s'.repeat(41)}"`);
    assert.match(answer.strings.find(({ length }) => length === 4000).value, /^"(long){10,25}l?o?n?…"$/, 'cut for display');
    assert.equal((await client.request('luaheat/equalStrings', { limit: 1 })).strings.length, 1);
  });
}

scene('how big tables are is not known unless memory is measured', async (start, { client }) => {
  await stopped(start, { memory: 'off' });
  assert.match((await client.refusal('luaheat/largestTables')).error.format, /memory/i);
});

scenes('a walk that is not wanted any more ends at once', async (start, { client }) => {
  await stopped(start, { args: ['300000'] });
  const refused = client.refusal('luaheat/equalStrings', { limit: 3 });
  await client.request('cancel', { requestId: client.lastSeq });
  assert.equal((await refused).error.id, 1008);
});

hosted('of a program that is attached to, what was there before, and what came since', [], async (host, visit) => {
  await host.call('listen one');
  assert.equal(await host.call('keep 100'), '100');
  const session = await visit().attach({ stopAt: ['work_end'], memory: 'exact' });
  const done = host.call('work 7');
  await session.stopsAt('work_end');
  const { tables: list } = await session.client.request('luaheat/largestTables', { limit: 1000 });
  const [kept] = list.filter(({ text }) => /upvalue kept$/.test(text)), [made] = list.filter(({ text }) => /^local made /.test(text));
  assert.deepEqual(figures(kept), [undefined, TABLE + GROWN_TO(100), GROWN_TO(100), 0, TABLE + GROWN_TO(100) + 100 * (TABLE + ARRAY(1)), 100]);
  assert.deepEqual(figures(made), [lineOf(FIXTURE, 'work_made'), TABLE + ARRAY(2), ARRAY(2), 0, TABLE + ARRAY(2), 2]);
  await session.continue();
  await done;
  await session.leave();
});

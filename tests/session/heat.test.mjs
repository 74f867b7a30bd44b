// SPDX-License-Identifier: MIT
// The event luaheat/heat, and a client that knows of the figures what it tells.

import assert from 'node:assert/strict';

import { lineOf } from '../fixture.mjs';
import { scene } from './session.mjs';

const TABLE = 56, SLOT = 16;

/** What the events so far have told, as docs/dap.md says that they are to be read. */
function told(client) {
  let rows = new Map(), since;
  const begun = client.messages.findLastIndex(({ event }) => event === 'process');
  for (const { event, body } of client.messages.slice(begun)) {
    if (event !== 'luaheat/heat') continue;
    if (body.since !== since) rows = new Map([...rows].map(([key, row]) => [key, { ...row, growth: 0, retained: 0, growthWithCallees: 0 }]));
    since = body.since;
    for (const { source, rows: own } of body.sources)
      for (const [first, ...others] of own)
        for (const line of [first].flat())
          rows.set(`${source.path ?? source.name}:${line}`, Object.fromEntries(body.columns.map((column, i) => [column, [line, ...others][i]])));
  }
  return rows;
}

const lastHeat = (client) => client.messages.findLast(({ event }) => event === 'luaheat/heat').body;

/** Where lines stand at a new peak is not told, nor how exact it is that below a line nothing grew. */
const withoutUntold = (row) => ({ ...row, atPeak: undefined, growthWithCalleesError: row.growthWithCallees === row.growth ? undefined : row.growthWithCalleesError });

/** At a stop: the events have told the same as luaheat/lines does. */
async function assertAllIsTold(program) {
  const { rows } = await program.lines();
  const asked = rows.map(({ source, ...row }) => [`${source.path ?? source.name}:${row.line}`, withoutUntold(row)]);
  const known = [...told(program.client)].map(([key, row]) => [key, withoutUntold(row)]);
  assert.deepEqual(new Map(known), new Map(asked));
}

const stops = ['first', 'second', 'third', 'collected', 'string', 'end'];

scene('at each stop they tell what there is', async (start, { client }) => {
  const program = await start('memory.lua', { stopAt: stops });
  const numbers = [];
  for (const mark of stops) {
    await program.stopsAt(mark);
    await assertAllIsTold(program);
    assert.equal(lastHeat(client).since, numbers.at(-1), 'growth is measured from the stop before');
    numbers.push(lastHeat(client).stop);
    if (mark === 'second') await program.evaluate('{ {}, {} }');
    if (mark !== 'end') await program.continue();
  }
  assert.equal(new Set(numbers).size, stops.length);
  await program.continueToEnd();
  await assertAllIsTold(program);
});

scene('while the program runs, too', async (start, { client }) => {
  const program = await start('allocating.lua');
  for (let i = 0; i < 3; i++) {
    await client.event('luaheat/heat');
    await program.pause();
    await program.stops('pause');
    await assertAllIsTold(program);
    await program.continue();
    await client.event('luaheat/heat'); // of the stop
  }
});

scene('a line that has grown is not told of again once it grows no more', async (start, { client }) => {
  const program = await start('memory.lua', { stopAt: stops });
  for (const mark of ['first', 'second']) {
    await program.stopsAt(mark);
    await program.continue();
  }
  await program.stopsAt('third');
  const line = lineOf('memory.lua', 'tables');
  const tells = () => lastHeat(client).sources.flatMap(({ rows }) => rows).some(([first]) => [first].flat().includes(line));
  assert.ok(tells());
  await program.continueTo('collected');
  assert.ok(tells(), 'it has shrunk');
  await program.continueTo('string');
  assert.ok(!tells());
  assert.ok(lastHeat(client).sources.flatMap(({ rows }) => rows).length < 4);
});

scene('lines with the same figures are told together', async (start, { client }) => {
  const program = await start('alike.lua', { stopAt: ['end'] });
  await program.stopsAt('end');
  const { columns, sources } = lastHeat(client);
  const own = sources.find(({ source }) => source.name === 'alike.lua').rows;
  const at = (mark) => lineOf('alike.lua', mark);
  assert.deepEqual(own.map(([lines]) => lines), [[at('one'), at('two'), at('three')], at('other')]);
  assert.deepEqual(own.map((row) => row[columns.indexOf('growth')]), [TABLE + SLOT, TABLE]);
  await assertAllIsTold(program);
});

scene('lines are numbered as the client does, each of them', async (start, { client }) => {
  const program = await start('alike.lua', { stopOnEntry: true, initialize: { linesStartAt1: false } });
  await client.event('stopped');
  await client.request('continue', { threadId: 1 });
  await program.ends();
  const own = lastHeat(client).sources.find(({ source }) => source.name === 'alike.lua').rows;
  const zeroBased = ['one', 'two', 'three'].map((mark) => lineOf('alike.lua', mark) - 1);
  assert.ok(own.some(([lines]) => zeroBased.every((line) => [lines].flat().includes(line))));
});

scene('a program that is started again counts from its start', async (start, { client }) => {
  const program = await start('memory.lua', { stopAt: stops });
  await program.stopsAt('first');
  await program.continueTo('second');
  assert.notEqual(lastHeat(client).since, undefined);
  await client.request('restart', {});
  program.pid = (await client.event('process')).systemProcessId;
  await program.stopsAt('first');
  assert.equal(lastHeat(client).since, undefined);
  await assertAllIsTold(program);
});

scene('they come while a program runs, at most twice a second', async (start, { client }) => {
  const program = await start('allocating.lua');
  await client.event('luaheat/heat');
  const first = performance.now();
  await client.event('luaheat/heat');
  await client.event('luaheat/heat');
  assert.ok(performance.now() - first > 700, 'two more take a second, but that the first may have come late');
  await program.pause();
  await program.stops('pause');
});

// SPDX-License-Identifier: MIT
// What happened between any two stops: luaheat/snapshots, and since and until of luaheat/lines.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scene } from './session.mjs';

const TABLE_OF_2 = 56 + 2 * 16;
const marks = ['first', 'second', 'third', 'collected', 'string', 'end'];

/** memory.lua at its last stop; the number of each stop, and the heap there. */
async function atTheEnd(start, client) {
  const program = await start('memory.lua', { stopAt: marks });
  const stop = {}, heap = [];
  for (const mark of marks) {
    await program.stopsAt(mark);
    stop[mark] = client.messages.findLast((message) => message.event === 'luaheat/heat').body.stop;
    heap.push((await program.lines()).heap.live);
    if (mark !== marks.at(-1)) await program.continue();
  }
  return { program, stop, heap };
}

const tables = ({ rows }) => rows.find(({ source, line }) => source.path === fixturePath('memory.lua') && line === lineOf('memory.lua', 'tables'));
const sum = ({ rows }, column) => rows.reduce((total, row) => total + row[column], 0);

scene('the stops so far, with their heap', async (start, { client }) => {
  const { stop, heap } = await atTheEnd(start, client);
  const { stops, measurements } = await client.request('luaheat/snapshots');
  assert.deepEqual(stops.map(({ id }) => id), Object.values(stop), 'the event heat has told their numbers');
  assert.deepEqual(stops.map((one) => one.heap), heap);
  assert.deepEqual(stops.map(({ change }) => change), heap.map((bytes, i) => (i > 0 ? bytes - heap[i - 1] : undefined)));
  assert.ok(stops.every(({ milliseconds }) => milliseconds >= 0));
  assert.deepEqual(measurements, []);
});

scene('from one stop to another, line by line', async (start, { client }) => {
  const { program, stop } = await atTheEnd(start, client);
  const of = async (since, until) => tables(await program.lines({ since: stop[since], until: stop[until] }));
  const grown = await of('first', 'second');
  const growth = 100 * TABLE_OF_2 + 128 * 16;
  assert.deepEqual([grown.allocations, grown.growth, grown.live], [200 + 8, growth, growth]);
  assert.deepEqual(grown.kinds.table, [100, 5600, 0, 5600, 5600, 0, 0]);
  assert.equal(grown.atPeak, undefined, 'a peak is no change');
  const later = await of('second', 'third');
  assert.equal(later.growth, 50 * TABLE_OF_2 + (256 - 128) * 16);
  assert.equal(later.live, growth + later.growth, 'what there is at the later stop');
  assert.equal((await of('first', 'third')).growth, growth + later.growth);
  const gone = await of('third', 'collected');
  assert.deepEqual([gone.allocations, gone.allocated, gone.growth, gone.live], [0, 0, -growth - later.growth, 0]);
  assert.deepEqual(gone.kinds.table, [0, 0, 150 * 56, -150 * 56, 0, 0, 150 * 56]);
  assert.equal(await of('collected', 'end'), undefined, 'lines that hold nothing and did nothing are left out');
  assert.equal((await of('first', 'collected')).growth, 0, 'what came and went');
  const page = await program.lines({ since: stop.first, until: stop.third, source: { path: fixturePath('memory.lua') }, sort: 'allocated', limit: 1 });
  assert.deepEqual(page.rows.map(({ line }) => line), [lineOf('memory.lua', 'tables')]);
});

scene('all lines add up to the change of the heap, between any two stops', async (start, { client }) => {
  const { program, stop, heap } = await atTheEnd(start, client);
  const numbers = [undefined, ...Object.values(stop), undefined], bytes = [0, ...heap, heap.at(-1)];
  for (let from = 0; from < numbers.length; from++) {
    for (let to = Math.max(from, 1); to < numbers.length; to++) {
      if (numbers[from] === undefined && numbers[to] === undefined) continue; // of now, and from the start
      const lines = await program.lines({ since: numbers[from], until: numbers[to] });
      assert.deepEqual([lines.heap.before, lines.heap.after], [bytes[from], bytes[to]], `${from} to ${to}`);
      assert.equal(sum(lines, 'growth'), bytes[to] - bytes[from]);
      assert.equal(sum(lines, 'allocated') - sum(lines, 'freed'), bytes[to] - bytes[from]);
    }
  }
});

scene('until now, while it runs on and after the end', async (start, { client }) => {
  const { program, stop } = await atTheEnd(start, client);
  await program.continueToEnd();
  const lines = await program.lines({ since: stop.second });
  assert.equal(sum(lines, 'growth'), lines.heap.after - lines.heap.before);
  assert.equal(lines.heap.after, lines.heap.live);
  assert.equal(tables(lines).growth, -100 * TABLE_OF_2 - 128 * 16);
});

scene('what is asked badly, and stops that are not known', async (start, { client }) => {
  const { program, stop } = await atTheEnd(start, client);
  const refused = async (args) => (await client.refusal('luaheat/lines', args)).error.id;
  for (const args of [{ since: 0 }, { since: 'x' }, { until: -1 }, { since: stop.third, until: stop.second }]) {
    assert.equal(await refused(args), 1004, JSON.stringify(args));
  }
  for (const args of [{ since: 4711 }, { until: 4711 }, { since: stop.end, until: 4711 }]) {
    assert.equal(await refused(args), 1007, JSON.stringify(args));
  }
});

scene('the last 64 stops are kept', async (start, { client }) => {
  const program = await start('memory.lua', { stopAt: ['tables'] });
  await program.stopsAt('tables');
  for (let stops = 2; stops <= 70; stops++) {
    await program.continue();
    await client.event('stopped');
  }
  const { stops } = await client.request('luaheat/snapshots');
  assert.deepEqual(stops.map(({ id }) => id), Array.from({ length: 64 }, (_, i) => stops.at(-1).id - 63 + i));
  assert.equal((await client.refusal('luaheat/lines', { since: stops[0].id - 1 })).error.id, 1007);
  const each = tables(await program.lines({ since: stops[0].id, until: stops[63].id }));
  assert.equal(each.kinds.table[0], 63, 'one table from each stop to the next');
});

scene('after a restart those of the old program are forgotten', async (start, { client }) => {
  const { stop } = await atTheEnd(start, client);
  await client.request('restart');
  await client.event('stopped');
  const { stops } = await client.request('luaheat/snapshots');
  assert.equal(stops.length, 1);
  assert.ok(stops[0].id > stop.end, 'numbers go on');
  assert.equal((await client.refusal('luaheat/lines', { since: stop.end })).error.id, 1007);
});

scene('with memory off there are none', async (start, { client }) => {
  const program = await start('memory.lua', { stopAt: ['first'], memory: 'off' });
  await program.stopsAt('first');
  assert.equal((await client.refusal('luaheat/snapshots')).error.id, 3001);
});

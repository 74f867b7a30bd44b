// SPDX-License-Identifier: MIT
// luaheat/collect: a full garbage collection when the user wants one.

import assert from 'node:assert/strict';

import { luaRelease } from '../programs.mjs';
import { scene, scenes } from './session.mjs';

const TABLE_OF_1 = 56 + 16;
const dropped = 9_990 * TABLE_OF_1; // one or another may still stand in a register

scenes('at a stop garbage goes, is finalized, and what is kept stays', async (start, { client }) => {
  const program = await start('collect.lua', { stopAt: ['stop'], initialize: { supportsInvalidatedEvent: true } });
  await program.stopsAt('stop');
  assert.equal(await program.evaluate('#weak', { context: 'watch' }), '1');
  const { before, after } = await client.request('luaheat/collect');
  assert.ok(before - after >= dropped, `${before} to ${after}`);
  assert.deepEqual((await client.event('invalidated')).areas, ['variables']);
  await program.prints(/^finalized$/m);
  if (program.isExact) assert.equal((await program.assertFiguresAddUp()).collector, after);
  assert.equal(await program.evaluate('#weak', { context: 'watch' }), '0');
  assert.equal(await program.evaluate('#kept[1]', { context: 'watch' }), '10000');
  await program.continueToEnd();
  assert.match(client.output('stdout'), /^0\t10000$/m);
});

scene('the client is told the lines that are others since', async (start, { client }) => {
  const program = await start('collect.lua', { stopAt: ['stop'] });
  await program.stopsAt('stop');
  const { stop } = await client.event('luaheat/heat');
  for (const collect of [() => client.request('luaheat/collect'), () => program.evaluate('collectgarbage() luaheat.collect()')]) {
    await program.evaluate('for i = 1, 1000 do local dropped = { i } end');
    const { heap } = await client.event('luaheat/heat');
    await collect();
    const told = await client.event('luaheat/heat');
    assert.equal(told.stop, stop);
    assert.ok(told.heap.live <= heap.live - 990 * TABLE_OF_1, `${heap.live} to ${told.heap.live}`);
    assert.equal(told.heap.live, (await program.assertFiguresAddUp()).live);
  }
});

const ofProgram = (heap) => heap.growth - heap.debugger;
const ofHeap = (rows) => rows.reduce((sum, row) => sum + row.growth, 0);

scene('from one stop to the next there is one figure, whatever is done at them', async (start, { client }) => {
  const program = await start('collect.lua', { stopAt: ['made', 'stop'] });
  await program.stopsAt('made');
  const first = await client.event('luaheat/heat');
  assert.equal(first.heap.growth, first.heap.live, 'since the start');
  await program.evaluate('made_at_the_stop = {}; for i = 1, 1000 do made_at_the_stop[i] = { i } end');
  const entered = await client.event('luaheat/heat');
  assert.ok(entered.heap.live >= first.heap.live + 1000 * TABLE_OF_1, 'what is entered is told, too');
  await client.request('luaheat/collect');
  const again = await client.event('luaheat/heat');
  assert.deepEqual([first.stop, entered.stop, again.stop], [1, 1, 1]);

  await program.continueTo('stop');
  await client.request('luaheat/collect');
  const [second, fresh] = [await client.event('luaheat/heat'), await client.event('luaheat/heat')];
  assert.deepEqual([second.since, second.stop, fresh.stop], [1, 2, 2]);
  assert.ok(ofProgram(fresh.heap) <= ofProgram(second.heap) - dropped, 'what was garbage has not grown');
  const { stops } = await client.request('luaheat/snapshots');
  assert.deepEqual(stops.map(({ id, heap }) => [id, heap]), [[1, again.heap.live], [2, fresh.heap.live]]);
  const now = await program.lines(), between = await program.lines({ since: 1, until: 2 });
  assert.deepEqual(now.heap, fresh.heap);
  for (const { heap, rows } of [now, between]) assert.equal(ofHeap(rows), heap.growth);
  assert.equal(between.heap.growth, fresh.heap.live - again.heap.live);
  const { new: born, survived } = between.rows.find(({ source }) => source.name === '(debugger)');
  assert.ok(survived >= 1000 * TABLE_OF_1 && born < 100 * TABLE_OF_1, `what was entered at the stop survives: ${survived}, ${born}`);
});

scenes('so it does while the program runs, which goes on', async (start, { client }) => {
  const program = await start('collect.lua', { args: ['forever'] });
  await program.prints(/^it runs$/m);
  const { before, after } = await client.request('luaheat/collect');
  assert.ok(before - after >= dropped, `${before} to ${after}`);
  await program.prints(/^finalized$/m);
  const second = await client.request('luaheat/collect');
  assert.ok(Math.abs(second.after - after) < 1000, `nothing is left to be collected: ${second.after}, not ${after}`);
  await program.pause();
  await program.stops('pause');
});

scene('where Lua does not collect it says so', async (start, { client }) => {
  const program = await start('finalizer.lua', { errors: ['caught'], memory: 'off' });
  await program.stopsAt('finalizer', 'exception');
  if (luaRelease() >= 4)
    assert.match((await client.refusal('luaheat/collect')).error.format, /a finalizer runs/);
  else
    assert.ok((await client.request('luaheat/collect')).after > 0);
  await program.continueToEnd();
});

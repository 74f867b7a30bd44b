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
  await client.event('luaheat/heat');
  for (const collect of [() => client.request('luaheat/collect'), () => program.evaluate('collectgarbage() luaheat.collect()')]) {
    await program.evaluate('for i = 1, 1000 do local dropped = { i } end');
    const { heap } = await program.lines();
    await collect();
    const told = await client.event('luaheat/heat');
    assert.equal(told.stop, undefined);
    assert.ok(told.heap.live <= heap.live - 990 * TABLE_OF_1, `${heap.live} to ${told.heap.live}`);
    assert.equal(told.heap.live, (await program.assertFiguresAddUp()).live);
  }
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

// SPDX-License-Identifier: MIT
// What happened below a line, in a session: at each stop, since the last one, and between any two.

import assert from 'node:assert/strict';

import { lineOf } from '../fixture.mjs';
import { scene } from './session.mjs';

const TABLE = 56, SLOT = 16; // tests/truth/sizes.mjs
const UPDATE = 500 * (TABLE + SLOT), THINK = 50 * (TABLE + 2 * SLOT);
const FIRST = 64 * 10; // call records, which are made at first

const rowAt = ({ rows }, mark) => rows.find(({ source, line }) => source.name === 'callees.lua' && line === lineOf('callees.lua', mark));
const near = (figure, truth, most, text) => assert.ok(figure >= truth && figure <= truth + most, `${text}: ${figure}, not ${truth}`);

scene('with all stacks it is exact, since the start and since the last stop', async (start, { client }) => {
  const program = await start('callees.lua', { stopAt: ['stop'], stacks: 'all' });
  for (let frames = 1; frames <= 3; frames++) {
    await program.stopsAt('stop');
    const lines = await program.lines();
    const update = rowAt(lines, 'update'), frame = rowAt(lines, 'frame');
    near(update.allocatedWithCallees, frames * UPDATE, FIRST, 'allocated');
    near(update.liveWithCallees, frames * UPDATE, FIRST, 'live: nothing is collected');
    near(update.growthWithCallees, UPDATE, frames === 1 ? FIRST : 0, 'growth since the last stop');
    near(frame.growthWithCallees, UPDATE + THINK, frames === 1 ? FIRST : 0, 'and further out');
    for (const row of lines.rows) assert.equal(row.allocatedWithCalleesError + row.liveWithCalleesError + row.growthWithCalleesError, 0);
    if (frames > 1) assert.equal(update.growth, 0, 'itself the line did nothing');
    if (frames < 3) await program.continue();
  }
  const { stops } = await client.request('luaheat/snapshots');
  const between = rowAt(await program.lines({ since: stops[0].id, until: stops[1].id }), 'frame');
  assert.deepEqual([between.allocatedWithCallees, between.growthWithCallees], [UPDATE + THINK, UPDATE + THINK]);
  await client.request('luaheat/collect', {});
  const collected = await program.lines();
  near(rowAt(collected, 'update').liveWithCallees, UPDATE, FIRST, 'the last frame is what stays');
  near(rowAt(collected, 'think').liveWithCallees, 0, TABLE + 2 * SLOT, 'but for what a variable may hold');
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

scene('the scope Memory tells of lines that call, and each line what happened below it', async (start, { client }) => {
  const program = await start('callees.lua', { stopAt: ['stop'], stacks: 'all' });
  await program.stopsAt('stop');
  await program.continueTo('stop');
  const memory = await program.scope('Memory');
  const found = memory.filter(({ value }) => value.endsWith(' with callees'));
  assert.deepEqual(found.map(({ name }) => name).sort(), ['each', 'frame', 'think', 'update'].map((mark) => `callees.lua:${lineOf('callees.lua', mark)}`).sort());
  const update = found.find(({ name }) => name === `callees.lua:${lineOf('callees.lua', 'update')}`);
  assert.equal(update.value, '+36,000 B with callees');
  assert.equal(UPDATE, 36000);
  const { variables } = await client.request('variables', { variablesReference: update.variablesReference });
  const figures = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  assert.equal(figures['growth with callees'], '+36,000 B');
  assert.match(figures['allocated with callees'], /^72,\d\d\d B$/);
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

scene('sampled it says so, and what its error is', async (start) => {
  const program = await start('callees.lua', { stopAt: ['stop'], env: { LUAHEAT_SAMPLING: '4096:1' } });
  await program.stopsAt('stop');
  const lines = await program.lines(), update = rowAt(lines, 'update');
  assert.equal(lines.stacks.which, 'sampled');
  assert.equal(lines.stacks.mean, 4096);
  assert.ok(Math.abs(update.allocatedWithCallees - UPDATE) <= update.allocatedWithCalleesError, `${update.allocatedWithCallees} ± ${update.allocatedWithCalleesError}`);
  assert.ok(update.allocatedWithCalleesError < UPDATE);
  const [one] = (await program.scope('Memory')).filter(({ value }) => value.endsWith(' with callees'));
  assert.match(one.value, /^\+[\d,]+ B ± [\d,]+ B with callees$/);
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

scene('without stacks there are no such columns', async (start) => {
  const program = await start('callees.lua', { stopAt: ['stop'], stacks: 'off' });
  await program.stopsAt('stop');
  const lines = await program.lines();
  assert.equal(lines.stacks, undefined);
  assert.ok(lines.rows.every((row) => !('allocatedWithCallees' in row)));
  assert.equal(rowAt(lines, 'frame'), undefined, 'it allocates nothing itself');
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

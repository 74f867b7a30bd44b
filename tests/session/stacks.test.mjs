// SPDX-License-Identifier: MIT
// luaheat/stacks: the tree of calls. What is expected of it follows from Lua's structs, and from what luaheat/lines tells of the same moment.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scene } from './session.mjs';

const TABLE = 56, SLOT = 16; // tests/truth/sizes.mjs
const SPAWN = 500 * (TABLE + SLOT), THOUGHT = 50 * (TABLE + 2 * SLOT);
const FIRST = 64 * 10; // call records, which are made at first

/** The answer with its columns as names, and of each call the marks of its lines, the outermost first. */
async function ask(client, given) {
  const answer = await client.request('luaheat/stacks', given);
  const { columns, functions, sources } = answer;
  const marks = new Map(['spawn', 'each', 'update', 'think', 'thought', 'frame'].map((mark) => [lineOf('callees.lua', mark), mark]));
  const calls = [];
  for (const row of answer.calls) {
    assert.equal(row.length, columns.length);
    const call = Object.fromEntries(columns.map((column, i) => [column, row[i]]));
    assert.ok(call.parent < calls.length, 'parents come first');
    const { name, source } = functions[call.function] ?? {};
    const here = marks.get(call.line) ?? call.line;
    calls.push({ ...call, name, source: sources[source], stack: call.parent < 0 ? [here] : [...calls[call.parent].stack, here] });
  }
  return { ...answer, calls };
}

const at = ({ calls }, ...stack) => calls.find((call) => call.stack.join() === stack.join());
const sum = (calls, column) => calls.reduce((total, call) => total + call[column], 0);
const near = (figure, truth, most, text) => assert.ok(figure >= truth && figure <= truth + most, `${text}: ${figure}, not ${truth}`);

/** Of what is allocated in a tree of all stacks each byte has a call, but of what was there before there were any. */
async function assertLinesAreTheSame(program, { calls }) {
  const { rows } = await program.lines({ source: { path: fixturePath('callees.lua') } });
  for (const row of rows) {
    const own = calls.filter(({ line, source }) => line === row.line && source?.name === 'callees.lua');
    assert.deepEqual(['allocated', 'live', 'growth'].map((column) => sum(own, column)), [row.allocated, row.live, row.growth], `line ${row.line}`);
  }
}

scene('with all stacks they tell who called whom to allocate how much', async (start, { client }) => {
  const program = await start('callees.lua', { stopAt: ['stop'], stacks: 'all' });
  for (let frames = 1; frames <= 3; frames++) {
    await program.stopsAt('stop');
    const stacks = await ask(client);
    assert.equal(stacks.stacks.which, 'all');
    assert.deepEqual(stacks.columns, ['parent', 'function', 'line', 'allocated', 'live', 'growth'], 'nothing is an estimate');
    const spawn = at(stacks, 'frame', 'update', 'each', 'spawn'), thought = at(stacks, 'frame', 'think', 'thought');
    assert.deepEqual([spawn.allocated, spawn.live, spawn.growth], [frames * SPAWN, frames * SPAWN, SPAWN]);
    assert.deepEqual([thought.allocated, thought.growth], [frames * THOUGHT, THOUGHT]);
    near(at(stacks, 'frame', 'update').allocated, 0, FIRST, 'itself it does nothing');
    assert.deepEqual([spawn.name, spawn.source], ['spawn', { name: 'callees.lua', path: fixturePath('callees.lua') }]);
    assert.equal(stacks.dropped, 0);
    await assertLinesAreTheSame(program, stacks);
    if (frames < 3) await program.continue();
  }
  await client.request('luaheat/collect', {});
  assert.equal(at(await ask(client), 'frame', 'update', 'each', 'spawn').live, SPAWN, 'the last frame is what stays');
  await program.setBreakpoints([]);
  await program.continueToEnd();
  const ended = await ask(client);
  assert.equal(at(ended, 'frame', 'update', 'each', 'spawn').allocated, 3 * SPAWN, 'and after the end');
});

scene('the largest are told, and the others together where they were called', async (start, { client }) => {
  const program = await start('callees.lua', { stopAt: ['stop'], stacks: 'all' });
  await program.stopsAt('stop');
  const all = await ask(client), few = await ask(client, { limit: 4 });
  assert.ok(at(few, 'frame', 'update', 'each', 'spawn'), 'they lead there');
  const others = few.calls.filter((call) => call.function < 0);
  assert.equal(few.calls.length - others.length, 4);
  assert.equal(few.dropped, all.calls.length - 4);
  for (const column of ['allocated', 'live', 'growth']) assert.equal(sum(few.calls, column), sum(all.calls, column), column);
  assert.ok(others.some(({ parent }) => few.calls[parent]?.stack.join() === 'frame'), 'what thinks is small');
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

scene('sampled they are estimates, whose error can be told of any of them together', async (start, { client }) => {
  const mean = 4096;
  const program = await start('callees.lua', { stopAt: ['stop'], env: { LUAHEAT_SAMPLING: `${mean}:1` } });
  await program.stopsAt('stop');
  const { stacks, calls } = await ask(client);
  assert.deepEqual([stacks.which, stacks.mean], ['sampled', mean]);
  const error = (some, column) => 1.96 * Math.sqrt(mean * (sum(some, `${column}Variance`) + mean));
  const within = calls.filter(({ stack }) => stack[1] === 'update');
  const { rows } = await program.lines();
  const update = rows.find(({ source, line }) => source.name === 'callees.lua' && line === lineOf('callees.lua', 'update'));
  for (const [column, told] of [['allocated', 'allocatedWithCallees'], ['live', 'liveWithCallees'], ['growth', 'growthWithCallees']]) {
    assert.ok(Math.abs(sum(within, column) - SPAWN) <= error(within, column), column);
    assert.ok(Math.abs(error(within, column) - update[`${told}Error`]) < mean / 100, `the same error as that of the line: ${column}`);
  }
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

scene('while the program runs, too', async (start, { client }) => {
  const program = await start('busy.lua');
  await program.prints(/busy/);
  const { calls } = await ask(client);
  assert.ok(Array.isArray(calls));
  await client.request('terminate');
  await client.event('terminated');
});

scene('without stacks there are none', async (start, { client }) => {
  const program = await start('callees.lua', { stopAt: ['stop'], stacks: 'off' });
  await program.stopsAt('stop');
  const { stacks, calls } = await ask(client);
  assert.deepEqual([stacks, calls], [undefined, []]);
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

scene('without memory it is refused', async (start, { client }) => {
  const program = await start('callees.lua', { stopAt: ['stop'], memory: 'off' });
  await program.stopsAt('stop');
  const { error } = await client.refusal('luaheat/stacks', {});
  assert.equal(error.id, 3001);
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

// SPDX-License-Identifier: MIT
// Modules that use the program's allocator for blocks and states of their own: what the debugger says of them.

import assert from 'node:assert/strict';
import { dirname } from 'node:path';

import { interpreter, withModules } from '../programs.mjs';
import { scene, scenes } from './session.mjs';

const fixture = 'foreign.lua';
const env = { LUA_CPATH: `${dirname(interpreter)}/?.so;${withModules.LUA_CPATH}` };
const anything = { from: 0, to: 10_000_000 };

scenes('coroutines of other states are not the program\'s', async (start, session) => {
  const program = await start(fixture, { env, stopAt: ['stop'] });
  program.uncounted = anything;
  await program.stopsAt('stop');
  const { threads } = await program.client.request('threads');
  assert.deepEqual(threads.map(({ name }) => name.replace(/ \(.*/, '')), ['main', 'coroutine 2']);
  assert.equal(await program.evaluate('coroutine.status(mine)'), '"suspended"');
  program.uncounted = { from: 0, to: 0 };
  await program.continueToEnd();
  await program.prints(/^nil\tnil\tnil$/m);
});

scene('blocks are their line\'s, and beside Lua\'s own count', async (start) => {
  const program = await start(fixture, { env, stopAt: ['blocks', 'tables', 'freed', 'over'] });
  program.uncounted = anything;
  await program.stopsAt('blocks');
  const before = (await program.lines()).heap.uncounted;
  assert.ok(before >= 2000 * (56 + 16), 'another state, on the program\'s own thread');
  await program.continueTo('tables');
  assert.equal((await program.lines()).heap.uncounted - before, 100 + 1000 + 5 * 64);
  const memory = Object.fromEntries((await program.scope('Memory')).map(({ name, value }) => [name, value]));
  assert.match(memory["beside Lua's own count"], /^\+\d/);
  program.uncounted = { from: 0, to: 0 };
  await program.setBreakpoints(['over']);
  await program.continueTo('over');
  assert.ok((await program.scope('Memory')).every(({ name }) => !name.startsWith('beside')));
  await program.continueToEnd();
});

scenes('under a memory limit', async (start) => {
  const program = await start(fixture, { env, memoryLimit: '16MB' });
  await program.ends();
  await program.prints(/^over$/m);
});

scenes('an allocator in front of the program\'s: stops, steps and errors are as ever', async (start) => {
  const program = await start('in_front.lua', { env, stopAt: ['tables', 'step', 'taken'], errors: ['caught'] });
  await program.stopsAt('tables');
  await program.setBreakpoints(['step', 'taken']);
  await program.continueTo('step');
  assert.equal(await program.evaluate('#keep'), '1000');
  await program.nextTo('caught');
  await program.continue();
  await program.stops('exception');
  await program.continue();
  await program.stops('exception');
  await program.continueTo('taken');
  await program.continueToEnd();
  await program.prints(/^true\t1000$/m);
});

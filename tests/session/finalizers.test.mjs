// SPDX-License-Identifier: MIT
// Finalizers that the debugger's own work sets off: what they allocate is their lines', all else the debugger's.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scene } from './session.mjs';

const fixture = 'finalizers.lua';
const TABLE_OF_1 = 56 + 16;

scene('in a condition', async (start) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  await program.client.request('setBreakpoints', {
    source: { path: fixturePath(fixture) },
    breakpoints: [{ line: lineOf(fixture, 'condition'), condition: 'collect()' }, { line: lineOf(fixture, 'stop') }],
  });
  await program.continueTo('stop');
  await finalized(program);
});

scene('in an evaluation, in a coroutine of it, and in a protected call of it', async (start) => {
  const program = await start(fixture, { stopAt: ['stop'], errors: ['caught'] });
  await program.stopsAt('stop');
  assert.equal(await program.evaluate('collect(1)'), 'false, 1');
  const first = await finalized(program);
  await program.evaluate('(function() make(11) indirect(11) end)()');
  assert.equal(await program.evaluate('coroutine.wrap(collect)(2)'), 'false, 2');
  const second = await finalized(program, first);
  await program.evaluate('(function() make(12) indirect(12) end)()');
  assert.equal(await program.evaluate('xpcall(collect, handler, 3)'), 'true, false, 3');
  assert.equal(await program.evaluate('xpcall(function() end, handler), busy()'), 'true, true');
  await finalized(program, second);
});

/** Some have run, each is charged as in the program itself, and nothing else is the lines'. How many. */
async function finalized(program, before = 0) {
  const tables = await Promise.all(['finalizer', 'helper'].map(async (mark) => {
    const { kinds, allocated } = await program.lineAt(mark);
    assert.ok(allocated >= kinds.table[0] * TABLE_OF_1);
    return kinds.table[0];
  }));
  const times = Number(await program.evaluate('#kept'));
  assert.ok(times > before, 'there was something to finalize');
  assert.equal(tables[0] + tables[1], times);
  assert.equal(await program.lineAt('busy'), undefined, 'a function that is called is charged to the debugger');
  return times;
}

// SPDX-License-Identifier: MIT
// After Lua has refused something, and while it closes a state: the debugger is where the program is.

import assert from 'node:assert/strict';

import { scene, scenes } from './session.mjs';

scenes('a refused call of a wrapped coroutine leaves each thread listed once', async (start) => {
  const program = await start('refused.lua', { stopAt: ['refused', 'normal'] });
  await program.stopsAt('refused');
  await listsThreads(program, 3);
  await program.continueTo('normal');
  await listsThreads(program, 2);
  await program.continue();
  await program.ends(3);
});

/** So many, each once, the stopped one first. */
async function listsThreads(program, count) {
  const { threads } = await program.client.request('threads');
  const ids = threads.map(({ id }) => id);
  assert.equal(new Set(ids).size, count);
  assert.equal(ids.length, count);
  assert.equal(ids[0], program.stop.threadId);
}

scenes('the program stops after a refused os.exit', async (start) => {
  const program = await start('refused.lua', { stopAt: ['counted', 'exit'] });
  await program.stopsAt('counted');
  await program.setBreakpoints(['exit']);
  await program.continueTo('exit');
  if (program.isExact) assert.equal((await program.lineAt('counted')).kinds.table[0], 100, 'tables');
  await program.continue();
  await program.ends(3);
});

scenes('a __close handler that os.exit runs stops; the figures are those of the moment of the exit', async (start) => {
  const program = await start('refused.lua', { stopAt: ['exit', 'closing'] });
  await program.stopsAt('exit');
  const before = program.isExact ? (await program.lines()).heap.live : undefined;
  await program.continueTo('closing');
  assert.equal(await program.evaluate('#t'), '1000');
  if (program.isExact) assert.equal((await program.lines()).heap.live, before);
  await program.continue();
  await program.ends(3);
});

// SPDX-License-Identifier: MIT
// Breakpoints set and removed, and pauses, while the program runs.

import assert from 'node:assert/strict';

import { scene, scenes } from './session.mjs';

const loops = { main: 'loop', coroutine: 'loop', wrap: 'loop', nested: 'loop', calling: 'calling_loop', generating: 'yields' };

for (const [where, mark] of Object.entries(loops)) {
  scenes(`a breakpoint set while a loop runs: ${where}`, async (start) => {
    const program = await start('busy.lua', { args: [where] });
    await program.prints(/busy/);
    const [breakpoint] = await program.setBreakpoints([mark]);
    assert.equal(breakpoint.verified, true);
    await program.stopsAt(mark);
    await program.continueTo(mark);
    await program.letGo();
  });

  scenes(`a pause of a loop: ${where}`, async (start) => {
    const program = await start('busy.lua', { args: [where] });
    await program.prints(/busy/);
    await program.pause();
    await program.stops('pause');
    assert.ok((await program.trace()).length > 0);
    await program.continue();
    await program.pause();
    await program.stops('pause');
    await program.letGo();
  });
}

scenes('breakpoints removed while it runs are not hit', async (start) => {
  const program = await start('busy.lua', { stopAt: ['loop'] });
  await program.stopsAt('loop');
  await program.continueTo('loop');
  await program.setBreakpoints([]);
  await program.continue();
  assert.equal((await program.client.request('threads')).threads.length >= 1, true, 'it runs and answers');
  await program.pause();
  await program.stops('pause');
  await program.letGo();
});

scenes('a pause of while true do end', async (start) => {
  const program = await start('busy.lua', { args: ['empty'], stopAt: ['empty_loop'] });
  await program.stopsAt('empty_loop');
  await program.setBreakpoints([]);
  await program.continue();
  await program.pause();
  await program.stopsAt('empty_loop', 'pause');
});

scenes('a pause comes between two calls of C', async (start) => {
  const program = await start('busy.lua', { args: ['pattern'] });
  await program.prints(/busy/);
  await program.pause();
  await program.stops('pause');
  await program.letGo();
});

scenes('a step that does not end can be paused', async (start) => {
  const program = await start('busy.lua', { args: ['calling'], stopAt: ['calling_loop'] });
  await program.stopsAt('calling_loop');
  await program.setBreakpoints([]);
  await program.stepOut();
  await program.pause();
  await program.stops('pause');
  await program.letGo();
});

scene('threads can be asked while it runs; what needs a stop is refused', async (start) => {
  const program = await start('busy.lua');
  await program.prints(/busy/);
  const { threads } = await program.client.request('threads');
  assert.ok(threads.length >= 1);
  const thread = { threadId: threads[0].id };
  for (const [command, args] of [
    ['stackTrace', thread], ['scopes', { frameId: 1 }], ['variables', { variablesReference: 1 }],
    ['continue', thread], ['next', thread], ['stepIn', thread], ['stepOut', thread],
    ['evaluate', { expression: '1', frameId: 1 }],
  ]) {
    const refused = await program.client.refusal(command, args);
    assert.equal(refused.word, 'notStopped', command);
  }
});

scene('references and frames of a stop are stale after it', async (start) => {
  const program = await start('busy.lua', { stopAt: ['loop'] });
  await program.stopsAt('loop');
  const frameId = await program.frameId();
  const { scopes } = await program.client.request('scopes', { frameId });
  await program.continueTo('loop');
  await program.client.refusal('variables', { variablesReference: scopes[0].variablesReference });
  await program.client.refusal('scopes', { frameId });
  await program.client.refusal('variables', { variablesReference: 12345 });
  await program.letGo();
});

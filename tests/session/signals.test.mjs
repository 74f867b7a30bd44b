// SPDX-License-Identifier: MIT
// What the program does with its signals and with Lua's hook is its own, and does not end the debugging.

import assert from 'node:assert/strict';
import { constants } from 'node:os';

import { modulePath } from '../programs.mjs';
import { scene, scenes } from './session.mjs';

const luaCPath = modulePath;

for (const what of ['interrupt', 'unhook']) {
  scenes(`a hook set by a signal handler of a module leaves breakpoints alone: ${what}`, async (start, { client }) => {
    const program = await start('signals.lua', { args: [what], luaCPath, stopAt: ['after'] });
    await program.stopsAt('after');
    if (what === 'interrupt') assert.match(client.output('stdout'), /caught\tfalse\t.*interrupted by a module/);
    await program.continueToEnd();
  });
}

scene('a hook taken away by a module leaves the figures right', async (start) => {
  const program = await start('signals.lua', { args: ['unhook'], luaCPath, stopAt: ['after'] });
  await program.stopsAt('after');
  assert.equal((await program.lineAt('kept')).allocations >= 100, true, 'the tables stand where they are made');
  await program.continueToEnd();
});

for (const what of ['catch', 'ignore', 'reset']) {
  scenes(`a pause reaches a program that has changed SIGIO: ${what}`, async (start, { client }) => {
    const program = await start('signals.lua', { args: [what, String(constants.signals.SIGIO)], luaCPath });
    await program.prints(/ready/);
    await program.pause();
    await program.stops('pause');
    await program.evaluate('stop = true');
    await program.continueToEnd();
    assert.match(client.output('stdout'), /signals 0/, 'it gets no signal of ours');
  });
}

// With figures the hook is called now and then; without, only the signal reaches a loop that allocates nothing.
for (const what of ['catch', 'ignore', 'reset', 'block']) {
  scene(`who makes us deaf is told so: ${what}`, async (start, { client }) => {
    const program = await start('signals.lua', { args: [what, String(constants.signals.SIGURG)], luaCPath, memory: 'off' });
    await program.prints(/ready/);
    program.setBreakpoints(['loop']).catch(() => {});
    await client.until('the user is told', () => /SIGURG/.test(client.output('console')));
    await client.request('terminate');
    await client.event('terminated');
  });
}

scene('what is started at a stop gets no signal held back', async (start) => {
  const program = await start('signals.lua', { args: ['unhook'], luaCPath, stopAt: ['after'] });
  await program.stopsAt('after');
  assert.equal(await program.evaluate('require "waiting".held_back()'), '0');
  await program.continueToEnd();
});

// SPDX-License-Identifier: MIT
// A program that uses debug.sethook itself can be debugged, and sees the same as without us.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { runLua } from '../programs.mjs';
import { scenes } from './session.mjs';

const expected = runLua([fixturePath('old_trick_hook.lua')]).stdout;

scenes('without a stop it prints what it prints under lua5.4', async (start, { client }) => {
  const program = await start('old_trick_hook.lua');
  await program.ends();
  assert.equal(client.output('stdout'), expected);
});

scenes('with breakpoints and steps where its own hook is active', async (start, { client }) => {
  const program = await start('old_trick_hook.lua', { stopAt: ['work', 'print'] });
  await program.stopsAt('work');
  await program.nextTo('work_second');
  await program.stepOutTo('unhook');
  await program.continueTo('print');
  await program.continueToEnd();
  assert.equal(client.output('stdout'), expected);
});

scenes('stepping over the lines that set and clear it', async (start, { client }) => {
  const program = await start('old_trick_hook.lua', { stopAt: ['call'] });
  await program.stopsAt('call');
  await program.nextTo('unhook');
  await program.nextTo('print');
  await program.setBreakpoints(['end']);
  await program.continueTo('end');
  await program.continueToEnd();
  assert.equal(client.output('stdout'), expected);
});

scenes('its hook of calls is not told of what sees its errors', async (start, { client }) => {
  const program = await start('call_hook.lua');
  await program.ends();
  assert.equal(client.output('stdout'), runLua([fixturePath('call_hook.lua')]).stdout);
});

scenes('nor of what is evaluated where an error is shown', async (start, { client }) => {
  const program = await start('call_hook.lua', { errors: ['caught'] });
  for (let n = 0; n < 4; n++) {
    await program.stops('exception');
    assert.equal(await program.evaluate('#tostring(12)'), '2');
    await program.continue();
  }
  await program.ends();
  assert.equal(client.output('stdout'), runLua([fixturePath('call_hook.lua')]).stdout);
});

scenes('a coroutine that a condition has made has no hook of the program', async (start, { client }) => {
  const fixture = 'born_in_condition.lua';
  const made = 'coroutine.create(function() for i = 1, 100000 do x = i end coroutine.yield() end)';
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  await client.request('setBreakpoints', {
    source: { path: fixturePath(fixture) },
    breakpoints: [{ line: lineOf(fixture, 'here'), condition: `(function() kept = ${made} return false end)()` }],
  });
  await program.continue();
  await program.ends();
  assert.equal(client.output('stdout'), 'nil\n');
});

// SPDX-License-Identifier: MIT
// A program that closes descriptors it does not know: nothing is written into its files, and the user is told.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fixturePath } from '../fixture.mjs';
import { modulePath, scratchFolder } from '../programs.mjs';
import { DapClient, patience } from './dap_client.mjs';
import { initializeArguments, scenes } from './session.mjs';

async function within(start, last, stopAt, story) {
  const folder = scratchFolder();
  try {
    await story(await start('closes_descriptors.lua', { args: [String(last), folder.path], luaCPath: modulePath, stopAt }));
  } finally {
    folder.remove();
  }
}

const told = (client) => client.until('the user is told', () => /closed.*descriptor/.test(client.output('important')));

scenes('the usual ones are closed: breakpoints hold', (start) => within(start, 255, ['after'], async (program) => {
  await program.stopsAt('after');
  await program.continueToEnd();
}));

scenes('all are closed while it runs: it goes on without breakpoints', (start, { client }) =>
  within(start, 1023, ['after'], async (program) => {
    await program.ends();
    assert.match(client.output('stdout'), /done/);
  }));

scenes('all are closed at a stop: the user is told', (start, { client }) =>
  within(start, 1023, ['before', 'after'], async (program) => {
    await program.stopsAt('before');
    program.evaluate('close_all() print = function() while true do end end').catch(() => {});
    await told(client);
    await client.event('continued');
    await client.request('terminate');
    await client.event('terminated');
  }));

scenes('a program that goes on for long: the user is told, and pause is refused', (start, { client }) =>
  within(start, 1023, ['before'], async (program) => {
    await program.stopsAt('before');
    await program.evaluate('print = function() while true do end end');
    await program.continue();
    await told(client);
    const refused = await client.refusal('pause', { threadId: 1 });
    assert.match(refused.error.format, /descriptor/);
    const [breakpoint] = await program.setBreakpoints(['before']);
    assert.match(breakpoint.message, /descriptor/);
    await client.request('terminate');
    await client.event('terminated');
  }));

test('where few descriptors may be open, the adapter serves all the same', { timeout: 6 * patience }, async () => {
  const client = new DapClient(['dap'], {}, ['sh', '-c', 'ulimit -n 40; exec "$@"', 'sh']);
  try {
    await client.request('initialize', initializeArguments);
    const launched = client.request('launch', { program: fixturePath('loops.lua') });
    await client.request('configurationDone');
    await launched;
    assert.equal((await client.event('exited')).exitCode, 0);
    await client.request('disconnect', {});
    assert.deepEqual(await client.ended(), { code: 0, signal: null });
  } finally {
    client.kill();
  }
});

// SPDX-License-Identifier: MIT
// What is sent only to clients that have announced in `initialize` that they support it.

import assert from 'node:assert/strict';

import { byName, scene, scenes } from './session.mjs';

const named = (client, event) => client.messages.filter((message) => message.event === event);

scenes('invalidated after the console or a new value may have changed variables', async (start, { client }) => {
  const program = await start('coroutines.lua', { stopAt: ['body'], initialize: { supportsInvalidatedEvent: true } });
  await program.stopsAt('body');
  await program.evaluate('n', { context: 'watch' });
  await program.evaluate('n', { context: 'hover' });
  assert.deepEqual(named(client, 'invalidated'), [], 'looking changes nothing');
  await program.evaluate('n = 5');
  assert.deepEqual((await client.event('invalidated')).areas, ['variables']);
  assert.equal((await program.locals()).n, '5');
  const last = client.messages.findIndex((message) => message.event === 'invalidated');
  assert.equal(client.messages[last - 1].command, 'evaluate', 'after the answer');
});

scenes('invalidated threads after one was ended', async (start, { client }) => {
  const program = await start('suspended.lua', { stopAt: ['stop'], initialize: { supportsInvalidatedEvent: true } });
  await program.stopsAt('stop');
  const { threads } = await client.request('threads');
  await client.request('terminateThreads', { threadIds: [threads.at(-1).id] });
  assert.deepEqual((await client.event('invalidated')).areas, ['threads', 'variables']);
});

scene('a client that has announced nothing gets none of it', async (start, { client }) => {
  const program = await start('coroutines.lua', { stopAt: ['body'] });
  await program.stopsAt('body');
  await program.evaluate('n = 5');
  await program.evaluate('n');
  for (const event of ['invalidated', 'memory', 'progressStart']) assert.deepEqual(named(client, event), []);
  assert.doesNotMatch(JSON.stringify(client.messages), /\\u001b/);
});

scenes('values in colour, if the client shows them', async (start, { client }) => {
  const program = await start('values.lua', { stopAt: ['call'], initialize: { supportsANSIStyling: true } });
  const { body } = client.messages.find((message) => message.command === 'initialize');
  assert.equal(body.supportsANSIStyling, true);
  await program.stopsAt('call');
  const locals = await program.locals();
  assert.doesNotMatch(JSON.stringify(locals), /\\u001b/, 'plain where they may be edited, or stand beside lines');
  assert.equal(locals.integer, '42', 'what can be edited is plain');
  assert.equal(locals.text, '"text"');
  assert.match(await program.evaluate('42'), /^\x1b\[32m42\x1b\[0m$/);
  assert.match(await program.evaluate('nil, true, "x"'), /^\x1b\[90mnil\x1b\[0m, \x1b\[34mtrue\x1b\[0m, \x1b\[33m"x"\x1b\[0m$/);
  assert.doesNotMatch(await program.evaluate('array', { context: 'clipboard' }), /\x1b/);
  assert.equal(await program.evaluate('integer', { context: 'watch' }), '42');
  assert.ok(byName(await program.scope('Locals')));
});

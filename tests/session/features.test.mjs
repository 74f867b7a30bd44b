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

scenes('memory that was looked at may have changed with the values, and what was written has', async (start, { client }) => {
  const program = await start('inspect.lua', { stopAt: ['here'], initialize: { supportsMemoryEvent: true } });
  await program.stopsAt('here');
  const locals = await program.scope('Locals');
  const [bytes, text] = ['bytes', 'text'].map((name) => locals.find((local) => local.name === name).memoryReference);
  const read = (memoryReference, range) => client.request('readMemory', { memoryReference, ...range });
  for (const range of [{ offset: 1, count: 2 }, { offset: 1, count: 3 }, { count: 1 }]) await read(bytes, range);
  await program.evaluate('1', { context: 'watch' });
  assert.deepEqual(named(client, 'memory'), [], 'looking changes nothing');
  await read(text, { count: 0 });
  const { memoryReference } = await client.request('evaluate', { expression: 'io.tmpfile()', frameId: await program.frameId(), context: 'repl' });
  await read(text, { count: 2 });
  await program.evaluate('n = 5');
  const told = () => named(client, 'memory').map(({ body }) => body);
  await client.until('what an evaluation may have changed is told', () => told().length >= 3);
  assert.deepEqual(told(), [
    { memoryReference: bytes, offset: 0, count: 4 },
    { memoryReference: bytes, offset: 0, count: 4 }, { memoryReference: text, offset: 0, count: 2 },
  ]);
  const { data } = await read(memoryReference, { offset: 1, count: 7 });
  await client.request('writeMemory', { memoryReference, offset: 1, data });
  await client.until('what was written is told', () => told().length >= 4);
  assert.deepEqual(told().at(-1), { memoryReference, offset: 1, count: 7 });
  assert.equal(told().length, 4, 'of the rest nothing is known to have changed');
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

// SPDX-License-Identifier: MIT
// Suspended coroutines can be ended, as coroutine.close does it.

import assert from 'node:assert/strict';

import { scenes } from './session.mjs';

async function threads(client) {
  return (await client.request('threads')).threads;
}

/** The ids of the coroutines in the order of their creation: plain, fails, endless, new. */
async function waiting(program) {
  const all = await threads(program.client);
  const running = [1, program.stop.threadId];
  return all.map((thread) => thread.id).filter((id) => !running.includes(id)).sort((a, b) => a - b);
}

for (const mark of ['stop', 'in_coroutine']) {
  scenes(`a suspended coroutine, and one that has not begun, from @${mark}`, async (start, { client }) => {
    const program = await start('suspended.lua', { stopAt: [mark, 'handler'] });
    await program.stopsAt(mark);
    const [plain, fails, endless, fresh] = await waiting(program);
    await client.request('terminateThreads', { threadIds: [plain, fresh] });
    for (const id of [plain, fresh]) {
      assert.deepEqual(await exited(client), { reason: 'exited', threadId: id });
    }
    const left = (await threads(client)).map((thread) => thread.id);
    assert.ok(!left.includes(plain) && !left.includes(fresh));
    assert.ok(left.includes(fails) && left.includes(endless));
    if (mark === 'stop') await program.setBreakpoints(['in_coroutine']);
    else await program.setBreakpoints([]);
    if (mark === 'stop') await program.continueTo('in_coroutine');
    await program.continueToEnd();
    assert.equal(client.output('stdout'),
      'dead\tsuspended\tsuspended\tdead\nplain\nfalse\tcannot resume dead coroutine\n', 'its __close handler has run');
  });
}

async function exited(client) {
  for (;;) {
    const body = await client.event('thread');
    if (body.reason === 'exited') return body;
  }
}

scenes('a handler that fails is told of, and the coroutine is dead', async (start, { client }) => {
  const program = await start('suspended.lua', { stopAt: ['stop'] });
  await program.stopsAt('stop');
  const [, fails] = await waiting(program);
  await client.request('terminateThreads', { threadIds: [fails] });
  await program.prints(/it does not want to/, 'console');
  assert.ok(!(await threads(client)).some((thread) => thread.id === fails));
  await program.continueToEnd();
});

scenes('a handler that does not end is ended, by cancel too', async (start, { client }) => {
  const program = await start('suspended.lua', { stopAt: ['stop'] });
  await program.stopsAt('stop');
  const [, , endless] = await waiting(program);
  const done = client.request('terminateThreads', { threadIds: [endless] });
  await client.request('cancel', { requestId: client.lastSeq });
  await done.catch((refused) => assert.equal(refused.word, 'cancelled'));
  assert.equal(await program.evaluate('1 + 1'), '2');
  await program.continueToEnd();
});

scenes('what cannot be ended is refused', async (start, { client }) => {
  const program = await start('suspended.lua', { stopAt: ['in_coroutine'] });
  await program.stopsAt('in_coroutine');
  const [plain] = await waiting(program);
  for (const threadIds of [[1], [program.stop.threadId], [4711], [plain, 1], ['x'], [0], 'x', undefined]) {
    await client.refusal('terminateThreads', { threadIds });
  }
  assert.ok((await threads(client)).some((thread) => thread.id === plain), 'none of the list is ended then');
  await program.continueToEnd();
});

scenes('one that is named twice ends once', async (start, { client }) => {
  const program = await start('suspended.lua', { stopAt: ['stop'] });
  await program.stopsAt('stop');
  const [plain] = await waiting(program);
  await client.request('terminateThreads', { threadIds: [plain, plain, plain] });
  await threads(client);
  const exits = client.messages.filter(({ event, body }) => event === 'thread' && body.threadId === plain);
  assert.equal(exits.length, 1);
  await program.continueToEnd();
});

// SPDX-License-Identifier: MIT
// Whoever leaves, and however: adapter and program are gone within a second.

import assert from 'node:assert/strict';

import { modulePath as luaCPath } from '../programs.mjs';
import { soon } from './dap_client.mjs';
import { initializeArguments, scene, scenes } from './session.mjs';

/** The states a session can be left in. */
const states = {
  'a running loop': async (start) => {
    const program = await start('busy.lua', { args: ['empty'] });
    await program.prints(/busy/);
    return program;
  },
  'a program blocked in C': async (start) => {
    const program = await start('busy.lua', { args: ['sleep'] });
    await program.startsChild();
    return program;
  },
  'a stubborn program': async (start) => {
    const program = await start('stubborn.lua');
    await program.prints(/stubborn/);
    return program;
  },
  'a stopped program': async (start) => {
    const program = await start('steps.lua', { stopAt: ['start'] });
    await program.stopsAt('start');
    return program;
  },
  'an endless evaluate': async (start, { client }) => {
    const program = await start('steps.lua', { stopAt: ['start'] });
    await program.stopsAt('start');
    const frameId = await program.frameId();
    client.request('evaluate', { expression: 'while true do end', frameId, context: 'repl' }).catch(() => {});
    return program;
  },
  'a program that prints without end': async (start) => {
    const program = await start('flood.lua');
    await program.prints(/flood/);
    return program;
  },
};

for (const [name, reach] of Object.entries(states)) {
  scene(`disconnect: ${name}`, async (start, session) => {
    const program = await reach(start, session);
    await session.client.request('disconnect', { terminateDebuggee: true });
    assert.deepEqual(await session.client.ended(soon), { code: 0, signal: null });
    await program.programIsGone();
  });

  scene(`the end of the input: ${name}`, async (start, session) => {
    const program = await reach(start, session);
    session.client.closeInput();
    assert.deepEqual(await session.client.ended(soon), { code: 0, signal: null });
    await program.programIsGone();
  });

  scene(`kill -9 of the adapter: ${name}`, async (start, session) => {
    const program = await reach(start, session);
    session.client.kill();
    await session.client.ended(soon);
    await program.programIsGone();
  });

  scene(`SIGTERM to the adapter: ${name}`, async (start, session) => {
    const program = await reach(start, session);
    session.client.kill('SIGTERM');
    await session.client.ended(soon);
    await program.programIsGone();
  });
}

scenes('what the program started goes with it', async (start, session) => {
  const program = await start('children.lua');
  await program.startsChild();
  await session.client.request('disconnect', { terminateDebuggee: true });
  await session.client.ended(soon);
  await program.programIsGone();
});

// The runtime sees the link's end, the system tells it of its parent's, somebody else ends its group: whichever comes first.
for (let i = 1; i <= 10; i++) {
  scenes(`kill -9 of the adapter takes along what was started before the stop, and at it: ${i}`, async (start, session) => {
    const program = await start('steps.lua', { stopAt: ['start'] });
    await program.stopsAt('start');
    await program.evaluate('os.execute("sleep 1000 & echo pid $!")');
    await program.startsChild();
    session.client.kill();
    await session.client.ended(1000);
    await program.programIsGone();
  });
}

// A program may catch, ignore or block what it likes.
for (const what of ['catch', 'ignore', 'block']) {
  scene(`kill -9 of the adapter takes along a program that has all signals for itself, and what it started: ${what}`, async (start, session) => {
    const program = await start('signals.lua', { args: [what, '', 'child'], luaCPath });
    await program.startsChild();
    session.client.kill();
    await session.client.ended(soon);
    await program.programIsGone();
  });
}

// The program's streams and its link end with the adapter, so it cannot be left running.
scene('leaving a launched program alive is not offered, and does not happen', async (start, { client }) => {
  const program = await start('busy.lua', { args: ['empty'] });
  await program.prints(/busy/);
  const { body } = client.messages.find((message) => message.command === 'initialize');
  assert.ok(!body.supportTerminateDebuggee);
  await client.request('disconnect', { terminateDebuggee: false });
  assert.deepEqual(await client.ended(soon), { code: 0, signal: null });
  await program.programIsGone();
});

scene('the end of the input before anything', async (start, { client }) => {
  client.closeInput();
  assert.deepEqual(await client.ended(soon), { code: 0, signal: null });
});

scene('disconnect before launch', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  await client.request('disconnect', {});
  assert.deepEqual(await client.ended(soon), { code: 0, signal: null });
});

scene('the end of the input in the middle of a message', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  client.write('Content-Length: 500\r\n\r\n{"seq"');
  client.closeInput();
  assert.deepEqual(await client.ended(soon), { code: 0, signal: null });
});

scene('disconnect between launch and configurationDone', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  client.request('launch', { program: '/no/such.lua' }).catch(() => {});
  await client.request('disconnect', {});
  assert.deepEqual(await client.ended(soon), { code: 0, signal: null });
});

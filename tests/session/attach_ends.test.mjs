// SPDX-License-Identifier: MIT
// However either side goes, the other notices within a second, and the program goes on.

import assert from 'node:assert/strict';

import { hosted } from './attaching.mjs';
import { soon } from './dap_client.mjs';

const exitCodes = ({ client }) => client.messages.filter(({ event }) => event === 'exited').map(({ body }) => body.exitCode);

const within = (ms, promise, what) => Promise.race([promise,
  new Promise((_, reject) => { setTimeout(() => reject(new Error(`${what} within ${ms} ms`)), ms).unref(); })]);

hosted('the adapter is killed while the program is stopped: it goes on', [], async (host, visit) => {
  await host.call('listen');
  const session = visit();
  await session.attach({ stopAt: ['work'] });
  const done = host.call('work 1');
  await session.stopsAt('work');
  session.kill();
  assert.equal(await within(soon, done, 'the program goes on'), '4');
  await host.isItself();
});

hosted('the adapter is killed while the program computes', [], async (host, visit) => {
  await host.call('listen');
  const session = visit();
  await session.attach({ stopAt: ['inner'] });
  await host.whileBusy(async () => {
    session.kill();
    await session.client.ended();
    const next = visit();
    await next.joins();
    await next.leaves();
  });
});

hosted('the program is killed while it is stopped: the session ends', [], async (host, visit) => {
  await host.call('listen');
  const session = visit();
  await session.attach({ stopAt: ['work'] });
  host.call('work 1').catch(() => {});
  await session.stopsAt('work');
  host.kill();
  await within(soon, session.client.event('terminated'), 'the session ends');
  assert.deepEqual(exitCodes(session), []);
}, { ends: false });

hosted('the program exits: with which code is told, if its Lua code has said so', [], async (host, visit) => {
  await host.call('listen');
  const session = visit();
  await session.attach();
  host.call('quit 7').catch(() => {});
  await session.client.event('terminated');
  assert.deepEqual(exitCodes(session), [7]);
  const last = session.client.messages.filter(({ event }) => ['exited', 'terminated'].includes(event)).map(({ event }) => event);
  assert.deepEqual(last, ['exited', 'terminated']);
}, { ends: false });

hosted('the program exits by itself: its code is not known', [], async (host, visit) => {
  await host.call('listen');
  const session = visit();
  await session.attach();
  await host.exits();
  await session.client.event('terminated');
  assert.deepEqual(exitCodes(session), []);
}, { ends: false });

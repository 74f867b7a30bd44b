// SPDX-License-Identifier: MIT
// With "restart", whoever takes the place of a program that has gone is debugged in its place.

import assert from 'node:assert/strict';

import { hosted } from './attaching.mjs';

hosted('a door that is closed and opened again', [], async (host, visit) => {
  await host.call('listen');
  const session = visit();
  await session.attach({ stopAt: ['work'], restart: true });
  await session.client.event('process');
  await host.call('stop');
  await session.client.until('the end of the first', () => session.client.messages.some(({ event, body }) => event === 'thread' && body.reason === 'exited'));
  assert.match(session.client.output('console'), /has closed its door/);
  await host.call('listen');
  await host.runsUntil(session.client.event('process'));
  const done = host.call('work 1');
  await session.stopsAt('work');
  await session.continue();
  assert.equal(await done, '4');
  await session.leave();
  await host.isItself();
});

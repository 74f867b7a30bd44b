// SPDX-License-Identifier: MIT
// With "restart", whoever takes the place of a program that has gone is debugged in its place.

import assert from 'node:assert/strict';
import { join } from 'node:path';

import { hosted } from './attaching.mjs';
import { Host } from './host.mjs';

const initialize = { supportsProgressReporting: true };

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
  await host.runsUntil(session.isTold());
  const done = host.call('work 1');
  await session.stopsAt('work');
  await session.continue();
  assert.equal(await done, '4');
  await session.leave();
  await host.isItself();
});

/** Another process in the place of the host, which has gone, for as long as the story lasts. */
async function startedAnew(host, story) {
  const next = new Host([], ['hosted.lua'], host);
  try {
    await next.ready();
    await story(next);
    await next.exits();
  } finally {
    next.finish();
  }
}

/** The program that has come is debugged as the one before was: it stops at @work. */
async function isDebugged(session, next) {
  session.moves(next);
  const { systemProcessId } = await next.runsUntil(session.client.event('process'));
  assert.equal(systemProcessId, next.pid);
  await next.runsUntil(session.isTold());
  const done = next.call('work 1');
  await session.stopsAt('work');
  assert.deepEqual(await session.trace(), ['@work']);
  assert.equal(session.client.messages.filter(({ event }) => event === 'terminated').length, 0);
  await session.nextTo('work_inner');
  await session.continue();
  assert.equal(await done, '4');
}

/** What the user sees of the wait for it. */
async function isAwaited({ client }, why) {
  const { progressId, title, message, cancellable } = await client.event('progressStart');
  assert.equal(title, 'Attaching');
  assert.match(message, why);
  assert.ok(cancellable);
  return progressId;
}

hosted('a program that is killed and started anew, under the name of its door', [], async (host, visit) => {
  await host.call('listen worker');
  const session = visit();
  await session.attach({ stopAt: ['work'], restart: true, initialize });
  await session.client.event('process');
  host.call('work 1').catch(() => {});
  await session.stopsAt('work');
  host.kill();
  const progressId = await isAwaited(session, /has not opened its door again/);
  await startedAnew(host, async (next) => {
    await next.call('listen stranger');
    await next.call('stop');
    await next.call('listen worker');
    await isDebugged(session, next);
    assert.equal((await session.client.event('progressEnd')).progressId, progressId);
    await session.leave();
    await next.isItself();
  });
}, { ends: false });

hosted('the same by the path of its door', [], async (host, visit) => {
  const socket = join(host.doors, '..', 'own.sock');
  await host.call(`listen worker ${socket}`);
  const session = visit();
  await session.attach({ processId: undefined, socket, stopAt: ['work'], restart: true, initialize });
  await session.client.event('process');
  host.kill();
  await isAwaited(session, /There is no door at|Nobody is behind the door/);
  await startedAnew(host, async (next) => {
    await next.call(`listen another ${socket}`);
    await isDebugged(session, next);
    await session.leave();
    await next.isItself();
  });
}, { ends: false });

hosted('the same of one that comes to the debugger', [], async (host, visit) => {
  const session = visit();
  const path = join(host.doors, '..', 'adapter');
  const joined = session.joins({ processId: undefined, listen: path, stopAt: ['work'], restart: true }, (promise) => host.runsUntil(promise));
  await host.connects(path);
  await joined;
  await session.client.event('process');
  host.kill();
  await startedAnew(host, async (next) => {
    await next.connects(path);
    await isDebugged(session, next);
    await session.leave();
    await next.isItself();
  });
}, { ends: false });

hosted('who is tired of waiting for it cancels that, and the session is over', [], async (host, visit) => {
  await host.call('listen worker');
  const session = visit();
  await session.attach({ restart: true, initialize });
  host.kill();
  const progressId = await isAwaited(session, /has not opened its door again/);
  await session.client.request('cancel', { progressId });
  assert.equal((await session.client.event('progressEnd')).progressId, progressId);
  await session.client.event('terminated');
}, { ends: false });

// SPDX-License-Identifier: MIT
// A debugger leaves a program suspended ("suspendDebuggee"): it waits, as it was before anybody came, for the next one.

import assert from 'node:assert/strict';
import { join } from 'node:path';

import { runLuaheat } from '../programs.mjs';
import { hosted } from './attaching.mjs';

const leaveSuspended = { suspendDebuggee: true };

/** What `luaheat ps` says that it does. */
function does(host) {
  const { stdout } = runLuaheat(['ps', '--json'], { env: { LUAHEAT_DOORS: host.doors } });
  return JSON.parse(stdout).find(({ pid }) => pid === host.pid).does;
}

/** It has been listed as suspended for as long as a promise takes that must not be kept. */
async function isSuspended(host, promise) {
  let over = false;
  const mark = () => { over = true; };
  promise.then(mark, mark);
  while (does(host) !== 'suspended') assert.ok(!over, 'it goes on');
  assert.ok(!over, 'it goes on');
}

/** A session that stops at a mark of a call that is under way. */
async function stopsIn(host, session, mark, call) {
  await session.attach({ stopAt: [mark] });
  const done = host.call(call);
  done.catch(() => {});
  await session.stopsAt(mark);
  return { done };
}

hosted('it stays where it is stopped, and whoever comes next finds it there', [], async (host, visit) => {
  await host.call('listen');
  const first = visit(), second = visit();
  const { done } = await stopsIn(host, first, 'inner', 'work 7');
  const { capabilities } = first.client.messages.find(({ event }) => event === 'capabilities').body;
  assert.deepEqual(capabilities, { supportTerminateDebuggee: true, supportSuspendDebuggee: true });
  await first.leavesWith(leaveSuspended);
  await isSuspended(host, done);
  await second.joins({ stopAt: ['work_made'] });
  await second.stopsAt('inner', 'pause');
  assert.deepEqual(await second.trace(), ['@inner', '@work_inner']);
  assert.equal((await second.locals(1)).first, '7');
  await second.nextTo('inner_return');
  await second.continueTo('work_made');
  await second.continue();
  assert.equal(await done, '16');
  assert.notEqual(does(host), 'suspended');
  await second.leave();
  await host.isItself();
});

hosted('as often as one likes', [], async (host, visit) => {
  await host.call('listen');
  let session = visit();
  const { done } = await stopsIn(host, session, 'inner', 'work 1');
  for (let i = 0; i < 8; i++) {
    await session.leavesWith(leaveSuspended);
    session = visit();
    await session.joins();
    await session.stopsAt('inner', 'pause');
  }
  await session.leavesWith({});
  assert.equal(await done, '4');
  await host.isItself();
});

hosted('one that runs stays where it next can', [], async (host, visit) => {
  await host.call('listen');
  const first = visit(), second = visit();
  const spun = host.call('spin');
  spun.catch(() => {});
  await first.joins();
  await first.leavesWith(leaveSuspended);
  await isSuspended(host, spun);
  await second.joins({ memory: 'off' });
  await second.stopsAt('spin', 'pause');
  await second.evaluate('running = false');
  await second.leavesWith({});
  assert.equal(await spun, 'over');
  await host.isItself();
});

hosted('who comes and goes before it is configured changes nothing', [], async (host, visit) => {
  await host.call('listen');
  const first = visit(), second = visit(), third = visit();
  const { done } = await stopsIn(host, first, 'work', 'work 1');
  await first.leavesWith(leaveSuspended);
  await second.client.request('initialize', { adapterID: 'luaheat', pathFormat: 'path' });
  const attached = second.client.request('attach', { processId: host.pid });
  attached.catch(() => {});
  await second.client.until('it is asked', () => second.client.messages.some(({ event }) => event === 'capabilities'));
  second.kill();
  await second.client.ended();
  await third.joins();
  await third.stopsAt('work', 'pause');
  await third.continue();
  assert.equal(await done, '4');
  await third.leave();
});

hosted('a coroutine, on an OS thread of its own', [], async (host, visit) => {
  await host.call('listen other', 2);
  const first = visit(), second = visit();
  await first.attach({ number: 2, processId: undefined, doorName: 'other', stopAt: ['piece'] });
  const done = host.call('pieces 1', 2, 'run');
  await first.stopsAt('piece');
  await first.leavesWith(leaveSuspended);
  await isSuspended(host, done);
  assert.equal(await host.call('work 1', 1), '4');
  await second.joins({ processId: undefined, doorName: 'other' });
  await second.stopsAt('piece', 'pause');
  await second.continue();
  await done;
  await second.leaves((left) => host.runsUntil(left, 2));
  await host.isItself(2);
}, { scripts: ['hosted.lua', 'hosted.lua'] });

hosted('a program that waits by itself is suspended, too', [], async (host, visit) => {
  await host.call('listen');
  const waited = host.call('wait');
  const session = visit();
  await isSuspended(host, waited);
  await session.joins();
  assert.equal(await waited, 'true');
  assert.equal(await host.call('hook'), 'nil', 'what calls it while it waits leaves nothing behind');
  assert.notEqual(does(host), 'suspended');
  await session.leave();
});

hosted('a signal ends it as any other', [], async (host, visit) => {
  await host.call('listen');
  const session = visit();
  const { done } = await stopsIn(host, session, 'work', 'work 1');
  await session.leavesWith(leaveSuspended);
  await isSuspended(host, done);
  host.kill('SIGTERM');
  assert.deepEqual(await host.ended(), { code: null, signal: 'SIGTERM' });
}, { ends: false });

hosted('refused where nobody could come, or where nothing can be told: the session goes on', [], async (host, visit) => {
  const session = visit();
  const path = join(host.doors, '..', 'adapter');
  const joined = session.joins({ processId: undefined, listen: path, stopAt: ['work'] }, (promise) => host.runsUntil(promise));
  await host.connects(path);
  await joined;
  const { capabilities } = session.client.messages.find(({ event }) => event === 'capabilities').body;
  assert.deepEqual(capabilities, { supportTerminateDebuggee: true });
  const done = host.call('work 1');
  await session.stopsAt('work');
  assert.match((await session.client.refusal('disconnect', leaveSuspended)).error.format, /it has no door by which a debugger could come/);
  const both = await session.client.refusal('disconnect', { ...leaveSuspended, terminateDebuggee: true });
  assert.equal(both.error.id, 1004);
  assert.match(both.error.format, /cannot be ended/);
  await session.nextTo('work_inner');
  await session.continue();
  assert.equal(await done, '4');
  await session.leave();
  await host.isItself();
});

hosted('at an error it stays once that has been handled', [], async (host, visit) => {
  await host.call('listen');
  const first = visit(), second = visit();
  await first.attach({ errors: ['caught'] });
  const tried = host.call('try it');
  await first.stopsAt('fail', 'exception');
  await first.leavesWith(leaveSuspended);
  await isSuspended(host, tried);
  await second.joins();
  await second.stopsAt('tried', 'pause');
  await second.continue();
  assert.equal(await tried, 'it');
  await second.leave();
  await host.isItself();
});

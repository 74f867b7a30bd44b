// SPDX-License-Identifier: MIT
// A debugger comes to a program of somebody else's that runs, and leaves it as it was.

import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { checksApi, modulePath as blocksPath } from '../programs.mjs';
import { hosted, HOSTS } from './attaching.mjs';
import { DapClient, patience } from './dap_client.mjs';
import { Worker } from './editors.mjs';
import { DoorFolder } from './fake_door.mjs';
import { initializeArguments } from './session.mjs';

/** Runs `work` until the program stops in it: some hosts are not reached at once. Its last result. */
async function worksUntil(stop, host, session, how, work = 'work 7', rest = 'tick') {
  let stopped = false, done;
  const there = session.stopsAt(stop).then(() => { stopped = true; });
  while (!stopped) {
    done = host.call(work, 1, how);
    await Promise.race([done, there]);
    if (!stopped) await host.call(rest, 1, how);
  }
  return () => done;
}

const before = (rows) => rows.find(({ source }) => source.name === '(before attach)');

for (const [kind, options] of Object.entries(HOSTS)) {
  const how = kind === 'a count hook that yields' ? 'run' : 'call';

  for (const memory of ['exact', 'off'])
    hosted(`breakpoints, steps and values, then the host is itself again: ${kind}, memory ${memory}`, options, async (host, visit) => {
      await host.call('listen worker');
      await host.call('keep 100');
      await host.isItself();
      const session = visit();
      await session.attach({ how, memory, stopAt: ['inner'] });
      const done = await worksUntil('inner', host, session, how);
      assert.deepEqual(await session.trace(), ['@inner', '@work_inner']);
      assert.equal((await session.locals(1)).first, '7');
      assert.equal(await session.evaluate('n * 6'), '42');
      await session.nextTo('inner_return');
      await session.stepOutTo('work_made');
      await session.nextTo('work_end');
      assert.equal((await session.locals()).second, '14');
      await session.continue();
      assert.equal(await done(), '16');
      await session.leave(how);
      await host.isItself();
      assert.equal(await host.call('work 1'), '4');
    });
}

hosted('what was there before is told by its kind, and is gone from there once it is collected', [], async (host, visit) => {
  const TABLE = 56, ARRAY = 16, COUNT = 1000;
  await host.call('listen');
  await host.call(`keep ${COUNT}`);
  const session = visit();
  await session.attach({ stopAt: ['dropping', 'dropped'] });
  const dropped = host.call('drop');
  await session.stopsAt('dropping');
  const there = before((await session.lines()).rows);
  await session.continueTo('dropped');
  const left = before((await session.lines()).rows);
  assert.ok(there.live - left.live >= COUNT * (TABLE + ARRAY), `${there.live}, then ${left.live}`);
  await session.continue();
  assert.equal(await dropped, 'dropped');
  await session.leave();
});

for (const size of [5000, 100_000])
  hosted(`what a module in C had from the allocator before anybody came is no loss of Lua's when it goes: ${size} bytes`, [], async (host, visit) => {
    await host.call('listen');
    assert.equal(await host.call(`hold ${blocksPath} ${size}`), 'held');
    const session = visit();
    await session.attach({ stopAt: ['gone'] });
    const gone = host.call('let_go');
    await session.stopsAt('gone'); // where the figures add up
    await session.continue();
    assert.equal(await gone, 'gone');
    await session.leave();
    await host.isItself();
  });

hosted('coroutines from before are found, and stop', [], async (host, visit) => {
  await host.call('listen');
  await host.call('suspend');
  const session = visit();
  await session.attach({ stopAt: ['resumed', 'work'] });
  const worked = host.call('work 1');
  await session.stopsAt('work');
  const { threads } = await session.client.request('threads');
  assert.equal(threads.length, 2, JSON.stringify(threads));
  await session.continue();
  await worked;
  const resumed = host.call('resume 41');
  await session.stopsAt('resumed');
  assert.equal((await session.locals()).got, '41');
  await session.continue();
  assert.equal(await resumed, '42');
  await session.leave();
  assert.equal(await host.call('resume 1'), '2');
  await host.isItself();
});

for (const [whose, options] of [['the host\'s', ['--yields', '100']], ['nobody\'s', []]])
  hosted(`coroutines that are made for a call and allocate nothing are reached; hook: ${whose}`, options, async (host, visit) => {
    const quiet = (promise) => host.runsUntil(promise, 1, 'run', 'quiet');
    await host.call('listen');
    for (let i = 0; i < 2; i++) {
      const session = visit();
      await session.joins({ stopAt: ['quiet_asked'] }, quiet);
      const done = await worksUntil('quiet_asked', host, session, 'run', 'quiet again', 'quiet');
      assert.equal((await session.locals()).sum, '55');
      await session.continue();
      assert.equal(await done(), 'true');
      await session.leaves(quiet);
      await host.isItself();
    }
  });

hosted('a function may be called on a coroutine that has yielded, whatever it is hooked for', [], async (host, visit) => {
  await host.call('listen');
  assert.equal(await host.ask('start pieces 3'), 'yields 1');
  const poke = () => host.call('tick', 1, 'poke');
  for (let i = 0; i < 2; i++) {
    const session = visit();
    await session.attach({ stopAt: ['piece'] });
    for (let round = 0; round < 20; round++) assert.equal(await poke(), '100');
    const resumed = host.ask('resume');
    await session.stopsAt('piece');
    assert.equal((await session.locals()).i, String(2 + i));
    await session.continue();
    assert.equal(await resumed, `yields ${[3, 6][i]}`);
    assert.equal(await poke(), '100');
    await session.leave();
    await host.isItself();
  }
}, { skip: checksApi() && 'Lua itself refuses it then' });

hosted('a program that computes is reached, paused and left', [], async (host, visit) => {
  await host.call('listen');
  const spun = host.call('spin');
  const session = visit();
  await session.joins();
  await session.pause();
  await session.stopsAt('spin', 'pause');
  await session.evaluate('running = false');
  await session.continue();
  assert.equal(await spun, 'over');
  await session.leave();
  await host.isItself();
});

hosted('wait: the program goes on once it is configured, and stops at its first line if asked to', [], async (host, visit) => {
  await host.call('listen');
  const waited = host.call('wait');
  const session = visit();
  await session.joins({ stopOnEntry: true }, () => waited);
  assert.equal(await waited, 'true');
  const ticked = host.call('tick');
  await session.stopsAt('tick', 'entry');
  await session.continue();
  await ticked;
  await session.leave();
});

hosted('again and again', [], async (host, visit) => {
  await host.call('listen');
  for (let i = 0; i < 5; i++) {
    const session = visit();
    await session.attach({ stopAt: ['work_made'] });
    const done = host.call(`work ${i}`);
    await session.stopsAt('work_made');
    await session.continue();
    assert.equal(await done, String(2 + 2 * i));
    await session.leave();
    await host.isItself();
  }
});

hosted('a second one is told that there is one already, even at a stop', [], async (host, visit) => {
  await host.call('listen');
  const session = visit(), second = visit();
  await session.attach({ stopAt: ['work'] });
  const done = host.call('work 1');
  await session.stopsAt('work');
  const refused = await second.isRefused();
  assert.match(refused.error.format, /debugs the program already/);
  await session.continue();
  await done;
  await session.leave();
});

hosted('a signal that comes when nobody is there (any more) leaves no hook', [], async (host) => {
  await host.call('listen');
  host.kill('SIGURG');
  await host.isItself();
});

hosted('who has gone before the program looked is in nobody\'s way', [], async (host, visit) => {
  await host.call('listen');
  const gone = visit(), next = visit();
  await gone.client.request('initialize', { adapterID: 'luaheat', pathFormat: 'path' });
  gone.client.request('attach', { processId: host.pid }).catch(() => {});
  await gone.client.until('it is asked', () => gone.client.messages.some(({ event }) => event === 'capabilities'));
  gone.kill();
  await gone.client.ended();
  await next.attach();
  await next.leave();
  await host.isItself();
});

hosted('doors are listed as long as they are open', [], async (host, visit) => {
  const path = await host.call('listen worker');
  assert.deepEqual(host.listed(), [`${host.pid}.json`, `${host.pid}.sock`]);
  assert.equal(path, `${host.doors}/${host.pid}.sock`);
  assert.equal(await host.call('listen worker'), path);
  await host.call('stop');
  assert.deepEqual(host.listed(), []);
  await host.call('listen');
  assert.equal(await host.ask('close'), 'closed');
  assert.deepEqual(host.listed(), []);
});

hosted('states on several OS threads: one that is stopped freezes no other', [], async (host, visit) => {
  await host.call('listen first', 1);
  await host.call('listen second', 2);
  assert.equal(host.listed().length, 4);
  const first = visit(), second = visit();
  await first.attach({ number: 1, processId: undefined, doorName: 'first', stopAt: ['work'] });
  await second.attach({ number: 2, processId: undefined, doorName: 'second', stopAt: ['inner'] });
  const done = [host.call('work 1', 1), host.call('work 2', 2)];
  await first.stopsAt('work');
  await second.stopsAt('inner');
  await second.continue();
  assert.equal(await done[1], '6');
  await second.leave();
  await host.isItself(2);
  await first.continue();
  assert.equal(await done[0], '4');
  await first.leave();
  await host.isItself(1);
}, { scripts: ['hosted.lua', 'hosted.lua'] });

hosted('the program goes to a debugger that waits', [], async (host, visit) => {
  const session = visit();
  const path = join(host.doors, '..', 'adapter');
  const joined = session.joins({ processId: undefined, listen: path, stopAt: ['work'] }, (promise) => host.runsUntil(promise));
  await host.connects(path);
  await joined;
  const done = host.call('work 1');
  await session.stopsAt('work');
  await session.continue();
  assert.equal(await done, '4');
  await session.leaves((left) => host.runsUntil(left));
  await host.isItself();
});

hosted('one state on two OS threads', ['--shared'], async (host, visit) => {
  await host.call('listen', 1);
  const session = visit();
  await session.attach({ number: 2, stopAt: ['work_made'] });
  for (const number of [1, 2, 1]) {
    const done = host.call('work 5', number);
    await session.stopsAt('work_made');
    await session.nextTo('work_end');
    await session.continue();
    assert.equal(await done, '12');
  }
  await session.leave();
  await host.isItself(1);
}, { count: 2 });

hosted('the program forks: its child is nobody\'s, and keeps no door', [], async (host, visit) => {
  await host.call('listen');
  const session = visit();
  await session.attach({ stopAt: ['work'] });
  assert.equal(await host.call('work 1', 1, 'fork'), '4');
  assert.equal(host.listed().length, 2);
  const done = host.call('work 1');
  await session.stopsAt('work');
  await session.continue();
  await done;
  await session.leave();
  const own = await host.call('listen child', 1, 'fork');
  assert.match(own, /\/doors\/\d+\.sock$/);
  assert.notEqual(own, join(host.doors, `${host.pid}.sock`));
  await host.isItself();
});

hosted('its state is closed while somebody is attached', [], async (host, visit) => {
  await host.call('listen');
  const session = visit();
  await session.attach({ stopAt: ['work'] });
  assert.equal(await host.ask('close'), 'closed');
  await session.client.event('terminated');
  assert.deepEqual(host.listed(), []);
});

hosted('its state is closed from the console, while it is stopped', [], async (host, visit) => {
  await host.call('listen');
  const session = visit();
  await session.attach({ stopAt: ['work'] });
  host.call('work 1').catch(() => {});
  await session.stopsAt('work');
  session.evaluate('os.exit(0, true)').catch(() => {});
  await session.client.event('terminated');
  assert.deepEqual(await host.ended(), { code: 0, signal: null });
}, { ends: false });

hosted('the program shuts its door while somebody is attached', [], async (host, visit) => {
  await host.call('listen');
  const session = visit();
  await session.attach({ stopAt: ['work'] });
  await host.call('stop');
  await session.client.event('terminated');
  await host.isItself();
  assert.deepEqual(host.listed(), []);
});

hosted('the module measures while somebody is attached', [], async (host, visit) => {
  await host.call('listen');
  assert.equal(await host.call('heap'), 'nil');
  assert.equal(await host.call('measured 10'), 'nothing');
  const session = visit();
  await session.attach();
  const bytes = Number(await host.call('heap'));
  assert.ok(bytes > 10_000, `${bytes}`);
  assert.equal(Number(await host.call('measured 10')), 20); // a table and its array each
  await session.leave();
  assert.equal(await host.call('heap'), 'nil');
});

for (const memory of ['exact', 'off']) {
  test(`what is asked while it is configured reaches a program that computes (memory ${memory})`, { timeout: 6 * patience }, async () => {
    const doors = new DoorFolder();
    const worker = new Worker(dirname(fixturePath('worker.lua')), doors.env.LUAHEAT_DOORS);
    const client = new DapClient(['dap'], doors.env);
    try {
      await worker.goesOn();
      await client.request('initialize', initializeArguments);
      const attached = client.request('attach', { processId: worker.pid, memory });
      await client.event('capabilities'); // somebody has been met
      await worker.goesOn(); // for a million instructions
      const [breakpoint] = (await client.request('setBreakpoints', {
        source: { path: fixturePath('worker.lua') }, breakpoints: [{ line: lineOf('worker.lua', 'body') }],
      })).breakpoints;
      assert.ok(breakpoint.verified);
      await client.request('setExceptionBreakpoints', { filters: [] });
      await client.request('configurationDone');
      await attached;
      assert.deepEqual((await client.event('stopped')).hitBreakpointIds, [breakpoint.id]);
      await client.request('disconnect', {});
      client.closeInput();
      assert.deepEqual(await client.ended(), { code: 0, signal: null });
      await worker.goesOn();
    } finally {
      client.kill();
      worker.kill();
      doors.remove();
    }
  });
}

// SPDX-License-Identifier: MIT
// Debian's lighttpd and Prosody, debugged.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

import { cleanEnv, runLuaheat, sanitizer, scratchFolder } from '../programs.mjs';
import { get, LIGHTTPD, lighttpd, prosody } from '../real_hosts.mjs';
import { DapClient, patience } from './dap_client.mjs';
import { initializeArguments, scene, Session } from './session.mjs';

const TABLE = 56, VALUE = 16;

/** Those are not sanitized, so what is cannot be loaded into them. */
function realScene(name, story) {
  if (sanitizer !== undefined) return;
  scene(name, async (start, session) => {
    const folder = scratchFolder();
    try {
      await story(start, session, folder.path);
    } finally {
      folder.remove();
    }
  });
}

/**
 * A server is told what a client wants when it runs Lua code: it is asked again and again until that is so. Gives a function
 * for the last answer, which may be still to come.
 */
async function asksUntil(socket, promise) {
  let done = false, answer;
  const settled = promise.finally(() => { done = true; });
  while (!done) await Promise.race([answer = get(socket, '/again'), settled]);
  await settled;
  return () => answer;
}

realScene('lighttpd is launched, stops in a request, and its leak has a line', async (start, session, folder) => {
  const { socket, args, started } = lighttpd(folder);
  await start('lighttpd.lua', { program: undefined, runtimeExecutable: LIGHTTPD, runtimeArgs: args, stopAt: ['answer'] });
  await session.prints(started, 'stderr');
  const first = get(socket, '/first');
  await session.stopsAt('answer');
  assert.deepEqual(await session.trace(), ['@answer', '@asked']);
  assert.equal((await session.locals()).path, '"/first"');
  assert.equal(await session.evaluate('#kept'), '1');
  await session.setBreakpoints([]);
  await session.continue();
  assert.equal(await first, '/first is 1');
  for (let i = 2; i < 10; i++) assert.equal(await get(socket, '/more'), `/more is ${i}`);
  const last = await asksUntil(socket, Promise.all([session.setBreakpoints(['answer']), session.stopsAt('answer')]));
  const count = Number(await session.evaluate('#kept')), { live } = await session.lineAt('keep');
  assert.ok(count >= 10);
  assert.equal(live, count * (TABLE + VALUE) + 2 ** Math.ceil(Math.log2(count)) * VALUE, 'tables of one value, and their list');
  await session.continue();
  assert.equal(await last(), `/again is ${count}`);
});

/** Attaches to a process, which runs no Lua code meanwhile. */
async function attach(session, processId, mark) {
  await session.client.request('initialize', initializeArguments);
  const attached = session.client.request('attach', { processId });
  await session.client.event('initialized');
  await session.setBreakpoints([mark]);
  await session.client.request('configurationDone');
  await attached;
}

if (sanitizer === undefined) {
  test('lighttpd that runs is attached to, left, and attached to again', { timeout: 6 * patience }, async () => {
    const folder = scratchFolder(), doors = { LUAHEAT_DOORS: join(folder.path, 'doors') };
    const { socket, args, started } = lighttpd(folder.path, 'lighttpd_door.lua');
    const cpath = runLuaheat(['--cpath']).stdout.trimEnd();
    const server = spawn(LIGHTTPD, args, { env: cleanEnv({ ...doors, LUA_CPATH: `${cpath};;` }), stdio: ['ignore', 'ignore', 'pipe'] });
    const sessions = [];
    try {
      await new Promise((resolve) => server.stderr.on('data', (text) => { if (started.test(text)) resolve(); }));
      assert.equal(await get(socket, '/before'), 'answer to /before');
      for (let visit = 0; visit < 2; visit++) {
        const session = sessions[sessions.push(new Session(new DapClient(['dap'], doors))) - 1];
        session.begin('lighttpd_door.lua');
        await attach(session, server.pid, 'answer');
        const last = await asksUntil(socket, session.stopsAt('answer'));
        assert.equal((await session.locals()).path, '"/again"');
        await session.continue();
        assert.equal(await last(), 'answer to /again');
        await session.client.request('disconnect', {});
        assert.equal(await get(socket, '/after'), 'answer to /after');
      }
    } finally {
      for (const session of sessions) session.kill();
      server.kill();
      folder.remove();
    }
  });
}

realScene('Prosody is launched as it is, and its leak has a line', async (start, session, folder) => {
  await start('mod_leaky.lua', { program: undefined, runtimeExecutable: 'prosody', runtimeArgs: prosody(folder, 'leaky'), stopAt: ['enough'] });
  await session.stopsAt('enough');
  assert.deepEqual((await session.trace()).slice(0, 1), ['@enough']);
  const { growth, allocations } = await session.lineAt('keep');
  assert.equal(growth, 100 * (TABLE + VALUE) + 128 * VALUE, 'a hundred tables of one value, and a list with room for 128');
  assert.ok(allocations >= 200);
  await session.continue();
  await session.prints(/kept 100/);
});

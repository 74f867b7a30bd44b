// SPDX-License-Identifier: MIT
// Debian 13's dovecot, debugged.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { cleanEnv, runLuaheat, scratchFolder } from '../programs.mjs';
import { dovecot } from '../real_hosts.mjs';
import { DapClient, patience } from '../session/dap_client.mjs';
import { initializeArguments, Session } from '../session/session.mjs';
import { listOfTables, TABLE, VALUE } from '../session/real_scene.mjs';

/** It is tried until the server is there. */
async function answer(ask) {
  for (;;) {
    try {
      return (await promisify(execFile)('doveadm', ask)).stdout;
    } catch (error) {
      if (!/connect/.test(error.stderr)) throw error;
    }
  }
}

/** It stops when it has heard of the breakpoint: it is asked until then. Gives a function for the last answer. */
async function asksUntilStop(session, ask) {
  let stopped = false, last;
  const there = session.stopsAt('kept').then(() => { stopped = true; });
  while (!stopped) await Promise.race([last = answer(ask), there]);
  await there;
  return () => last;
}

test('dovecot is attached to, stops in its passwords, and its leak has a line', { timeout: 12 * patience }, async () => {
  const folder = scratchFolder(), doors = { LUAHEAT_DOORS: join(folder.path, 'doors') };
  const { args, ask } = dovecot(folder.path, 'dovecot.lua');
  mkdirSync(join(folder.path, 'run'));
  const cpath = runLuaheat(['--cpath']).stdout.trimEnd();
  const server = spawn('dovecot', args, { env: cleanEnv({ ...doors, LUA_CPATH: `${cpath};;` }), stdio: 'ignore' });
  const ended = once(server, 'exit');
  const session = new Session(new DapClient(['dap'], doors));
  try {
    assert.match(await answer(ask), /count=1$/m);
    session.begin('dovecot.lua');
    await session.client.request('initialize', initializeArguments);
    const attached = session.client.request('attach', { doorName: 'dovecot' });
    await session.client.event('initialized');
    await session.setBreakpoints(['kept']);
    await session.client.request('configurationDone');
    await attached;
    let answered = await asksUntilStop(session, ask);
    assert.deepEqual(await session.trace(), ['@kept', '@asked']);
    assert.equal((await session.locals()).user, '"me"');
    await session.setBreakpoints([]);
    await session.continue();
    assert.match(await answered(), /count=/);
    for (let i = 0; i < 10; i++) await answer(ask);
    const set = session.setBreakpoints(['kept']);
    answered = await asksUntilStop(session, ask);
    await set;
    const count = Number(await session.evaluate('#kept')), { live } = await session.lineAt('keep');
    assert.ok(count > 10);
    assert.equal(live, listOfTables(count) - TABLE - VALUE, 'all tables but the first, and the list, which has grown');
    await session.continue();
    assert.match(await answered(), /count=/);
    await session.client.request('disconnect', {});
    assert.match(await answer(ask), /count=/);
  } finally {
    session.kill();
    server.kill();
    await ended;
    folder.remove();
  }
});

// SPDX-License-Identifier: MIT
// Debian 13's HAProxy, debugged.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { cleanEnv, runLuaheat, scratchFolder } from '../programs.mjs';
import { get, HAPROXY, haproxy } from '../real_hosts.mjs';
import { DapClient, patience } from '../session/dap_client.mjs';
import { asksUntil, attach, keepsItsAnswers, realScene } from '../session/real_scene.mjs';
import { Session } from '../session/session.mjs';

/** It serves once its socket is there. */
async function serves(socket) {
  while (!existsSync(socket)) await new Promise((resolve) => { setTimeout(resolve, 5); });
}

realScene('HAProxy is launched, stops in a service and in an action, and its leak has a line', async (start, session, folder) => {
  const { socket, args } = haproxy(folder, 'haproxy.lua', { rules: 'http-request lua.seen' });
  await start('haproxy.lua', { program: undefined, runtimeExecutable: HAPROXY, runtimeArgs: args, stopAt: ['seen', 'answer'] });
  await serves(socket);
  const first = get(socket, '/first');
  await session.stopsAt('seen');
  await session.nextTo('seen_path');
  assert.equal((await session.locals()).path, '"/first"');
  await session.continueTo('answer');
  await keepsItsAnswers(session, socket, first);
});

/** HAProxy with a door, which somebody else has started; visited by sessions, which have all gone at its end. */
function doorScene(name, settings, story) {
  test(name, { timeout: 12 * patience }, async () => {
    const folder = scratchFolder(), doors = { LUAHEAT_DOORS: join(folder.path, 'doors') };
    const { socket, args } = haproxy(folder.path, 'haproxy_door.lua', settings);
    const cpath = runLuaheat(['--cpath']).stdout.trimEnd();
    const server = spawn(HAPROXY, args, { env: cleanEnv({ ...doors, LUA_CPATH: `${cpath};;` }), stdio: 'ignore' });
    const sessions = [];
    const visit = () => {
      const session = new Session(new DapClient(['dap'], doors));
      session.begin('haproxy_door.lua');
      sessions.push(session);
      return session;
    };
    try {
      await serves(socket);
      await story(server, socket, visit);
    } finally {
      for (const session of sessions) session.kill();
      server.kill();
      folder.remove();
    }
  });
}

doorScene('HAProxy that runs is attached to, left, and attached to again', {}, async (server, socket, visit) => {
  assert.equal(await get(socket, '/before'), 'answer to /before');
  for (let round = 0; round < 2; round++) {
    const session = visit();
    await attach(session, server.pid, 'answer');
    const last = await asksUntil(socket, session.stopsAt('answer'));
    assert.equal((await session.locals()).path, '"/again"');
    await session.continue();
    assert.equal(await last(), 'answer to /again');
    await session.client.request('disconnect', {});
    assert.equal(await get(socket, '/after'), 'answer to /after');
  }
});

doorScene('a task of HAProxy stops, though nobody asks', {}, async (server, socket, visit) => {
  const session = visit();
  await attach(session, server.pid, 'beat');
  await session.stopsAt('beat');
  await session.continueTo('beat');
  await session.continue();
  await session.client.request('disconnect', {});
  assert.equal(await get(socket, '/after'), 'answer to /after');
});

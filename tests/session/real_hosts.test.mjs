// SPDX-License-Identifier: MIT
// Debian's lighttpd and Prosody, debugged.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { cleanEnv, luaheat, runLuaheat, sanitizer, scratchFolder } from '../programs.mjs';
import { get, LIGHTTPD, lighttpd, prosody } from '../real_hosts.mjs';
import { DapClient, patience } from './dap_client.mjs';
import { asksUntil, attach, keepsItsAnswers, listOfTables, realScene } from './real_scene.mjs';
import { Session } from './session.mjs';

realScene('lighttpd is launched, stops in a request, and its leak has a line', async (start, session, folder) => {
  const { socket, args, started } = lighttpd(folder);
  await start('lighttpd.lua', { program: undefined, runtimeExecutable: LIGHTTPD, runtimeArgs: args, stopAt: ['answer'] });
  await session.prints(started, 'stderr');
  const first = get(socket, '/first');
  await session.stopsAt('answer');
  await keepsItsAnswers(session, socket, first);
});

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
  assert.equal(growth, listOfTables(100), 'a hundred tables of one value, and a list with room for 128');
  assert.ok(allocations >= 200);
  await session.continue();
  await session.prints(/kept 100/);
});

if (sanitizer === undefined) {
  test('lighttpd is measured, and who holds what its line has allocated is told when it closes its state', async () => {
    const folder = scratchFolder(), file = join(folder.path, 'report.json'), { socket, args, started } = lighttpd(folder.path);
    const place = `${fixturePath('lighttpd.lua')}:${lineOf('lighttpd.lua', 'keep')}`;
    const server = spawn(luaheat, ['run', '--format', 'json', '-o', file, '--why', place, '--host', '--', LIGHTTPD, ...args],
      { env: cleanEnv(), stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      await new Promise((resolve) => server.stderr.on('data', (text) => { if (started.test(text)) resolve(); }));
      for (const path of ['/1', '/2', '/3', '/4']) await get(socket, path);
      server.kill();
      await once(server, 'close');
      const { answer } = JSON.parse(readFileSync(file, 'utf8')).why;
      assert.equal(answer.at, 'end');
      assert.deepEqual([answer.live, answer.reached], [listOfTables(4), listOfTables(4)]);
      assert.equal(answer.shapes[0].count, 4);
      assert.match(answer.shapes[0].text, /kept.*\[\*\]$/);
    } finally {
      server.kill('SIGKILL');
      folder.remove();
    }
  });
}

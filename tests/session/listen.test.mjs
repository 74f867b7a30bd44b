// SPDX-License-Identifier: MIT
// `luaheat dap --listen`: sessions over TCP and Unix sockets, one after the other and at once, and the server's own end.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';

import { runLuaheat, scratchFolder } from '../programs.mjs';
import { Server, serves } from './listening.mjs';
import { isGone } from './session.mjs';

const scratch = (...more) => (folder) => ['--listen', join(folder, 'door'), ...more];

serves('a session over TCP, and the next one', ['--listen', '0'], async (server) => {
  assert.deepEqual(Object.keys(server.place), ['host', 'port']);
  assert.equal(server.place.host, '127.0.0.1');
  await server.isServing();
  await server.isServing({ memory: 'off' });
  await server.hasNoChildren();
  assert.equal(server.told, '');
});

serves('a session over IPv6', ['--listen', '[::1]:0'], async (server) => {
  assert.equal(server.place.host, '::1');
  await server.isServing();
});

serves('a session over a Unix socket that is our user\'s alone', scratch(), async (server, folder) => {
  assert.deepEqual(server.place, { path: join(folder, 'door') });
  assert.equal(statSync(server.place.path).mode & 0o777, 0o600);
  await server.isServing();
  await server.end();
  assert.ok(!existsSync(server.place.path), 'it is taken away');
});

serves('two sessions at once: one that is stopped does not hinder the other', ['--listen', '0'], async (server) => {
  const first = await server.comes().start('steps.lua', { stopAt: ['start'] });
  await first.stopsAt('start');
  await server.isServing();
  await first.nextTo('over_recursion');
  await first.continueToEnd();
  await first.close();
});

serves('--once: ends with its first session, whoever has knocked before', ['--listen', '0', '--once'], async (server) => {
  (await server.connects()).hangUp();
  const silent = await server.connects();
  await server.isServing();
  assert.deepEqual(await server.ended(), { code: 0, signal: null });
  await silent.closed;
});

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  serves(`${signal} ends the server with its sessions and their programs`, ['--listen', '0'], async (server) => {
    const session = await server.comes().start('steps.lua', { stopAt: ['start'] });
    await session.stopsAt('start');
    const silent = await server.connects();
    await server.end(signal);
    await isGone(session.pid);
    assert.equal((await session.client.ended()).signal, null);
    await silent.closed;
  });
}

test('a signal reaches sessions that have just begun', async () => {
  await inScratch(async (folder) => {
    for (let i = 0; i < 10; i++) {
      const server = new Server(['--listen', join(folder, 'door')]);
      await server.listens();
      await Promise.all(Array.from({ length: 8 }, () => server.connects()));
      await server.end();
      server.kill();
    }
  });
});

serves('a session that is killed is nobody else\'s end', ['--listen', '0'], async (server) => {
  const session = await server.comes().start('steps.lua', { stopAt: ['start'] });
  await session.stopsAt('start');
  process.kill(server.children[0], 'SIGKILL');
  await session.client.ended();
  await isGone(session.pid);
  await server.isServing();
});

serves('a client that vanishes takes its program with it', ['--listen', '0'], async (server) => {
  const session = await server.comes().start('steps.lua', { stopAt: ['start'] });
  await session.stopsAt('start');
  session.client.kill();
  await isGone(session.pid);
  await server.hasNoChildren();
});

serves('a response and its event are one packet', ['--listen', '0'], async (server) => {
  const caller = await server.connects();
  await caller.initialize();
  await caller.until(() => caller.messages.length === 2);
  assert.equal(caller.chunks.length, 1);
});

serves('what was said last arrives, whatever the client still says', ['--listen', '0'], async (server) => {
  const caller = await server.connects();
  await caller.initialize();
  const seq = caller.send('disconnect');
  for (let i = 0; i < 1000; i++) caller.send('threads');
  await caller.closed;
  assert.ok(caller.messages.some(({ request_seq, success }) => request_seq === seq && success));
});

test('a socket that a server has left behind gives way', async () => {
  await inScratch(async (folder) => {
    const path = join(folder, 'door');
    const dead = new Server(['--listen', path]);
    await dead.listens();
    dead.kill();
    await dead.ended();
    assert.ok(existsSync(path));
    const server = new Server(['--listen', path]);
    await server.listens();
    await server.isServing();
    await server.end();
  });
});

test('what else stands at the path does not give way', async () => {
  await inScratch(async (folder) => {
    const file = join(folder, 'file'), socket = join(folder, 'socket');
    writeFileSync(file, 'precious');
    refusedWith(['--listen', file], 1, /^luaheat: cannot listen at .*: something else is there, no socket$/m);
    assert.equal(readFileSync(file, 'utf8'), 'precious');
    const other = createServer().listen(socket);
    await once(other, 'listening');
    refusedWith(['--listen', socket], 1, /another program does/);
    other.close();
    await once(other, 'close');
  });
});

async function inScratch(callback) {
  const folder = scratchFolder();
  try {
    await callback(folder.path);
  } finally {
    folder.remove();
  }
}

function refusedWith(args, code, pattern) {
  const { status, stdout, stderr } = runLuaheat(['dap', ...args]);
  assert.equal(status, code, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, pattern);
}

test('what is no address, and what is somebody\'s already', async () => {
  for (const address of ['x', '1.2.3.4', ':1', '127.0.0.1:', '127.0.0.1:70000', '::1:5', '[::1]', '99999', '[]:1', '[::1]:x']) {
    refusedWith(['--listen', address], 2, /^luaheat: --listen takes PORT, HOST:PORT, \[v6\]:PORT or a path/m);
  }
  refusedWith(['--listen', ''], 2, /--listen/);
  refusedWith(['--listen', 'no such host.invalid:0'], 2, /^luaheat: --listen: no address of 'no such host.invalid': /m);
  refusedWith(['--listen', `/${'x'.repeat(200)}`], 2, /at most \d+ bytes/);
  refusedWith(['--listen', '/nowhere/at/all'], 1, /^luaheat: cannot listen at \/nowhere\/at\/all: No such file/m);
  refusedWith(['--once'], 2, /^luaheat: --once is for --listen ADDRESS$/m);
  refusedWith(['--token-file', 'x'], 2, /^luaheat: --token-file is for --listen ADDRESS$/m);
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  refusedWith(['--listen', `${other.address().port}`], 1, /^luaheat: cannot listen at 127.0.0.1:\d+: Address already in use$/m);
  other.close();
});

// SPDX-License-Identifier: MIT
// Who may come in at `luaheat dap --listen`, and that nobody else gets an answer, starts a program or hinders the next.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fixturePath } from '../fixture.mjs';
import { runLuaheat, scratchFolder } from '../programs.mjs';
import { patience } from './dap_client.mjs';
import { frame } from './dap_stream.mjs';
import { admissionMs, serves } from './listening.mjs';
import { initializeArguments } from './session.mjs';

const TOKEN = 'c2VzYW1lIG9wZW4gc2VzYW1l';
const WRONG = 'c2VzYW1lIG9wZW4gc2VzYW1f';
const bearer = (token) => `Authorization: Bearer ${token}\r\n`;

/** The arguments of a server that wants the token, with its log. */
const secretive = (address) => (folder) => {
  const file = join(folder, 'token');
  writeFileSync(file, `${TOKEN}\n`, { mode: 0o600 });
  return ['--listen', address, '--token-file', file, '--log', join(folder, 'log')];
};

/** A launch that would leave a file behind. */
function traceful(folder) {
  const trace = join(folder, 'trace');
  const program = join(folder, 'trace.lua');
  writeFileSync(program, `io.open(${JSON.stringify(trace)}, "w"):close()\n`);
  return { launch: { program }, hasRun: () => existsSync(trace) };
}

const refusal = (response) => {
  assert.equal(response.success, false);
  return response.body.error;
};

/* ---- the token ---- */

serves('with the token in a launch', secretive('0'), async (server) => {
  await server.isServing({ token: TOKEN });
  await server.isServing({ token: TOKEN });
});

for (const [where, args, headers] of [
  ['in initialize', { token: TOKEN }, ''],
  ['in a header line', {}, bearer(TOKEN)],
  ['in a header line, spelled otherwise', {}, `authorization:bearer ${TOKEN} \n`],
]) {
  serves(`with the token ${where}`, secretive('0'), async (server, folder) => {
    const { launch, hasRun } = traceful(folder);
    const caller = await server.connects();
    assert.ok((await caller.initialize(args, headers)).success);
    await caller.until(() => caller.messages.some(({ event }) => event === 'initialized'));
    caller.send('launch', launch);
    await caller.ask('configurationDone');
    await caller.until(() => caller.messages.some(({ event }) => event === 'terminated'));
    assert.ok(hasRun());
  });
}

serves('the event initialized waits for the token', secretive('0'), async (server) => {
  const caller = await server.connects();
  const { success, body } = await caller.initialize();
  assert.ok(success && body.supportsConfigurationDoneRequest);
  const seq = caller.send('launch', { program: fixturePath('loops.lua'), token: TOKEN });
  await caller.until(() => caller.messages.length >= 2);
  assert.equal(caller.messages[1].event, 'initialized');
  await caller.ask('configurationDone');
  await caller.until(() => caller.messages.some(({ request_seq }) => request_seq === seq));
});

for (const [name, args, headers, words] of [
  ['no token', {}, '', /lets in only who has its token.*'token' in the configuration/],
  ['a wrong token', { token: WRONG }, '', /not the one/],
  ['the start of the token', { token: TOKEN.slice(0, -1) }, '', /not the one/],
  ['the token and more', { token: `${TOKEN}${TOKEN}` }, '', /not the one/],
  ['an empty token', { token: '' }, '', /not the one/],
  ['a token that is no text', { token: 5 }, '', /lets in only/],
  ['a wrong token in a header line, and the right one', { token: TOKEN }, bearer(WRONG), /not the one/],
  ['another kind of authorization', { token: TOKEN }, `Authorization: Basic ${TOKEN}\r\n`, /not the one/],
]) {
  for (const command of ['launch', 'attach']) {
    serves(`${command} with ${name} is refused, and that is all`, secretive('0'), async (server, folder) => {
      const { launch, hasRun } = traceful(folder);
      const caller = await server.connects();
      await caller.initialize();
      const error = refusal(await caller.ask(command, { ...launch, ...args }, headers));
      assert.equal(error.id, 2020);
      assert.ok(error.showUser);
      assert.match(error.format, words);
      await caller.closed;
      assert.equal(caller.messages.length, 2);
      assert.ok(!hasRun());
      await server.isServing({ token: TOKEN });
    });
  }
}

for (const args of [{ token: WRONG }, { token: '' }]) {
  serves(`initialize with ${JSON.stringify(args)} ends the connection`, secretive('0'), async (server) => {
    const caller = await server.connects();
    assert.equal(refusal(await caller.initialize(args)).id, 2020);
    await caller.closed;
    assert.equal(caller.messages.length, 1);
  });
}

for (const command of ['setBreakpoints', 'configurationDone', 'evaluate', 'threads', 'luaheat/export', 'restart', 'no such thing']) {
  serves(`${command} before the token ends the connection`, secretive('0'), async (server) => {
    const caller = await server.connects();
    await caller.initialize();
    assert.equal(refusal(await caller.ask(command)).id, 2020);
    await caller.closed;
    assert.equal(caller.messages.length, 2);
  });
}

serves('who has no token may still say goodbye', secretive('0'), async (server) => {
  const caller = await server.connects();
  await caller.initialize();
  assert.ok((await caller.ask('disconnect')).success);
  await caller.closed;
});

serves('the token stands in no log, no command line and no environment', secretive('0'), async (server, folder) => {
  const session = await server.comes().start('steps.lua', { stopAt: ['start'], token: TOKEN });
  await session.stopsAt('start');
  const stranger = await server.connects();
  await stranger.initialize({ token: WRONG });
  const seen = [server.pid, ...server.children, session.pid].flatMap((pid) =>
    ['cmdline', 'environ'].map((name) => readFileSync(`/proc/${pid}/${name}`, 'latin1')));
  await session.continueToEnd();
  await session.close();
  const log = readFileSync(join(folder, 'log'), 'utf8');
  assert.match(log, /^\S+ #\d+ dap -> .*"command":"launch".*"token":"\*\*\*"/m);
  for (const text of [...seen, log, server.stderr, server.stdout]) {
    assert.ok(!text.includes(TOKEN) && !text.includes(WRONG), text);
  }
});

serves('an address beyond this machine, with the token', secretive('0.0.0.0:0'), async (server) => {
  assert.equal(server.place.host, '0.0.0.0');
  await server.isServing({ token: TOKEN });
  const caller = await server.connects();
  await caller.initialize();
  assert.equal(refusal(await caller.ask('launch', { program: fixturePath('loops.lua') })).id, 2020);
});

test('an address beyond this machine is nothing without a token', () => {
  for (const address of ['0.0.0.0:0', '[::]:0', '[::ffff:0.0.0.0]:0']) {
    const { status, stdout, stderr } = runLuaheat(['dap', '--listen', address]);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^luaheat: --listen .*: whoever reaches this address .* --token-file FILE/);
  }
});

test('a token must be a secret', () => {
  const folder = scratchFolder();
  const write = (name, text, mode = 0o600) => {
    writeFileSync(join(folder.path, name), text, { mode });
    chmodSync(join(folder.path, name), mode);
    return name;
  };
  mkdirSync(join(folder.path, 'folder'), { mode: 0o700 });
  const foreign = write('foreign', TOKEN);
  const isRoot = process.getuid() === 0;
  if (isRoot) spawnSync('chown', ['65534', join(folder.path, foreign)]);
  const cases = [
    [write('group', TOKEN, 0o640), /others may open the file \(mode 640\)/],
    [write('world', TOKEN, 0o604), /others may open the file \(mode 604\)/],
    [write('short', 'abc'), /has less than 16 characters/],
    [write('empty', ''), /has less than 16 characters/],
    [write('blank', `\n${TOKEN}`), /has less than 16 characters/],
    [write('long', 'x'.repeat(2000)), /has more than 1024 characters/],
    [write('words', 'correct horse battery staple'), /holds a blank/],
    ['folder', /that is no file/],
    ['missing', /No such file/],
    ...(isRoot ? [[foreign, /another user's/]] : []),
  ];
  for (const [name, words] of cases) {
    const { status, stderr } = runLuaheat(['dap', '--listen', '0', '--token-file', join(folder.path, name)]);
    assert.equal(status, 2, stderr);
    assert.match(stderr, words);
    assert.ok(!stderr.includes(TOKEN) && !stderr.includes('horse'));
  }
  folder.remove();
});

/* ---- browsers ---- */

const message = frame({ seq: 1, type: 'request', command: 'initialize', arguments: initializeArguments }).toString();

for (const [name, text] of [
  ['a request of a page', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['a form that holds a message', `POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\r\n${message}`],
  ['a form whose length is that of a message', `POST / HTTP/1.1\r\nHost: x\r\n${message}`],
  ['a WebSocket', 'GET / HTTP/1.1\r\nUpgrade: websocket\r\nOrigin: http://evil.example\r\n\r\n'],
  ['an origin', `Origin: http://evil.example\r\n${message}`],
  ['an origin, in small letters', message.replace('\r\n', '\r\norigin: null\r\n')],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n'],
  ['a message that is no request', frame({ seq: 1, type: 'event', event: 'x' })],
  ['what is no JSON', 'Content-Length: 5\r\n\r\nhello'],
  ['a message of 2 GB', 'Content-Length: 2000000000\r\n\r\n'],
  ['a header that never ends', 'X: y\r\n'.repeat(3000)],
  ['a line that never ends', 'x'.repeat(100_000)],
]) {
  for (const address of ['0', 'path']) {
    serves(`${name} gets no answer at ${address}`, (folder) => ['--listen', address === '0' ? '0' : join(folder, 'path')],
      async (server, folder) => {
        const { launch, hasRun } = traceful(folder);
        const caller = await server.connects();
        caller.write(text);
        caller.send('initialize', initializeArguments);
        caller.send('launch', launch);
        caller.send('configurationDone');
        await caller.closed;
        assert.equal(caller.bytes, '');
        assert.ok(!hasRun());
        await server.isServing();
      });
  }
}

serves('a browser does not get in with a token either', secretive('0'), async (server) => {
  const caller = await server.connects();
  caller.send('initialize', initializeArguments, `${bearer(TOKEN)}Origin: http://localhost\r\n`);
  await caller.closed;
  assert.equal(caller.bytes, '');
});

/* ---- those who hold a connection ---- */

serves('the first request must be initialize', ['--listen', '0'], async (server) => {
  const caller = await server.connects();
  assert.equal(refusal(await caller.ask('launch', { program: fixturePath('loops.lua') })).id, 2020);
  await caller.closed;
});

serves('who says nothing, or a byte now and then, is given up', ['--listen', '0'], async (server) => {
  const began = performance.now();
  const silent = await server.connects();
  const slow = await server.connects();
  const dripping = setInterval(() => slow.write('C'), 100);
  await server.isServing();
  await Promise.all([silent.closed, slow.closed]);
  clearInterval(dripping);
  const took = performance.now() - began;
  assert.ok(took > admissionMs - 100 && took < admissionMs + patience, `${took} ms`);
  assert.equal(silent.bytes + slow.bytes, '');
  await server.hasNoChildren();
});

serves('who has been let in has all the time', ['--listen', '0'], async (server) => {
  const session = await server.comes().start('steps.lua', { stopAt: ['start'] });
  await session.stopsAt('start');
  const silent = await server.connects();
  await silent.closed; // as long as that takes
  await session.continueToEnd();
  await session.close();
});

serves('many who say nothing give way', secretive('0'), async (server) => {
  const silent = [];
  for (let i = 0; i < 40; i++) silent.push(await server.connects());
  await server.isServing({ token: TOKEN });
  await Promise.all(silent.slice(0, 25).map((one) => one.closed));
  assert.equal(silent.filter(({ isClosed }) => !isClosed).length, 16 - 1); // and one was who had the token
});

serves('a scan of ports, and messages that are cut anywhere', ['--listen', '0'], async (server) => {
  for (let i = 0; i < 100; i++) (await server.connects()).hangUp();
  for (let size = 1; size < message.length; size += 7) {
    const caller = await server.connects();
    caller.write(message.slice(0, size));
    caller.end();
    await caller.closed;
    assert.equal(caller.bytes, '');
  }
  await server.isServing();
  await server.hasNoChildren();
});

serves('a client that never reads hinders nobody, and needs no memory without end', ['--listen', '0'], async (server) => {
  const deaf = await server.connects();
  await deaf.initialize();
  deaf.pause();
  const [child] = server.children;
  const args = { source: { path: fixturePath('loops.lua') }, breakpoints: Array.from({ length: 2000 }, (_, line) => ({ line: line + 1 })) };
  for (let i = 0; i < 2000; i++) deaf.send('setBreakpoints', args);
  await server.isServing();
  const size = Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${child}/status`, 'utf8'))[1]);
  assert.ok(size < 600_000, `${size} kB`);
  deaf.hangUp();
  await server.hasNoChildren();
});

serves('there is an end to sessions, which is told', ['--listen', '0'], async (server) => {
  const callers = [];
  for (let i = 0; i < 32; i++) {
    callers.push(await server.connects());
    assert.ok((await callers[i].initialize()).success);
  }
  const late = await server.connects();
  const error = refusal(await late.initialize());
  assert.equal(error.id, 2020);
  assert.match(error.format, /too many sessions/);
  await late.closed;
  callers[0].hangUp();
  while (server.children.length > 31) await new Promise((resolve) => { setTimeout(resolve, 5); });
  await server.isServing();
});

/* ---- other users ---- */

const asNobody = { skip: process.getuid() !== 0 && 'only root can be another user' };

/** What another user hears who says hello there. */
async function heardByNobody(place) {
  const script = `
    const socket = require('node:net').connect(${JSON.stringify(place)});
    socket.on('connect', () => socket.write(${JSON.stringify(message)}));
    socket.on('data', (bytes) => { process.stdout.write(bytes); socket.end(); });
    socket.on('error', (error) => console.error(error.code));
    socket.on('close', () => console.error('closed'));`;
  const child = spawn(process.execPath, ['-e', script], { uid: 65534, gid: 65534, cwd: '/' });
  const heard = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].on('data', (bytes) => { heard[name] += bytes; });
  await once(child, 'close');
  return heard;
}

const others = (name, args, story) => (asNobody.skip ? test(name, asNobody, () => {}) : serves(name, args, story));

others('another user of this machine is refused at a port', ['--listen', '0'], async (server) => {
  assert.equal((await heardByNobody(server.place)).stdout, '');
  assert.match(server.told, /^luaheat: a connection \(127.0.0.1:\d+\) was refused: not of this user\n/);
  await server.isServing();
});

others('another user is refused at a Unix socket by its mode', (folder) => ['--listen', join(folder, 'path')], async (server, folder) => {
  chmodSync(folder, 0o755);
  const { stdout, stderr } = await heardByNobody(server.place);
  assert.equal(stdout, '');
  assert.match(stderr, /EACCES/);
});

others('and by who he is', (folder) => ['--listen', join(folder, 'path')], async (server, folder) => {
  chmodSync(folder, 0o755);
  chmodSync(server.place.path, 0o666);
  assert.equal((await heardByNobody(server.place)).stdout, '');
  assert.match(server.told, /was refused: not of this user\n/);
  await server.isServing();
});

others('another user who has the token is let in', secretive('0'), async (server) => {
  const { stdout } = await heardByNobody(server.place);
  assert.match(stdout, /"command":"initialize"/);
});

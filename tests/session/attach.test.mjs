// SPDX-License-Identifier: MIT
// The adapter's side of attaching: by which door, how long it waits, what it says, and how it goes again.

import assert from 'node:assert/strict';
import { chmodSync, existsSync, rmSync } from 'node:fs';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { DapClient, patience } from './dap_client.mjs';
import { comeTo, DoorFolder, leaveStaleSocket } from './fake_door.mjs';
import { initializeArguments } from './session.mjs';

/** A test with a folder of doors and a client, which is initialized; both must end well. */
function attaching(name, story, features = {}) {
  test(name, { timeout: 6 * patience }, async () => {
    const doors = new DoorFolder();
    const client = new DapClient(['dap'], doors.env);
    try {
      await client.request('initialize', { ...initializeArguments, ...features });
      await client.event('initialized');
      await story(client, doors);
      if (client.isRunning) client.closeInput();
      assert.deepEqual(await client.ended(), { code: 0, signal: null });
      client.assertClean();
      assert.equal(client.stderr, '');
    } finally {
      client.kill();
      doors.remove();
    }
  });
}

const says = (client, pattern) => client.until(`console ${pattern}`, () => pattern.test(client.output('console') + client.output('important')));

/** Sends it; it is awaited later. */
function attach(client, args) {
  const answer = client.request('attach', args);
  answer.catch(() => {});
  return answer;
}

async function attached(client, doors, args = {}) {
  const door = await doors.open('one', {});
  const socket = door.path;
  const answer = attach(client, { socket, memory: 'off', ...args });
  await client.request('configurationDone');
  const runtime = await door.meets();
  runtime.ready();
  await runtime.asked('configurationDone');
  await answer;
  await client.event('process');
  return { door, runtime, socket };
}

async function refusedWith(client, args, pattern) {
  const refused = await client.refusal('attach', args);
  assert.equal(refused.error.id, 2007);
  assert.match(refused.error.format, pattern);
  assert.ok(refused.error.showUser);
  await client.event('terminated');
}

// ---- What is said. ----

attaching('it is greeted with what it needs, and told nothing before it is ready', async (client, doors) => {
  const door = await doors.open('one', { name: 'worker' });
  const socket = door.path;
  await client.request('setBreakpoints', { source: { path: fixturePath('steps.lua') }, breakpoints: [{ line: lineOf('steps.lua', 'recurse_call') }] });
  const answer = attach(client, { socket });
  await client.request('configurationDone');
  const runtime = await door.meets();
  assert.deepEqual(runtime.greeting.descriptors, ['bell', 'life', 'figures']);
  assert.equal(typeof runtime.greeting.version, 'string');
  assert.deepEqual(runtime.requests, []);
  runtime.ready();
  await runtime.asked('configurationDone');
  const commands = runtime.requests.map(({ command }) => command);
  assert.ok(commands.indexOf('setBreakpoints') < commands.indexOf('configurationDone'), commands.join());
  await answer;
  const program = await client.event('process');
  assert.equal(program.name, 'worker');
  assert.equal(program.startMethod, 'attach');
  assert.equal(program.systemProcessId, process.pid);
  assert.deepEqual((await client.request('threads')).threads, [{ id: 1, name: 'main' }]);
  await client.request('disconnect', {});
});

attaching('with memory off there are no figures for it', async (client, doors) => {
  const { runtime } = await attached(client, doors);
  assert.deepEqual(runtime.greeting.descriptors, ['bell', 'life']);
  await client.request('disconnect', {});
});

attaching('stopOnEntry stops it at its next line', async (client, doors) => {
  const { runtime } = await attached(client, doors, { stopOnEntry: true });
  assert.equal((await runtime.asked('configurationDone')).arguments.stopOnEntry, true);
  await client.request('disconnect', {});
});

// ---- How it goes. ----

attaching('disconnect lets it go, and says so when that is done', async (client, doors) => {
  const { runtime } = await attached(client, doors);
  let detached = false;
  runtime.answer = ({ command }) => {
    detached ||= command === 'detach';
    return {};
  };
  await client.request('disconnect', {});
  assert.ok(detached);
});

attaching('one that does not answer is let go all the same', async (client, doors) => {
  const { runtime } = await attached(client, doors);
  runtime.answer = () => undefined;
  await client.request('disconnect', {});
  await runtime.until(() => runtime.closed);
});

attaching('a client that has gone lets it go', async (client, doors) => {
  const { runtime } = await attached(client, doors);
  client.closeInput();
  await runtime.asked('detach');
  await runtime.until(() => runtime.closed);
});

attaching('the end of the link is the end', async (client, doors) => {
  const { runtime } = await attached(client, doors);
  runtime.end();
  await client.event('terminated');
  assert.match(client.output('console'), /has closed its door: it runs on/); // this process is
  assert.equal(client.messages.filter(({ event }) => event === 'exited').length, 0);
});

attaching('when it has gone it is waited for, and attached to again with what was set', async (client, doors) => {
  await client.request('setBreakpoints', { source: { path: '/x.lua' }, breakpoints: [{ line: 3 }] });
  const { runtime, door } = await attached(client, doors, { restart: true });
  runtime.end();
  const again = await door.meets();
  again.ready();
  await again.asked('configurationDone');
  assert.ok(again.requests.some(({ command, arguments: args }) => command === 'setBreakpoints' && args.source.path === '/x.lua'));
  await client.event('process');
  await client.request('disconnect', {});
});

attaching('a restart attaches anew', async (client, doors) => {
  const { door } = await attached(client, doors);
  const answer = client.request('restart', {});
  const again = await door.meets();
  again.ready();
  await again.asked('configurationDone');
  await answer;
  await client.request('disconnect', {});
});

// ---- One that runs no Lua. ----

attaching('one that runs no Lua code now is attached to, and told later', async (client, doors) => {
  const door = await doors.open('one', {});
  const socket = door.path;
  const answer = attach(client, { socket, memory: 'off' });
  await client.request('configurationDone');
  const runtime = await door.meets();
  await answer;
  await client.event('process');
  await says(client, /not running Lua code now/);
  const file = fixturePath('steps.lua'), line = lineOf('steps.lua', 'recurse_call');
  const { breakpoints: [breakpoint] } = await client.request('setBreakpoints', { source: { path: file }, breakpoints: [{ line }] });
  assert.equal(breakpoint.line, line);
  assert.equal(breakpoint.verified, true);
  await client.request('pause', { threadId: 1 });
  assert.match((await client.refusal('luaheat/collect', {})).error.format, /not running Lua code now/);
  assert.deepEqual(await client.request('loadedSources', {}), { sources: [] });
  assert.equal((await client.refusal('evaluate', { expression: '1' })).word, 'notStopped');
  assert.deepEqual(runtime.requests, []);
  runtime.ready();
  await runtime.asked('pause');
  assert.ok(runtime.requests.some(({ command }) => command === 'setBreakpoints'));
  await client.request('disconnect', {});
});

attaching('breakpoints of before that are verified from their file, and moved to where code is', async (client, doors) => {
  const file = fixturePath('steps.lua'), line = lineOf('steps.lua', 'recurse_call');
  const { breakpoints } = await client.request('setBreakpoints', { source: { path: file }, breakpoints: [{ line: 1 }, { line }, { line: 100_000 }] });
  const door = await doors.open('one', {});
  const answer = attach(client, { socket: door.path, memory: 'off' });
  await client.request('configurationDone');
  await door.meets();
  await answer;
  const told = [];
  while (told.length < 3) told.push((await client.event('breakpoint')).breakpoint);
  assert.deepEqual(told.map(({ id }) => id), breakpoints.map(({ id }) => id));
  assert.deepEqual(told.map(({ verified }) => verified), [true, true, false]);
  assert.match(told[0].message, /Moved to line \d+: line 1 has no code/);
  assert.equal(told[1].line, line);
  assert.match(told[2].message, /no code at or after line 100000/);
  await client.request('disconnect', {});
});

attaching('one that runs no Lua code any more: nobody is kept waiting', async (client, doors) => {
  const { runtime } = await attached(client, doors);
  runtime.answer = ({ command }) => (command === 'detach' ? {} : undefined); // and this process waits, unless it talks to us
  const file = fixturePath('steps.lua'), line = lineOf('steps.lua', 'recurse_call');
  const { breakpoints: [breakpoint] } = await client.request('setBreakpoints', { source: { path: file }, breakpoints: [{ line }] });
  assert.deepEqual([breakpoint.verified, breakpoint.line], [true, line]);
  const { seq } = await runtime.asked('setBreakpoints');
  runtime.say({ type: 'response', request_seq: seq, success: true, body: { breakpoints: [{ id: breakpoint.id, verified: false, message: 'No' }] } });
  const { breakpoint: told } = await client.event('breakpoint');
  assert.deepEqual([told.id, told.verified, told.message], [breakpoint.id, false, 'No']);
  assert.match((await client.refusal('luaheat/collect', {})).error.format, /not running Lua code now/);
  await runtime.asked('cancel');
  assert.deepEqual(await client.request('loadedSources', {}), { sources: [] });
  await client.request('disconnect', {});
});

attaching('one that turns us away later is told and over', async (client, doors) => {
  const door = await doors.open('one', {});
  const socket = door.path;
  const answer = attach(client, { socket, memory: 'off' });
  await client.request('configurationDone');
  const runtime = await door.meets();
  await answer;
  runtime.event('ready', { pid: process.pid, problem: 'Somebody is attached already' });
  await client.event('terminated');
  assert.match(client.output('important'), /Somebody is attached already/);
});

// ---- Which one, and why not. ----

attaching('by the number of its process, the first of its doors', async (client, doors) => {
  const door = await doors.open('7', {});
  doors.describe('7-2', { name: 'second' });
  const answer = attach(client, { processId: String(process.pid), memory: 'off' });
  await client.request('configurationDone');
  (await door.meets()).ready();
  await answer;
  assert.match(client.output('console'), /'doorName' names another: second at .*7-2\.sock/);
  await client.request('disconnect', {});
});

attaching('by the name of the door', async (client, doors) => {
  doors.describe('1', { name: 'other' });
  const door = await doors.open('2', { name: 'this' });
  const answer = attach(client, { doorName: 'this', memory: 'off' });
  await client.request('configurationDone');
  (await door.meets()).ready();
  await answer;
  await client.request('disconnect', {});
});

attaching('the only one there is, without a word', async (client, doors) => {
  const door = await doors.open('1', {});
  const answer = attach(client, { memory: 'off' });
  await client.request('configurationDone');
  (await door.meets()).ready();
  await answer;
  await client.request('disconnect', {});
});

attaching('of several one must be named', async (client, doors) => {
  doors.describe('1', { name: 'left' });
  doors.describe('2', { name: 'right' });
  await refusedWith(client, {}, /'processId' must say which: \d+ \(left\), \d+ \(right\)/);
});

attaching('one that opens its door later is waited for, and the user sees it', async (client, doors) => {
  const socket = doors.at('late.sock');
  const answer = attach(client, { socket, memory: 'off', timeout: 60_000 });
  await client.request('configurationDone');
  const { progressId, title, message } = await client.event('progressStart');
  assert.equal(title, 'Attaching');
  assert.match(message, /There is no door at/);
  await leaveStaleSocket(socket);
  assert.match((await client.event('progressUpdate')).message, /Nobody is behind the door/);
  rmSync(socket);
  const door = await doors.open('late');
  (await door.meets()).ready();
  assert.equal((await client.event('progressEnd')).progressId, progressId);
  await answer;
  await client.request('disconnect', {});
}, { supportsProgressReporting: true });

attaching('waiting is told to clients without progress too, and can be cancelled', async (client, doors) => {
  const answer = attach(client, { socket: doors.at('never.sock'), timeout: 60_000 });
  const seq = client.lastSeq;
  await says(client, /Waiting: There is no door at/);
  await client.request('cancel', { requestId: seq });
  await assert.rejects(answer, /cancelled/);
  await client.event('terminated');
});

attaching('no door', (client, doors) => refusedWith(client, { socket: doors.at('none.sock'), timeout: 0 },
  /no door at .*require\("luaheat"\)\.listen/));

attaching('no door of a process', (client) => refusedWith(client, { processId: process.pid, timeout: 0 },
  /has opened no door; .*require\("luaheat"\)\.listen/));

attaching('no process of that number', (client) => refusedWith(client, { processId: 2 ** 31 - 2 }, /There is no process 2147483646/));

attaching('a door that somebody is through already', async (client, doors) => {
  const door = await doors.open('one', {});
  const socket = door.path;
  const refused = refusedWith(client, { socket, memory: 'off' }, /Somebody is attached/);
  (await door.meets()).event('ready', { pid: process.pid, problem: 'Somebody is attached' });
  await refused;
});

attaching('one that closes the connection at once', async (client, doors) => {
  const door = await doors.open('one', {});
  const socket = door.path;
  const refused = refusedWith(client, { socket, memory: 'off' }, /closed the connection/);
  (await door.meets()).end();
  await refused;
});

attaching('a folder that others may change is not trusted', (client, doors) => {
  chmodSync(doors.path, 0o770);
  return refusedWith(client, {}, /is not this user's alone/);
});

attaching('what a program left that has ended is removed', async (client, doors) => {
  const socket = doors.at('gone.sock');
  await leaveStaleSocket(socket);
  doors.describe('gone', { pid: 2 ** 31 - 2 });
  await refusedWith(client, { timeout: 0 }, /No program has opened a door/);
  assert.ok(!existsSync(socket));
  assert.ok(!existsSync(doors.at('gone.json')));
});

attaching('wrong attributes are told', async (client) => {
  for (const [args, pattern] of [
    [{ processId: 'seven' }, /'processId' must be the number/],
    [{ processId: 0 }, /'processId' must be the number/],
    [{ socket: 'relative.sock' }, /'socket' must be an absolute path/],
    [{ listen: '/a.sock', socket: '/b.sock' }, /With 'listen'/],
    [{ timeout: -1 }, /'timeout'/],
  ]) {
    const refused = await client.refusal('attach', args);
    assert.equal(refused.error.id, 2002);
    assert.match(refused.error.format, pattern);
  }
});

// ---- It comes to us. ----

attaching('a program that comes to where we listen', async (client, doors) => {
  const path = doors.at('here.sock');
  const answer = attach(client, { listen: path, memory: 'off', timeout: 60_000 });
  await client.request('configurationDone');
  await says(client, /No program has come to .*connect\{path=/);
  const runtime = await comeTo(path);
  runtime.ready();
  await runtime.asked('configurationDone');
  await answer;
  assert.ok(!existsSync(path));
  await client.request('disconnect', {});
});

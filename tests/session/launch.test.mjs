// SPDX-License-Identifier: MIT
// initialize, and what launch takes.

import assert from 'node:assert/strict';
import { dirname } from 'node:path';

import { fixturePath, lineOf } from '../fixture.mjs';
import { initializeArguments, scene, scenes } from './session.mjs';

const folder = dirname(fixturePath('launch.lua'));

async function told(start, session, launch) {
  const program = await start('launch.lua', launch);
  await program.ends();
  const lines = session.client.output('stdout').trimEnd().split('\n');
  return Object.fromEntries(lines.map((line) => {
    const [name, ...values] = line.split('\t');
    return [name, values];
  }));
}

scene('initialize tells what can be done', async (start, { client }) => {
  const capabilities = await client.request('initialize', initializeArguments);
  assert.equal(capabilities.supportsConfigurationDoneRequest, true);
  assert.equal(capabilities.supportsTerminateRequest, true);
  assert.equal(client.messages[0].type, 'response', 'nothing comes before the response');
  await client.event('initialized');
  await client.refusal('initialize', initializeArguments);
});

scene('a program by its name alone', async (start, session) => {
  const { arg, LUAHEAT_LINK, LUAHEAT_FIGURES } = await told(start, session);
  assert.deepEqual(arg, [fixturePath('launch.lua')]);
  assert.deepEqual([LUAHEAT_LINK, LUAHEAT_FIGURES], [['nil'], ['nil']], 'nothing of ours in its environment');
});

scenes('args', async (start, session) => {
  const args = ['a', 'b c', '', '-o', '--', 'ä"\'$x'];
  const { arg } = await told(start, session, { args });
  assert.deepEqual(arg, [fixturePath('launch.lua'), ...args]);
});

scene('cwd', async (start, session) => {
  const { cwd } = await told(start, session, { cwd: '/' });
  assert.deepEqual(cwd, ['/']);
});

scene('a relative program is found from cwd', async (start, session) => {
  const { arg, cwd } = await told(start, session, { program: 'launch.lua', cwd: folder });
  assert.deepEqual(cwd, [folder]);
  assert.match(arg[0], /launch\.lua$/);
});

scene('env adds, changes, and removes with null', async (start, session) => {
  const { ADDED, HOME, REMOVED, PATH } = await told(start, session, {
    env: { ADDED: 'a value = with "signs"', HOME: null, REMOVED: null },
  });
  assert.deepEqual(ADDED, ['a value = with "signs"']);
  assert.deepEqual(HOME, ['nil']);
  assert.deepEqual(REMOVED, ['nil']);
  assert.deepEqual(PATH, [process.env.PATH], 'the rest is ours');
});

scene('luaPath and luaCPath', async (start, session) => {
  const { path, cpath } = await told(start, session, { luaPath: '/my/?.lua;;', luaCPath: '/my/?.so' });
  assert.match(path[0], /^\/my\/\?\.lua;.+/, '";;" stands for the default path');
  assert.deepEqual(cpath, ['/my/?.so']);
});

scene('luaPath as a list', async (start, session) => {
  const { path } = await told(start, session, { luaPath: ['/one/?.lua', '/two/?.lua'] });
  assert.deepEqual(path, ['/one/?.lua;/two/?.lua']);
});

scene('luaPath finds a module', async (start) => {
  const program = await start('requires.lua', { cwd: '/', luaPath: `${fixturePath('lib')}/?.lua` });
  await program.ends();
});

scenes('stopOnEntry stops before the first line', async (start) => {
  const program = await start('loops.lua', { stopOnEntry: true });
  await program.stopsAt('entry', 'entry');
  await program.continueToEnd();
});

scene('stopOnEntry and a breakpoint there stop once', async (start) => {
  const program = await start('breakpoints.lua', { stopOnEntry: true, stopAt: ['first'] });
  await program.stops();
  await program.continueToEnd();
});

scene('noDebug runs without stopping', async (start, session) => {
  const program = await start('launch.lua', { noDebug: true, stopOnEntry: true, stopAt: ['done'] });
  await program.ends();
  assert.match(session.client.output('stdout'), /^hook\tnil$/m);
});

scene('with memory off there are no figures, and luaheat/lines says so', async (start, { client }) => {
  const program = await start('breakpoints.lua', { memory: 'off', stopAt: ['first'] });
  await program.stopsAt('first');
  const refused = await client.refusal('luaheat/lines');
  assert.match(refused.error.format, /memory/i);
  assert.ok(!(await program.scopes()).some((scope) => scope.name === 'Memory'));
  await program.continueToEnd();
});

scenes('the program sees no hook of ours', async (start, session) => {
  const { hook } = await told(start, session, {});
  assert.deepEqual(hook, ['nil']);
});

scene('event process tells name and pid', async (start, { client }) => {
  const program = await start('stack.lua', { stopOnEntry: true });
  await program.stops('entry');
  const { body } = client.messages.find((message) => message.event === 'process');
  assert.match(body.name, /stack\.lua/);
  assert.equal(body.startMethod, 'launch');
  process.kill(body.systemProcessId, 0);
});

scene('lines may start at 0', async (start, session) => {
  const { client } = session;
  await client.request('initialize', { ...initializeArguments, linesStartAt1: false });
  await client.event('initialized');
  const path = fixturePath('breakpoints.lua');
  const launched = client.request('launch', { program: path });
  const { breakpoints } = await client.request('setBreakpoints', {
    source: { path }, breakpoints: [{ line: lineOf('breakpoints.lua', 'comment') - 1 }],
  });
  await client.request('configurationDone');
  await launched;
  const { threadId } = await client.event('stopped');
  assert.equal(session.settled(breakpoints)[0].line, lineOf('breakpoints.lua', 'first') - 1);
  const { stackFrames } = await client.request('stackTrace', { threadId });
  assert.equal(stackFrames[0].line, lineOf('breakpoints.lua', 'first') - 1);
});

scene('configurationDone before launch is fine', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  await client.event('initialized');
  await client.request('configurationDone').catch(() => {});
  await client.request('launch', { program: fixturePath('loops.lua') });
  await client.event('terminated');
});

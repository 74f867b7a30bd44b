// SPDX-License-Identifier: MIT
// What a configuration says that nobody knows is told, not ignored.

import assert from 'node:assert/strict';

import { fixturePath } from '../fixture.mjs';
import { initializeArguments, scene } from './session.mjs';

/** What the user is told of attributes, line by line. */
const told = (client) => client.output('important').split('\n').filter((line) => line.includes('configuration says'));

scene('an attribute that is written wrong is told, with the one that may be meant', async (start, { client }) => {
  const program = await start('loops.lua', { stopAtEntry: true, progam: 'x.lua', Memory: 'off' });
  await program.ends();
  const lines = told(client);
  assert.equal(lines.length, 3);
  assert.match(lines[0], /'stopAtEntry'.*no effect.*'stopOnEntry'\?$/);
  assert.match(lines[1], /'progam'.*'program'\?$/);
  assert.match(lines[2], /'Memory'.*'memory'\?$/);
});

scene('one that is like no other is told without', async (start, { client }) => {
  const program = await start('loops.lua', { sourceMaps: true });
  await program.ends();
  assert.deepEqual(told(client).map((line) => /'sourceMaps'.*no effect$/.test(line)), [true]);
});

scene('what editors add is theirs, and what is known is known', async (start, { client }) => {
  const program = await start('loops.lua', {
    name: 'Launch', type: 'luaheat', request: 'launch', preLaunchTask: 'build', postDebugTask: 'clean', presentation: { hidden: false },
    internalConsoleOptions: 'neverOpen', debugServer: 4711, serverReadyAction: {}, suppressMultipleSessionWarning: true,
    windows: {}, linux: {}, osx: {}, __sessionId: 'x', __configurationTarget: 6, __restart: null, $schema: 'x', unknown: null,
    args: [], cwd: '/', env: {}, stopOnEntry: false, memory: 'exact', memoryLimit: '1GB', measurements: [], warmup: 1, collect: false,
    luaPath: ';;', luaCPath: ';;', console: 'internalConsole', startTimeout: 60000, noDebug: false,
  });
  await program.ends();
  assert.deepEqual(told(client), []);
});

scene('it is told of a launch that is refused, which may be why', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  await client.event('initialized');
  await client.refusal('launch', { script: fixturePath('loops.lua'), programm: fixturePath('loops.lua') });
  await client.until('two lines', () => told(client).length === 2);
  assert.match(told(client)[1], /'programm'.*'program'\?$/);
});

scene('it is told of the arguments of a restart', async (start, { client }) => {
  const program = await start('loops.lua', { stopOnEntry: true });
  await program.stops('entry');
  await client.request('restart', { arguments: { program: fixturePath('loops.lua'), stopsOnEntry: true } });
  await program.ends();
  assert.match(told(client).join(), /'stopsOnEntry'.*'stopOnEntry'\?$/);
});

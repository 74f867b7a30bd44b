// SPDX-License-Identifier: MIT
// A Lua of one's own, which is not luaheat-lua: launched, it is debugged from the first line of its script.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { chmodSync, writeFileSync } from 'node:fs';

import { fixturePath } from '../fixture.mjs';
import { lua, scratchFolder, withSanitizer } from '../programs.mjs';
import { scene, scenes } from './session.mjs';

const stock = { runtimeExecutable: lua, env: withSanitizer() };

scenes('it stops at its first line, and steps', async (start, { client }) => {
  const program = await start('steps.lua', { ...stock, stopOnEntry: true });
  const [top] = await program.stops('entry');
  assert.equal(top.source.path, fixturePath('steps.lua'));
  await program.next();
  const [next] = await program.stops('step');
  assert.ok(next.line > top.line);
  await program.continue();
  assert.equal((await client.event('exited')).exitCode, 0);
});

scenes('it stops at breakpoints, in what is evaluated too', async (start, { client }) => {
  const program = await start('steps.lua', { ...stock, stopAt: ['start'] });
  await program.stopsAt('start');
  assert.equal(await program.evaluate('arg[0]'), JSON.stringify(fixturePath('steps.lua')));
  await program.continue();
  await client.event('exited');
});

scene('behind a script of the shell, as LuaRocks makes them', async (start, { client }) => {
  const folder = scratchFolder();
  try {
    const runtimeExecutable = join(folder.path, 'wrapper');
    writeFileSync(runtimeExecutable, `#!/bin/sh\nexec "${lua}" -e 'wrapped = true' "$@"\n`);
    chmodSync(runtimeExecutable, 0o755);
    const program = await start('steps.lua', { ...stock, runtimeExecutable, stopAt: ['start'] });
    await program.stopsAt('start');
    assert.equal(await program.evaluate('wrapped'), 'true');
    await program.continue();
    await client.event('exited');
  } finally {
    folder.remove();
  }
});

scene('without debugging it just runs', async (start, { client }) => {
  await start('steps.lua', { ...stock, noDebug: true, stopAt: ['start'] });
  assert.equal((await client.event('exited')).exitCode, 0);
});

scene('its own code may load the debugger, too', async (start, { client }) => {
  const program = await start('under_require.lua', { ...stock, env: { ...stock.env }, runtimeExecutable: 'env', runtimeArgs: ['-u', 'LUA_INIT_5_4', lua], stopAt: ['after'] });
  await program.stopsAt('after');
  await program.continue();
  await client.event('exited');
});

// SPDX-License-Identifier: MIT
// `luaLibrary`: the program on another liblua than luaheat-lua's own.

import assert from 'node:assert/strict';
import { copyFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { fixturePath } from '../fixture.mjs';
import { liblua, modulePath, scratchFolder } from '../programs.mjs';
import { initializeArguments, scene, scenes } from './session.mjs';

/** Whether the program has mapped a file of that name. */
const maps = (name) => `io.open("/proc/self/maps"):read("a"):find("/${name}\\n", 1, true) ~= nil`;

scenes('a program is debugged on the liblua of an absolute path', async (start, session) => {
  await start('steps.lua', { luaLibrary: liblua, stopAt: ['start'] });
  await session.stopsAt('start');
  const { result } = await session.client.request('evaluate', { expression: maps(basename(realpathSync(liblua))), context: 'repl' });
  assert.equal(result, 'true');
  await session.stepIn();
  await session.stops('step');
  await session.continueToEnd();
});

scene('a relative path counts from cwd, and goes for the restart as well', async (start, session) => {
  const folder = scratchFolder();
  try {
    copyFileSync(liblua, join(folder.path, 'mine.so'));
    await start('steps.lua', { luaLibrary: 'mine.so', cwd: folder.path, stopAt: ['start'] });
    for (let run = 0; run < 2; run++) {
      await session.stopsAt('start');
      const { result } = await session.client.request('evaluate', { expression: maps('mine.so'), context: 'repl' });
      assert.equal(result, 'true');
      if (run === 0) await session.client.request('restart');
    }
  } finally {
    folder.remove();
  }
});

const folder = dirname(modulePath);
const wrong = {
  'does not exist': ['nowhere.so', /'luaLibrary' does not exist: \/tmp\/nowhere\.so/],
  'is a folder': ['/tmp', /'luaLibrary' is no file: \/tmp/],
  'is another Lua': [join(folder, 'not_this_lua.so'), /not_this_lua\.so is no Lua 5\.4 that can be loaded: it is Lua 5\.5\.0/],
  'is no library': [fixturePath('steps.lua'), /steps\.lua is no Lua 5\.4 that can be loaded: .*invalid ELF header/],
  'is no text': [7, /'luaLibrary' must be a string/],
};
for (const [what, [luaLibrary, why]] of Object.entries(wrong)) {
  scene(`launch is refused where it ${what}`, async (start, { client }) => {
    await client.request('initialize', initializeArguments);
    await client.event('initialized');
    const refused = client.refusal('launch', { program: fixturePath('steps.lua'), cwd: '/tmp', luaLibrary });
    refused.catch(() => {});
    await client.request('configurationDone').catch(() => {});
    assert.match((await refused).error.format, why);
    assert.equal(client.output('stdout') + client.output('stderr'), '');
  });
}

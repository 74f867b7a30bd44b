// SPDX-License-Identifier: MIT
// The module by LuaRocks.

import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';

import { inScratchFolder, lua, runLua } from '../programs.mjs';
import { filesBelow, folderOfTests, packaging, projectVersion, repository, run } from './tree.mjs';

const scratch = folderOfTests();
const rockspec = packaging('rockspec', [projectVersion, scratch]);
const luarocks = (args, options) => run('luarocks', ['--lua-version', '5.4', ...args], options);

test('its name says its version, and LuaRocks finds nothing wrong in it', () => {
  assert.equal(basename(rockspec), `luaheat-${projectVersion}-1.rockspec`);
  const { status, stderr } = luarocks(['lint', rockspec]);
  assert.equal(status, 0, stderr);
});

test('`luarocks make` builds the module alone, and Lua loads it', () => inScratchFolder((folder) => {
  const sources = join(folder, 'sources');
  for (const part of ['runtime/module', 'runtime/link']) cpSync(join(repository, part), join(sources, part), { recursive: true });
  const tree = join(folder, 'rocks');
  const { status, stdout, stderr } = luarocks(['--tree', tree, 'make', rockspec], { cwd: sources });
  assert.equal(status, 0, stdout + stderr);
  assert.deepEqual(filesBelow(join(tree, 'lib/lua')), ['5.4/luaheat.so']);

  const script = 'package.path = "" local luaheat = require "luaheat" print(luaheat.heap(), luaheat.listen {}, luaheat.measure(math.max, 1, 2))';
  const result = runLua(['-e', script], { env: { LUA_CPATH: join(tree, 'lib/lua/5.4/?.so') } });
  assert.deepEqual([result.stdout, result.stderr], ['nil\tnil\tnil\t2\n', ''], lua);
}));

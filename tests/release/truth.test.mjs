// SPDX-License-Identifier: MIT
// The figures of the Lua inside, which is another release than that of the machine.

import { symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { built, program, runTests, targets, unpacked } from './released.mjs';

const files = ['truth/truth.test.mjs', 'run/same_as_lua.test.mjs'];

for (const target of targets.filter((name) => name === 'linux-x64')) {
  test(`${target}: figures and behaviour are those of that Lua`, (t) => {
    const libraries = join(built(target), 'libraries');
    const lua = program('lua', `LD_LIBRARY_PATH=${libraries}/lib exec bash -c 'exec -a "$0" "$@"' lua5.4 ${libraries}/bin/lua "$@"`);
    const tree = unpacked(target);
    // Beside it are the tests' modules, as in a build folder.
    const luaheat = program('build/adapter/luaheat', `exec ${tree}/bin/luaheat "$@"`);
    symlinkSync(join(built(target), 'build/tests'), join(dirname(luaheat), '../tests'));
    t.diagnostic(`${runTests(files, luaheat, join(tree, 'bin/luaheat-lua'), { LUA: lua })} tests`);
  });
}

// SPDX-License-Identifier: MIT
// The promise is Lua 5.4.0 to 5.4.9, whichever of them this build is of.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';

import { inScratchFolder, libluaTested, luaheat, luaRelease, testsDir } from '../programs.mjs';

const build = dirname(dirname(luaheat));
const runtime = join(testsDir, '../runtime');
const room = /^account\/release\.[ch]$/;

test('the library that is linked is of the release that is compared with', () => {
  const [, release] = /\$LuaVersion: Lua 5\.4\.(\d+)/.exec(readFileSync(libluaTested, 'latin1'));
  assert.equal(Number(release), luaRelease());
});

test('only account/release asks which release it is', () => {
  for (const name of readdirSync(runtime, { recursive: true }).filter((file) => /\.[ch]$/.test(file) && !room.test(file))) {
    assert.doesNotMatch(readFileSync(join(runtime, name), 'utf8'), /LUA_VERSION_RELEASE|LUA_RELEASE|LUA_COPYRIGHT|LUA_IGMARK|lua_(reset|close)thread/, name);
  }
});

/** How the build compiles the interpreter and what asks for the release, as arguments. */
function compilations() {
  return JSON.parse(readFileSync(join(build, 'compile_commands.json'), 'utf8'))
    .filter(({ file }) => /runtime\/(interpreter\/|account\/release\.c$)/.test(file))
    .map(({ command }) => command.split(' ').filter((word) => word !== 'ccache'));
}

const CLOSING = /^LUA_API.*\(lua_(reset|close)thread\).*$\n/gm;

/** The functions that close a coroutine: lua_resetthread takes two states in 5.4.5, then there is another for that. */
function closing(release) {
  const declare = (name, from) => `LUA_API int (${name}) (lua_State *L${from ? ', lua_State *from' : ''});\n`;
  return declare('lua_resetthread', release === 5) + (release >= 6 ? declare('lua_closethread', true) : '');
}

/** A folder with Lua's headers as that release has them where we look: its number, what closes a coroutine, the mark that came with 5.4.7. */
function headersOf(release, folder) {
  const own = compilations()[0].filter((word) => word.startsWith('-I')).map((word) => resolve(build, word.slice(2)))
    .find((include) => existsSync(join(include, 'lua.h')));
  const rewrite = (name, change) => writeFileSync(join(folder, name), change(readFileSync(join(own, name), 'utf8')));
  for (const name of ['lauxlib.h', 'lualib.h']) cpSync(join(own, name), join(folder, name));
  rewrite('lua.h', (text) => text.replace(/(define LUA_VERSION_RELEASE\s+)"\d+"/, `$1"${release}"`)
    .replace(/(define LUA_VERSION_RELEASE_NUM\s.*\+ )\d+/, `$1${release}`)
    .replace(CLOSING, '').replace(/^LUA_API int +\(lua_status\)/m, `${closing(release)}$&`));
  rewrite('luaconf.h', (text) => (release < 7 ? text.replace(/^#define LUA_IGMARK.*$/m, '') : text));
}

for (let release = 0; release <= 9; release++) {
  test(`the interpreter and what asks for the release compile against headers of 5.4.${release}`, () => inScratchFolder((folder) => {
    headersOf(release, folder);
    for (const [compiler, ...options] of compilations()) {
      const { status, stderr } = spawnSync(compiler, [`-I${folder}`, '-fsyntax-only', ...options.slice(0, options.indexOf('-MD')),
        options.at(-1)], { cwd: build, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
    }
  }));
}

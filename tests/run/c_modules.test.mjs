// SPDX-License-Identifier: MIT
// Modules written in C find Lua in the program, and nothing else of it. LUAHEAT_RELEASE is the `luaheat` of a build that has
// Lua inside, which ./dev test makes.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { inScratchFolder, interpreter, measure, runLua, runLuaheat, withModules } from '../programs.mjs';

const release = process.env.LUAHEAT_RELEASE;
const inside = release && join(dirname(release), '../runtime/luaheat-lua');
const interpreters = [interpreter, ...(inside ? [inside] : [])];

/** The names that the file defines for others. */
function exported(file) {
  const { stdout } = spawnSync('nm', ['-D', '--defined-only', file], { encoding: 'utf8' });
  return [...stdout.matchAll(/ [A-Z] (\w+)(@.*)?$/gm)].map(([, name]) => name);
}

/** The liblua that luaheat-lua runs on. */
const library = /liblua\S* => (\S+)/.exec(spawnSync('ldd', [interpreter], { encoding: 'utf8' }).stdout)?.[1] ?? interpreter;

for (const program of interpreters) {
  test(`a module's own functions are its own, whatever the names of ours: ${program}`, () => {
    const code = 'print(require("own_names").called())';
    const plain = runLua(['-e', code], { env: withModules });
    assert.equal(plain.stdout, "the module's\n", plain.stderr);
    const heated = runLuaheat(['run', '-o', '/dev/null', '-'], { env: { ...withModules, LUAHEAT_LUA: program }, input: code });
    assert.deepEqual(heated, plain);
  });

  test(`a module that names a liblua runs on the program's all the same: ${program}`, () => inScratchFolder((folder) => {
    const script = join(folder, 'script.lua');
    writeFileSync(script, 'local block = require("linked").new(1000)\nprint(block ~= nil)\n');
    const { status, stdout, stderr, report } = measure([script], { env: { ...withModules, LUAHEAT_LUA: program } });
    assert.deepEqual([status, stdout, stderr], [0, 'true\n', '']);
    assert.equal(report.heap.uncounted, 1000);
    assert.equal(report.heap.live, report.heap.collector + 1000);
  }));

  test(`what modules see of us is Lua and the figures: ${program}`, () => {
    const names = exported(program).filter((name) => !/^(_|std(in|out|err)$)/.test(name));
    for (const name of names) assert.match(name, /^(lua_|luaL_|luaopen_|luaheat_current_)/);
    assert.equal(names.filter((name) => name.startsWith('luaheat_')).length, 5);
  });
}

if (inside) {
  test('Lua inside is all of Lua', () => {
    const all = exported(library).filter((name) => /^lua(_|L_|open_)/.test(name) && name !== 'luaopen_luaheat');
    assert.ok(all.includes('luaL_openlibs') && all.includes('luaopen_utf8') && all.includes('lua_ident'));
    assert.deepEqual(exported(inside).filter((name) => /^lua(_|L_|open_)/.test(name) && name !== 'luaopen_luaheat').sort(), all.sort());
    assert.doesNotMatch(spawnSync('ldd', [inside], { encoding: 'utf8' }).stdout, /liblua/);
  });
}

// SPDX-License-Identifier: MIT
// What the programs need of the system that they will run on, and what is in them.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { built, output, targets, unpacked } from './released.mjs';

const readelf = (file, ...options) => output(['readelf', '-W', ...options, file]);
const all = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);
const oldest = [2, 31]; // Debian 11, Ubuntu 20.04

const libraries = {
  'linux-x64': ['libc.so.6', 'libm.so.6', 'libdl.so.2', 'libpthread.so.0', 'ld-linux-x86-64.so.2'],
  'linux-arm64': ['libc.so.6', 'libm.so.6', 'libdl.so.2', 'libpthread.so.0', 'ld-linux-aarch64.so.1'],
  'linux-x64-musl': ['libc.so'],
};

const isNewer = ([major, minor]) => major > oldest[0] || (major === oldest[0] && minor > oldest[1]);

/** The functions of Lua's API, by its headers. */
function api(target) {
  const include = join(built(target), 'libraries/include');
  return ['lua.h', 'lauxlib.h', 'lualib.h'].flatMap((name) =>
    all(readFileSync(join(include, name), 'utf8').replace(/\/\*[^]*?\*\//g, ''), /^(?:LUA|LUALIB|LUAMOD)_API [^;]*?\((lua\w+)\)/gm));
}

for (const target of targets) {
  const tree = unpacked(target);
  const compiled = ['bin', 'lib'].flatMap((name) => readdirSync(join(tree, name), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile()).map((entry) => join(entry.path, entry.name));
  const interpreter = join(tree, 'bin/luaheat-lua');
  const module = join(tree, 'lib/lua/5.4/luaheat.so');

  for (const file of compiled) {
    const name = `${target}: ${file.slice(tree.length + 1)}`;

    test(`${name} needs the C library and no other, from anywhere`, () => {
      const needed = all(readelf(file, '-d'), /\(NEEDED\).*\[(.*)\]/g);
      assert.ok(needed.length > 0);
      assert.deepEqual(needed.filter((library) => !libraries[target].includes(library)), []);
      const folders = all(readelf(file, '-d'), /\((?:RPATH|RUNPATH)\).*\[(.*)\]/g).join(':').split(':');
      assert.deepEqual(folders.filter((folder) => folder && !folder.startsWith('$ORIGIN')), []);
    });

    test(`${name} needs no C library newer than glibc ${oldest.join('.')}`, () => {
      const versions = all(readelf(file, '--version-info'), /Name: GLIBC_([\d.]+)/g).map((text) => text.split('.').map(Number));
      assert.equal(versions.length > 0, !target.endsWith('musl'));
      assert.deepEqual(versions.filter(isNewer), []);
    });

    test(`${name} holds no symbols and no trace of where it was built`, () => {
      assert.doesNotMatch(readelf(file, '-S'), /\.symtab|\.debug/);
      assert.ok(!readFileSync(file, 'latin1').includes('/luaheat/once'));
    });
  }

  test(`${target}: modules in C find all of Lua's API in luaheat-lua`, () => {
    const shown = new Set(all(readelf(interpreter, '--dyn-syms'), / (?:GLOBAL|WEAK) +DEFAULT +\d+ (\w+)$/gm));
    const wanted = api(target);
    assert.ok(wanted.length > 150);
    assert.deepEqual(wanted.filter((name) => !shown.has(name)), []);
    assert.deepEqual(all(readelf(module, '--dyn-syms'), / (?:GLOBAL|WEAK) +DEFAULT +\d+ (lua_newstate)$/gm), []);
  });

  test(`${target}: whose work is inside is told`, () => {
    const told = readFileSync(join(tree, 'share/doc/luaheat/THIRD-PARTY'), 'utf8');
    for (const author of ['Lua.org, PUC-Rio', 'libuv project contributors', 'Dave Gamble and cJSON contributors', 'Lloyd Hilaiel', 'Public Software Group', 'Jean-loup Gailly'])
      assert.ok(told.includes(author), author);
  });
}

for (const target of targets.filter((name) => name === 'linux-x64')) test('luaheat --version at once', (t) => {
  const luaheat = join(unpacked(target), 'bin/luaheat');
  const times = Array.from({ length: 20 }, () => {
    const start = process.hrtime.bigint();
    assert.match(output([luaheat, '--version']), /^luaheat [\d.]+ /);
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
  t.diagnostic(`${Math.min(...times).toFixed(1)} ms; ${statSync(luaheat).size} bytes`);
});

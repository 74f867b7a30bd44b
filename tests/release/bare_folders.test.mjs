// SPDX-License-Identifier: MIT
// The archive on systems that have nothing of what it needs: it must bring that along.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { archive, bareSuites, built, debian, inside, output, program, root, runTests, targets, version } from './released.mjs';
import { sampleAsInReadme } from './sample.mjs';

const target = 'linux-x64';
const place = `/opt/luaheat-${version}-${target}`;
const moduleFolders = ['/usr/local/lib/lua/5.4', '/usr/lib/x86_64-linux-gnu/lua/5.4', '/usr/lib64/lua/5.4', '/usr/lib/lua/5.4'];
const sessions = ['stepping', 'breakpoints', 'evaluate', 'lines', 'measure'].map((name) => `session/${name}.test.mjs`);

/** A command with some packages of Debian unpacked, not installed, into its folder. */
const withPackages = (names, command) => `
  cd "$(mktemp -d)" && apt-get update -qq && apt-get download -qq ${names} >&2 </dev/null
  for package in *.deb; do dpkg-deb -x $package .; done
  ${command}
  code=$?; rm -r "$PWD"; exit $code`;

const modulesOfDebian = withPackages('lua-lpeg lua-cjson lua-socket', `
  export LUA_PATH="$PWD/usr/share/lua/5.4/?.lua;;" LUA_CPATH="$PWD/usr/lib/x86_64-linux-gnu/lua/5.4/?.so;;"
  "$@"`);
const usesModules = `
  local lpeg, cjson, socket = require "lpeg", require "cjson", require "socket"
  print(lpeg.match(lpeg.C(lpeg.R "az" ^ 1), "matched 1"), cjson.encode { 1, { two = 3 } }, socket.bind("127.0.0.1", 0) ~= nil)`;

/** Debian's Lua does not look into Fedora's folder, ours does. */
const luaOfDebian = withPackages('liblua5.4-0', '"$@" --lua usr/lib/x86_64-linux-gnu/liblua5.4.so.0 -');
const whoseLua = 'print(_VERSION, package.cpath:find("/usr/lib64/", 1, true) ~= nil, require("luaheat").heap() > 0)';

for (const suite of targets.includes(target) ? bareSuites : []) {
  const luaheat = `${place}/bin/luaheat`;
  const within = inside(suite);

  test(`${suite} has none of the libraries`, () => {
    const names = ['lua*', 'liblua*', 'libuv*', 'libcjson*', 'libyajl*', 'libutf8proc*'].flatMap((name) => ['-o', '-name', name]).slice(1);
    assert.equal(output([...within, 'find', '/usr', '/lib', '/bin', '-xdev', '-not', '-type', 'd', '(', ...names, ')']), '');
  });

  test(`the archive on ${suite}`, async (t) => {
    rmSync(debian(suite) + place, { recursive: true, force: true });
    copyFileSync(archive(target), join(debian(suite), 'opt/archive.tar.gz'));
    output([...within, 'tar', '-x', '-C', '/opt', '-f', '/opt/archive.tar.gz']);

    await t.test('runs the sample', () => sampleAsInReadme([...inside(suite, root), luaheat]));

    for (const folder of moduleFolders) {
      await t.test(`loads a module in C of ${folder}`, () => {
        const file = `${debian(suite)}${folder}/blocks.so`;
        mkdirSync(dirname(file), { recursive: true });
        copyFileSync(join(built(target), 'build/tests/modules/blocks.so'), file);
        try {
          const found = 'print(package.searchpath("blocks", package.cpath), require("blocks").new(10))';
          assert.match(output([...within, luaheat, 'run', '-'], { input: found }), new RegExp(`^${folder}/blocks.so\tblock: `));
        } finally {
          rmSync(file);
        }
      });
    }

    if (suite !== 'bullseye') { // it has them for Lua 5.3
      await t.test("loads Debian's modules in C", () => {
        const printed = output([...within, 'sh', '-c', modulesOfDebian, 'sh', luaheat, 'run', '-'], { input: usesModules });
        assert.equal(printed, 'matched\t[1,{"two":3}]\ttrue\n');
      });
    }

    await t.test('runs on the liblua of Debian', () => {
      assert.equal(output([...within, luaheat, 'run', '-'], { input: whoseLua }), 'Lua 5.4\ttrue\ttrue\n');
      assert.equal(output([...within, 'sh', '-c', luaOfDebian, 'sh', luaheat, 'run'], { input: whoseLua }), 'Lua 5.4\tfalse\ttrue\n');
    });

    await t.test('debugs', (debugs) => {
      const command = `exec ${inside(suite, '"$PWD"').join(' ')} ${luaheat} "$@"`;
      debugs.diagnostic(`${runTests(sessions, program(`${suite}/luaheat`, command), `${place}/bin/luaheat-lua`)} tests`);
    });
  });
}

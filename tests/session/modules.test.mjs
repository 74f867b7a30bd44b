// SPDX-License-Identifier: MIT
// However a file is named, and whatever its first bytes and line ends are: breakpoints in it stop, and the
// stack shows it by its real path.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { scratchFolder } from '../programs.mjs';
import { initializeArguments, scene, scenes } from './session.mjs';

const moduleText = 'local M = {}\nfunction M.f(n)\n    local here = n + 1\n    return here\nend\nreturn M\n';
const body = 3; // the line of moduleText that a breakpoint is set on

/** A scene with a folder of its own, in which `files` (by relative path) are written. */
function inFolder(name, files, story) {
  scenes(name, async (start, session) => {
    const folder = scratchFolder();
    try {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(join(folder.path, path, '..'), { recursive: true });
        writeFileSync(join(folder.path, path), text);
      }
      await story(start, session, folder.path);
    } finally {
      folder.remove();
    }
  });
}

/** Sets a breakpoint on that line of the file; it must be verified there. */
async function breakAt(client, path, line) {
  const { breakpoints: [one] } = await client.request('setBreakpoints', { source: { path }, breakpoints: [{ line }] });
  assert.deepEqual([one.verified, one.line], [true, line], one.message);
  return one;
}

/** Launches the script with a breakpoint, and waits for the stop there; the innermost frame. */
async function launchAndStop(start, session, launch, path, line) {
  const program = await start('steps.lua', { stopOnEntry: true, ...launch });
  await program.stops('entry');
  await breakAt(session.client, path, line);
  await program.continue();
  const [top] = await program.stops('breakpoint');
  assert.equal(top.line, line);
  return [program, top];
}

const caller = 'local m = require("m")\nprint(m.f(1))\nprint(coroutine.wrap(m.f)(2))\n';

inFolder('a module by "./"', { 'main.lua': `package.path = "./?.lua"\n${caller}`, 'm.lua': moduleText },
  async (start, session, folder) => {
    const real = join(folder, 'm.lua');
    const [program, top] = await launchAndStop(start, session, { program: join(folder, 'main.lua'), cwd: folder }, real, body);
    assert.equal(top.source.path, real);
    await program.continue();
    const [again] = await program.stops('breakpoint');
    assert.equal(again.source.path, real, 'in a coroutine');
    await program.continueToEnd();
  });

inFolder('a module by a path with dots and double slashes',
  { 'main.lua': `package.path = "./x/..//x/./?.lua"\n${caller}`, 'x/m.lua': moduleText },
  async (start, session, folder) => {
    const real = join(folder, 'x/m.lua');
    const [, top] = await launchAndStop(start, session, { program: join(folder, 'main.lua'), cwd: folder },
      `${folder}/x/../x/./m.lua`, body);
    assert.equal(top.source.path, real);
  });

inFolder('symbolic links: to the folder, to the file, to the script',
  { 'main.lua': `package.path = "link/?.lua"\n${caller}`, 'real/other.lua': moduleText },
  async (start, session, folder) => {
    symlinkSync('real', join(folder, 'link'));
    symlinkSync('other.lua', join(folder, 'real/m.lua'));
    symlinkSync('main.lua', join(folder, 'start.lua'));
    const [program, top] = await launchAndStop(start, session, { program: join(folder, 'start.lua'), cwd: folder },
      join(folder, 'link/m.lua'), body);
    assert.equal(top.source.path, join(folder, 'real/other.lua'));
    await session.client.request('setBreakpoints', { source: { path: join(folder, 'link/m.lua') }, breakpoints: [] });
    await breakAt(session.client, join(folder, 'main.lua'), 4);
    await program.continue();
    const [main] = await program.stops('breakpoint');
    assert.equal(main.source.path, join(folder, 'main.lua'));
  });

inFolder('two files of one name in different folders',
  { 'main.lua': 'local a, b = dofile("a/m.lua"), dofile("b/m.lua")\na.f(1)\nb.f(2)\na.f(3)\n', 'a/m.lua': moduleText, 'b/m.lua': moduleText },
  async (start, session, folder) => {
    const launch = { program: join(folder, 'main.lua'), cwd: folder };
    const [program, top] = await launchAndStop(start, session, launch, join(folder, 'b/m.lua'), body);
    assert.equal(top.source.path, join(folder, 'b/m.lua'));
    assert.equal((await program.locals()).n, '2');
    await breakAt(session.client, join(folder, 'a/m.lua'), body);
    await program.continue();
    const [other] = await program.stops('breakpoint');
    assert.equal(other.source.path, join(folder, 'a/m.lua'));
    assert.equal((await program.locals()).n, '3');
    await program.continueToEnd();
  });

for (const [what, text, line] of [
  ['a #! line', `#!/usr/bin/env lua5.4\n${moduleText}`, body + 1],
  ['a byte order mark', `\u{feff}${moduleText}`, body],
  ['a byte order mark and a #! line', `\u{feff}#!/usr/bin/lua\n${moduleText}`, body + 1],
  ['CRLF line ends', moduleText.replaceAll('\n', '\r\n'), body],
  ['CR line ends', moduleText.replaceAll('\n', '\r'), body],
  ['LFCR line ends', moduleText.replaceAll('\n', '\n\r'), body],
  ['mixed line ends and a #! line', `#!lua\r\n${moduleText.replace('\n', '\r\n')}`, body + 1],
]) {
  inFolder(`${what} in a module and in the script`,
    { 'main.lua': `${text.replace(/return M\W*$/, '')}M.f(1) coroutine.wrap(M.f)(2) dofile("m.lua").f(3)\n`, 'm.lua': text },
    async (start, session, folder) => {
      const main = join(folder, 'main.lua');
      const [program, top] = await launchAndStop(start, session, { program: main, cwd: folder }, main, line);
      assert.equal(top.source.path, main);
      assert.equal((await program.locals()).n, '1');
      await program.continue();
      await program.stops('breakpoint');
      assert.equal((await program.locals()).n, '2', 'in a coroutine');
      await breakAt(session.client, join(folder, 'm.lua'), line);
      await program.continue();
      const [inModule] = await program.stops('breakpoint');
      assert.deepEqual([inModule.source.path, inModule.line], [join(folder, 'm.lua'), line]);
      await program.continueToEnd();
    });
}

/** A C module that changes the current folder: plain Lua cannot. */
const chdirText = `#include <stddef.h>
#include <unistd.h>
struct lua_State;
extern const char *luaL_checklstring(struct lua_State *L, int arg, size_t *size);
extern void lua_pushcclosure(struct lua_State *L, int (*f)(struct lua_State *), int n);
static int change(struct lua_State *L) { return chdir(luaL_checklstring(L, 1, NULL)) == 0 ? 0 : 0; }
int luaopen_chdir(struct lua_State *L) { lua_pushcclosure(L, change, 0); return 1; }
`;

const hasCompiler = spawnSync('cc', ['--version']).status === 0;

function compileChdir(folder) {
  const result = spawnSync('cc', ['-shared', '-fPIC', '-o', join(folder, 'chdir.so'), join(folder, 'chdir.c')]);
  assert.equal(result.status, 0, String(result.stderr));
}

if (!hasCompiler) test('relative names after a change of folder', { skip: 'no C compiler' }, () => {});
else {
  const moves = (rest) => `package.path, package.cpath = "./?.lua", arg[1]\nlocal chdir = require("chdir")\n${rest}`;
  const files = (rest) => ({ 'main.lua': moves(rest), 'chdir.c': chdirText, 'one/m.lua': moduleText, 'two/m.lua': moduleText });

  const relative = async (start, session, folder, stopInFirst) => {
    compileChdir(folder);
    const launch = { program: 'main.lua', cwd: folder, args: [join(folder, '?.so')] };
    const [program, top] = await launchAndStop(start, session, launch, join(folder, 'two/m.lua'), body);
    assert.equal(top.source.path, join(folder, 'two/m.lua'));
    const [, below] = (await program.stack()).stackFrames;
    assert.equal(below.source.path, join(folder, 'main.lua'), 'the script, by its name of before');
    if (stopInFirst) await stopInFirst(program, session, folder);
    await session.client.request('setBreakpoints', { source: { path: join(folder, 'two/m.lua') }, breakpoints: [] });
    await program.continueToEnd();
  };

  inFolder('relative names after a change of folder',
    { ...files('chdir("one") local first = require("other") first.f(1)\n'
      + 'chdir("../two") require("m").f(2)\nfirst.f(3)\n'), 'one/other.lua': moduleText },
    (start, session, folder) => relative(start, session, folder));

  inFolder('a breakpoint in a module of the folder of before, set afterwards',
    files('local first = dofile("one/m.lua") first.f(1)\nchdir("two") require("m").f(2)\nfirst.f(3)\n'),
    (start, session, folder) => relative(start, session, folder, async (program) => {
      await breakAt(session.client, join(folder, 'one/m.lua'), body);
      await program.continue();
      const [top] = await program.stops('breakpoint');
      assert.equal(top.source.path, join(folder, 'one/m.lua'));
      assert.equal((await program.locals()).n, '3');
    }));
}

inFolder('a breakpoint in a file that nobody had looked at before the folder changed', hasCompiler ? {
  'main.lua': 'package.cpath = arg[1]\nlocal chdir = require("chdir")\nlocal first = dofile("one/m.lua")\n'
    + 'chdir("two")\nprint("ready")\nwhile true do first.f(3) end\n',
  'chdir.c': chdirText, 'one/m.lua': moduleText, 'two/none': '',
} : {}, async (start, session, folder) => {
  if (!hasCompiler) return;
  compileChdir(folder);
  const program = await start('steps.lua', { program: 'main.lua', cwd: folder, args: [join(folder, '?.so')] });
  await program.prints(/ready/);
  await breakAt(session.client, join(folder, 'one/m.lua'), body);
  const [top] = await program.stops('breakpoint');
  assert.equal(top.source.path, join(folder, 'one/m.lua'));
});

scene('a script named relative to cwd', async (start, session) => {
  const folder = scratchFolder();
  try {
    writeFileSync(join(folder.path, 'm.lua'), moduleText);
    await session.client.request('initialize', initializeArguments);
    const launched = session.client.request('launch', { program: './m.lua', cwd: folder.path });
    await breakAt(session.client, join(folder.path, 'm.lua'), 6);
    await session.client.request('configurationDone');
    await launched;
    const { threadId } = await session.client.event('stopped');
    const { stackFrames: [top] } = await session.client.request('stackTrace', { threadId });
    assert.deepEqual([top.source.path, top.line], [join(folder.path, 'm.lua'), 6]);
  } finally {
    folder.remove();
  }
});

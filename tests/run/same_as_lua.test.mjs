// SPDX-License-Identifier: MIT
// Under `luaheat run` a script prints, fails and ends as under lua5.4, byte for byte.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { inScratchFolder, measure, runLua } from '../programs.mjs';

/** Each: what is run, as text of script.lua, and how. */
const cases = {
  'falls off the end': { script: 'print("hello")' },
  'an empty script': { script: '' },
  'output without a newline': { script: 'io.write("a") io.write("b")' },
  'binary output': { script: 'io.write("\\0\\xff\\xfe\\r\\n\\0")' },
  'stdout and stderr': { script: 'print("out") io.stderr:write("err\\n") print("out")' },
  'output of other programs': { script: 'io.write("before\\n") io.flush() os.execute("echo from a shell; echo err >&2")' },
  'output through popen': { script: 'local p = io.popen("cat", "w") p:write("piped") print(p:close())' },
  'os.exit(3)': { script: 'io.write("x") os.exit(3)' },
  'os.exit(true, true)': { script: 'setmetatable({}, {__gc = function() print("gc") end}) os.exit(true, true)' },
  'os.exit(false)': { script: 'os.exit(false)' },
  'os.exit in a coroutine': { script: 'coroutine.wrap(function() os.exit(5) end)()' },
  'os.exit(300)': { script: 'os.exit(300)' },
  'finalizers at the end': { script: 'setmetatable({}, {__gc = function() print("gc") end}) print("end")' },
  'an error at the end of closing': { script: 'setmetatable({}, {__gc = function() error("in gc") end})' },
  'warnings': { script: 'warn("@on") warn("one ", "two") setmetatable({}, {__gc = function() error("in gc") end}) collectgarbage()' },
  'an uncaught error': { script: 'local function f() error("oops") end\nlocal function g() f() end\ng()' },
  'an uncaught error without a position': { script: 'error("oops", 0)' },
  'an uncaught error in C': { script: 'string.rep()' },
  'an uncaught nil': { script: 'error()' },
  'an uncaught table': { script: 'error({})' },
  'an uncaught number': { script: 'error(42)' },
  'an uncaught object with __tostring': { script: 'error(setmetatable({}, {__tostring = function() return "object" end}))' },
  'an uncaught error in a coroutine': { script: 'coroutine.wrap(function()\n local x = nil + 1\nend)()' },
  'an uncaught error through resume': { script: 'print(coroutine.resume(coroutine.create(function() error("inside") end)))' },
  'a stack overflow': { script: 'local function f() return 1 + f() end f()' },
  'a C stack overflow': { script: 'local function f() return (string.gsub("x", "x", f)) end print(pcall(f))' },
  'an error in a message handler': { script: 'print(xpcall(error, function() error("again") end, "first"))' },
  'an error with NUL and invalid UTF-8': { script: 'error("a\\0b\\xff", 0)' },
  'a syntax error': { script: 'print("never")\nlocal = 3' },
  'a syntax error at the end': { script: 'if true then' },
  'a first line with #!': { script: '#!/usr/bin/env lua\nprint(debug.getinfo(1, "l").currentline)\nerror("line 3")' },
  'a byte order mark': { script: '\xef\xbb\xbfprint("bom")' },
  'a binary chunk': { script: 'local f = io.open("c.luac", "wb") f:write(string.dump(load("print(...) return {}", "=c"))) f:close() dofile("c.luac") print(loadfile("c.luac"))'.replace('print(loadfile("c.luac"))', 'print(type(loadfile("c.luac")))') },
  'arg': { script: 'for i = -3, #arg + 1 do print(i, arg[i]) end', args: ['a', 'b c', ''] },
  'varargs': { script: 'print(select("#", ...), ...)', args: ['a', '', '-x'] },
  'arguments that look like options': { script: 'print(...)', args: ['-o', '--top', '3', '--', '-e', '--format', 'csv', '-'] },
  'bytes as arguments': { script: 'print((...):byte(1, -1))', args: ['\u00e4\u{1f600}'] },
  'collectgarbage("count") at the start': { script: 'print(collectgarbage("count"))' },
  'collectgarbage("count") along the way': { script: 'local t = {} for i = 1, 1000 do t[i] = {i, tostring(i)} if i % 100 == 0 then print(collectgarbage("count")) end end' },
  'the generational collector': { script: 'print(collectgarbage("incremental"), collectgarbage("generational"))' },
  'package.path': { script: 'print(package.path) print(package.cpath) print(package.config)' },
  'LUA_PATH': { script: 'print(package.path) print(require("mod"))', env: { LUA_PATH: './lib/?.lua;;' }, files: { 'lib/mod.lua': 'return "the module " .. ...' } },
  'LUA_PATH_5_4 and LUA_CPATH': { script: 'print(package.path) print(package.cpath)', env: { LUA_PATH_5_4: '/four/?.lua;;', LUA_PATH: '/not/?.lua', LUA_CPATH: '/c/?.so;;' } },
  'LUA_INIT with code': { script: 'print(from_init, ...)', env: { LUA_INIT: 'from_init = "init"' }, args: ['a'] },
  'LUA_INIT with a file': { script: 'print(from_init)', env: { LUA_INIT: '@init.lua' }, files: { 'init.lua': 'from_init = arg[0]' } },
  'LUA_INIT_5_4 comes first': { script: 'print(from_init)', env: { LUA_INIT: 'from_init = 1', LUA_INIT_5_4: 'from_init = 54' } },
  'LUA_INIT with an error': { script: 'print("never")', env: { LUA_INIT: 'error("in init")' } },
  'a C module that is not there': { script: 'require("no.such.module")' },
  'the environment': { script: 'print(os.getenv("MARK"), os.getenv("LUAHEAT_LINK"), os.getenv("LUAHEAT_FIGURES"))', env: { MARK: 'here' } },
  'nothing extra is open to it': { script: 'for fd = 3, 20 do print(fd, io.open("/proc/self/fd/" .. fd) ~= nil) end' },
  'nothing extra is open to what it starts': { script: 'local p = io.popen("ls /proc/self/fd | wc -l") print(p:read("a")) p:close()' },
  'what it reads from stdin': { script: 'for line in io.lines() do print("<" .. line .. ">") end', input: 'one\ntwo\nno newline' },
  'no input': { script: 'print(io.read())' },
  'a script on stdin': { file: '-', input: 'print("from stdin", ..., arg[0])\nerror("with a line")', args: ['x'] },
  'a script in a folder': { file: 'sub/dir.lua', files: { 'sub/dir.lua': 'print(arg[0], debug.getinfo(1, "S").source) error("there")' } },
  'a script by absolute path': { absolute: true, script: 'print(arg[0], debug.getinfo(1, "S").source)' },
  'a script with a strange name': { file: 'a b\u00e9\'".lua', files: { 'a b\u00e9\'".lua': 'print(arg[0])' } },
  'a string that is too long': { script: 'print(pcall(string.rep, "x", 1 << 46)) print("alive")' },
  'globals and registry': { script: 'local n = {} for k in pairs(_G) do n[#n+1] = k end table.sort(n) print(table.concat(n, " ")) print(#debug.getregistry())' },
  'a deep recursion of coroutines': { script: 'local function nest(n) if n == 0 then return 0 end return 1 + coroutine.wrap(nest)(n - 1) end print(pcall(nest, 100)) print(pcall(nest, 300))' },
  'coroutine errors keep their words': { script: 'local co = coroutine.wrap(function() error("x") end) print(pcall(co)) print(pcall(co)) print(coroutine.resume(coroutine.create(print), 1, 2)) print(pcall(coroutine.resume, 1)) print(pcall(coroutine.wrap)) print(pcall(coroutine.close, coroutine.running()))' },
  'tracebacks of coroutines': { script: 'local co = coroutine.create(function() local x = 1 coroutine.yield() end) coroutine.resume(co) print(debug.traceback(co)) print(debug.traceback("m", 1)) coroutine.wrap(function() print(debug.traceback("inside")) end)()' },
  'errors name the functions': { script: 'print(pcall(function() coroutine.resume(1) end)) print(pcall(function() coroutine.wrap(1) end)) print(pcall(function() coroutine.close(nil) end))' },
};

for (const [name, run] of Object.entries(cases)) {
  test(name, () => inScratchFolder((folder) => {
    const { script, args = [], env, input, files = {}, file = 'script.lua', absolute } = run;
    const written = script === undefined ? files : { ...files, 'script.lua': script };
    for (const [path, text] of Object.entries(written)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text, 'latin1');
    }
    const command = [absolute ? join(folder, file) : file, ...args];
    const plain = runLua(command, { cwd: folder, env, input });
    const { report, ...heated } = measure(command, { cwd: folder, env, input });
    assert.deepEqual(heated, plain);
    assert.equal(report.heap.live, report.heap.collector, 'and the figures add up');
  }));
}

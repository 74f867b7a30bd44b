// SPDX-License-Identifier: MIT
// `--lua PATH`: the same script on another liblua than the one that luaheat-lua was built with. On Debian that is the
// system's, which is of another release where the suite runs with a Lua from source; its own lua5.4 is what it is compared with.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { inScratchFolder, interpreter, liblua, measure, runInShell, runLuaheat, withModules } from '../programs.mjs';

const env = { LUA_CPATH: `${dirname(interpreter)}/?.so;${withModules.LUA_CPATH}` };
const modules = dirname(withModules.LUA_CPATH.split(';')[0]);

/** A program and its arguments, under the name lua5.4. */
const runNamed = (words, options) => runInShell(`bash -c 'exec -a lua5.4 "$@"' bash "$@"`, words, options);

/** luaheat-lua on that liblua, without luaheat. */
const runOn = (library, args, options) => runNamed([interpreter, '--lua', library, ...args], options);

/** The system's own lua5.4, by that name. */
const runSystemLua = (args, options) => runNamed(['/usr/bin/lua5.4', ...args], options);

const heap = `
  local function bytes() return math.tointeger(collectgarbage("count") * 1024) end
  print(_VERSION, bytes())
  local kept = {}
  for i = 1, 100 do kept[i] = coroutine.wrap(function(...) local a = {...} coroutine.yield(#a) end) kept[i](i, {}, "x" .. i) end
  print(bytes())
  setmetatable({}, {__gc = function() print(debug.getinfo(1, "n").name, pcall(collectgarbage, "count")) end})
  collectgarbage() collectgarbage("incremental") collectgarbage()
  print(bytes(), pcall(error, setmetatable({}, {__tostring = function() return "e" end})))
  local function deep(n) return n == 0 and 0 or 1 + deep(n - 1) end
  print(deep(10000), pcall(string.rep, "x", -1), bytes())`;

test('a script finds the Lua of that liblua, its heap byte for byte', () => inScratchFolder((folder) => {
  const script = join(folder, 'heap.lua');
  writeFileSync(script, heap);
  const plain = runSystemLua([script]);
  assert.equal(plain.status, 0, plain.stderr);
  const { report, ...heated } = measure(['--lua', liblua, script]);
  assert.deepEqual(heated, plain);
  assert.equal(report.heap.live, report.heap.collector);
  assert.equal(report.lines.reduce((sum, row) => sum + row.live, 0), report.heap.live);
  assert.deepEqual(runOn(liblua, [script]), plain, 'without luaheat');
}));

test('-v tells its release', () => {
  assert.deepEqual(runOn(liblua, ['-v']), runSystemLua(['-v']));
});

test('the names and the options of lua5.4 are as ever', () => {
  const words = ['-e', 'for i = -4, #arg do io.write(i, "=", tostring(arg[i]):gsub(".*/", ""), " ") end', '-', 'a', '--lua', ''];
  const plain = runSystemLua(words);
  assert.equal(runOn(liblua, words).stdout, plain.stdout);
  const { stdout } = runLuaheat(['run', '--lua', liblua, '-o', '/dev/null', '-', '--lua', 'x'], { input: 'print(arg[-1], ...)' });
  assert.equal(stdout, 'lua5.4\t--lua\tx\n');
});

test('modules in C find Lua there, and luaheat.so the figures', () => {
  const code = 'print(require("blocks").new(10), require("linked").new(10) ~= nil, require("own_names").called(), require("luaheat").heap() > 0)';
  const { status, stdout, stderr } = runLuaheat(['run', '--lua', liblua, '-o', '/dev/null', '-'], { env, input: code });
  assert.equal(status, 0, stderr);
  assert.match(stdout, /^block: 0x\w+\ttrue\tthe module's\ttrue\n$/);
});

test('neither the script nor what it starts sees anything of it', () => {
  const code = 'os.execute("env; ls /proc/self/fd")';
  const words = (args) => runLuaheat(['run', '-o', '/dev/null', ...args, '-'], { input: code, env: { LD_PRELOAD: '' } }).stdout;
  assert.equal(words(['--lua', liblua]), words([]));
});

test('the path counts from the current folder, whatever is in it', () => inScratchFolder((folder) => {
  copyFileSync(liblua, join(folder, 'my lib:lua.so'));
  symlinkSync('my lib:lua.so', join(folder, 'liblua5.4.so.0'));
  for (const library of ['my lib:lua.so', './liblua5.4.so.0', 'liblua5.4.so.0']) {
    const script = 'print(io.open("/proc/self/maps"):read("a"):match("[^\\n]* (%S*my lib:lua.so)") ~= nil)';
    const { stdout, stderr } = runLuaheat(['run', '--lua', library, '-o', '/dev/null', '-'], { cwd: folder, input: script });
    assert.equal(stdout, 'true\n', stderr);
  }
}));

test('limits know its lines', () => inScratchFolder((folder) => {
  const script = join(folder, 'lines.lua');
  writeFileSync(script, 'local t = {}\n\nfor i = 1, 100 do t[i] = {} end\n');
  const run = (line) => runLuaheat(['run', '--lua', liblua, '-o', '/dev/null', '--limit', `${script}:${line}=1KB`, script]);
  assert.equal(run(3).status, 3);
  assert.match(run(2).stderr, /line 2 holds no code; the next that does is 3/);
}));

const wrong = {
  'is missing': ['/no/such/liblua.so', /No such file/],
  'is a folder': [modules, /directory/],
  'is static': [join(dirname(liblua), 'liblua5.4.a'), /it is a static library, not a shared one/],
  'is a script': [fileURLToPath(import.meta.url), /invalid ELF header/],
  'is a program': [interpreter, /cannot dynamically load/],
  'is another library': [join(modules, 'blocks.so'), /undefined symbol: lua|has no lua_setwarnf/],
  'is another Lua': [join(modules, 'not_this_lua.so'), /it is Lua 5\.5\.0/],
};
for (const [what, [library, why]] of Object.entries(wrong)) {
  test(`a liblua that ${what} is told, and nothing runs`, () => inScratchFolder((folder) => {
    const script = join(folder, 'script.lua');
    writeFileSync(script, 'print("runs")');
    const plain = runOn(library, [script]);
    assert.deepEqual([plain.status, plain.stdout], [1, '']);
    assert.match(plain.stderr, why);
    assert.ok(plain.stderr.startsWith(`luaheat-lua: ${library} `) && plain.stderr.endsWith('\n'), plain.stderr);
    const heated = runLuaheat(['run', '--lua', library, script]);
    assert.deepEqual([heated.status, heated.stdout], [1, '']);
    assert.equal(heated.stderr, `${plain.stderr}luaheat: nothing ran; --lua takes the path of a shared liblua of Lua 5.4\n`);
    const limited = runLuaheat(['run', '--lua', library, '--limit', `${script}:1=1KB`, script]);
    assert.deepEqual([limited.status, limited.stdout], [2, '']);
    assert.ok(limited.stderr.startsWith(plain.stderr), limited.stderr);
  }));
}

test('a path that is missing or empty is told', () => {
  assert.match(runInShell('"$@"', [interpreter, '--lua']).stderr, /--lua PATH/);
  const { status, stderr } = runLuaheat(['run', '--lua', '', 'x.lua']);
  assert.deepEqual([status, stderr], [2, "luaheat: --lua takes the name of a file, not ''\n"]);
});

test('the parts lie where they are installed', () => inScratchFolder((folder) => {
  for (const name of ['bin/luaheat-lua', 'bin/luaheat-lua-other', 'lib/luaheat/luaheat-runtime.so']) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    copyFileSync(join(dirname(interpreter), basename(name)), join(folder, name));
  }
  symlinkSync('bin/luaheat-lua', join(folder, 'link'));
  const { status, stdout, stderr } = runInShell('"$@"', [join(folder, 'link'), '--lua', liblua, '-e', 'print(1)']);
  assert.deepEqual([status, stdout], [0, '1\n'], stderr);
}));

test('luaheat-lua that stands alone says what is missing', () => inScratchFolder((folder) => {
  copyFileSync(interpreter, join(folder, 'luaheat-lua'));
  const { status, stderr } = runInShell('"$@"', [join(folder, 'luaheat-lua'), '--lua', liblua, '-v']);
  assert.equal(status, 1);
  assert.match(stderr, new RegExp(`^luaheat-lua: cannot start ${folder}/luaheat-lua-other, .*: No such file or directory\n$`));
}));

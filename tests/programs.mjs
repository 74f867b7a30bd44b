// SPDX-License-Identifier: MIT
// The programs under test, and plain lua5.4 to compare them with.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const testsDir = dirname(fileURLToPath(import.meta.url));
export const luaheat = resolve(
  process.env.LUAHEAT ?? join(testsDir, '../build/adapter/luaheat'));
/** Where the build puts what runs the scripts. */
export const interpreter = process.env.LUAHEAT_LUA ?? join(dirname(luaheat), '../runtime/luaheat-lua');
/** Where the build puts the modules of tests/modules, for require. */
export const modulePath = join(dirname(luaheat), '../tests/modules/?.so');
export const lua = process.env.LUA ?? 'lua5.4';

/** The shared liblua of Debian, which /usr/bin/lua5.4 is of. */
export const liblua = /liblua5\.4\.so\.0 .* => (\S+)/.exec(spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout)?.[1];

/** The file that holds the Lua under test. */
export const libluaTested = /liblua\S* => (\S+)/.exec(spawnSync('ldd', [interpreter], { encoding: 'utf8' }).stdout)?.[1] ?? interpreter;

/** Whether that Lua checks how its API is used, and ends a host that breaks a rule which it lets pass otherwise. */
export const checksApi = () => readFileSync(libluaTested, 'latin1').includes('cannot do calls on non-normal thread');

/** What a program needs in its environment to load the modules in C of tests/modules. */
export const withModules = { LUA_CPATH: `${join(dirname(luaheat), '../tests/modules')}/?.so;;` };

/** The runtime of the sanitizers that this build has; undefined if it has none. */
export const sanitizer = /libasan\S* => (\S+)/.exec(spawnSync('ldd', [interpreter], { encoding: 'utf8' }).stdout)?.[1];

/**
 * What plain lua5.4 needs in its environment to load luaheat.so: a sanitized module cannot be loaded by a program that is
 * not sanitized, unless the sanitizer's runtime is there already.
 */
export const withSanitizer = () => (sanitizer === undefined ? {} : { LD_PRELOAD: sanitizer });

/** Our environment without what would change how Lua or Luaheat behave. */
export function cleanEnv(extra = {}) {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^LUA_(INIT|PATH|CPATH)/.test(name) || /^LUAHEAT_(LINK|FIGURES)$/.test(name)) delete env[name];
  }
  return { ...env, ...extra };
}

function run(program, args, { cwd, env, input = '', argv0 } = {}) {
  const result = spawnSync(program, args, {
    cwd, input, argv0, env: cleanEnv(env), timeout: 60_000, maxBuffer: 1 << 28,
  });
  if (result.error) throw result.error;
  return {
    status: result.status,
    signal: result.signal,
    stdout: result.stdout.toString('latin1'),
    stderr: result.stderr.toString('latin1'),
  };
}

/** Runs plain lua5.4, by that name unless another is wished; its output as bytes (latin1), its exit status or signal. */
export function runLua(args, options) {
  return run(lua, args, { argv0: 'lua5.4', ...options });
}

/** Runs the command `luaheat` likewise. */
export function runLuaheat(args, options) {
  return run(luaheat, args, options);
}

/** Runs a line of shell with arguments, likewise. */
export function runInShell(line, args, options) {
  return run('sh', ['-c', line, 'sh', ...args], options);
}

/** Runs `luaheat run` with the report as JSON in a file, so that stderr is the script's alone. */
export function measure(args, options) {
  return inScratchFolder((folder) => {
    const file = join(folder, 'report.json');
    const result = runLuaheat(['run', '--format', 'json', '-o', file, ...args], options);
    const text = readFileSync(file, 'utf8');
    return { ...result, report: JSON.parse(text) };
  });
}

/** Calls back with the path of a new folder, which is gone afterwards. Not for what takes its time. */
export function inScratchFolder(callback) {
  const folder = scratchFolder();
  try {
    return callback(folder.path);
  } finally {
    folder.remove();
  }
}

/** A new folder: its path, and a function that removes it. */
export function scratchFolder() {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'luaheat-test-')));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

let release;

/** The z of Lua 5.4.z. */
export function luaRelease() {
  release ??= Number(/Lua 5\.4\.(\d+)/.exec(runLua(['-v']).stdout)[1]);
  return release;
}

// SPDX-License-Identifier: MIT
// What ./dev release has left in dist/, and the Debian folders in which it is tried.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';

import { cleanEnv, scratchFolder, testsDir } from '../programs.mjs';

export const root = join(testsDir, '..');
export const dist = join(root, 'dist');
/** Where the folders are that hold a Debian, by suite; in `release` is what the release was built with. */
const debians = process.env.LUAHEAT_DEBIANS;
export const debian = (suite) => join(debians, suite);
export const built = (target) => join(debian('release'), 'luaheat/once', target);
export const bareSuites = ['bullseye', 'bookworm', 'trixie'];

export const artefacts = readdirSync(dist);
const archives = artefacts.map((name) => /^luaheat-([\d.]+)-(linux-.*)\.tar\.gz$/.exec(name)).filter(Boolean);
export const targets = archives.map(([, , target]) => target);
export const [[, version]] = archives;
export const archive = (target) => join(dist, `luaheat-${version}-${target}.tar.gz`);

export function run(command, options) {
  const result = spawnSync(command[0], command.slice(1), { encoding: 'utf8', maxBuffer: 1 << 28, env: cleanEnv(), ...options });
  if (result.error) throw result.error;
  return result;
}

/** What it prints; it must not fail. */
export function output(command, options) {
  const { status, stdout, stderr } = run(command, options);
  assert.equal(status, 0, `${command.join(' ')}: ${stderr}`);
  return stdout;
}

/** The command that runs a command in that suite's folder, which sees the checkout and /tmp where they are. */
export const inside = (suite, at = '/') =>
  [join(root, 'packaging/in-debian'), '--with', root, '--with', '/tmp', '--at', at,
    suite === 'release' ? 'bullseye' : suite, debian(suite)];

const scratch = scratchFolder();
after(scratch.remove);

/** The archive of that target, unpacked for this test. */
export function unpacked(target) {
  const folder = join(scratch.path, `luaheat-${version}-${target}`);
  output(['tar', '-x', '-C', scratch.path, '-f', archive(target)]);
  return folder;
}

/** A program that does `line`, shell with the arguments in "$@", as a command of that name. */
export function program(name, line) {
  const path = join(scratch.path, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${line}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Runs files of tests/ with that `luaheat` and the interpreter that it is to take; how many tests that were. */
export function runTests(files, luaheat, interpreter, env) {
  const { status, stdout } = run(['node', '--test', '--test-reporter=tap', ...files.map((name) => join(testsDir, name))],
    { env: cleanEnv({ LUAHEAT: luaheat, LUAHEAT_LUA: interpreter, NODE_TEST_CONTEXT: undefined, ...env }) });
  assert.equal(status, 0, stdout);
  const passed = Number(/^# pass (\d+)$/m.exec(stdout)[1]);
  assert.ok(passed > 0, stdout);
  return passed;
}

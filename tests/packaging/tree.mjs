// SPDX-License-Identifier: MIT
// What a release's archive holds, laid out from the build that is tested; and the scripts of packaging/, run.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { after } from 'node:test';

import { cleanEnv, luaheat, scratchFolder, testsDir } from '../programs.mjs';

export const repository = join(testsDir, '..');
export const build = dirname(dirname(luaheat));

/** A new folder that is gone when the tests of the file have ended. */
export function folderOfTests() {
  const folder = scratchFolder();
  after(folder.remove);
  return folder.path;
}

/** Runs a program; its exit status, what it said. */
export function run(program, args, { env = {}, cwd } = {}) {
  const { error, status, stdout, stderr } = spawnSync(program, args, { cwd, env: cleanEnv(env), encoding: 'utf8', timeout: 60_000 });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** Runs a script of packaging/, which must succeed; the path that it prints. */
export function packaging(script, args, options) {
  const { status, stdout, stderr } = run(join(repository, 'packaging', script), args, options);
  if (status !== 0) throw new Error(`packaging/${script}: ${stderr}`);
  return stdout.trim();
}

/** The folder of an unpacked archive, below `folder`. */
export const layOutTree = (folder) => packaging('tree', [build, folder]);

/** The files below a folder, sorted, as paths relative to it. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();
}

/** VERSION and TARGET of luaheat-VERSION-TARGET. */
export function partsOf(tree) {
  const [, version, target] = /^luaheat-(.+)-(linux-.+)$/.exec(basename(tree));
  return { version, target };
}

export const projectVersion = /^ *version: '(.*)',$/m.exec(readFileSync(join(repository, 'meson.build'), 'utf8'))[1];

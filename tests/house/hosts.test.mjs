// SPDX-License-Identifier: MIT
// Packages come from wherever the machine has been told to take them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { testsDir } from '../programs.mjs';

const root = join(testsDir, '..');
// Back to front, or this file would be the one to name them.
const registries = ['org.debian', 'org.npmjs', 'com.yarnpkg', 'com.ubuntu', 'org.pypi', 'org.pythonhosted', 'io.crates', 'org.luarocks']
  .map((name) => name.split('.').reverse().join('.'));

const files = spawnSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  .stdout.split('\0').filter((name) => name !== '' && existsSync(join(root, name)));

test('no file names the host of a package registry', () => {
  assert.ok(files.includes('dev'));
  for (const name of files) {
    const text = readFileSync(join(root, name), 'latin1');
    for (const registry of registries) assert.ok(!text.includes(registry), `${name} names ${registry}`);
  }
});

test('lock files say what, not from where', () => {
  const locks = files.filter((name) => name.endsWith('package-lock.json'));
  assert.ok(locks.length >= 2);
  for (const name of locks) assert.ok(!readFileSync(join(root, name), 'utf8').includes('"resolved"'), name);
});

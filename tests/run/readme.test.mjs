// SPDX-License-Identifier: MIT
// The README shows real output.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { luaheat, luaRelease } from '../programs.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

// The README shows Lua 5.4.4. Elsewhere the collector comes at other times and leaves other live bytes;
// what a line allocates is the same.
const rowsOfLines = (output) => output.split('\n').filter((row) => row.includes('docs/sample.lua:'));
const allocated = (row) => row.trim().split(/ +/).slice(1, 3).concat(row.slice(row.indexOf('docs/')));

test('the example in the README is what the sample prints', () => {
  const readme = readFileSync(resolve(root, 'README.md'), 'utf8');
  const [, shown] = readme.match(/```console\n\$ luaheat run docs\/sample\.lua\n([^]*?)```/);
  const run = spawnSync(luaheat, ['run', 'docs/sample.lua'], { cwd: root, encoding: 'utf8' });
  assert.equal(rowsOfLines(shown).length, 8);
  assert.deepEqual(rowsOfLines(run.stderr).map(allocated).sort(), rowsOfLines(shown).map(allocated).sort());
  if (luaRelease() === 4) assert.equal(run.stdout + run.stderr, shown);
});

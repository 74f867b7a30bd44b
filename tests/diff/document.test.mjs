// SPDX-License-Identifier: MIT
// docs/ci.md shows real output: of the sample, and of a version of it without the leak.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { inScratchFolder, luaheat, luaRelease, runInShell, runLuaheat } from '../programs.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const utf8 = (text) => Buffer.from(text, 'latin1').toString('utf8');

function makeVersions(folder) {
  const sample = readFileSync(join(root, 'docs/sample.lua'), 'utf8');
  const tight = sample.replace(/^--.*\n/, '').replace('graveyard[#graveyard + 1] = table.remove', 'table.remove');
  for (const [name, text] of [['branch', sample], ['main', tight]]) {
    const cwd = join(folder, name);
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'game.lua'), text);
    const report = join(folder, 'branch', `${name}.json`);
    assert.equal(runLuaheat(['run', '--format', 'json', '-o', report, 'game.lua'], { cwd }).status, 0);
  }
}

/** What is the same whatever the collector does: the program, its lines, what they allocated. */
function steady(output) {
  return [...output.matchAll(/game\.lua:\d+(?: \(.*?\))?/g)].map(([place]) => place).sort();
}

test('the examples in docs/ci.md are what the commands print', () => inScratchFolder((folder) => {
  makeVersions(folder);
  const document = readFileSync(join(root, 'docs/ci.md'), 'utf8');
  const examples = [...document.matchAll(/```console\n\$ luaheat ([^\n]*)\n([^]*?)```/g)];
  assert.equal(examples.length, 3);
  for (const [, command, shown] of examples) {
    const run = runInShell(`exec "$1" ${command} 2>&1`, [luaheat], { cwd: join(folder, 'branch') });
    assert.equal(run.status, 3, command);
    assert.deepEqual(steady(utf8(run.stdout)), steady(shown), command);
    if (luaRelease() === 4) assert.equal(utf8(run.stdout), shown);
  }
}));

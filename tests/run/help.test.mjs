// SPDX-License-Identifier: MIT
// --help is as wide as what it is read on.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { luaheat, runInShell, runLuaheat } from '../programs.mjs';

const commands = ['help', 'run', 'diff', 'dap'];
const longest = (text) => Math.max(...text.split(/\r?\n/).map((line) => line.length));

/** On a terminal of so many columns, which `script` makes. */
function onTerminal(columns, words) {
  const { status, stdout, stderr } = runInShell(`script -qec "stty cols ${columns}; '${luaheat}' ${words}" /dev/null`, []);
  assert.equal(status, 0, stderr);
  return stdout.replaceAll('\r\n', '\n');
}

for (const command of commands) {
  const words = ['help', command], text = runLuaheat(words).stdout;

  test(`help ${command} fits into 100 columns, and a narrow terminal`, () => {
    assert.ok(longest(text) <= 100);
    for (const columns of [50, 80]) {
      const narrow = onTerminal(columns, words.join(' '));
      assert.ok(longest(narrow) <= columns, `${columns}: ${longest(narrow)}`);
      assert.deepEqual(narrow.split(/\s+/), text.split(/\s+/), 'the same words');
    }
    assert.equal(onTerminal(200, words.join(' ')), text);
  });
}

test('what cannot be written is no success', () => {
  for (const command of commands) assert.equal(runInShell('"$1" help "$2" >/dev/full', [luaheat, command]).status, 1, command);
  assert.equal(runInShell('"$1" --version >/dev/full', [luaheat]).status, 1);
  assert.equal(runInShell('"$1" --cpath >/dev/full', [luaheat]).status, 1);
});

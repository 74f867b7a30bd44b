// SPDX-License-Identifier: MIT
// What this machine cannot run by itself: for arm64 under an emulator, for musl in the folder where its C library is.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { debian, inside, output, program, root, runTests, targets, unpacked } from './released.mjs';
import { sampleAsInReadme } from './sample.mjs';

/** How to run a program of that target, and the environment in which it finds its interpreter. */
const ways = {
  'linux-arm64': ['qemu-aarch64-static', '-L', join(debian('release'), 'usr/aarch64-linux-gnu')],
  'linux-x64-musl': inside('release', '"$PWD"'),
};

for (const target of targets.filter((name) => name in ways)) {
  test(`the archive for ${target}`, async (t) => {
    const tree = unpacked(target);
    const wrapped = (name) => program(`${target}/${name}`, `exec ${ways[target].join(' ')} ${join(tree, 'bin', name)} "$@"`);
    const luaheat = wrapped('luaheat');
    // An emulated program starts others as if it were not: what it starts is to be emulated as well.
    const interpreter = target === 'linux-arm64' ? wrapped('luaheat-lua') : join(tree, 'bin/luaheat-lua');

    await t.test('tells its version', () => assert.match(output([luaheat, '--version']), /^luaheat [\d.]+ /));
    await t.test('runs the sample', () => sampleAsInReadme(['env', `LUAHEAT_LUA=${interpreter}`, luaheat]));
    await t.test('debugs', () => runTests(['session/stepping.test.mjs'], luaheat, interpreter, { LUAHEAT_TEST_PATIENCE_MS: '30000' }));
  });
}

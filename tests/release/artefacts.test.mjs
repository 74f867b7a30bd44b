// SPDX-License-Identifier: MIT
// The files themselves: all of them of the same programs, and none of who has packed them.

import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { filesBelow } from '../packaging/tree.mjs';
import { scratchFolder } from '../programs.mjs';
import { archive, artefacts, dist, output, targets, unpacked, version } from './released.mjs';

/** The packages of each target. */
const packages = {
  'linux-x64': [`luaheat_${version}_amd64.deb`, `luaheat-linux-x64-${version}.vsix`],
  'linux-arm64': [`luaheat_${version}_arm64.deb`, `luaheat-linux-arm64-${version}.vsix`],
  'linux-x64-musl': [`luaheat-alpine-x64-${version}.vsix`],
};

test('SHA256SUMS has the sum of each file', () => {
  const sums = readFileSync(join(dist, 'SHA256SUMS'), 'utf8').match(/\S+$/gm);
  assert.deepEqual([...sums, 'SHA256SUMS'].sort(), [...artefacts].sort());
  output(['sha256sum', '--check', '--strict', 'SHA256SUMS'], { cwd: dist });
});

for (const target of targets) {
  const listing = output(['tar', '-tv', '--numeric-owner', '--full-time', '-f', archive(target)]).trim().split('\n')
    .map((line) => line.split(/ +/));

  test(`the archive for ${target} holds one folder, in order, of one date and of nobody`, () => {
    const names = listing.map((row) => row[5]);
    assert.ok(names.every((name) => name.startsWith(`luaheat-${version}-${target}/`)));
    assert.deepEqual(names, [...names].sort());
    assert.deepEqual([...new Set(listing.map(([, owner]) => owner))], ['0/0']);
    assert.equal(new Set(listing.map((row) => `${row[3]} ${row[4]}`)).size, 1);
  });

  test(`the packages for ${target} hold the programs of the archive`, (t) => {
    const scratch = scratchFolder();
    t.after(scratch.remove);
    const tree = unpacked(target);
    const unpack = {
      deb: (file) => output(['dpkg-deb', '-x', file, scratch.path]),
      vsix: (file) => output(['unzip', '-q', file, '-d', scratch.path]),
    };
    for (const name of packages[target]) {
      const kind = name.split('.').at(-1);
      unpack[kind](join(dist, name));
      const within = join(scratch.path, { deb: 'usr', vsix: 'extension' }[kind]);
      const compiled = (folder) => filesBelow(folder).filter((file) => /^(bin|lib)\//.test(file));
      assert.deepEqual(compiled(within), compiled(tree), name);
      for (const file of compiled(tree)) assert.ok(readFileSync(join(within, file)).equals(readFileSync(join(tree, file))), `${name}: ${file}`);
      t.diagnostic(`${name}: ${statSync(join(dist, name)).size} bytes`);
      if (kind === 'vsix') assert.ok(statSync(join(dist, name)).size < 2 << 20);
    }
  });
}

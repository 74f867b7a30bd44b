// SPDX-License-Identifier: MIT
// The container images: how they are laid out is tests/packaging's; here, that they hold what is released, and that it runs.

import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { filesBelow } from '../packaging/tree.mjs';
import { scratchFolder } from '../programs.mjs';
import { dist, output, root, targets, unpacked, version } from './released.mjs';

/** How this machine runs a program of the image. */
const ways = {
  'linux-x64': (image) => ['chroot', image, '/usr/local/bin/luaheat'],
  'linux-arm64': (image) => ['qemu-aarch64-static', '-L', image, join(image, 'usr/local/bin/luaheat')],
};

/** All layers of the image, one over the other. */
function unpackImage(archive, folder) {
  const [layout, image] = ['layout', 'image'].map((name) => join(folder, name));
  for (const path of [layout, image]) mkdirSync(path);
  output(['tar', '-x', '-C', layout, '-f', archive]);
  const blob = ({ digest }) => join(layout, 'blobs', digest.replace(':', '/'));
  const parse = (path) => JSON.parse(readFileSync(path, 'utf8'));
  const [manifest] = parse(join(layout, 'index.json')).manifests;
  for (const layer of parse(blob(manifest)).layers) output(['tar', '-xp', '-C', image, '-f', blob(layer)]);
  return image;
}

for (const target of targets.filter((name) => name in ways)) {
  test(`the image for ${target} holds the archive and the C library, and runs`, (t) => {
    const scratch = scratchFolder();
    t.after(scratch.remove);
    const archive = join(dist, `luaheat-${version}-${target}.oci.tar`);
    const tree = unpacked(target);
    const image = unpackImage(archive, scratch.path);
    const files = filesBelow(tree).filter((name) => name.includes('/'));
    assert.deepEqual(filesBelow(join(image, 'usr/local')), files);
    for (const name of files) assert.ok(readFileSync(join(image, 'usr/local', name)).equals(readFileSync(join(tree, name))), name);
    assert.ok(existsSync(join(image, 'usr/share/doc/libc6/copyright')));

    const luaheat = ways[target](image);
    assert.match(output([...luaheat, '--version']), new RegExp(`^luaheat ${version} `));
    if (target !== 'linux-x64') return; // what an emulated program starts is not emulated
    copyFileSync(join(root, 'docs/sample.lua'), join(image, 'work/sample.lua'));
    const told = ['env', 'LUAHEAT_LUA=/usr/local/bin/luaheat-lua']; // there is no /proc to find it by
    assert.match(output([...told, ...luaheat, 'run', '--format', 'csv', '-o', '-', '/work/sample.lua']), /sample\.lua/);
  });
}

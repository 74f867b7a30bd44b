// SPDX-License-Identifier: MIT
// The container image, as a runtime reads it: by digests, from the index down to the files.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { filesBelow, folderOfTests, layOutTree, packaging, partsOf, repository, run } from './tree.mjs';

const scratch = folderOfTests();
const tree = layOutTree(scratch);
const { version, target } = partsOf(tree);
const image = packaging('oci', [tree, join(scratch, 'out')]);
const layout = unpacked(image, 'layout');
const root = join(scratch, 'root');
const sha256 = (bytes) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

function unpacked(archive, name) {
  const folder = join(scratch, name);
  mkdirSync(folder, { recursive: true });
  const { status, stderr } = run('tar', ['-xpf', archive, '-C', folder]);
  assert.equal(status, 0, stderr);
  return folder;
}

const pathOf = ({ digest }) => join(layout, 'blobs', digest.replace(':', '/'));
const parse = (path) => JSON.parse(readFileSync(path, 'utf8'));

const { manifests: [manifestDescriptor], ...index } = parse(join(layout, 'index.json'));
const manifest = parse(pathOf(manifestDescriptor));
const config = parse(pathOf(manifest.config));

test('its name, its layout, its platform', () => {
  assert.equal(basename(image), `luaheat-${version}-${target}.oci.tar`);
  assert.deepEqual(parse(join(layout, 'oci-layout')), { imageLayoutVersion: '1.0.0' });
  assert.deepEqual(index, { schemaVersion: 2 });
  const architecture = { 'linux-x64': 'amd64', 'linux-arm64': 'arm64' }[target];
  assert.deepEqual(manifestDescriptor.platform, { architecture, os: 'linux' });
  assert.deepEqual([config.architecture, config.os], [architecture, 'linux']);
  assert.equal(manifestDescriptor.annotations['org.opencontainers.image.ref.name'], version);
});

test('each blob is what its descriptor says, and there is no other', () => {
  const descriptors = [manifestDescriptor, manifest.config, ...manifest.layers];
  for (const descriptor of descriptors) {
    const bytes = readFileSync(pathOf(descriptor));
    assert.deepEqual([sha256(bytes), bytes.length], [descriptor.digest, descriptor.size], descriptor.mediaType);
  }
  assert.deepEqual(filesBelow(join(layout, 'blobs/sha256')), descriptors.map(({ digest }) => digest.slice(7)).sort());
  assert.deepEqual(manifest.layers.map((layer) => sha256(gunzipSync(readFileSync(pathOf(layer))))), config.rootfs.diff_ids);
  assert.deepEqual(manifest.layers.map(({ mediaType }) => mediaType), Array(2).fill('application/vnd.oci.image.layer.v1.tar+gzip'));
  assert.equal(manifest.config.mediaType, 'application/vnd.oci.image.config.v1+json');
});

test('its layers hold the tree in /usr/local, and what every container has', () => {
  for (const layer of manifest.layers) unpacked(pathOf(layer), 'root');
  const inTree = filesBelow(tree).filter((name) => /^(bin|lib|share)\//.test(name));
  assert.deepEqual(filesBelow(join(root, 'usr/local')), inTree);
  for (const name of inTree) assert.ok(readFileSync(join(root, 'usr/local', name)).equals(readFileSync(join(tree, name))), name);
  assert.equal(statSync(join(root, 'tmp')).mode & 0o7777, 0o1777);
  for (const name of ['proc', 'dev', 'sys', config.config.WorkingDir]) assert.ok(statSync(join(root, name)).isDirectory(), name);
});

test('its entry point runs in it, with nothing from elsewhere', () => {
  const [entry] = config.config.Entrypoint;
  const change = process.getuid() === 0 ? [] : ['unshare', '--map-root-user'];
  const inside = (args, env) => run('/usr/bin/env', [...change, 'chroot', root, entry, ...args], { env });
  const { stdout, stderr, status } = inside(['--version'], {});
  assert.ok(stdout.startsWith(`luaheat ${version} `), stderr);
  assert.equal(status, 0);
  assert.equal(inside(config.config.Cmd, {}).status, 0);
  copyFileSync(join(repository, 'docs/sample.lua'), join(root, 'work/sample.lua'));
  // Without /proc, which a container has and this folder has not, it must be told where it is.
  const report = inside(['run', '/work/sample.lua'], { LUAHEAT_LUA: '/usr/local/bin/luaheat-lua' });
  assert.equal(report.status, 0, report.stderr);
  assert.match(report.stderr, /work\/sample\.lua:\d+ /);
});

test('the same tree gives the same image', () => {
  assert.ok(readFileSync(packaging('oci', [tree, join(scratch, 'again')], { env: { TZ: 'Asia/Tokyo' } })).equals(readFileSync(image)));
});

test('a root without the C library is refused, and what is missing is named', () => {
  const empty = join(scratch, 'empty');
  mkdirSync(empty);
  const { status, stderr } = run(join(repository, 'packaging/oci'), [tree, join(scratch, 'none'), empty]);
  assert.equal(status, 1);
  assert.match(stderr, /oci: .*\/empty has no lib\S+, which luaheat\S* needs/);
});

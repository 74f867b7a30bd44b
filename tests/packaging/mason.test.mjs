// SPDX-License-Identifier: MIT
// The entry for Mason's registry, done as Mason does: unpack the asset of this machine, link its program.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';

import { folderOfTests, layOutTree, partsOf, projectVersion, repository, run } from './tree.mjs';

const entry = readFileSync(join(repository, 'packaging/mason/package.yaml'), 'utf8');
const version = /^ {2}id: pkg:github\/luaheat\/luaheat@(\S+)$/m.exec(entry)[1];
const expand = (text) => text.replaceAll('{{ version | strip_prefix "v" }}', version.replace(/^v/, ''));
const assets = [...entry.matchAll(/^ {4}- target: (\S+)\n {6}file: (.+)\n {6}bin: (.+)$/gm)]
  .map(([, target, file, bin]) => ({ target, file: expand(file), bin: expand(bin) }));

test('it is of this version', () => assert.equal(version, `v${projectVersion}`));

test('so is the extension', () => {
  const { version: ofExtension } = JSON.parse(readFileSync(join(repository, 'vscode-ext/package.json'), 'utf8'));
  assert.equal(ofExtension, projectVersion);
});

test('it names the archives of a release, and the program in each', () => {
  const targets = { linux_x64_gnu: 'linux-x64', linux_arm64_gnu: 'linux-arm64', linux_x64_musl: 'linux-x64-musl' };
  assert.deepEqual(assets, Object.entries(targets).map(([target, ours]) => ({
    target,
    file: `luaheat-${projectVersion}-${ours}.tar.gz`,
    bin: `luaheat-${projectVersion}-${ours}/bin/luaheat`,
  })));
  assert.match(entry, /^bin:\n {2}luaheat: "\{\{source\.asset\.bin\}\}"\n/m);
});

test('the program runs by the link that Mason makes', () => {
  const folder = folderOfTests();
  const tree = layOutTree(folder);
  const { bin } = assets.find(({ target }) => target === `${partsOf(tree).target.replace('-', '_')}_gnu`);
  assert.equal(bin, `${basename(tree)}/bin/luaheat`);
  mkdirSync(join(folder, 'mason/bin'), { recursive: true });
  symlinkSync(`../../${bin}`, join(folder, 'mason/bin/luaheat'));
  const report = run(join(folder, 'mason/bin/luaheat'), ['run', 'docs/sample.lua'], { cwd: repository });
  assert.equal(report.status, 0, report.stderr);
});

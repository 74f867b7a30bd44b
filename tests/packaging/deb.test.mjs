// SPDX-License-Identifier: MIT
// The package for Debian and Ubuntu.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { filesBelow, folderOfTests, layOutTree, packaging, partsOf, repository, run } from './tree.mjs';

const scratch = folderOfTests();
const tree = layOutTree(scratch);
const { version, target } = partsOf(tree);
const architecture = { 'linux-x64': 'amd64', 'linux-arm64': 'arm64' }[target];
const deb = packaging('deb', [tree, join(scratch, 'out')]);
const root = join(scratch, 'root');
const field = (name) => run('dpkg-deb', ['--field', deb, name]).stdout.trim();

test('its name and its fields', () => {
  assert.equal(basename(deb), `luaheat_${version}_${architecture}.deb`);
  assert.deepEqual(['Package', 'Version', 'Architecture', 'Depends'].map(field), ['luaheat', version, architecture, 'libc6 (>= 2.31)']);
});

test('it holds the files of the tree below /usr, and what Debian wants beside them', () => {
  assert.equal(run('dpkg-deb', ['-x', deb, root]).status, 0);
  const expected = new Map(filesBelow(tree).filter((name) => /^(bin|lib|share)\//.test(name)).map((name) => [`usr/${name}`, join(tree, name)]));
  for (const name of ['LICENSE', 'THIRD-PARTY']) expected.delete(`usr/share/doc/luaheat/${name}`);
  expected.set('usr/share/zsh/vendor-completions/_luaheat', expected.get('usr/share/zsh/site-functions/_luaheat'));
  expected.delete('usr/share/zsh/site-functions/_luaheat');
  const found = filesBelow(root);
  const own = ['changelog.gz', 'copyright'].map((name) => `usr/share/doc/luaheat/${name}`);
  assert.deepEqual(found.filter((name) => !own.includes(name)).map((name) => name.replace(/(\/man\/.*)\.gz$/, '$1')), [...expected.keys()].sort());
  for (const [name, source] of expected) {
    const packed = /\/man\//.test(name) ? gunzipSync(readFileSync(join(root, `${name}.gz`))) : readFileSync(join(root, name));
    assert.ok(packed.equals(readFileSync(source)), name);
  }
  assert.ok(own.every((name) => found.includes(name)));
});

test('its completions are where shells look that were installed as packages', () => {
  const places = { zsh: run('zsh', ['-f', '-c', 'print -l $fpath']), fish: run('fish', ['-c', 'string join \\n $fish_complete_path']) };
  for (const [shell, name] of [['zsh', 'zsh/vendor-completions/_luaheat'], ['fish', 'fish/vendor_completions.d/luaheat.fish']]) {
    assert.ok(places[shell].stdout.split('\n').includes(dirname(`/usr/share/${name}`)), shell);
    assert.ok(statSync(join(root, 'usr/share', name)).size > 0);
  }
});

test('every licence is in its copyright', () => {
  const copyright = readFileSync(join(root, 'usr/share/doc/luaheat/copyright'), 'utf8');
  const licences = filesBelow(tree).filter((name) => /\/(LICENSE|THIRD-PARTY)$/.test(name));
  assert.ok(licences.length > 0);
  for (const name of licences) assert.ok(copyright.includes(readFileSync(join(tree, name), 'utf8')), name);
});

test('it belongs to root, and its sums are right', () => {
  const listed = run('dpkg-deb', ['-c', deb]).stdout.trim().split('\n');
  for (const line of listed) assert.match(line, /^(drwxr-xr-x|-rwxr-xr-x|-rw-r--r--) root\/root /);
  const control = join(scratch, 'control');
  run('dpkg-deb', ['-e', deb, control]);
  assert.equal(run('md5sum', ['--strict', '-c', join(control, 'md5sums')], { cwd: root }).status, 0);
  const sums = readFileSync(join(control, 'md5sums'), 'utf8').trim().split('\n').map((line) => line.slice(34));
  assert.deepEqual(sums.sort(), filesBelow(root));
});

test('its program runs the sample', () => {
  const report = run(join(root, 'usr/bin/luaheat'), ['run', 'docs/sample.lua'], { cwd: repository });
  assert.equal(report.status, 0, report.stderr);
});

test('the same tree gives the same package, whenever and wherever', () => {
  const elsewhere = join(scratch, 'elsewhere', basename(tree));
  mkdirSync(elsewhere, { recursive: true });
  cpSync(tree, elsewhere, { recursive: true, preserveTimestamps: false });
  const { mtime } = statSync(join(tree, 'bin/luaheat'));
  utimesSync(join(elsewhere, 'bin/luaheat'), mtime, mtime);
  const again = packaging('deb', [elsewhere, join(scratch, 'out2')], { env: { TMPDIR: join(scratch, 'elsewhere'), TZ: 'Asia/Tokyo' } });
  assert.ok(readFileSync(again).equals(readFileSync(deb)));
  const dated = { env: { SOURCE_DATE_EPOCH: '1600000000' } };
  const early = packaging('deb', [tree, join(scratch, 'out3')], dated);
  assert.match(run('dpkg-deb', ['-c', early]).stdout, /2020-09-13/);
  assert.ok(readFileSync(packaging('deb', [elsewhere, join(scratch, 'out4')], dated)).equals(readFileSync(early)));
});

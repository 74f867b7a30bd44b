// SPDX-License-Identifier: MIT
// ./install and uninstall of an unpacked archive.

import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';

import { runInShell } from '../programs.mjs';
import { filesBelow, folderOfTests, layOutTree, projectVersion, repository, run } from './tree.mjs';

const scratch = folderOfTests();
const tree = layOutTree(scratch);
const inTree = filesBelow(tree).filter((name) => /^(bin|lib|share)\//.test(name));
const written = ['share/luaheat/installed', 'share/luaheat/uninstall'];

let prefixes = 0;
const newPrefix = () => join(scratch, `a prefix ${++prefixes}`);
const install = (prefix, { from = tree, ...options } = {}) => run(join(from, 'install'), ['--prefix', prefix], options);
const uninstall = (prefix) => run(join(prefix, 'share/luaheat/uninstall'), []);

function succeeds({ status, stdout, stderr }) {
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '');
  return stdout;
}

test('a tree has the programs, the module, its licence and the way out', () => {
  const files = filesBelow(tree);
  for (const name of ['bin/luaheat', 'bin/luaheat-lua', 'lib/lua/5.4/luaheat.so', 'share/doc/luaheat/LICENSE',
    'share/doc/luaheat/README.md', 'install', 'uninstall']) assert.ok(files.includes(name), name);
});

test('what is installed is the tree, runs from there, and goes without a trace', () => {
  const prefix = join(newPrefix(), 'that', 'is deep');
  const said = succeeds(install(prefix));
  assert.ok(said.includes(prefix) && said.includes(projectVersion));
  assert.deepEqual(filesBelow(prefix), [...inTree, ...written].sort());
  for (const name of inTree) {
    assert.ok(readFileSync(join(prefix, name)).equals(readFileSync(join(tree, name))), name);
    assert.equal(statSync(join(prefix, name)).mode & 0o777, /^bin\//.test(name) ? 0o755 : statSync(join(tree, name)).mode & 0o755, name);
  }

  const report = run(join(prefix, 'bin/luaheat'), ['run', 'docs/sample.lua'], { cwd: repository });
  assert.equal(report.status, 0);
  assert.match(report.stderr, /docs\/sample\.lua:\d+ .*return \{ name/);

  const cpath = succeeds(run(join(prefix, 'bin/luaheat'), ['--cpath']));
  assert.equal(cpath, `${join(prefix, 'lib/lua/5.4/?.so')}\n`);

  succeeds(uninstall(prefix));
  assert.ok(!existsSync(join(prefix, '../..')));
});

test('the sh of BusyBox does', () => {
  const prefix = newPrefix();
  const applets = join(scratch, 'applets');
  mkdirSync(applets);
  succeeds(run('busybox', ['--install', '-s', applets]));
  const options = { env: { PATH: applets } };
  succeeds(run(join(applets, 'sh'), [join(tree, 'install'), '--prefix', prefix], options));
  assert.deepEqual(filesBelow(prefix), [...inTree, ...written].sort());
  succeeds(run(join(applets, 'sh'), [join(tree, 'uninstall'), '--prefix', prefix], options));
  assert.ok(!existsSync(prefix));
});

test('without --prefix it goes to ~/.local, or to /usr/local as root, as the help says', () => {
  const home = newPrefix();
  const { stdout } = run(join(tree, 'install'), ['--help']);
  assert.match(stdout, /\/usr\/local for root, ~\/\.local/);
  if (process.getuid() !== 0) {
    succeeds(run(join(tree, 'install'), [], { env: { HOME: home } }));
    assert.ok(existsSync(join(home, '.local/bin/luaheat')));
    return;
  }
  // As somebody else, who can read the tree; whose home is the one thing they may write to.
  mkdirSync(home);
  const open = runInShell('chmod a+rX "$1" "$2" && chmod 777 "$3" && ' +
    'exec setpriv --reuid 65534 --regid 65534 --clear-groups env HOME="$3" "$2/install"', [scratch, tree, home]);
  assert.equal(open.status, 0, open.stderr);
  assert.ok(existsSync(join(home, '.local/bin/luaheat')));
});

test('what is the user\'s stays, before and after', () => {
  const prefix = newPrefix();
  mkdirSync(join(prefix, 'share/man'), { recursive: true });
  mkdirSync(join(prefix, 'bin'));
  writeFileSync(join(prefix, 'bin/mine'), 'mine');
  succeeds(install(prefix));
  writeFileSync(join(prefix, 'share/doc/luaheat/notes'), 'mine');
  writeFileSync(join(prefix, 'bin/luaheat'), 'my own build');
  const said = succeeds(uninstall(prefix));
  assert.match(said, /kept, because it has been changed: .*bin\/luaheat$/m);
  assert.deepEqual(filesBelow(prefix), ['bin/luaheat', 'bin/mine', 'share/doc/luaheat/notes']);
  assert.ok(existsSync(join(prefix, 'share/man')));
});

for (const [what, make] of [
  ['a file', (path) => writeFileSync(path, 'mine')],
  ['a link, even to what would be there,', (path) => symlinkSync(join(tree, 'bin/luaheat'), path)],
  ['a dangling link', (path) => symlinkSync('nowhere', path)],
  ['a folder', (path) => mkdirSync(path)],
]) {
  test(`${what} of somebody else is not overwritten, and nothing else is changed`, () => {
    const prefix = newPrefix();
    mkdirSync(join(prefix, 'bin'), { recursive: true });
    make(join(prefix, 'bin/luaheat'));
    const { status, stderr } = install(prefix);
    assert.equal(status, 1);
    assert.ok(stderr.includes(`  ${prefix}/bin/luaheat\n`), stderr);
    assert.match(stderr, /--prefix/);
    assert.ok(!existsSync(join(prefix, 'share')) && !existsSync(join(prefix, 'lib')));
  });
}

/** The tree as another release would have it. */
function nextRelease() {
  const next = join(scratch, 'next');
  cpSync(tree, next, { recursive: true });
  writeFileSync(join(next, 'share/doc/luaheat/README.md'), 'all new');
  writeFileSync(join(next, 'share/doc/luaheat/NEWS'), 'news');
  rmSync(join(next, 'lib'), { recursive: true });
  return next;
}

test('another release takes the place of the one that is there, also while that one runs', () => {
  const prefix = newPrefix();
  const next = nextRelease();
  succeeds(install(prefix));
  const meanwhile = runInShell('"$1/bin/luaheat-lua" -e "assert(os.execute(arg[1]))" - "\'$2/install\' --prefix \'$1\'"', [prefix, next]);
  assert.equal(meanwhile.status, 0, meanwhile.stderr);
  assert.deepEqual(filesBelow(prefix), [...filesBelow(next).filter((name) => name.includes('/')), ...written].sort());
  assert.equal(readFileSync(join(prefix, 'share/doc/luaheat/README.md'), 'latin1'), 'all new');
  succeeds(uninstall(prefix));
  assert.ok(!existsSync(prefix));
});

test('an install that has failed half way can be repeated, and uninstalled', () => {
  const blocked = () => {
    const prefix = newPrefix();
    mkdirSync(join(prefix, 'share/doc/luaheat/LICENSE.luaheat-new'), { recursive: true }); // nothing can be copied there
    const { status, stderr } = install(prefix);
    assert.equal(status, 1);
    assert.match(stderr, /cannot write .*LICENSE/);
    rmSync(join(prefix, 'share/doc/luaheat'), { recursive: true });
    assert.ok(existsSync(join(prefix, 'bin/luaheat')));
    return prefix;
  };
  const repeated = blocked();
  succeeds(install(repeated));
  const given = blocked();
  succeeds(run(join(tree, 'uninstall'), ['--prefix', given]));
  assert.deepEqual(filesBelow(given), []);
});

test('it is found wherever the shell looks for folders, and the prefix may end in a slash', () => {
  const elsewhere = join(scratch, 'elsewhere');
  mkdirSync(join(elsewhere, basename(tree)), { recursive: true });
  const prefix = newPrefix();
  const options = { cwd: scratch, env: { CDPATH: elsewhere, PATH: `${prefix}/bin:${process.env.PATH}` } };
  const said = succeeds(run('sh', [`${basename(tree)}/install`, '--prefix', `${prefix}/`], options));
  assert.doesNotMatch(said, /PATH/);
  succeeds(run('sh', [`${basename(tree)}/uninstall`, `--prefix=${prefix}/`], options));
  assert.ok(!existsSync(prefix));
});

test('wrong use is answered by what to do', () => {
  const prefix = newPrefix();
  const aFile = join(scratch, 'file');
  writeFileSync(aFile, '');
  const refusals = [
    [install(join(aFile, 'below')), 1, /cannot make the folder .*--prefix/],
    [install(tree), 1, /is the unpacked archive: choose another --prefix/],
    [run(join(tree, 'install'), ['--prefix']), 2, /usage: /],
    [run(join(tree, 'install'), ['--prefix=']), 2, /usage: /],
    [run(join(tree, 'install'), ['here']), 2, /usage: /],
    [run(join(tree, 'uninstall'), ['--prefix', prefix]), 1, /nothing is installed in .*--prefix/],
    [run(join(tree, 'uninstall'), ['it']), 2, /usage: /],
  ];
  const alone = join(scratch, 'alone');
  mkdirSync(alone);
  copyFileSync(join(tree, 'install'), join(alone, 'install'));
  refusals.push([install(prefix, { from: alone }), 1, /run this file in the unpacked archive/]);
  for (const [{ status, stderr }, code, words] of refusals) {
    assert.equal(status, code, stderr);
    assert.match(stderr, words);
  }
  assert.ok(!existsSync(prefix));
});

test('programs of another machine are told', () => {
  const foreign = join(scratch, 'foreign');
  cpSync(tree, foreign, { recursive: true });
  writeFileSync(join(foreign, 'bin/luaheat'), '\x7fELF of something else');
  chmodSync(join(foreign, 'bin/luaheat'), 0o755);
  const { status, stderr } = install(newPrefix(), { from: foreign });
  assert.equal(status, 1);
  assert.match(stderr, /does not start on this machine \(Linux /);
});

// SPDX-License-Identifier: MIT
// Where reports and exports go: an older file is replaced when the new one is whole, and only then.

import assert from 'node:assert/strict';
import { chmodSync, existsSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { inScratchFolder, runInShell, runLuaheat, luaheat } from '../programs.mjs';

// From here on files that luaheat writes cannot become larger than so many bytes, as on a disk that is full.
const FILL = `local parent = io.open("/proc/self/stat"):read("a"):match("%) %a (%d+)")
assert(os.execute("prlimit --pid " .. parent .. " --fsize=100:100"))`;
const OLD = 'what was there before';

const goals = {
  'a report': (file) => ['-o', file, '--format', 'json'],
  'a table': (file) => ['-o', file],
  'an export': (file) => ['-o', '/dev/null', '--export', `html=${file}`],
};

/** Runs a script that keeps some tables, and what else it is told to do. */
function report(folder, options, script = '') {
  const path = join(folder, 'main.lua');
  writeFileSync(path, `keep = {{}, {}}\n${script}\n`);
  return runLuaheat(['run', ...options, path], { cwd: folder });
}

for (const [what, options] of Object.entries(goals)) {
  test(`${what} that finds no room leaves the older file as it was`, () => inScratchFolder((folder) => {
    const file = join(folder, 'figures');
    writeFileSync(file, OLD);
    const { status, stderr } = report(folder, options(file), FILL);
    assert.equal(status, 2);
    assert.match(stderr, /^luaheat: cannot .*: File too large; files may not become so large here \(ulimit -f\)$/m);
    assert.equal(readFileSync(file, 'utf8'), OLD);
    assert.deepEqual(readdirSync(folder).sort(), ['figures', 'main.lua'], 'and nothing is left beside it');
  }));

  test(`${what} that finds no room makes no new file`, () => inScratchFolder((folder) => {
    const { status } = report(folder, options(join(folder, 'figures')), FILL);
    assert.equal(status, 2);
    assert.deepEqual(readdirSync(folder), ['main.lua']);
  }));

  test(`${what} is written through a link and keeps the rights of the file`, () => inScratchFolder((folder) => {
    const file = join(folder, 'real'), link = join(folder, 'link');
    writeFileSync(file, OLD);
    chmodSync(file, 0o640);
    symlinkSync('real', link);
    assert.equal(report(folder, options(link)).status, 0);
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.notEqual(readFileSync(file, 'utf8'), OLD);
    assert.equal(statSync(file).mode & 0o777, 0o640);
  }));

  test(`${what} is written to what a dangling link names`, () => inScratchFolder((folder) => {
    const link = join(folder, 'link');
    symlinkSync('real', link);
    assert.equal(report(folder, options(link)).status, 0);
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.ok(statSync(join(folder, 'real')).size > 0);
  }));

  test(`${what} to a device that is full says so`, () => inScratchFolder((folder) => {
    const { status, stderr } = report(folder, options('/dev/full'));
    assert.equal(status, 2);
    assert.match(stderr, /^luaheat: cannot .*: No space left on device; make room there or name another file$/m);
  }));

  test(`${what} may have the longest name there is`, () => inScratchFolder((folder) => {
    const file = join(folder, 'x'.repeat(255));
    assert.equal(report(folder, options(file)).status, 0);
    assert.ok(statSync(file).size > 0);
  }));
}

test('a file is as it was while the script runs, and whoever has opened it still reads it', () => inScratchFolder((folder) => {
  const file = join(folder, 'figures'), old = join(folder, 'old');
  writeFileSync(file, OLD);
  linkSync(file, old);
  const { stdout } = report(folder, ['-o', file], 'io.write(io.open("figures"):read("a"))');
  assert.equal(stdout, OLD);
  assert.equal(readFileSync(old, 'utf8'), OLD);
}));

test('a folder that does not exist, or is one, costs no run', () => inScratchFolder((folder) => {
  mkdirSync(join(folder, 'folder'));
  for (const name of ['none/figures', 'folder']) {
    const { status, stdout } = report(folder, ['-o', join(folder, name)], 'print("runs")');
    assert.equal(status, 2);
    assert.equal(stdout, '');
  }
}));

test('a pipe and /dev/stdout are written as they are', () => inScratchFolder((folder) => {
  const script = join(folder, 'main.lua');
  writeFileSync(script, 'keep = {}');
  const piped = runInShell('mkfifo pipe; cat pipe & "$1" run --format csv -o pipe main.lua; wait', [luaheat], { cwd: folder });
  assert.match(piped.stdout, /^source,line,/);
  const appended = runInShell('echo first > out; "$1" run --format csv -o /dev/stdout main.lua >> out; cat out', [luaheat], { cwd: folder });
  assert.match(appended.stdout, /^first\nsource,line,/);
  assert.ok(existsSync(join(folder, 'pipe')));
}));

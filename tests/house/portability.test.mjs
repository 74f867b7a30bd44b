// SPDX-License-Identifier: MIT
// What only Linux has stands where docs/porting.md says, another way beside it, and nowhere else.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { luaheat, testsDir } from '../programs.mjs';

const root = join(testsDir, '..');
const build = dirname(dirname(luaheat));
const text = (name) => readFileSync(join(root, name), 'utf8');
const document = text('docs/porting.md');

const sources = ['adapter', 'runtime'].flatMap((side) => readdirSync(join(root, side), { recursive: true })
  .filter((name) => /\.[ch]$/.test(name)).map((name) => `${side}/${name}`));
const ofLinux = sources.filter((name) => name.endsWith('_linux.c'));

const quoted = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
const concerns = document.split("## What is Linux's\n")[1].split('\n## ')[0].split('\n')
  .filter((line) => /^\| .*`/.test(line)).map((line) => line.split(' | '))
  .map(([, names, file, beside]) => ({ names: quoted(names), file: quoted(file)[0], beside: quoted(beside)[0] }));

test('the document names each file of Linux, with its counterpart and the header of both', () => {
  assert.ok(ofLinux.length >= 5);
  assert.deepEqual(concerns.map(({ file }) => file).sort(), ofLinux.sort());
  for (const { file, beside } of concerns) {
    assert.equal(beside, file.replace('_linux', '_posix'));
    assert.ok(sources.includes(beside), beside);
    assert.ok(sources.includes(file.replace('_linux.c', '.h')), file);
  }
});

/** Those that the document says it stands in. */
const filesOf = (name) => concerns.filter(({ names }) => names.includes(name)).map(({ file }) => file).sort();

for (const { names, file } of concerns) {
  test(`${names.join(', ')}: in ${file} and nowhere else`, () => {
    assert.ok(names.length > 0);
    for (const name of names)
      assert.deepEqual(sources.filter((source) => text(source).includes(name)).sort(), filesOf(name), name);
  });
}

test('what headers declare whoever asks is not used elsewhere either', () => {
  const unguarded = /_GNU_SOURCE|__linux|__GLIBC|<linux\/|<sys\/(epoll|eventfd|fanotify|inotify|pidfd|ptrace|sendfile|signalfd|syscall|sysinfo|timerfd|xattr|auxv)\.h>|"\/(proc|sys)\//;
  assert.match('#include <sys/epoll.h>', unguarded);
  for (const source of sources.filter((name) => !ofLinux.includes(name))) assert.doesNotMatch(text(source), unguarded, source);
});

/** Whether a file of ours could be that code, as the build compiles the adapter. */
function compiles(code) {
  const { command } = JSON.parse(readFileSync(join(build, 'compile_commands.json'), 'utf8'))
    .find(({ file }) => file.endsWith('debuggee/shared_memory.c'));
  const words = command.split(' ').map((word) => word.replace(/^'(.*)'$/, '$1')); // as a shell reads them
  const [compiler, ...options] = words.filter((word) => word !== 'ccache');
  return spawnSync(compiler, [...options.slice(0, options.indexOf('-MD')), '-fsyntax-only', '-x', 'c', '-'], { cwd: build, input: code }).status === 0;
}

test('what only Linux has does not compile, but where it is asked for', () => {
  const uses = { 'memfd_create("", 0)': '<sys/mman.h>', 'strchrnul("", 0) != 0': '<string.h>', 'sched_getcpu()': '<sched.h>' };
  for (const [use, header] of Object.entries(uses)) {
    const code = `#include ${header}\nint use(void);\nint use(void) {\n    return ${use};\n}\n`;
    assert.ok(!compiles(code), use);
    assert.ok(compiles(`#define _GNU_SOURCE\n${code}`), use);
  }
  assert.ok(compiles('#include <stdio.h>\nint use(char **text);\nint use(char **text) {\n    return asprintf(text, "%d", 1);\n}\n'));
});

test('both files of a pair are tested, whichever the programs are made of', { skip: process.platform !== 'linux' }, () => {
  const units = readdirSync(join(build, 'tests/unit'), { recursive: true }).map((name) => name.split('/').at(-1));
  const tested = { wiped: 'process', process_handle: 'outsider', uninherited: 'local_socket' }; // what stands on it
  for (const { file } of concerns) {
    const [, name] = /(\w+)_linux\.c$/.exec(file);
    for (const system of ['linux', 'posix']) assert.ok(units.includes(`test_${tested[name] ?? name}_${system}`), name);
  }
});

test('the files that the document names are there', () => {
  const named = quoted(document).filter((code) => /^(adapter|runtime|tests|docs)\//.test(code));
  assert.ok(named.length > 20);
  for (const name of named) assert.ok(existsSync(join(root, name)), name);
});

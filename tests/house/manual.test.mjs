// SPDX-License-Identifier: MIT
// The manual page: what --help tells, in order for man; and where it and the completions are installed.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { inScratchFolder, luaheat, runLuaheat, testsDir } from '../programs.mjs';

const build = dirname(dirname(luaheat));
const built = join(build, 'adapter/manual');
const page = join(built, 'luaheat.1');

function run(program, args, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8', ...env } });
  assert.equal(error, undefined, `${program}: ${error}`);
  return { status, stdout, stderr };
}

test('mandoc and man have nothing to say about it', () => {
  assert.deepEqual(run('mandoc', ['-T', 'lint', '-W', 'style', page]), { status: 0, stdout: '', stderr: '' });
  const { status, stderr } = run('man', ['--warnings', '-l', page], { MANPAGER: 'cat' });
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
});

/** Words without blanks, line ends and where either broke a word. */
const squeezed = (text) => text.replaceAll(/[\s\u2010-]/g, '');

test('it holds what --help tells of each command', () => {
  const { stdout } = run('man', ['-l', page], { MANPAGER: 'cat', MANWIDTH: '200' });
  const text = squeezed(stdout.replaceAll(/.\x08/g, ''));
  const commands = [...runLuaheat(['help']).stdout.matchAll(/^ {2}luaheat (\w+)/gm)].map(([, name]) => name);
  assert.ok(commands.length >= 4);
  for (const command of commands) {
    const help = runLuaheat(['help', command]).stdout.split(/\n\n/);
    const words = help.flatMap((paragraph) => paragraph.split(/\n(?= {0,2}\S)|\n {2,}(?=\S)| {2,}/)).map((part) => part.trim()).filter(Boolean);
    assert.ok(words.length >= 4);
    for (const part of words.filter((word) => !/^(Exit code|Examples):$/.test(word))) assert.ok(text.includes(squeezed(part)), `${command}: ${part}`);
  }
});

test('it is of a version and a day, whenever it is made', () => {
  const [, version] = /^luaheat (\S+)/.exec(runLuaheat(['--version']).stdout);
  const [, day] = /^released = '(\d{4}-\d\d-\d\d)'/m.exec(readFileSync(join(testsDir, '../meson.build'), 'utf8'));
  assert.ok(readFileSync(page, 'utf8').includes(`.TH LUAHEAT 1 ${day} "luaheat ${version}" `));
});

test('meson installs it and the completions where man and the shells look', () => inScratchFolder((folder) => {
  const { status, stderr } = run('meson', ['install', '-C', build, '--no-rebuild', '--destdir', folder]);
  assert.equal(status, 0, stderr);
  const share = join(folder, 'usr/local/share');
  const places = { 'luaheat.1': 'man/man1', luaheat: 'bash-completion/completions', _luaheat: 'zsh/site-functions', 'luaheat.fish': 'fish/vendor_completions.d' };
  for (const [name, place] of Object.entries(places))
    assert.equal(readFileSync(join(share, place, name), 'utf8'), readFileSync(join(built, name), 'utf8'), name);
}));

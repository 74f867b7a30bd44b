// SPDX-License-Identifier: MIT
// What `install` puts into ~/.local is found there by man and the shells.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';

import { cleanEnv } from '../programs.mjs';
import { folderOfTests, layOutTree, repository, run } from './tree.mjs';

const home = folderOfTests();
const prefix = join(home, '.local');
const env = { HOME: home, XDG_CONFIG_HOME: join(home, '.config'), XDG_DATA_HOME: '', XDG_DATA_DIRS: '', PATH: [join(prefix, 'bin'), process.env.PATH].join(delimiter) };
const installed = run(join(layOutTree(join(home, 'tree')), 'install'), ['--prefix', prefix], { env });
assert.equal(installed.status, 0, installed.stderr);

test('by man', () => {
  const { MANPATH, ...rest } = cleanEnv(env);
  const { stdout, stderr } = spawnSync('man', ['-w', 'luaheat'], { env: rest, encoding: 'utf8' });
  assert.equal(stdout, `${prefix}/share/man/man1/luaheat.1\n`, stderr);
});

test('by fish', () => {
  const { stdout, stderr } = run('fish', ['-c', 'complete -C "luaheat run --fo"'], { env });
  assert.match(stdout, /^--format\t/, stderr);
});

test('by zsh, with the line that the document has for it', () => {
  const [, line] = /^(fpath=.*)$/m.exec(readFileSync(join(repository, 'docs/installing.md'), 'utf8'));
  const { stdout, stderr } = run('zsh', ['-f', '-c', `${line}; autoload -Uz compinit; compinit -u -D; print $_comps[luaheat]; autoload +X _luaheat; print $functions_source[_luaheat]`], { env });
  assert.equal(stdout, `_luaheat\n${prefix}/share/zsh/site-functions/_luaheat\n`, stderr);
});

// It loads what belongs to a command when that is first completed.
const LOAD = `source /usr/share/bash-completion/bash_completion
  loader=($(complete -p -D))
  "\${loader[2]}" luaheat
  complete -p luaheat
  shopt -s extdebug
  declare -F _luaheat`;

test('by bash, with bash-completion', () => {
  const { stdout, stderr } = run('bash', ['--norc', '-i', '-c', LOAD], { env });
  assert.match(stdout, /^complete -F _luaheat luaheat$/m, stderr);
  assert.ok(stdout.trimEnd().endsWith(` ${prefix}/share/bash-completion/completions/luaheat`), stdout);
});

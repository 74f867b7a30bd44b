// SPDX-License-Identifier: MIT
// The completions that the build makes for bash, zsh and fish, asked of those shells.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';

import { inScratchFolder, luaheat, runLuaheat, testsDir } from '../programs.mjs';

const built = join(dirname(luaheat), 'manual');
const shells = join(testsDir, 'house/shells');
const files = ['a.lua', 'b.lua', 'odd name.lua', 'note.txt', 'before.json', 'after.json', 'dir.d/in.lua'];

function run(program, args, options) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: 120_000, ...options });
  assert.equal(error, undefined, `${program}: ${error}`);
  assert.equal(status, 0, stderr);
  assert.equal(stderr, '');
  return stdout.split('\n').filter((line) => line !== '');
}

/** As bash parts a line. */
const pieces = (line) => [...line.matchAll(/[=:]+|[^\s=:]+|\s$/g)].map(([piece]) => piece.trim());

/** Of what a shell tells of several lines, a heading over each. */
const parts = (told) => `\n${told.join('\n')}`.split(/\n== .*/).slice(1).map((part) => part.split('\n').slice(1));

const FISH = `source $argv[1]
  for line in $argv[2..]
    echo "== $line"
    complete -C $line | string split -f 1 \\t
  end; true`;

/** Each: what the shell offers for each of the lines, in a folder. */
const offers = {
  bash: (lines, cwd) => lines.map((line) =>
    run('bash', ['--norc', join(shells, 'complete.bash'), join(built, 'luaheat'), line, ...pieces(line)], { cwd })),
  // With what may follow it, unless it has to be typed.
  zsh: (lines, cwd) => parts(run('zsh', ['-f', join(shells, 'complete.zsh'), built, ...lines], { cwd, env: { ...process.env, TERM: 'dumb' } }))
    .map((words) => words.map((word) => word.replace(/[:,]$/, '').replaceAll('\\', ''))),
  fish: (lines, cwd) => parts(run('fish', ['--no-config', '-c', FISH, join(built, 'luaheat.fish'), ...lines], { cwd, env: { ...process.env, HOME: cwd } })),
};

function inFolderOfFiles(callback) {
  return inScratchFolder((folder) => {
    mkdirSync(join(folder, 'dir.d'));
    for (const file of files) writeFileSync(join(folder, file), '');
    return callback(folder);
  });
}

/** Folders with or without the slash that follows. */
function offered(shell, lines) {
  return inFolderOfFiles((folder) => offers[shell](lines, folder)).map((words) => [...new Set(words.map((word) => word.replace(/\/$/, '')))].sort());
}

const commands = ['dap', 'diff', 'help', 'ps', 'run'];
const orders = ['allocated', 'allocations', 'callees', 'freed', 'growth', 'line', 'live', 'objects', 'peak'];
const formats = ['collapsed', 'csv', 'heapprofile', 'html', 'json', 'massif', 'pprof', 'speedscope'];
const scripts = ['a.lua', 'b.lua', 'dir.d', 'odd name.lua'];
const equals = (words) => words.map((word) => `${word}=`);

const cases = {
  'luaheat ': commands,
  'luaheat d': ['dap', 'diff'],
  'luaheat --v': ['--version'],
  'luaheat help ': commands,
  'luaheat run --fo': ['--format'],
  'luaheat run --format ': ['csv', 'json', 'table'],
  'luaheat run --format=j': ['--format=json'],
  'luaheat diff --top 3 --format c': ['csv'],
  'luaheat run --sort ': orders,
  'luaheat diff --sort=f': ['--sort=freed'],
  'luaheat run --export ': equals(formats),
  'luaheat run --export=ht': ['--export=html='],
  'luaheat run --export html=no': ['html=note.txt'],
  'luaheat run --export=html=no': ['--export=html=note.txt'],
  'luaheat run --limit a': ['a.lua', 'allocated=', 'allocations='],
  'luaheat run --limit=o': ['--limit=objects=', '--limit=odd name.lua'],
  'luaheat run --limit heap=': [],
  'luaheat diff --limit l': ['line=', 'live='],
  'luaheat diff --limit a': ['allocated=', 'allocations='],
  'luaheat run --measure fr': [],
  'luaheat run --measure frame=': scripts.map((name) => `frame=${name}`),
  'luaheat run -o n': ['note.txt'],
  'luaheat run --output=n': ['--output=note.txt'],
  'luaheat run ': scripts,
  'luaheat run dir.d/': ['dir.d/in.lua'],
  'luaheat run --top ': [],
  'luaheat run --top 3 a': ['a.lua'],
  'luaheat run --collect a': ['a.lua'],
  'luaheat run a.lua --fo': [],
  'luaheat run a.lua n': ['note.txt'],
  'luaheat run -- a': ['a.lua'],
  'luaheat diff ': ['after.json', 'before.json', 'dir.d'],
  'luaheat diff before.json --top 3 a': ['after.json'],
  'luaheat dap --log n': ['note.txt'],
  'luaheat dap --log-channels ': ['dap', 'link'],
  'luaheat dap --log-channels dap,l': ['dap,link'],
  'luaheat fly ': [],
};

for (const shell of Object.keys(offers)) {
  test(`${shell} offers what fits`, () => {
    const answers = offered(shell, Object.keys(cases));
    Object.entries(cases).forEach(([line, words], i) => assert.deepEqual(answers[i], words, `'${line}'`));
  });

  test(`${shell} offers the options that --help tells, and no other`, () => {
    const lines = ['luaheat -', ...commands.map((command) => `luaheat ${command} -`)];
    const told = [[], ...commands.map((command) => [command])].map((words) => {
      const help = runLuaheat([...words, '--help']).stdout;
      return [...help.matchAll(/^ {2}(?:(-\w), )?(--\w[\w-]*)/gm)].flatMap(([, letter, name]) => [letter, name]).filter(Boolean).sort();
    });
    assert.ok(told.every((options) => options.length >= 2));
    assert.deepEqual(offered(shell, lines), told);
  });
}

test('typed in bash', () => inFolderOfFiles((folder) => {
  const bin = join(folder, 'bin'), typed = join(folder, 'typed');
  mkdirSync(bin);
  writeFileSync(join(bin, 'luaheat'), `#!/bin/sh\nprintf '<%s>' "$@" >>'${typed}'\necho >>'${typed}'\n`);
  chmodSync(join(bin, 'luaheat'), 0o755);
  const input = [`source ${join(built, 'luaheat')}`, 'luaheat ru\t--fo\tj\todd\t', 'luaheat run --export ht\tno\t a\t',
    'luaheat run --limit=hea\t4 dir\t\t', 'exit', ''].join('\n');
  run('script', ['-qec', 'bash --norc --noprofile -i', '/dev/null'],
    { cwd: folder, input, env: { ...process.env, TERM: 'dumb', HISTFILE: '', INPUTRC: '/dev/null', PATH: [bin, process.env.PATH].join(delimiter) } });
  assert.deepEqual(readFileSync(typed, 'utf8').trimEnd().split('\n'),
    ['<run><--format><json><odd name.lua>', '<run><--export><html=note.txt><a.lua>', '<run><--limit=heap=4><dir.d/in.lua>']);
}));

// SPDX-License-Identifier: MIT
// Wrong options get a message that helps, on stderr, and an exit code that is not 0.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fixturePath } from '../fixture.mjs';
import { runLua, runLuaheat } from '../programs.mjs';

const script = fixturePath('loops.lua');

const wrong = {
  'an unknown command': [['fly'], /fly/],
  'no script': [['run'], /script|usage/i],
  'no program': [['run', '--host'], /which program/],
  'a liblua for a host': [['run', '--host', '--lua', 'x', 'lua5.4'], /--lua.*--host/],
  'an unknown option': [['run', '--fast', script], /--fast/],
  'an unknown short option': [['run', '-z', script], /-z|z/],
  'an unknown format': [['run', '--format', 'xml', script], /xml.*|table.*json.*csv/s],
  'an unknown order': [['run', '--sort', 'colour', script], /colour|growth/],
  'a --top that is no number': [['run', '--top', 'many', script], /many|--top/],
  'a negative --top': [['run', '--top', '-1', script], /-1|--top/],
  'a --top too large': [['run', '--top', '99999999999999999999', script], /--top|9999/],
  '--top without a value': [['run', '--top'], /--top/],
  '-o without a value': [['run', '-o'], /-o/],
  '--format without a value': [['run', '--format'], /--format/],
  'a file without a name': [['run', '-o', '', script], /--output takes the name of a file/],
  'a log without a name': [['dap', '--log', ''], /--log takes the name of a file/],
  'words for an editor': [['dap', script], /options only, not '/],
  'words for an editor behind the options': [['dap', '--', script], /options only, not '/],
  'a log of nothing': [['dap', '--log-channels', ''], /dap and link/],
  'help for what is not there': [['help', 'fly'], /no command 'fly'/],
};

for (const [name, [args, message]] of Object.entries(wrong)) {
  test(name, () => {
    const { stdout, stderr, status, signal } = runLuaheat(args);
    assert.equal(signal, null);
    assert.ok(status > 0 && status < 126, `exit code ${status}`);
    assert.equal(stdout, '', 'nothing on stdout, and the script has not run');
    assert.match(stderr, message);
  });
}

for (const script of ['/no/such/script.lua', '/']) {
  test(`a script that cannot be read is named, with the exit code of lua5.4: ${script}`, () => {
    const plain = runLua([script]);
    const { stdout, stderr, status } = runLuaheat(['run', script]);
    assert.equal(stdout, '');
    assert.ok(stderr.includes(script), stderr);
    assert.equal(status, plain.status);
  });
}

test('a syntax error says what lua5.4 says, with its exit code', () => {
  const broken = fixturePath('broken.lua');
  const plain = runLua([broken]);
  const { stderr, status } = runLuaheat(['run', broken]);
  assert.ok(stderr.includes(plain.stderr.trim()), stderr);
  assert.equal(status, plain.status);
});

test('no command at all shows the commands', () => {
  const { stdout, stderr } = runLuaheat([]);
  for (const word of ['run', 'dap']) assert.match(stdout + stderr, new RegExp(word));
});

test('--help explains every option, on stdout, and --version tells the version', () => {
  const help = runLuaheat(['--help']);
  assert.equal(help.status, 0);
  for (const word of ['run', 'dap']) assert.match(help.stdout, new RegExp(word));
  const runHelp = runLuaheat(['run', '--help']);
  assert.equal(runHelp.status, 0);
  for (const word of ['--sort', '--top', '--format', '-o']) assert.ok(runHelp.stdout.includes(word), word);
  assert.match(runLuaheat(['--version']).stdout, /\d+\.\d+/);
});

test('what luaheat and luaheat dap take is written as with the other commands', () => {
  for (const args of [['dap', '-h'], ['dap', '--help'], ['help', 'dap'], ['help', '--', 'dap'], ['dap', '--log=/dev/null', '--help']]) {
    const { stdout, status } = runLuaheat(args);
    assert.equal(status, 0, args.join(' '));
    assert.equal(stdout, runLuaheat(['dap', '--help']).stdout);
  }
  assert.equal(runLuaheat(['-h']).stdout, runLuaheat(['help']).stdout);
  assert.match(runLuaheat(['--fly']).stderr, /no option '--fly'; see luaheat --help/);
});

// A terminal obeys what it is sent: names and options of others must not speak to it.
const ESC = '\x1b]0;owned\x07', C1 = '\u009b31m', OVERRIDE = '\u202e';
const odd = `${ESC}${C1}${OVERRIDE}\x08\r\x7f`;
const UNSAFE = /[\x00-\x09\x0b-\x1f\x7f]|\u009b|\u202e/u;

const echoes = {
  'a command': [[odd]],
  'an option': [['run', `--${odd}`, script], ['diff', `--${odd}`], ['dap', `--${odd}`]],
  'a value': [
    ['run', '--top', odd, script], ['run', '--sort', odd, script], ['run', '--format', odd, script], ['run', '--warmup', odd, script],
    ['run', '--limit', odd, script], ['run', '--limit', `${odd}:1=1KB`, script], ['run', '--limit', `heap=${odd}`, script],
    ['run', '--measure', odd, script], ['run', '--measure', `a=${odd}:1`, script], ['run', '--fail-on-growth', odd, script],
    ['run', '--export', odd, script], ['run', '--export', `${odd}=x`, script], ['dap', '--log-channels', odd], ['diff', '--sort', odd],
  ],
  'the name of a file': [
    ['run', '-o', `/no/such/${odd}`, script], ['run', '--export', `html=/no/such/${odd}`, script],
    ['diff', `/no/such/${odd}`, '/no/such'], ['diff', 'a', 'b', `/no/such/${odd}`], ['dap', '--log', `/no/such/${odd}`],
  ],
};

for (const [what, lines] of Object.entries(echoes)) {
  test(`a complaint about ${what} cannot speak to the terminal`, () => {
    for (const args of lines) {
      const { stderr, status } = runLuaheat(args);
      const text = Buffer.from(stderr, 'latin1').toString();
      assert.ok(status > 0, args.join(' '));
      assert.match(text, /^luaheat: /, args.join(' '));
      assert.doesNotMatch(text, UNSAFE, JSON.stringify(args));
      assert.match(text, /\\x1B\]0;owned\\x07/, 'but tells what it was');
    }
  });
}

test('a unit is written in one way', () => {
  for (const args of [['run', '--help'], ['diff', '--help'], ['dap', '--help'], ['--help']])
    assert.doesNotMatch(runLuaheat(args).stdout, /kB\b/);
  assert.match(runLuaheat(['run', '--limit', 'heap=x', script]).stderr, /64KB/);
});

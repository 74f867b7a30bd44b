// SPDX-License-Identifier: MIT
// Luaheat stands between a script and whoever starts it: the script has all from them that it has under lua5.4.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fixturePath } from '../fixture.mjs';
import { inScratchFolder, lua, luaheat, runInShell } from '../programs.mjs';

const script = fixturePath('inherited.lua');

/** Each: what a shell does before it starts the program. */
const starters = {
  'nothing special': '"$@"',
  'nohup': 'trap "" HUP; "$@"',
  'an ignored SIGPIPE': 'trap "" PIPE; "$@"',
  'all that a shell can ignore': 'trap "" HUP QUIT USR1 USR2 PIPE ALRM TERM TSTP TTIN TTOU IO WINCH; "$@"',
  'an ignored SIGCHLD': 'env --ignore-signal=CHLD "$@"',
  'ignored signals of real time': 'env --ignore-signal=RTMIN --ignore-signal=RTMAX "$@"',
  'blocked signals': 'env --block-signal=USR1 --block-signal=PIPE --block-signal=RTMIN+3 "$@"',
  'blocked signals that luaheat itself listens to': 'env --block-signal=TERM --block-signal=HUP --block-signal=CHLD "$@"',
  'in the background': '"$@" & wait $!',
  'umask, nice and limits': 'umask 027; ulimit -n 100; ulimit -c 0; ulimit -s 4096; nice -n 3 "$@"',
  'another folder': 'cd /usr; "$@"',
  'open files': '"$@" 3</dev/null 4>/dev/null 7</dev/zero',
  'a variable of ours that is not from us': 'LUAHEAT_LINK=x LUAHEAT_FIGURES=y LUAHEAT_MEASURE=z LUAHEAT_SIGNALS=ff:ff "$@" "signals"',
  'a session of its own': 'setsid -w "$@"',
};

for (const [name, line] of Object.entries(starters)) {
  test(`inherited: ${name}`, () => inScratchFolder((folder) => {
    const report = join(folder, 'report.json');
    const plain = runInShell(line, [lua, script]);
    const heated = runInShell(line, [luaheat, 'run', '--format', 'json', '-o', report, script]);
    // The numbers of a session are its own each time.
    const told = ({ stdout }) => (name === 'a session of its own' ? stdout.replace(/^group.*$/m, '') : stdout);
    assert.equal(told(heated), told(plain));
    assert.ok(plain.stdout.includes('SigIgn'));
    assert.deepEqual([heated.stderr, heated.status, heated.signal], [plain.stderr, plain.status, plain.signal]);
    assert.ok(JSON.parse(readFileSync(report, 'utf8')).heap.live > 0);
  }));
}

test('a script survives what its starter ignores', () => inScratchFolder((folder) => {
  const survivor = 'os.execute("kill -HUP $PPID; kill -USR1 $PPID") print("alive")';
  const heated = runInShell('trap "" HUP USR1; "$@"', [luaheat, 'run', '-o', join(folder, 'report'), '-'], { input: survivor });
  assert.deepEqual([heated.stdout, heated.status], ['alive\n', 0]);
}));

test('what starts the interpreter of this process again is neither measured nor changed', () => inScratchFolder((folder) => {
  const again = 'local exe = io.popen("readlink /proc/$PPID/exe"):read() '
    + 'if ... then print(os.getenv("LUAHEAT_FIGURES"), os.getenv("LUAHEAT_SIGNALS"), pcall(require, "no.luaheat")) '
    + 'else print(os.execute(exe .. " /dev/fd/3 again 3< " .. arg[0])) end';
  const file = join(folder, 'again.lua');
  runInShell('printf %s "$1" > "$2"', [again, file]);
  const heated = runInShell('"$@"', [luaheat, 'run', '--format', 'json', '-o', join(folder, 'report'), file]);
  assert.match(heated.stdout, /^nil\tnil\tfalse\t/);
  assert.match(heated.stdout, /true\texit\t0\n$/);
  const { heap } = JSON.parse(readFileSync(join(folder, 'report'), 'utf8'));
  assert.equal(heap.live, heap.collector);
}));

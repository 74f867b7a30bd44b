// SPDX-License-Identifier: MIT
// Runs a program in luaheat-lua with breakpoints, as the adapter would, and nothing else: for timing.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The number of the line that carries the mark `--@mark`. */
export function lineOf(script, mark) {
  return readFileSync(script, 'utf8').split('\n').findIndex((line) => line.endsWith(`--@${mark}`)) + 1;
}

/**
 * CPU seconds of `interpreter script` with the breakpoints (DAP's SourceBreakpoints), memory off. The
 * program must not stop.
 */
export function cpuSecondsWith(interpreter, script, breakpoints) {
  const time = 'TIMEFORMAT="%U %S"; { time "$@" >/dev/null 2>&1; } 2>&1';
  const child = spawn('bash', ['-c', time, 'bash', interpreter, script], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    env: { ...process.env, LUAHEAT_LINK: '3' },
  });
  const link = child.stdio[3];
  let seq = 0;
  const send = (command, args) => link.write(`${JSON.stringify({ seq: ++seq, command, arguments: args })}\n`);
  let received = '';
  link.on('data', (bytes) => {
    received += bytes;
    if (/"event":"stopped"/.test(received)) child.kill();
    if (seq > 0 || !/"event":"ready"/.test(received)) return;
    const numbered = breakpoints.map((breakpoint, i) => ({ id: i + 1, ...breakpoint }));
    if (numbered.length > 0) send('setBreakpoints', { source: { path: script }, breakpoints: numbered });
    send('configurationDone', {});
  });
  link.on('error', () => {}); // the program has ended
  let times = '';
  child.stdout.on('data', (bytes) => { times += bytes; });
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      const seconds = times.trim().split(' ').reduce((sum, one) => sum + Number(one), 0);
      const set = breakpoints.length === 0 || /"verified":true/.test(received);
      if (code === 0 && set) resolve(seconds);
      else reject(new Error(`${script} did not run through: ${received}`));
    });
  });
}

// SPDX-License-Identifier: MIT
// What a lap of a measurement costs: CPU time of a run with 100,000 laps less that of the same run without,
// per lap, and how much memory the program takes more. The two run in turn; medians. Run by `./dev bench`.
import { execFileSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { lineOf } from './link_driver.mjs';

const laps = 100_000;
const luaheat = resolve(process.env.LUAHEAT);
const pairs = Number(process.argv[2] ?? 7);
const script = join(dirname(fileURLToPath(import.meta.url)), 'laps.lua');

/** User and system seconds of the run and its children, and the largest resident KiB of the script. */
function run(...options) {
  const timed = 'TIMEFORMAT="%U %S"; { time "$@"; } 2>&1';
  const peak = 'for line in io.lines("/proc/self/status") do local kb = line:match("VmHWM:%s+(%d+)") if kb then print(kb) end end';
  const output = execFileSync('bash', ['-c', timed, 'bash', luaheat, 'run', '-o', '/dev/null', ...options, '-', String(laps)], {
    encoding: 'utf8', input: `dofile(${JSON.stringify(script)}) ${peak}`,
  });
  const [kib, times] = output.trim().split('\n');
  return { seconds: times.split(' ').reduce((sum, time) => sum + Number(time), 0), kib: Number(kib) };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = [], kib = [];
for (let i = 0; i < pairs; i++) {
  const without = run(), measured = run('--measure', `lap=${script}:${lineOf(script, 'lap')}`);
  seconds.push(measured.seconds - without.seconds);
  kib.push(measured.kib - without.kib);
}
console.log(`${laps.toLocaleString('en-US')} laps: ${(median(seconds) / laps * 1e6).toFixed(2)} microseconds a lap, ` +
  `${median(kib).toLocaleString('en-US')} KiB more in all, median of ${pairs} pairs`);

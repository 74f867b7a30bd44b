// SPDX-License-Identifier: MIT
// What the debugger costs: the CPU time of a program under Luaheat as a ratio to the same program under
// plain lua5.4. The two run in turn (A B A B ...), each pair gives a ratio, and the median is printed with
// the smallest and the largest. Run by `./dev bench [PAIRS]`. A ratio over its limit is marked, not failed:
// the machine may be busy.
import { execFileSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { cpuSecondsWith } from './link_driver.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const luaheat = resolve(process.env.LUAHEAT);
const interpreter = resolve(dirname(luaheat), '../runtime/luaheat-lua');
const plain = process.env.LUA ?? 'lua5.4';
const pairs = Number(process.argv[2] ?? 7);

const programs = ['calls', 'loop', 'trees', 'strings'];
const modes = [
  {
    name: 'memory exact',
    measure: (script) => cpuSeconds([luaheat, 'run', '-o', '/dev/null', script]),
    limits: { calls: 2.6, loop: 2.6, trees: 3.2, strings: 3.2 },
  },
  {
    name: 'memory off',
    measure: (script) => cpuSecondsWith(interpreter, script, []), // in a session without breakpoints
    limits: { calls: 1.05, loop: 1.05, trees: 1.05, strings: 1.05 },
  },
];

// User and system seconds of the command and its children, by the shell's own clock.
function cpuSeconds(command) {
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1';
  const times = execFileSync('bash', ['-c', `{ ${script}; } 2>&1`, 'bash', ...command], { encoding: 'utf8' });
  return times.trim().split(' ').reduce((sum, time) => sum + Number(time), 0);
}

async function ratios(measure, script) {
  const found = [];
  for (let i = 0; i < pairs; i++) found.push(await measure(script) / cpuSeconds([plain, script]));
  return found.sort((a, b) => a - b);
}

const median = (sorted) => sorted[Math.floor(sorted.length / 2)];

console.log(`CPU time as a ratio to ${plain}: median of ${pairs} pairs (smallest - largest), limit`);
for (const mode of modes) {
  for (const program of programs) {
    const sorted = await ratios(mode.measure, join(folder, `${program}.lua`));
    const limit = mode.limits[program];
    const range = `(${sorted[0].toFixed(2)} - ${sorted.at(-1).toFixed(2)})`;
    const mark = median(sorted) > limit ? '  over the limit' : '';
    console.log(
      `${mode.name.padEnd(14)}${program.padEnd(10)}${median(sorted).toFixed(2).padStart(6)}  ` +
        `${range.padEnd(16)} ${limit.toFixed(2)}${mark}`,
    );
  }
}

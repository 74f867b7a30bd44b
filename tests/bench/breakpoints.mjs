// SPDX-License-Identifier: MIT
// What breakpoints cost, memory off: the CPU time of a program with a breakpoint that never stops it as a
// ratio to the same program under plain lua5.4, or to that under a line hook that does nothing. Each pair
// runs in turn; the median is printed with the smallest and the largest. Run by `./dev bench`.
import { execFileSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { cpuSecondsWith, lineOf } from './link_driver.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const luaheat = resolve(process.env.LUAHEAT);
const build = resolve(dirname(luaheat), '..');
const interpreter = join(build, 'runtime/luaheat-lua');
const plain = process.env.LUA ?? 'lua5.4';
const pairs = Number(process.argv[2] ?? 7);

function cpuSeconds(command) {
  const script = 'TIMEFORMAT="%U %S"; time "$@" >/dev/null 2>&1';
  const times = execFileSync('bash', ['-c', `{ ${script}; } 2>&1`, 'bash', ...command], {
    encoding: 'utf8', env: { ...process.env, LUA_CPATH: join(build, 'tests/bench/?.so') },
  });
  return times.trim().split(' ').reduce((sum, time) => sum + Number(time), 0);
}

const script = (name) => join(folder, `${name}.lua`);
const plainly = (name) => cpuSeconds([plain, script(name)]);
const hooked = (name) => cpuSeconds([plain, '-l', 'line_hook', script(name)]);
const at = (name, mark, terms) => cpuSecondsWith(interpreter, script(name), [{ line: lineOf(script(name), mark), ...terms }]);

const rows = [
  ['in another function', 'hot_calls', 'other', plainly, 3],
  ['in another function', 'hot_loop', 'other', plainly, 1.2],
  ['never hit, over a line hook', 'hot_calls', 'never', hooked, 1.5],
  ['never hit, over a line hook', 'hot_loop', 'never', hooked, 1.5],
];

async function median(measure) {
  const found = [];
  for (let i = 0; i < pairs; i++) found.push(await measure());
  found.sort((a, b) => a - b);
  return { middle: found[Math.floor(pairs / 2)], range: `(${found[0].toFixed(2)} - ${found.at(-1).toFixed(2)})` };
}

console.log(`A breakpoint: CPU time as a ratio, median of ${pairs} pairs (smallest - largest), limit`);
for (const [name, program, mark, reference, limit] of rows) {
  const { middle, range } = await median(async () => await at(program, mark) / reference(program));
  console.log(`${name.padEnd(30)}${program.padEnd(11)}${middle.toFixed(2).padStart(6)}  ${range.padEnd(16)} ` +
    `${limit.toFixed(2)}${middle > limit ? '  over the limit' : ''}`);
}

const iterations = 10_000_000;
for (const condition of ['i == -1', 'sum < 0 and label', 'math.type(i) == "float"']) {
  const { middle, range } = await median(async () => {
    const never = await at('hot_loop', 'never');
    return (await at('hot_loop', 'hot', { condition }) - never) / iterations * 1e9;
  });
  const cost = `${Math.round(middle)} ns`;
  console.log(`false condition ${condition.padEnd(27)}${cost.padStart(8)}  ${range.padEnd(16)} 1000 ns${middle > 1000 ? '  over the limit' : ''}`);
}

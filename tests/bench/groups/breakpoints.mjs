// SPDX-License-Identifier: MIT
// What breakpoints cost that never stop.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { lineIn } from '../../fixture.mjs';
import { scratchFolder } from '../../programs.mjs';
import { counted, programNamed, script, timed } from '../programs.mjs';
import { paired, size } from '../setting.mjs';
import { called, countedRatio, debugged, hooked, plain, ratio } from '../ways.mjs';

const at = (name, mark, terms) => [{ path: script(name), line: lineIn(script(name), mark), ...terms }];

function over(name, program, way, other, toReach) {
  return {
    name: `${name}: ${program}`, unit: 'x', toReach, countedToReach: toReach,
    samples: paired(() => ratio(way, other, timed(programNamed(program)))),
    count: () => countedRatio(way, other, counted(programNamed(program))),
  };
}

const elsewhere = (program) => over('exact memory, one elsewhere, over exact memory alone', program,
  debugged(at(program, 'other'), { memory: true }), debugged([], { memory: true }), 1.2);
/** What is below that. */
const callHook = (program) => over('a C call hook that does nothing, over plain Lua', program, called, plain);
const other = (program, toReach) => over('memory off, in another function', program, debugged(at(program, 'other')), plain, toReach);
const otherOverCalls = over('memory off, in another function, over a C call hook', 'calls', debugged(at('calls', 'other')), called, 1.1);
const never = (program) => over('memory off, in the hot function, over a C line hook', program, debugged(at(program, 'never')), hooked, 1.1);

/* ---- Many files ---- */

const FILES = 20, EACH = 5;

/** A program of so many files, each with functions that are not called and one that is. */
function writeFiles(folder) {
  const unused = Array.from({ length: EACH }, (_, i) => `local function unused${i}(n)\n  return n + ${i}\nend\n`).join('');
  const names = Array.from({ length: FILES }, (_, i) => `part${i}`);
  mkdirSync(folder, { recursive: true });
  names.forEach((name, i) => writeFileSync(join(folder, `${name}.lua`), `${unused}local function used(n)\n  return n + ${i}\nend\nreturn used\n`));
  writeFileSync(join(folder, 'main.lua'), `package.path = "${folder}/?.lua"\nlocal used = { ${names.map((name) => `(require("${name}"))`).join(', ')} }
local sum = 0
for round = 1, tonumber(arg[1]) do
  for i = 1, #used do
    sum = used[i](sum) % 1000003
  end
end
print(sum)\n`);
  return names.flatMap((name) => Array.from({ length: EACH }, (_, i) => ({ path: join(folder, `${name}.lua`), line: 2 + 3 * i })));
}

async function inFiles(measure) {
  const folder = scratchFolder();
  try {
    const breakpoints = writeFiles(folder.path);
    return await measure(debugged(breakpoints), debugged(breakpoints.slice(0, 1)), join(folder.path, 'main.lua'));
  } finally {
    folder.remove();
  }
}

const many = {
  name: `memory off, ${FILES * EACH} in ${FILES} files, over one`, unit: 'x', toReach: 1.05, countedToReach: 1.05,
  samples: () => inFiles((all, one, main) => paired(() => ratio(all, one, [main, size(300_000)]))()),
  count: () => inFiles((all, one, main) => countedRatio(all, one, { scriptOf: (rounds) => [main, rounds], rounds: size(10_000) })),
};

/* ---- Conditions ---- */

const loop = programNamed('loop');

function condition(text) {
  const way = debugged(at('loop', 'hot', { condition: text }));
  return {
    name: `condition ${text}, over a C line hook`, unit: 'ns', toReach: 120,
    samples: paired(async () => {
      const run = timed(loop, 1 / 15), iterations = run[1] * 1000;
      const reference = hooked.seconds(run);
      return (await way.seconds(run) - reference) / iterations * 1e9;
    }),
  };
}

export const breakpoints = { name: 'breakpoints', title: 'breakpoints that do not stop', cases: [
  ...['calls', 'trees'].map(callHook),
  ...['calls', 'loop', 'trees'].map(elsewhere),
  other('calls', 1.5), other('loop', 1.02), otherOverCalls,
  ...['calls', 'loop'].map(never),
  many,
  ...['i == -1', 'sum < 0 and label', 'math.type(i) == "float"'].map(condition),
] };

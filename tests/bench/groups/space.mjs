// SPDX-License-Identifier: MIT
// What figures take beside time while the program runs: memory, and time where code is loaded; and laps.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { lineIn } from '../../fixture.mjs';
import { scratchFolder } from '../../programs.mjs';
import { debuggee, programNamed, programs, script, timed } from '../programs.mjs';
import { luaheat, paired, size } from '../setting.mjs';
import { cpuSeconds, peakKiB, printed } from '../timing.mjs';
import { countedRatio, measured, plain } from '../ways.mjs';

/** Tables of two blocks each, less a run without them. */
const bytesOf = (command, tables) => (peakKiB(command, [debuggee('blocks'), tables]) - peakKiB(command, [debuggee('blocks'), 1])) * 1024;

const block = {
  name: 'beside each live block', unit: 'B', toReach: 16,
  samples: paired(() => {
    const tables = size(1_000_000);
    return (bytesOf(measured.command, tables) - bytesOf(plain.command, tables)) / (2 * tables);
  }),
};

const peak = {
  name: 'peak of a process with 28 MB of objects, over lua5.4', unit: 'x', toReach: 1.17,
  samples: paired(() => {
    const run = timed(programNamed('collector'));
    return peakKiB(measured.command, run) / peakKiB(plain.command, run);
  }),
};

/** A source text of a MB: the programs again and again, each as a function. */
function writeLarge(path) {
  const texts = programs.map(({ name }) => readFileSync(script(name), 'utf8')).map((text) => `do local function one(...)\n${text}\nend end\n`);
  const whole = [];
  for (let bytes = 0, i = 0; bytes < size(1 << 20); i++) {
    whole.push(texts[i % texts.length]);
    bytes += texts[i % texts.length].length;
  }
  writeFileSync(path, whole.join(''));
}

async function withLarge(measure) {
  const folder = scratchFolder();
  const path = join(folder.path, 'large.lua');
  try {
    writeLarge(path);
    return await measure((times) => [debuggee('load'), path, times]);
  } finally {
    folder.remove();
  }
}

const load = {
  name: 'load of a source of 1 MB, over lua5.4', unit: 'x', toReach: 2, countedToReach: 2,
  samples: () => withLarge((scriptOf) => paired(() => {
    const reference = printed([...plain.command, ...scriptOf(1)]);
    return printed([...measured.command, ...scriptOf(1)]) / reference;
  })()),
  count: () => withLarge((scriptOf) => countedRatio(measured, plain, { scriptOf, rounds: 1 })),
};

/** CPU time of a run with so many laps less that of the same run without, per lap. */
const lap = {
  name: 'a lap of a measurement', unit: 'us',
  samples: paired(() => {
    const laps = size(100_000), path = debuggee('laps');
    const run = (...options) => cpuSeconds([luaheat, 'run', '-o', '/dev/null', ...options, path, laps]);
    const without = run();
    return (run('--measure', `lap=${path}:${lineIn(path, 'lap')}`) - without) / laps * 1e6;
  }),
};

const OBJECTS = 20_000; // 3 MB
const frames = (count, ...args) => [debuggee('frames'), size(OBJECTS), size(count), ...args];

/** CPU time of those, and of the copies of the process in which collections are tried. */
const framesMeasured = (script, ...options) => cpuSeconds([luaheat, 'run', '-o', '/dev/null', ...options, ...script]);

const lapped = {
  name: '5,000 frames, each a lap by luaheat.lap, over lua5.4', unit: 'x',
  samples: paired(() => {
    const reference = cpuSeconds([...plain.command, ...frames(5000)]);
    return framesMeasured(frames(5000, 'lap')) / reference;
  }),
};

const lined = {
  name: '1,000 frames by --measure of a line of the main loop, over lua5.4', unit: 'x',
  samples: paired(() => {
    const path = debuggee('frames'), reference = cpuSeconds([...plain.command, ...frames(1000)]);
    return framesMeasured(frames(1000), '--measure', `frame=${path}:${lineIn(path, 'frame')}`) / reference;
  }),
};

/** After each of 32 windows, then after 16 of each doubling of their number, as docs/measure.md has it. */
const trial = {
  name: 'a collection that is tried, heap of 3 MB', unit: 'ms',
  samples: paired(() => {
    const windows = 128, trials = 64, without = framesMeasured(frames(windows + 1));
    return (framesMeasured(frames(windows + 1, 'lap')) - without) / trials * 1e3;
  }),
};

export const space = { name: 'space', title: 'memory, loading, laps', cases: [block, peak, load, lap, lapped, lined, trial] };

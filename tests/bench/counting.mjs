// SPDX-License-Identifier: MIT
// Instructions, by valgrind's callgrind: the same whatever else the machine does, so that several are counted at once.

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { scratchFolder } from '../programs.mjs';
import { setting } from './setting.mjs';

/** Why there are no instructions; undefined if there are. */
export function whyNoCounts() {
  if (!setting.counts) return 'not counted';
  return spawnSync('valgrind', ['--version']).status === 0 ? undefined : 'no valgrind here';
}

/** What callgrind has written about the process that ran `program`. */
function instructionsOf(program, folder) {
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    const [, command] = /^cmd: *(.*)$/m.exec(text) ?? [];
    if (command?.startsWith(program)) return Number(/^totals: (\d+)/m.exec(text)[1]);
  }
  throw new Error(`callgrind has seen no ${program}`);
}

/**
 * How many instructions the process takes that runs `program`, one of those that `run` starts behind the starter that
 * it is given.
 */
async function instructions(program, run) {
  const folder = scratchFolder();
  try {
    await run(['valgrind', '-q', '--tool=callgrind', '--trace-children=yes', `--callgrind-out-file=${folder.path}/%p`]);
    return instructionsOf(program, folder.path);
  } finally {
    folder.remove();
  }
}

async function drawn(program, rounds, run) {
  const once = await instructions(program, (starter) => run(rounds, starter));
  return await instructions(program, (starter) => run(2 * rounds, starter)) - once;
}

/**
 * The instructions of so many rounds of a script, without those of what is done once: twice as many rounds less as
 * many. A sample for each draw; `run(rounds, draw, starter)` runs it.
 */
export async function instructionsOfRounds(program, rounds, draws, run) {
  const samples = [];
  let next = 0;
  const drawOn = async () => {
    while (next < draws) {
      const draw = next++;
      samples[draw] = await drawn(program, rounds, (some, starter) => run(some, draw, starter));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, drawOn));
  return samples;
}

// SPDX-License-Identifier: MIT
// The Lua programs that are timed: each does the same `rounds` times and prints what came of it, which depends on
// nothing else. `rounds` make about half a second under plain lua5.4, `counted` some thirty million
// instructions, or as many as it takes until there is no hook any more with memory off. `draws`: how many they take
// depends on chance, of some by a tenth: on the seed of Lua's hashes, and on where collections fall, which some bytes
// more at the start decide. They are counted so often, each time with an argument of another length.

import { join } from 'node:path';

import { benchDir, setting } from './setting.mjs';

export const programs = [
  { name: 'calls', rounds: 4000, counted: 32, buildsNothing: true },
  { name: 'loop', rounds: 30_000, counted: 150, buildsNothing: true },
  { name: 'bodies', rounds: 8000, counted: 25, draws: 24, buildsNothing: true },
  { name: 'tables', rounds: 500, counted: 5, draws: 6 },
  { name: 'trees', rounds: 600, counted: 7, draws: 6 },
  { name: 'strings', rounds: 500, counted: 10, draws: 6 },
  { name: 'patterns', rounds: 500, counted: 24 },
  { name: 'closures', rounds: 20_000, counted: 250 },
  { name: 'coroutines', rounds: 3000, counted: 50, draws: 16 },
  { name: 'methods', rounds: 3000, counted: 35, draws: 4 },
  { name: 'deep', rounds: 700, counted: 20, draws: 8 },
  { name: 'collector', rounds: 1000, counted: 80, draws: 24 },
  { name: 'json', rounds: 100, counted: 1, draws: 4 },
  { name: 'simulation', rounds: 400, counted: 4, draws: 12 },
  { name: 'compiler', rounds: 50, counted: 1, draws: 12 },
];

/** The path of one of them. */
export const script = (name) => join(benchDir, 'programs', `${name}.lua`);

/** One that the groups need beside them, as an argument of who runs it. */
export const debuggee = (name) => join(benchDir, 'debuggees', `${name}.lua`);

/** A script and its arguments, for times. `share`: of what is usual, for what is slow. */
export function timed({ name, rounds }, share = 1) {
  return [script(name), setting.tiny ? 1 : Math.max(1, Math.round(rounds * share))];
}

/** The same, for instructions: what is to be run for so many rounds, in one of the draws. */
export function counted({ name, counted: rounds, draws = 1 }) {
  const scriptOf = (some, draw = 0) => [script(name), some, 'x'.repeat(150 * draw)];
  return { scriptOf, rounds: setting.tiny ? 1 : rounds, draws: setting.tiny ? 1 : draws };
}

export const programNamed = (name) => programs.find((program) => program.name === name);

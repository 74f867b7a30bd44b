// SPDX-License-Identifier: MIT
// The ways in which a script is run: plainly, measured, in a session with breakpoints, by the old trick. Each has
// `seconds` of CPU that a [script, ...arguments] takes, and `count`s the instructions of rounds, a sample for each draw;
// scriptOf(rounds, draw) is what to run.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { cleanEnv } from '../programs.mjs';
import { instructionsOfRounds } from './counting.mjs';
import { runLinked } from './link_driver.mjs';
import { benchDir, build, interpreter, lua, luaheat } from './setting.mjs';
import { ratioOfMeans } from './statistics.mjs';
import { cpuSeconds } from './timing.mjs';

const execute = promisify(execFile);

/** Counts once what is asked for again. */
function counter(program, run) {
  const known = new Map();
  return async (scriptOf, rounds, draws = 1) => {
    const key = scriptOf(rounds).join('\0');
    if (!known.has(key)) {
      known.set(key, await instructionsOfRounds(program, rounds, draws, (some, draw, starter) => run(scriptOf(some, draw), starter)));
    }
    return known.get(key);
  };
}

/** By a command that the script is an argument of. Counted is `program`, one of its processes. */
function byCommand(command, program, env = {}) {
  const run = async (script, starter) => {
    const started = execute(starter[0], [...starter.slice(1), ...command, ...script.map(String)], { env: cleanEnv(env) });
    started.child.stdin.end();
    await started;
  };
  return { command, seconds: (script) => cpuSeconds([...command, ...script], env), count: counter(program, run) };
}

const inBuild = (name) => join(build, 'tests/bench', name);

export const plain = byCommand([lua], lua);
export const measured = byCommand([luaheat, 'run', '-o', '/dev/null'], interpreter);
/** Under a hook in C that does nothing: of lines, of calls. */
const emptyHook = (kind) => byCommand([lua, '-l', `empty_hook.${kind}`], lua, { LUA_CPATH: inBuild('?.so') });
export const hooked = emptyHook('line');
export const called = emptyHook('call');
/** Under the hook that people wrote in Lua. */
export const tricked = byCommand([lua, join(benchDir, 'old_trick.lua')], lua);

/** In a session, with breakpoints that must not stop it; with figures or not. The interpreter alone. */
export function debugged(breakpoints = [], { memory = false } = {}) {
  const env = { LD_PRELOAD: inBuild('steady_clock.so') };
  return {
    seconds: (script) => runLinked(script, { breakpoints, memory }),
    count: counter(interpreter, (script, starter) => runLinked(script, { breakpoints, memory, starter, env })),
  };
}

/** One way over another: in turn, and by instructions. */
export async function ratio(way, other, script) {
  const reference = await other.seconds(script);
  return await way.seconds(script) / reference;
}

export async function countedRatio(way, other, { scriptOf, rounds, draws }) {
  return ratioOfMeans(await way.count(scriptOf, rounds, draws), await other.count(scriptOf, rounds, draws));
}

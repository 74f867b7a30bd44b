// SPDX-License-Identifier: MIT
// What a command takes: CPU time by the shell's own clock, and memory by the kernel's account of the process.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { cleanEnv } from '../programs.mjs';
import { benchDir } from './setting.mjs';

/** A line of shell that runs its arguments and prints nothing but their user and system seconds. */
export const TIMED = 'TIMEFORMAT="%U %S"; { time "$@" >/dev/null 2>&1; } 2>&1';

const GRAIN = 0.001;

/** What that prints, as seconds. */
export function seconds(times) {
  return Math.max(GRAIN, times.trim().split(' ').reduce((sum, time) => sum + Number(time), 0));
}

/** User and system seconds of the command and its children. */
export function cpuSeconds(command, env = {}) {
  return seconds(execFileSync('bash', ['-c', `${TIMED} || exit 1`, 'bash', ...command.map(String)], { encoding: 'utf8', env: cleanEnv(env) }));
}

/** What a program prints that measures itself: a number. `command` runs it. */
export function printed(command, env = {}) {
  return Number(execFileSync(String(command[0]), command.slice(1).map(String), { encoding: 'utf8', env: cleanEnv(env) }).trim().split('\n').at(-1));
}

/** The largest resident KiB of the process that runs the script, by `command`, which ends with the script. */
export function peakKiB(command, [path, ...args]) {
  return printed([...command, join(benchDir, 'debuggees/peak.lua'), path, ...args]);
}

/** The same of a process that still runs. */
export function peakKiBOf(pid) {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
}

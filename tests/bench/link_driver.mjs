// SPDX-License-Identifier: MIT
// Runs a program in luaheat-lua with breakpoints, as the adapter would, and nothing else: for timing.

import { spawn } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { cleanEnv } from '../programs.mjs';
import { interpreter } from './setting.mjs';
import { seconds, TIMED } from './timing.mjs';

const ROOM = 2 ** 30; // more than figures have; the file is sparse

/** A descriptor of memory that nobody else knows. */
function sharedMemory() {
  const folder = mkdtempSync('/dev/shm/luaheat-bench-');
  const memory = openSync(join(folder, 'memory'), 'w+');
  rmSync(folder, { recursive: true });
  ftruncateSync(memory, ROOM);
  return memory;
}

/** The requests that set breakpoints, { path, line, ... } each, and let the program begin. */
function conversation(breakpoints) {
  const paths = [...new Set(breakpoints.map(({ path }) => path))];
  const numbered = breakpoints.map((breakpoint, i) => ({ id: i + 1, ...breakpoint }));
  const settings = paths.map((path) => ['setBreakpoints', {
    source: { path }, breakpoints: numbered.filter((one) => one.path === path).map(({ path: _, ...one }) => one),
  }]);
  return [...settings, ['configurationDone', {}]]
    .map(([command, args], i) => `${JSON.stringify({ seq: i + 1, command, arguments: args })}\n`).join('');
}

/**
 * CPU seconds of `luaheat-lua script arguments` with the breakpoints, { path, line, ... } as DAP's SourceBreakpoints.
 * They must not stop it. `memory`: with figures. `starter`: what runs the interpreter, with `env` around it.
 */
export function runLinked(script, { breakpoints = [], memory = false, starter = [], env = {} } = {}) {
  const shared = memory ? [sharedMemory(), sharedMemory()] : [sharedMemory()];
  const child = spawn('bash', ['-c', TIMED, 'bash', ...starter, interpreter, ...script.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit', 'pipe', ...shared],
    env: cleanEnv({ LUAHEAT_LINK: '3', LUAHEAT_BELL: '4', ...(memory && { LUAHEAT_FIGURES: '5' }), ...env }),
  });
  shared.forEach(closeSync);
  const link = child.stdio[3];
  let received = '', begun = false, times = '';
  link.on('data', (bytes) => {
    received += bytes;
    if (/"event":"stopped"/.test(received)) child.kill();
    if (begun || !/"event":"ready".*\n/.test(received)) return;
    begun = true;
    link.write(conversation(breakpoints));
  });
  link.on('error', () => {}); // the program has ended
  child.stdout.on('data', (bytes) => { times += bytes; });
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      const verified = received.split('"verified":true').length - 1;
      if (code === 0 && verified === breakpoints.length) resolve(seconds(times));
      else reject(new Error(`${script} did not run through: ${received.slice(0, 2000)}`));
    });
  });
}

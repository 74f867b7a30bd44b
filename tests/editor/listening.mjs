// SPDX-License-Identifier: MIT
// Programs that run Lua by themselves, with a door open: `lua5.4`, which knows nothing of Luaheat but the module.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { eventually } from './eventually.mjs';

const { LUAHEAT_TREE: tree, LUA: lua = 'lua5.4' } = process.env;

/** Works in rounds, and tells them; `work` is what it does in each. */
export function rounds(work) {
  return [
    'require("luaheat").listen()',
    'local kept = {}',
    'local function round(number)',
    work,
    'end',
    'for number = 1, math.huge do',
    '  round(number)',
    '  if number % 1e5 == 0 then io.write(number, "\\n"):flush() end',
    'end',
    '',
  ].join('\n');
}

export class Listening {
  #program;
  #said = '';

  /** A file of the sample, with its door in that folder. */
  constructor(sample, file, doors) {
    const LUA_CPATH = join(tree, 'lib/lua/5.4/?.so');
    const env = { ...process.env, LUA_CPATH, LUAHEAT_DOORS: doors };
    this.#program = spawn(lua, [sample.path(file)], { cwd: sample.folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#program.stdout.setEncoding('utf8').on('data', (text) => (this.#said = (this.#said + text).slice(-100)));
  }

  get pid() {
    return this.#program.pid;
  }

  get #hasEnded() {
    return this.#program.exitCode !== null || this.#program.signalCode !== null;
  }

  /** The last round that it has told; undefined before the first. */
  get round() {
    return Number(this.#said.split('\n').at(-2)) || undefined; // what stands behind it may be half a line
  }

  /** Waits until it has done another round. */
  async goesOn() {
    const before = this.round ?? 0;
    await eventually(() => this.#hasEnded || (this.round ?? 0) > before);
    if (this.#hasEnded) throw new Error('it has ended');
  }

  async end() {
    if (this.#hasEnded) return;
    const ended = once(this.#program, 'exit');
    this.#program.kill('SIGKILL');
    await ended;
  }
}

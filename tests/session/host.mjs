// SPDX-License-Identifier: MIT
// The host of tests/hosts as a process, and what is said to it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { createInterface } from 'node:readline';

import { fixturePath } from '../fixture.mjs';
import { cleanEnv, luaheat, sanitizer, scratchFolder } from '../programs.mjs';
import { patience } from './dap_client.mjs';

const build = dirname(dirname(luaheat));
export const hostProgram = join(build, 'tests/hosts/host');
export const modulePath = join(build, 'runtime/luaheat.so');

/** Runs until it is ended; its doors lie in a folder of its own, `doors`, or in that of the one whose place it takes. */
export class Host {
  stderr = '';
  #answers = new Map(); // number of the OS thread -> answers that nobody has asked for yet
  #waiting = new Map(); // likewise -> those who wait for one
  #folder;
  #process;
  #closed;

  constructor(options = [], scripts = ['hosted.lua'], predecessor = undefined) {
    this.#folder = predecessor === undefined ? scratchFolder() : predecessor.#folder;
    this.#process = spawn(hostProgram, [...options, ...scripts.map((script) => (isAbsolute(script) ? script : fixturePath(script)))], {
      env: cleanEnv({
        LUAHEAT_DOORS: this.doors, LUA_CPATH: `${dirname(modulePath)}/?.so`,
        GLIBC_TUNABLES: 'glibc.malloc.tcache_count=0', // what is freed does not count as given out
        ...(sanitizer && { LD_PRELOAD: sanitizer }),
      }),
      stdio: 'pipe',
    });
    this.#process.stdin.on('error', () => {}); // it went away: `close` tells
    this.#process.stderr.on('data', (bytes) => { this.stderr += bytes; });
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#take(line));
    this.#closed = once(this.#process, 'close').then(([code, signal]) => {
      for (const waiter of [...this.#waiting.values()].flat()) waiter.reject(new Error(`the host has ended (${signal ?? code}) ${this.stderr}`));
      return { code, signal };
    });
  }

  get pid() { return this.#process.pid; }
  get doors() { return join(this.#folder.path, 'doors'); }

  #take(line) {
    const [, number, text] = /^(\d+) (.*)$/.exec(line) ?? [, 0, line];
    const waiter = this.#waiting.get(Number(number))?.shift();
    if (waiter) waiter.resolve(text);
    else this.#answers.set(Number(number), [...(this.#answers.get(Number(number)) ?? []), text]);
  }

  /** What that OS thread says next; `within`: ms, or as long as the test may take. */
  next(number, within = patience) {
    const early = this.#answers.get(number)?.shift();
    if (early !== undefined) return Promise.resolve(early);
    return new Promise((resolve, reject) => {
      const late = () => reject(new Error(`waited in vain for OS thread ${number} of the host ${this.stderr}`));
      const timer = within && setTimeout(late, within);
      const done = (settle) => (value) => { clearTimeout(timer); settle(value); };
      this.#waiting.set(number, [...(this.#waiting.get(number) ?? []), { resolve: done(resolve), reject: done(reject) }]);
    });
  }

  async ready(count = 1) {
    for (let number = 1; number <= count; number++) assert.equal(await this.next(number), 'ready');
    return this;
  }

  /** Says it, and what is answered. */
  async ask(command, number = 1, within = patience) {
    this.#process.stdin.write(`${number} ${command}\n`);
    return this.next(number, within);
  }

  /** The result of a call, which must not fail. */
  async call(command, number = 1, how = 'call') {
    const answer = await this.ask(`${how} ${command}`, number);
    assert.match(answer, /^ok /, answer);
    return answer.slice('ok '.length);
  }

  /** It goes to a debugger that listens there, or will. */
  async connects(path) {
    let answer;
    do answer = await this.ask(`call connect ${path}`); while (/No such file|Connection refused/.test(answer));
    assert.equal(answer, 'ok true');
  }

  /** While it makes and drops tables, calls back; then it is itself again. */
  async whileBusy(callback) {
    const file = join(this.doors, 'enough');
    rmSync(file, { force: true });
    const over = this.ask(`call busy ${file}`, 1, null);
    over.catch(() => {}); // awaited below
    await callback();
    writeFileSync(file, '');
    assert.match(await over, /^ok /);
    await this.isItself();
  }

  /** Runs a little Lua code in it, again and again, until that has settled. */
  async runsUntil(promise, number = 1, how = 'call', what = 'tick') {
    let settled = false;
    const mark = () => { settled = true; };
    promise.then(mark, mark);
    while (!settled) await this.call(what, number, how);
    return promise;
  }

  /** It is as nobody had ever been there. */
  async isItself(number = 1) {
    assert.equal(await this.ask('state', number), 'allocator=own hook=none kept=none extra=own');
    const [counted, allocated] = (await this.ask('count', number)).split(' ');
    assert.equal(counted, allocated);
  }

  listed() {
    return readdirSync(this.doors).sort();
  }

  ended() { return this.#closed; }

  /** exit() of the process. */
  async exits() {
    this.#process.stdin.write('0 exit\n');
    assert.deepEqual(await this.#closed, { code: 0, signal: null }, this.stderr);
    assert.equal(this.stderr, '');
  }

  kill(signal = 'SIGKILL') { this.#process.kill(signal); }

  /** After whatever. */
  finish() {
    this.kill();
    this.#folder.remove();
  }
}

// SPDX-License-Identifier: MIT
// Stories of a debugger that comes to a program that runs: the host of tests/hosts, and a session.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DapClient, patience } from './dap_client.mjs';
import { Host, modulePath } from './host.mjs';
import { initializeArguments, Session } from './session.mjs';

export const FIXTURE = 'hosted.lua';

/** A session with a program that it has not started. */
class Visit extends Session {
  #host;
  #number;

  constructor(host, client = new DapClient(['dap'], { LUAHEAT_DOORS: host.doors })) {
    super(client);
    this.#host = host;
  }

  /**
   * Attaches to a state of the host that runs Lua code: that of the OS thread of that number is made to, meanwhile,
   * unless there is none. `stopAt`, `errors`: as for start(); all else are arguments of attach.
   */
  async attach({ number = 1, how = 'call', ...options } = {}) {
    this.#number = number;
    await this.joins(options, (attached) => this.#host.runsUntil(attached, number, how));
    return this;
  }

  /** Attaches to a state that runs by itself. */
  async joins({ stopAt = [], errors = [], initialize = {}, ...attach } = {}, meanwhile = (promise) => promise) {
    this.begin(FIXTURE, attach.memory);
    await this.client.request('initialize', { ...initializeArguments, ...initialize });
    const attached = this.client.request('attach', { processId: this.#host.pid, ...attach });
    attached.catch(() => {}); // awaited below
    await this.client.event('initialized');
    if (stopAt.length > 0) await this.setBreakpoints(stopAt);
    if (errors.length > 0) await this.setErrorFilters(...errors);
    await this.client.request('configurationDone');
    await meanwhile(attached);
    await meanwhile(this.isTold());
  }

  /** The runtime answers one after the other: once it answers this, it has been told all. */
  isTold() {
    return this.client.request('loadedSources');
  }

  /** Whatever is there is debugged by another: the answer. */
  async isRefused(attach = {}) {
    await this.client.request('initialize', initializeArguments);
    await this.client.event('initialized');
    const refused = this.client.refusal('attach', { processId: this.#host.pid, ...attach });
    await this.client.request('configurationDone');
    return refused;
  }

  /** Another host has come in the place of the one that it has been attached to. */
  moves(host) {
    this.#host = host;
  }

  /** Breakpoints of a program that runs. */
  async breaksAt(marks, how = 'call') {
    const set = this.setBreakpoints(marks);
    return this.#host.runsUntil(set, this.#number, how);
  }

  /** The client leaves, and the program runs on: that of attach(). */
  async leave(how = 'call') {
    await this.leaves((left) => this.#host.runsUntil(left, this.#number, how));
  }

  /** The same where it runs by itself. */
  async leaves(meanwhile = (promise) => promise) {
    await this.leavesWith({}, meanwhile);
  }

  /** By those arguments of disconnect. */
  async leavesWith(how, meanwhile = (promise) => promise) {
    await meanwhile(this.client.request('disconnect', how));
    this.client.closeInput();
    assert.deepEqual(await this.client.ended(), { code: 0, signal: null }, 'the adapter ends well');
    this.client.assertClean();
    assert.equal(this.client.stderr, '');
  }
}

/** A test around one host; the story gets it, and `visit()`, which makes a session with it (`client`: of another adapter). */
export function hosted(name, options, story, { scripts = [FIXTURE], count = scripts.length, timeout = 12 * patience, ends = true, skip = false } = {}) {
  test(name, { timeout, skip }, async () => {
    const host = new Host(options, scripts);
    const visits = [];
    const visit = (client) => visits[visits.push(new Visit(host, client)) - 1];
    try {
      await host.ready(count);
      await story(host, visit);
      if (ends) await host.exits();
    } finally {
      for (const one of visits) one.kill();
      host.finish();
    }
  });
}

/** What hosts are like. */
export const HOSTS = {
  'a plain host': [],
  'without debug and package': ['--module', modulePath, '--without', 'debug,package'],
  'strict globals': ['--strict'],
  'a count hook that yields': ['--yields', '100'],
  'its own extra space': ['--extra'],
};

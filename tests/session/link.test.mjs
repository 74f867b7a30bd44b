// SPDX-License-Identifier: MIT
// The runtime alone, spoken to as the adapter does: what the adapter cannot be made to do at a given moment.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { cleanEnv, interpreter } from '../programs.mjs';
import { patience } from './dap_client.mjs';

const fixture = 'mutations.lua';

class Link {
  #seq = 0;
  #received = '';

  constructor() {
    this.child = spawn(interpreter, [fixturePath(fixture), 'forever'], {
      env: cleanEnv({ LUAHEAT_LINK: '3' }), stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
    });
    this.stream = this.child.stdio[3];
    this.stream.on('data', (bytes) => { this.#received += bytes; });
    this.stream.on('error', () => {}); // the program has ended
  }

  /** All requests in one write; their numbers. */
  send(...requests) {
    const numbered = requests.map(([command, args = {}]) => ({ seq: ++this.#seq, command, arguments: args }));
    this.stream.write(numbered.map((request) => `${JSON.stringify(request)}\n`).join(''));
    return numbered.map(({ seq }) => seq);
  }

  async until(pattern) {
    const late = AbortSignal.timeout(patience);
    while (!pattern.test(this.#received)) {
      await once(this.stream, 'data', { signal: late }).catch(() => assert.fail(`waited in vain for ${pattern}`));
    }
  }

  async answered(seqs) {
    for (const seq of seqs) await this.until(new RegExp(`"request_seq":${seq},"success":true`));
  }

  /** How many events of that name have come so far. */
  heard(event) {
    return this.#received.split(`"event":"${event}"`).length - 1;
  }

  async refused(seqs, why) {
    for (const seq of seqs) await this.until(new RegExp(`"request_seq":${seq},"success":false,"message":"${why}"`));
  }
}

async function linked(story) {
  const link = new Link();
  try {
    await link.until(/"event":"ready"/);
    await story(link);
  } finally {
    link.child.kill();
  }
}

// Nobody wakes the program for what has come with the request that makes it go on.
test('a request that comes together with the one that ends a stop is served', () => linked(async (link) => {
  link.send(['configurationDone', { stopOnEntry: true }]);
  await link.until(/"event":"stopped"/);
  await link.answered(link.send(['continue', { threadId: 1 }], ['loadedSources']));
}));

test('and one that comes while the program waits with what a breakpoint prints', () => linked(async (link) => {
  const breakpoint = { id: 1, line: lineOf(fixture, 'round'), logMessage: 'x', hitCondition: '1' };
  link.send(['setBreakpoints', { source: { path: fixturePath(fixture) }, breakpoints: [breakpoint] }], ['configurationDone']);
  await link.until(/"event":"output"/);
  await link.answered(link.send(['outputShown'], ['loadedSources']));
}));

test('what a breakpoint prints is waited with until it is shown', () => linked(async (link) => {
  const breakpoint = { id: 1, line: lineOf(fixture, 'round'), logMessage: 'x' };
  link.send(['setBreakpoints', { source: { path: fixturePath(fixture) }, breakpoints: [breakpoint] }], ['configurationDone']);
  await link.until(/"event":"output"/);
  await link.answered(link.send(['loadedSources']));
  assert.equal(link.heard('output'), 1);
  link.send(['outputShown']);
  await link.until(/"event":"output"[^]*"event":"output"/);
}));

test('and one that comes together with configurationDone', () => linked(async (link) => {
  await link.answered(link.send(['configurationDone'], ['loadedSources']));
}));

test('what needs a Lua state is refused before there is one', () => linked(async (link) => {
  const commands = [['luaheat/collect'], ['luaheat/snapshot'], ['luaheat/measure', { action: 'start', name: 'x' }]];
  await link.refused(link.send(...commands), 'the program has not started yet');
}));

test('what has other arguments than the contract wants is refused', () => linked(async (link) => {
  await link.refused(link.send(['cancel'], ['cancel', { requestId: null }]), "'requestId' is missing; it must be a number");
  await link.refused(link.send(['setFunctionBreakpoints', { breakpoints: [{ id: 1, name: 'f' }, { id: 2, name: 3 }] }]),
    String.raw`In 'breakpoints\[1\]': 'name' must be a string, not a number`);
}));

// The adapter knows of a stop or an end later than the program does.
test('what is about a stop is refused while the program runs', () => linked(async (link) => {
  const commands = ['continue', 'next', 'stepIn', 'stepOut', 'threads', 'stackTrace', 'scopes', 'variables', 'evaluate', 'source',
    'setVariable', 'setExpression', 'completions', 'exceptionInfo', 'locations', 'readMemory', 'writeMemory',
    'dataBreakpointInfo', 'luaheat/retainers', 'luaheat/largestTables', 'luaheat/equalStrings'];
  const [, ...asked] = link.send(['configurationDone'], ...commands.map((command) => [command, { threadId: 1 }]));
  await link.refused(asked, 'notStopped');
}));

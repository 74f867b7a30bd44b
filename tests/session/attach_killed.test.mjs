// SPDX-License-Identifier: MIT
// Either side is killed at any moment of a session: the other one notices it at once, and nothing is left.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { runLuaheat, sanitizer } from '../programs.mjs';
import { DapClient, patience, Refused } from './dap_client.mjs';
import { Host } from './host.mjs';
import { peer } from './peer.mjs';
import { initializeArguments } from './session.mjs';

const FIXTURE = 'endless.lua';
const TIMES = Number(process.env.LUAHEAT_TEST_KILLS ?? (sanitizer ? 24 : 200));
const AT_ONCE = 4;

/** What a user does who debugs a program that runs. */
async function debug(client, pid) {
  const source = { path: fixturePath(FIXTURE) }, line = lineOf(FIXTURE, 'work');
  await client.request('initialize', initializeArguments);
  const attached = client.request('attach', { processId: pid });
  attached.catch(() => {}); // awaited below
  await client.event('initialized');
  await client.request('setBreakpoints', { source, breakpoints: [{ line }] });
  await client.request('configurationDone');
  await attached;
  for (const expression of ['n + 1', 'work(n)']) {
    const { threadId } = await client.event('stopped');
    const { stackFrames: [{ id: frameId }] } = await client.request('stackTrace', { threadId });
    const { scopes } = await client.request('scopes', { frameId });
    for (const { variablesReference } of scopes) await client.request('variables', { variablesReference });
    await client.request('evaluate', { expression, frameId, context: 'repl' });
    await client.request('luaheat/lines');
    await client.request('next', { threadId });
    await client.event('stopped');
    await client.request('luaheat/retainers', { source, line }); // now there is something that it has allocated
    await client.request('continue', { threadId });
  }
  await client.request('setBreakpoints', { source, breakpoints: [] });
}

async function leave(client) {
  await client.request('disconnect', {});
  client.closeInput();
  assert.deepEqual(await client.ended(), { code: 0, signal: null }, 'the adapter ends well');
  client.assertClean();
  assert.equal(client.stderr, '');
}

/** A program, and a session with it. */
async function paired(host, story) {
  const client = new DapClient(['dap'], { LUAHEAT_DOORS: host.doors });
  try {
    await story(host, client);
  } finally {
    client.kill();
    host.kill();
    await host.ended();
  }
}

// Several at once take their time: that it is a second for one is seen in attach_ends.test.mjs.
const within = (promise, what) => Promise.race([promise,
  new Promise((_, reject) => { setTimeout(() => reject(new Error(`${what}: in vain`)), patience).unref(); })]);

/** The adapter notices it, whatever it is at, and ends well. */
async function theProgramIsKilled(host, client, when) {
  host.kill();
  await host.ended();
  await within(client.event('terminated'), `the program is killed ${when}, and the adapter says so`);
  await leave(client);
}

/** The program notices it, wherever it is, and goes on: it lets another one in. */
async function theAdapterIsKilled(host, client, when) {
  const door = join(host.doors, `${host.pid}.sock`);
  client.kill();
  await client.ended();
  while (!existsSync(door)) await new Promise((resolve) => { setTimeout(resolve, 5); });
  await within(peer(door, []), `the adapter is killed ${when}, and the program lets another in`);
}

test(`either side is killed at any moment: ${TIMES}`, { timeout: 600_000 }, async () => {
  const first = new Host([], [FIXTURE]); // whose doors are those of all
  let random = 11, left = TIMES, whole;
  const below = (most) => {
    random = (random * 48271) % 2147483647; // Park and Miller's
    return random % most;
  };
  const kill = async () => {
    while (left-- > 0) {
      const isKilled = left % 2 ? theProgramIsKilled : theAdapterIsKilled, messages = below(whole), ms = below(4);
      await paired(new Host([], [FIXTURE], first), async (host, client) => {
        const story = debug(client, host.pid).catch((error) => error);
        const told = client.until(`${messages} messages`, () => client.messages.length >= messages);
        told.catch(() => {}); // a story may have fewer messages than that of which they were counted
        await Promise.race([told, story]);
        await new Promise((resolve) => { setTimeout(resolve, ms); });
        await isKilled(host, client, `${ms} ms after ${messages} messages`);
        const error = await story; // what was asked just then is refused, or nothing comes any more
        assert.ok(error === undefined || error instanceof Refused || /has ended/.test(error.message), error);
      });
    }
  };
  try {
    await paired(first, async (host, client) => {
      await debug(client, host.pid);
      whole = client.messages.length;
      await leave(client);
    });
    await Promise.all(Array.from({ length: AT_ONCE }, kill));
    assert.equal(runLuaheat(['ps', '--json'], { env: { LUAHEAT_DOORS: first.doors } }).stdout.trim(), '[\n]');
    assert.deepEqual(first.listed(), []);
  } finally {
    first.finish();
  }
});

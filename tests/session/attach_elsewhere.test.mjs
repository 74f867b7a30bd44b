// SPDX-License-Identifier: MIT
// A program is attached to whose files are elsewhere for the client, by an adapter of its own and through one that listens
// where the program is. What the stories know is the client's; the program is a copy.

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scratchFolder } from '../programs.mjs';
import { FIXTURE, hosted } from './attaching.mjs';
import { Server } from './listening.mjs';

const token = 'a-token-that-is-long-enough';
const scratch = scratchFolder();
after(() => scratch.remove());

const remoteRoot = join(scratch.path, 'app');
const localRoot = fixturePath('');
mkdirSync(remoteRoot);
copyFileSync(fixturePath(FIXTURE), join(remoteRoot, FIXTURE));
const link = join(scratch.path, 'link');
symlinkSync(remoteRoot, link);
const tokenFile = join(scratch.path, 'token');
writeFileSync(tokenFile, `${token}\n`, { mode: 0o600 });

const path = fixturePath(FIXTURE);
const source = { path };
const scripts = [join(remoteRoot, FIXTURE)];

/** The client has never seen where the program is; its door has another place. */
function assertNothingRemote({ client }) {
  for (const message of client.messages) assert.ok(!JSON.stringify(message).includes(scratch.path), JSON.stringify(message));
}

/** All that has to do with places, in a session of those arguments. */
async function knowsItsPlaces(host, session, args) {
  await session.attach({ stopAt: ['inner'], ...args });
  const { breakpoints } = await host.runsUntil(session.client.request('breakpointLocations', { source, line: lineOf(FIXTURE, 'inner') }));
  assert.deepEqual(breakpoints.map(({ line }) => line), [lineOf(FIXTURE, 'inner')]);
  const { breakpoints: [grows] } = await host.runsUntil(session.client.request('luaheat/memoryBreakpoints', {
    breakpoints: [{ source, line: lineOf(FIXTURE, 'keep'), growth: '6KB' }] }));
  assert.ok(grows.verified);
  const done = host.call('work 7');
  await session.stopsAt('inner');
  assert.deepEqual(await session.trace(), ['@inner', '@work_inner']);
  const { stackFrames: [top] } = await session.stack();
  assert.deepEqual([top.source.name, top.source.path], [FIXTURE, path]);
  assert.equal((await session.client.request('source', { sourceReference: 0, source })).content, readFileSync(path, 'utf8'));
  const [set] = session.settled(await session.setBreakpoints(['work_end']));
  assert.deepEqual([set.verified, set.line], [true, lineOf(FIXTURE, 'work_end')]);
  await session.continueTo('work_end');
  const made = await session.lineAt('work_made');
  assert.deepEqual([made.source.path, made.kinds.table[0]], [path, 1]);
  const { sources } = await session.client.request('loadedSources');
  assert.deepEqual(sources.filter((each) => each.path).map((each) => each.path), [path]);
  await session.continue();
  assert.equal(await done, '16');
  const kept = host.call('keep 100');
  await session.stopsAt('keep', 'memory limit');
  const heat = session.client.messages.findLast(({ event }) => event === 'luaheat/heat').body;
  assert.ok(heat.sources.some((each) => each.source.path === path), 'the event tells it, too');
  await session.continue();
  await kept;
  assertNothingRemote(session);
  await session.leave();
  await host.isItself();
}

const MAPS = {
  'localRoot and remoteRoot': { localRoot, remoteRoot },
  'a list of maps': { pathMappings: [{ localRoot: '/elsewhere', remoteRoot: '/' }, { localRoot, remoteRoot: `${remoteRoot}/` }] },
  'a remote root that is a link': { localRoot, remoteRoot: link },
};

for (const [name, maps] of Object.entries(MAPS)) {
  hosted(`with ${name}`, [], async (host, visit) => {
    await host.call('listen');
    await knowsItsPlaces(host, visit(), maps);
  }, { scripts });
}

/** The story gets a server with a token, beside the host. */
function served(name, story) {
  hosted(name, [], async (host, visit) => {
    const server = new Server(['--listen', '0', '--token-file', tokenFile], { LUAHEAT_DOORS: host.doors });
    try {
      await server.listens();
      await host.call('listen worker');
      await story(host, () => visit(server.client()), server);
      await server.end();
    } finally {
      server.kill();
    }
  }, { scripts });
}

served('through an adapter that listens, again and again', async (host, visit) => {
  for (const maps of Object.values(MAPS)) await knowsItsPlaces(host, visit(), { token, ...maps });
});

served('by the name of its door, left suspended by one client and found by the next', async (host, visit) => {
  const there = { processId: undefined, doorName: 'worker', localRoot, remoteRoot, token };
  const first = visit(), second = visit();
  await first.attach({ stopAt: ['inner'], ...there });
  const done = host.call('work 1');
  await first.stopsAt('inner');
  await first.leavesWith({ suspendDebuggee: true });
  await second.joins(there);
  await second.stopsAt('inner', 'pause');
  await second.continue();
  assert.equal(await done, '4');
  await second.leave();
  await host.isItself();
});

served('without the token nobody is attached', async (host, visit) => {
  const { client } = visit();
  await client.request('initialize', { adapterID: 'luaheat', pathFormat: 'path' });
  assert.equal((await client.refusal('attach', { processId: host.pid, token: `${token}!` })).error.id, 2020);
  await client.ended();
  await host.isItself();
});

hosted('breakpoints of one that runs no Lua code are those of its files, told as the client\'s', [], async (host, visit) => {
  await host.call('listen');
  const session = visit();
  await session.client.request('initialize', { adapterID: 'luaheat', pathFormat: 'path' });
  const attached = session.client.request('attach', { processId: host.pid, localRoot: '/nowhere', remoteRoot, memory: 'off' });
  await session.client.event('initialized');
  await session.client.request('configurationDone');
  await attached;
  const line = lineOf(FIXTURE, 'inner');
  const { breakpoints: [breakpoint] } = await session.client.request('setBreakpoints', {
    source: { path: `/nowhere/${FIXTURE}` }, breakpoints: [{ line }] });
  assert.deepEqual([breakpoint.verified, breakpoint.line], [true, line]);
  assertNothingRemote(session);
  await session.leave();
}, { scripts });

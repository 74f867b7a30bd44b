// SPDX-License-Identifier: MIT
// What a program starts is debugged in a session of its own, if the client can start one.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { interpreter } from '../programs.mjs';
import { DapClient } from './dap_client.mjs';
import { initializeArguments, isGone, scene } from './session.mjs';

const startsSessions = { supportsStartDebuggingRequest: true };
const child = [interpreter, fixturePath('started.lua')];

/** A session that the adapter of another has asked for. */
class ChildSession {
  client = new DapClient(['dap']);

  /** `stopAt`: marks of started.lua. */
  async start({ request, configuration }, stopAt = []) {
    this.configuration = configuration;
    await this.client.request('initialize', initializeArguments);
    await this.client.event('initialized');
    const begun = this.client.request(request, configuration);
    begun.catch(() => {});
    const path = fixturePath('started.lua');
    await this.client.request('setBreakpoints', { source: { path }, breakpoints: stopAt.map((mark) => ({ line: lineOf('started.lua', mark) })) });
    await this.client.request('configurationDone');
    await begun;
    return {};
  }

  async stopsAt(mark) {
    const { threadId } = await this.client.event('stopped');
    const { stackFrames: [top] } = await this.client.request('stackTrace', { threadId });
    assert.equal(top.line, lineOf('started.lua', mark));
  }

  continue() {
    return this.client.request('continue', { threadId: 1 });
  }

  async end() {
    await this.client.request('disconnect', {});
    await this.client.ended();
    this.client.assertClean();
  }
}

/** The story also gets the sessions of children, in their order; each stops at those marks. */
function family(name, stopAt, story) {
  scene(name, async (start, session) => {
    const sessions = [];
    session.client.answers.startDebugging = (args) => {
      sessions.push(new ChildSession());
      return sessions.at(-1).start(args, stopAt);
    };
    try {
      await story((fixture, options) => start(fixture, { initialize: startsSessions, ...options }), session, sessions);
    } finally {
      for (const { client } of sessions) client.kill();
    }
  });
}

/** It has been started by hand: nobody debugs it. */
async function runsAlone(program, { has = true } = {}) {
  await program.ends();
  assert.equal(program.client.output('stdout'), `started\t0\t${has}\nexit\t3\n`);
}

family('a child is debugged', ['started'], async (start, { client }, sessions) => {
  const program = await start('starts.lua', { args: child, stopAt: ['ended'] });
  await client.until('a session', () => sessions.length === 1);
  const [own] = sessions;
  await own.stopsAt('started');
  assert.deepEqual({ type: own.configuration.type, name: own.configuration.name }, { type: 'luaheat', name: fixturePath('started.lua') });
  const { heap, sources } = await own.client.request('luaheat/lines');
  assert.equal(sources.flatMap(({ rows }) => rows).reduce((sum, row) => sum + row[4], 0), heap.live);
  assert.equal(heap.live, heap.collector + heap.uncounted, 'the books are Lua\'s own count, from the start');
  await own.continue();
  await program.stopsAt('ended');
  assert.equal((await program.locals()).code, '3');
  await program.continueToEnd();
  assert.equal((await own.client.event('exited')).exitCode, 3);
  await own.client.event('terminated');
  await own.end();
});

family('a child ends, which its parent has not looked at', ['leaves'], async (start, { client }, sessions) => {
  const program = await start('starts.lua', { args: ['exec', ...child], stopAt: ['closes'] });
  await client.until('a session', () => sessions.length === 1);
  const [own] = sessions;
  await own.stopsAt('leaves');
  await own.continue();
  await program.stopsAt('closes');
  assert.equal((await own.client.event('exited')).exitCode, 3);
  assert.match(own.client.output('console'), /has ended/);
  await own.end();
  await program.continueToEnd();
});

family('a child of a child is debugged', ['leaves'], async (start, { client }, sessions) => {
  const program = await start('starts.lua', { args: [...child, '1', interpreter] });
  await client.until('two sessions', () => sessions.length === 2);
  for (const own of [sessions[1], sessions[0]]) {
    await own.stopsAt('leaves');
    await own.continue();
    await own.client.event('terminated');
    await own.end();
  }
  await program.ends();
  assert.equal(client.output('stdout'), 'started\t1\ttrue\nstarted\t0\ttrue\nexit\t3\n');
});

for (const how of ['disconnects', 'is killed']) {
  family(`a child runs on when its session ${how}`, ['started'], async (start, { client }, sessions) => {
    const program = await start('starts.lua', { args: child });
    await client.until('a session', () => sessions.length === 1);
    await sessions[0].stopsAt('started');
    if (how === 'is killed') sessions[0].client.kill();
    else await sessions[0].end();
    await runsAlone(program);
  });
}

family('a child ends with the program that has started it', ['started'], async (start, { client }, sessions) => {
  await start('starts.lua', { args: child });
  await client.until('a session', () => sessions.length === 1);
  await sessions[0].stopsAt('started');
  const { systemProcessId } = sessions[0].client.messages.find(({ event }) => event === 'process').body;
  await client.request('terminate');
  await client.event('terminated');
  await isGone(systemProcessId);
  await sessions[0].client.event('terminated');
  await sessions[0].end();
});

family('a child is reached as the program was: by an adapter elsewhere, with files elsewhere', ['started'], async (start, { client }, sessions) => {
  const told = {
    type: 'elsewhere', host: 'there', port: 4711, debugServer: 4712, token: 'a token of another',
    localRoot: '/nowhere', remoteRoot: '/nothing', pathMappings: [{ localRoot: '/not/here', remoteRoot: '/not/there' }],
  };
  const program = await start('starts.lua', { args: child, name: 'parent', ...told });
  await client.until('a session', () => sessions.length === 1);
  const { socket, ...configuration } = sessions[0].configuration;
  assert.deepEqual(configuration, { ...told, request: 'attach', name: fixturePath('started.lua'), memory: 'exact' });
  await sessions[0].stopsAt('started');
  await sessions[0].end();
  await runsAlone(program);
});

scene('a client that cannot start sessions is not asked', async (start) => {
  await runsAlone(await start('starts.lua', { args: child }), { has: false });
});

scene('and says so to a user who has asked for it', async (start, { client }) => {
  await runsAlone(await start('starts.lua', { args: child, subProcess: true }), { has: false });
  assert.match(client.output('console'), /are not debugged \('subProcess'\)/);
});

for (const options of [{ subProcess: false }, { noDebug: true }]) {
  scene(`children are left alone: ${JSON.stringify(options)}`, async (start) => {
    await runsAlone(await start('starts.lua', { args: child, initialize: startsSessions, ...options }), { has: false });
  });
}

scene('a client that refuses', async (start, { client }) => {
  client.answers.startDebugging = () => { throw new Error('no'); };
  await runsAlone(await start('starts.lua', { args: child, initialize: startsSessions }));
});

scene('a client that starts one that does not come', async (start, { client }) => {
  client.answers.startDebugging = () => ({});
  await runsAlone(await start('starts.lua', { args: child, initialize: startsSessions }));
});

scene('what runs no script is left alone', async (start, { client }) => {
  const program = await start('starts.lua', { args: [interpreter, '-v'], initialize: startsSessions });
  await program.ends();
  assert.match(client.output('stdout'), /^Lua 5\.4.*\nexit\t0\n$/);
});

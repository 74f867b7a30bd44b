// SPDX-License-Identifier: MIT
// Requests that are almost right, in every phase of a session: each gets exactly one answer, which DAP's types
// allow, and the adapter goes on. LUAHEAT_TEST_SEED chooses others than usual, LUAHEAT_TEST_MUTATIONS how many a phase.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { mutatedRequests, randomNumbers } from './mutated_requests.mjs';
import { initializeArguments, scene } from './session.mjs';

const seed = Number(process.env.LUAHEAT_TEST_SEED ?? 1);
const count = Number(process.env.LUAHEAT_TEST_MUTATIONS ?? 100);
const fixture = 'mutations.lua';
const source = { name: fixture, path: fixturePath(fixture), sourceReference: 0 };
const line = lineOf(fixture, 'round');

/** Valid arguments of requests that leave the session in its phase, or from which it comes back. */
function requestsOf({ frameId = 1, variablesReference = 1, memoryReference = '1', locationReference = 1 } = {}) {
  return new Map(Object.entries({
    setBreakpoints: {
      source, sourceModified: false, lines: [line],
      breakpoints: [{ line, column: 1, condition: 'x ~= 1', hitCondition: '> 1', logMessage: 'x is {x}', mode: 'stop' }],
    },
    setFunctionBreakpoints: { breakpoints: [{ name: 'work', condition: 'false', hitCondition: '1' }] },
    setExceptionBreakpoints: {
      filters: ['uncaught'],
      filterOptions: [{ filterId: 'caught', condition: 'false', mode: 'x' }, { filterId: 'memory', condition: 'heap > 640MB' }],
    },
    setDataBreakpoints: { breakpoints: [{ dataId: 'path:t.x', accessType: 'write', condition: 'false' }] },
    dataBreakpointInfo: { variablesReference, name: 't', frameId, asAddress: false, bytes: 1, mode: 'x' },
    breakpointLocations: { source, line: 1, column: 1, endLine: line, endColumn: 1 },
    'luaheat/memoryBreakpoints': { breakpoints: [{ source, line, growth: '640MB' }] },
    'luaheat/measurements': { measurements: [{ name: 'one', from: { source, line }, to: { source, line } }] },
    exceptionInfo: { threadId: 1 },
    threads: {},
    stackTrace: { threadId: 1, startFrame: 0, levels: 20, format: { hex: true, parameters: true } },
    scopes: { frameId },
    variables: { variablesReference, filter: 'named', start: 0, count: 10, format: { hex: true } },
    setVariable: { variablesReference, name: 'x', value: '5', format: { hex: true } },
    evaluate: { expression: 't.x', frameId, context: 'watch', line: 1, column: 1, source, format: { hex: true } },
    setExpression: { expression: 't.x', value: '5', frameId, format: { hex: true } },
    completions: { frameId, text: 't.', column: 3, line: 1 },
    locations: { locationReference },
    readMemory: { memoryReference, offset: 0, count: 10 },
    writeMemory: { memoryReference, offset: 0, allowPartial: true, data: 'AAAA' },
    source: { source, sourceReference: 0 },
    loadedSources: {},
    cancel: { requestId: 1, progressId: 'luaheat-1' },
    terminateThreads: { threadIds: [1, 2] },
    'luaheat/lines': { source, sort: 'growth', limit: 10, offset: 0, since: 1, until: 1 },
    'luaheat/snapshots': { limit: 10 },
    'luaheat/snapshot': { name: 'one' },
    'luaheat/collect': {},
    'luaheat/measure': { action: 'start', name: 'one', warmup: 1, limit: 10 },
    'luaheat/export': { format: 'json', path: '/no/such/folder/figures.json' },
    'luaheat/retainers': { source, line, expression: 't', frameId, limit: 3 },
    'luaheat/largestTables': { limit: 3, sort: 'bytes' },
    'luaheat/equalStrings': { limit: 3 },
    continue: { threadId: 1, singleThread: false },
    next: { threadId: 1, singleThread: false, granularity: 'line' },
    stepIn: { threadId: 1, singleThread: false, targetId: 1, granularity: 'line' },
    stepOut: { threadId: 1, singleThread: false, granularity: 'line' },
    pause: { threadId: 1 },
    'no such request': { threadId: 1 },
  }));
}

/** Those that end the phase, whatever becomes of them. */
const last = new Map(Object.entries({
  initialize: { ...initializeArguments, locale: 'en', supportsInvalidatedEvent: true },
  launch: {
    program: fixturePath(fixture), args: ['a'], cwd: '/', env: { X: 'y', HOME: null }, stopOnEntry: false, noDebug: false,
    memory: 'exact', measurements: [{ name: 'a', from: `${fixture}:1`, to: `${fixture}:2` }], memoryLimit: '64MB', warmup: 0,
    collect: false, luaPath: ['?.lua'], luaCpath: '?.so', runtimeExecutable: '/no/such/program', luaLibrary: 'no.so', __restart: {},
  },
  attach: { port: 1 },
  configurationDone: { x: 1 },
  restart: { arguments: { program: fixturePath(fixture), args: [], env: { X: null } } },
  terminate: { restart: false },
  disconnect: { restart: false, terminateDebuggee: true, suspendDebuggee: false },
}));

async function ask(client, [command, what, json]) {
  const answer = await client.requestText(command, json).catch((error) => {
    throw new Error(`seed ${seed}, ${command}, ${what}: ${error.message.slice(0, 2000)}`);
  });
  return answer;
}

/** Sends them one after the other; `settle` is called after each that succeeded. */
async function sendAll(client, cases, settle = async () => {}) {
  const first = client.lastSeq + 1;
  for (const one of cases) {
    const { success } = await ask(client, one);
    if (success) await settle(one);
  }
  await client.request('threads').catch((error) => assert.match(error.message, /^threads: /));
  for (let seq = first; seq < client.lastSeq; seq++) assert.equal(client.answersTo(seq), 1, `${seq} is answered once`);
}

const cases = (requests, salt, share = 1) =>
  mutatedRequests(requests, Math.ceil(count * share), randomNumbers(seed * 16 + salt));

const executions = ['continue', 'next', 'stepIn', 'stepOut'];

function isStopped({ messages }) {
  const last = messages.findLast(({ event, command, success }) =>
    event === 'stopped' || (success && executions.includes(command)));
  return last?.event === 'stopped';
}

scene('before initialize', async (start, { client }) => {
  await sendAll(client, cases(requestsOf(), 1));
  await client.request('initialize', initializeArguments);
});

scene('before launch', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  await sendAll(client, cases(requestsOf(), 2));
});

scene('while the program runs', async (start, { client }) => {
  await start(fixture, { args: ['forever'] });
  const goOn = async () => {
    if (isStopped(client)) await client.requestText('continue', '{"threadId":1}');
  };
  await sendAll(client, cases(requestsOf(), 3), goOn);
});

async function stopped(program) {
  const { client } = program;
  const frameId = await program.frameId();
  const { scopes } = await client.request('scopes', { frameId });
  const { variablesReference } = scopes[0];
  const variables = await program.children({ variablesReference });
  const { memoryReference } = variables.find(({ name }) => name === 'text');
  const { valueLocationReference: locationReference } = variables.find(({ name }) => name === 'work');
  return { frameId, variablesReference, memoryReference, locationReference };
}

/** After something has gone on: a stop, wherever. */
async function stopAgain(client) {
  await client.requestText('pause', '{"threadId":1}');
  await client.event('stopped');
}

scene('while it is stopped', async (start, { client }) => {
  const program = await start(fixture, { stopAt: ['round'], args: ['forever'] });
  await program.stopsAt('round');
  const settle = async ([command]) => {
    if (executions.includes(command)) await stopAgain(client);
  };
  for (let round = 0; round < 4; round++) {
    await sendAll(client, cases(requestsOf(await stopped(program)), 4 + round, 0.5), settle);
    await client.requestText('setBreakpoints', JSON.stringify({ source, breakpoints: [{ line }] }));
    await client.requestText('setFunctionBreakpoints', '{"breakpoints":[]}');
    await client.requestText('setDataBreakpoints', '{"breakpoints":[]}');
    await client.requestText('luaheat/memoryBreakpoints', '{"breakpoints":[]}');
    await client.requestText('setExceptionBreakpoints', '{"filters":[]}');
    await program.continue();
    await client.event('stopped');
  }
});

scene('when it has ended', async (start, { client }) => {
  const program = await start(fixture);
  await program.ends();
  await sendAll(client, cases(requestsOf(), 8));
});

// What happens while requests are under way, and what is to come of it.
const upsets = {
  'the program is killed': async ({ pid, client }) => {
    process.kill(pid, 'SIGKILL');
    await client.event('terminated');
  },
  'the program is restarted': async ({ client }) => {
    await client.requestText('restart', null);
    await client.requestText('terminate', null);
    await client.event('terminated');
  },
  'the program is restarted and killed': async ({ pid, client }) => {
    const restarted = client.requestText('restart', null);
    process.kill(pid, 'SIGKILL');
    await restarted;
    await client.requestText('terminate', null);
    await client.event('terminated');
  },
  'the new program cannot be started': async ({ client }) => {
    await client.requestText('restart', JSON.stringify({ arguments: { program: fixturePath('broken.lua') } }));
    await client.event('terminated');
  },
  'the client says goodbye': ({ client }) => client.requestText('disconnect', null),
};
for (const [i, [what, upset]] of Object.entries(upsets).entries()) {
  scene(`all at once, and ${what}`, async (start, { client }) => {
    const program = await start(fixture, { stopAt: ['round'], args: ['forever'] });
    await program.stopsAt('round');
    program.pid = undefined; // it is not the only one
    const pid = client.messages.find(({ event }) => event === 'process').body.systemProcessId;
    const first = client.lastSeq + 1;
    const requests = requestsOf(await stopped(program));
    for (const command of [...executions, 'pause']) requests.delete(command); // one at a time, says DAP
    const asked = cases(requests, 10 + i).map((one) => ask(client, one));
    await upset({ pid, client });
    await Promise.all(asked);
    for (let seq = first; seq <= client.lastSeq; seq++) assert.equal(client.answersTo(seq), 1, `${seq} is answered once`);
  });
}

// Each in a session of its own, before launch and while stopped.
for (const [i, one] of cases(last, 9, 0.2).entries()) {
  scene(`${one[0]}: ${one[1]}`, async (start, { client }) => {
    if (i % 2 === 0) {
      if (i % 4 === 0) await client.request('initialize', initializeArguments);
    } else {
      const program = await start(fixture, { stopAt: ['round'], args: ['forever'] });
      await program.stopsAt('round');
    }
    const seq = client.lastSeq + 1;
    const answer = ask(client, one);
    if (one[0] === 'launch' && i % 4 === 0) await client.requestText('configurationDone', null);
    await answer;
    if (client.isRunning) await client.requestText('threads', null).catch(() => {}); // it may be on its way out
    assert.equal(client.answersTo(seq), 1);
  });
}

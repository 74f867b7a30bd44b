// SPDX-License-Identifier: MIT
// What an editor waits for: the start, steps, stacks and variables, values, output.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { cleanEnv } from '../../programs.mjs';
import { fixturePath, lineIn, lineOf } from '../../fixture.mjs';
import { initializeArguments } from '../../session/session.mjs';
import { Client, inSession, timing } from '../client.mjs';
import { debuggee } from '../programs.mjs';
import { lua, paired, repeats, size } from '../setting.mjs';
import { peakKiBOf } from '../timing.mjs';

/** Something that is done in a session again and again, after some times that are not counted. */
async function repeated(something, times = repeats()) {
  const samples = [];
  for (let i = -2; i < times; i++) {
    const taken = await timing(something);
    if (i >= 0) samples.push(taken);
  }
  return samples;
}

/** A story at the first stop of a program of ours, at its mark `stop`. */
function stopped(name, args, story, more = {}) {
  const path = debuggee(name);
  return inSession({ program: path, args: args.map(String), breakpoints: [{ line: lineIn(path, 'stop') }], ...more }, async (client) => {
    const { threadId } = await client.event('stopped');
    return story(client, threadId);
  });
}

/* ---- Start and steps ---- */

/** From the spawn of the adapter to the end of the story. */
async function fromSpawn(story) {
  const before = performance.now();
  const client = new Client();
  try {
    await story(client);
    return performance.now() - before;
  } finally {
    await client.end();
  }
}

/** What is below that: a program that gives back what it hears. */
async function catFromSpawn() {
  const before = performance.now();
  const child = spawn('cat', { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.write('?');
  await once(child.stdout, 'data');
  const taken = performance.now() - before;
  child.stdin.end();
  await once(child, 'close');
  return taken;
}

const starts = [
  { name: 'a byte through cat, from spawn', unit: 'ms', samples: paired(catFromSpawn) },
  { name: 'initialize, from spawn', unit: 'ms', toReach: 3, samples: paired(() => fromSpawn((client) => client.request('initialize', initializeArguments))) },
  { name: 'first stop, from spawn', unit: 'ms', toReach: 10, samples: paired(() => fromSpawn(async (client) => {
    await client.launch({ program: debuggee('stepped'), stopOnEntry: true });
    await client.event('stopped');
  })) },
];

async function step(client, threadId) {
  await client.request('next', { threadId });
  await client.event('stopped');
}

/** What an editor asks at a stop. */
async function look(client, threadId) {
  await client.request('threads');
  const { stackFrames: [top] } = await client.request('stackTrace', { threadId, startFrame: 0, levels: 20 });
  const { scopes } = await client.request('scopes', { frameId: top.id });
  const shown = scopes.filter(({ expensive }) => !expensive);
  await Promise.all(shown.map(({ variablesReference }) => client.request('variables', { variablesReference })));
}

const stepping = (name, memory, toReach, then = () => {}) => ({
  name: `${name}, memory ${memory}`, unit: 'ms', toReach,
  samples: () => stopped('stepped', [], (client, threadId) => repeated(async () => {
    await step(client, threadId);
    await then(client, threadId);
  }), { memory }),
});

/** What is below each request at a stop. */
const nothing = {
  name: 'a request that does next to nothing (scopes)', unit: 'ms',
  samples: () => stopped('stepped', [], async (client, threadId) => {
    const { stackFrames: [{ id: frameId }] } = await client.request('stackTrace', { threadId, startFrame: 0, levels: 1 });
    return repeated(() => client.request('scopes', { frameId }));
  }),
};

const steps = ['exact', 'off'].flatMap((memory) => [
  stepping('a step, bare', memory, 0.2),
  stepping('a step with threads, stack, scopes, variables', memory, 1, look),
]);

/* ---- Large tables, deep stacks ---- */

const ENTRIES = 1_000_000, FRAMES = 190_000;

async function childrenOf(client, threadId, name) {
  const { stackFrames: [top] } = await client.request('stackTrace', { threadId, startFrame: 0, levels: 1 });
  const { scopes } = await client.request('scopes', { frameId: top.id });
  const { variables } = await client.request('variables', { variablesReference: scopes.find((scope) => scope.name === 'Locals').variablesReference });
  return variables.find((variable) => variable.name === name).variablesReference;
}

const page = (name, variable, choose) => ({
  name: `a million entries: ${name}`, unit: 'ms', toReach: 0.5,
  samples: () => stopped('tables', [size(ENTRIES)], async (client, threadId) => {
    const variablesReference = await childrenOf(client, threadId, variable);
    return repeated(await choose(client, variablesReference));
  }),
});

const indexed = async (client, variablesReference) => () => client.request('variables', { variablesReference, filter: 'indexed', start: 0, count: 100 });
const named = async (client, variablesReference) => () => client.request('variables', { variablesReference, filter: 'named' });

const PIECE = 2000; // entries, in pages of 100, and behind them more of the kind

/** A page far into a hash. */
async function far(client, variablesReference) {
  const listed = async (reference) => (await client.request('variables', { variablesReference: reference, filter: 'named' })).variables;
  let rows = await listed(variablesReference);
  for (let left = size(ENTRIES) / 10; left >= PIECE; left -= PIECE) {
    rows = await listed(rows.find(({ name }) => name === '(more)').variablesReference);
  }
  return () => client.request('variables', { variablesReference: rows[0].variablesReference });
}

const tables = [page('first page of an array', 'array', indexed), page('first page of a hash', 'hash', named), page('a page 100,000 into the hash', 'hash', far)];

const deep = (name, toReach, choose) => ({
  name: `${name} at 190,000 frames`, unit: 'ms', toReach,
  samples: () => inSession({
    program: fixturePath('deep.lua'), args: [String(size(FRAMES))], breakpoints: [{ line: lineOf('deep.lua', 'bottom') }],
  }, async (client) => {
    const { threadId } = await client.event('stopped');
    return choose(client, threadId);
  }),
});

const trace = (startFrame) => (client, threadId) => repeated(() => client.request('stackTrace', { threadId, startFrame, levels: 20 }));
const stacks = [
  deep('stackTrace(0, 20)', 0.5, trace(0)),
  deep('stackTrace(95000, 20)', 2, trace(size(FRAMES) / 2)),
  deep('a step over', 0.3, (client, threadId) => repeated(() => step(client, threadId))),
];

/* ---- Values and output ---- */

const values = ['repl', 'hover', 'clipboard'].map((context) => ({
  name: `evaluate of 10 MB, ${context}`, unit: 'ms', toReach: 20,
  samples: () => stopped('strings', [size(10 << 20)], async (client, threadId) => {
    const { stackFrames: [top] } = await client.request('stackTrace', { threadId, startFrame: 0, levels: 1 });
    return repeated(() => client.request('evaluate', { expression: 'text', frameId: top.id, context }), Math.ceil(repeats() / 20));
  }),
}));

const LINES = 1_000_000;

/** Milliseconds until the program has ended whose output goes through a pipe to somebody who only reads. */
const throughPipe = () => timing(async () => {
  const piped = ['-c', '"$@" | cat >/dev/null', 'bash', lua, debuggee('prints'), String(size(LINES))];
  await once(spawn('bash', piped, { env: cleanEnv(), stdio: ['ignore', 'ignore', 'inherit'] }), 'close');
});

const TERMINATED = Buffer.from('"event":"terminated"');

/** The same through the adapter, from when it begins to run; and the adapter's peak, in KiB. */
async function throughAdapter(memory) {
  const client = new Client();
  try {
    await client.request('initialize', initializeArguments);
    client.request('launch', { program: debuggee('prints'), args: [String(size(LINES))], memory }).catch(() => {});
    await client.event('initialized');
    const ms = await timing(() => new Promise((resolve) => {
      let last = Buffer.alloc(0);
      client.takeRaw((bytes) => {
        const seen = Buffer.concat([last, bytes]);
        if (seen.includes(TERMINATED)) resolve();
        last = seen.subarray(-TERMINATED.length);
      });
      client.request('configurationDone').catch(() => {});
    }));
    return { ms, peak: peakKiBOf(client.pid) };
  } finally {
    await client.end();
  }
}

const output = [
  { name: 'a million printed lines, speed over that of a pipe', unit: 'x', atLeast: 0.9, samples: paired(async () => await throughPipe() / (await throughAdapter('off')).ms) },
  { name: 'the adapter\'s peak meanwhile', unit: 'MiB', toReach: 3, samples: paired(async () => (await throughAdapter('off')).peak / 1024) },
];

export const session = { name: 'session', title: 'what an editor waits for', cases: [...starts, nothing, ...steps, ...tables, ...stacks, ...values, ...output] };

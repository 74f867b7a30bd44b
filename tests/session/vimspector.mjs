// SPDX-License-Identifier: MIT
// Says what Vimspector says, in its order, by configurations that are read by its rules.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { basename, dirname } from 'node:path';

import { luaheat } from '../programs.mjs';
import { DapClient } from './dap_client.mjs';
import { settings } from './editors.mjs';
import { relayTo } from './listening.mjs';

/** `${name}` anywhere in it; what has no value is asked for, and answered. */
function expand(value, variables) {
  return JSON.parse(JSON.stringify(value).replaceAll(/\$\{(\w+)\}/g, (_, name) => {
    assert.ok(name in variables, `it asks for ${name}`);
    return variables[name];
  }));
}

/** What commands say. A word that begins with ~ is of the home. */
function answersOf(variables = {}, HOME) {
  return Object.fromEntries(Object.entries(variables).map(([name, { shell: [command, ...args] }]) => {
    const { stdout, status } = spawnSync(command, args.map((word) => word.replace(/^~(?=\/)/, HOME)), { encoding: 'utf8' });
    assert.equal(status, 0);
    return [name, stdout.trim()];
  }));
}

function keepsRules({ adapters, configurations, ...rest }) {
  assert.deepEqual(rest, {});
  for (const { command = [], host, port, variables, ...more } of Object.values(adapters)) {
    assert.deepEqual(more, {});
    for (const word of command) assert.equal(typeof word, 'string');
    assert.equal(command.length === 0, typeof host === 'string' && typeof port === 'string');
  }
  for (const { adapter, filetypes, default: isDefault, configuration, breakpoints, ...more } of Object.values(configurations)) {
    assert.deepEqual(more, {});
    assert.ok(adapter in adapters);
    assert.deepEqual(filetypes, ['lua']);
    assert.equal(typeof (isDefault ?? true), 'boolean');
    assert.match(configuration.request, /^(launch|attach)$/);
    for (const answer of Object.values(breakpoints.exception)) assert.match(answer, /^[YN]?$/);
  }
}

const initialize = {
  adapterID: 'adapter', clientID: 'vimspector', clientName: 'vimspector', linesStartAt1: true, columnsStartAt1: true, locale: 'en_GB',
  pathFormat: 'path', supportsVariableType: true, supportsVariablePaging: false, supportsRunInTerminalRequest: true,
  supportsMemoryReferences: true, supportsStartDebuggingRequest: true,
};

function comes({ command, host, port }, env) {
  if (host !== undefined) return new DapClient([], env, relayTo({ host, port: Number(port) }));
  assert.deepEqual(command, [basename(luaheat), 'dap']);
  return new DapClient(['dap'], env);
}

async function begins(client, configuration, { exception }, { program, lines: [line] }) {
  const { exceptionBreakpointFilters } = await client.request('initialize', initialize);
  const usual = exceptionBreakpointFilters.map(({ filter, default: isDefault }) => [filter, isDefault ? 'Y' : 'N']);
  assert.deepEqual(exception, Object.fromEntries(usual), 'no question is left, and each has its usual answer');
  const begun = client.request(configuration.request, { name: 'test', ...configuration });
  begun.catch(() => {}); // awaited below
  await client.event('initialized');
  await Promise.all([
    client.request('setBreakpoints', { source: { name: basename(program), path: program }, breakpoints: [{ line }], sourceModified: false }),
    client.request('setFunctionBreakpoints', { breakpoints: [] }),
    client.request('setExceptionBreakpoints', { filters: Object.keys(exception).filter((filter) => exception[filter] === 'Y') }),
  ]);
  await client.request('configurationDone');
  await begun;
  await client.request('threads');
}

async function stops(client, facts) {
  const { threadId } = await client.event('stopped');
  await client.request('threads');
  const { stackFrames: [frame] } = await client.request('stackTrace', { threadId });
  facts.push(`file ${frame.source.path}`, `line ${frame.line}`);
  return { threadId, frameId: frame.id };
}

async function looks(client, { frameId }, scenery, facts) {
  const { scopes: [{ variablesReference }] } = await client.request('scopes', { frameId });
  const { variables } = await client.request('variables', { variablesReference });
  facts.push(...variables.map(({ name, value }) => `variable ${name} = ${value}`));
  for (const [fact, expression] of Object.entries({ result: 'n + 41', folder: scenery.folderExpression }))
    facts.push(`${fact} ${(await client.request('evaluate', { expression, frameId, context: 'repl' })).result}`);
}

async function tells(client, configuration, breakpoints, scenery) {
  const facts = [], { program } = scenery;
  await begins(client, configuration, breakpoints, scenery);
  const { threadId } = await stops(client, facts);
  await client.request('next', { threadId });
  await looks(client, await stops(client, facts), scenery, facts);
  if (configuration.request === 'launch') {
    await client.request('setBreakpoints', { source: { name: basename(program), path: program }, breakpoints: [], sourceModified: false });
    await client.request('continue', { threadId });
    await client.event('terminated');
  }
  await client.request('disconnect', {});
  client.closeInput();
  assert.deepEqual(await client.ended(), { code: 0, signal: null });
  scenery.holds([...facts, 'the end'], 'the end', facts.join('\n'));
}

export async function vimspector(scenery, name) {
  const [here, there] = settings.vimspector.map((text) => JSON.parse(scenery.contained ? scenery.container.adapt(text) : text));
  const read = scenery.contained ? there : here;
  keepsRules(read);
  const { adapter, configuration, breakpoints } = read.configurations[name];
  const { variables, ...place } = read.adapters[adapter];
  const client = comes(place, scenery.env);
  try {
    const known = { file: scenery.program, workspaceRoot: dirname(scenery.program), process: scenery.worker?.pid, ...answersOf(variables, scenery.env.HOME) };
    await tells(client, expand(configuration, known), breakpoints, scenery);
  } finally {
    client.kill();
  }
}

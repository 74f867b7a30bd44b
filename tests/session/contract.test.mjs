// SPDX-License-Identifier: MIT
// The contract of the link (runtime/link/contract.c) is what is said over it: all that adapter and runtime say in a
// session that uses each request and event stands there, with its arguments, and all that stands there is said.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { luaheat, scratchFolder } from '../programs.mjs';
import { scene } from './session.mjs';

const fixture = 'mutations.lua';
const source = { path: fixturePath(fixture) };
const line = lineOf(fixture, 'round');

const folder = scratchFolder();
after(() => folder.remove());
const log = join(folder.path, 'link.log');

/** What does not agree, a line each. */
function disagreements() {
  const checker = join(dirname(luaheat), '../tests/session/held_to_contract');
  const { status, stdout, stderr } = spawnSync(checker, { input: readFileSync(log), encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

async function setAll(client) {
  await client.request('setBreakpoints', { source, sourceModified: false,
    breakpoints: [{ line, column: 1, logMessage: 'x is {x}', hitCondition: '2' }, { line, condition: 'nobody.has', mode: 'stop' }, { line }] });
  await client.request('breakpointLocations', { source, line: 1, endLine: line });
  await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'work', condition: 'false', hitCondition: '1' }] });
  await client.request('setExceptionBreakpoints', { filters: ['uncaught'],
    filterOptions: [{ filterId: 'caught', condition: 'err == 5' }, { filterId: 'memory', condition: 'heap > 640MB' }] });
  await client.request('luaheat/memoryBreakpoints', { breakpoints: [{ source, line, growth: '640MB' }] });
  await client.request('luaheat/measurements', { measurements: [{ name: 'one', from: { source, line }, to: { source, line: line + 1 } }] });
}

async function lookAround(program) {
  const { client } = program;
  await client.request('threads');
  const frameId = await program.frameId();
  const { variablesReference } = (await program.scopes())[0];
  const variables = await program.children({ variablesReference }, { start: 0, count: 100, format: { hex: true } });
  const named = (name) => variables.find((variable) => variable.name === name);
  const { memoryReference } = named('text');
  await client.request('evaluate', { expression: 't.x', frameId, context: 'watch', format: { hex: true } });
  await client.request('setVariable', { variablesReference, name: 'x', value: '5' });
  await client.request('setExpression', { expression: 't.x', value: '5', frameId });
  await client.request('completions', { text: 't.', column: 3, line: 1, frameId });
  await client.request('readMemory', { memoryReference, count: 2, offset: 1 });
  await client.refusal('writeMemory', { memoryReference, data: 'AAAA', allowPartial: true });
  await client.request('locations', { locationReference: named('work').valueLocationReference });
  await client.refusal('source', { source: { sourceReference: 12345 }, sourceReference: 12345 });
  await client.request('loadedSources');
  const { dataId } = await client.request('dataBreakpointInfo', { name: 'x', variablesReference });
  await client.request('setDataBreakpoints', { breakpoints: [{ dataId, accessType: 'write', condition: 'false' }] });
  await client.request('terminateThreads', { threadIds: [2] });
}

async function measure(program) {
  const { client } = program;
  await client.request('luaheat/measure', { action: 'start', name: 'a' });
  await client.request('luaheat/snapshot', { name: 'one' });
  await client.request('luaheat/collect');
  await client.request('luaheat/heapSnapshot', { path: join(folder.path, 'heap') });
  await client.request('luaheat/retainers', { source, line, limit: 3 }).catch(() => {});
  await client.request('luaheat/retainers', { expression: 't', frameId: await program.frameId(), limit: 3 });
  await client.request('luaheat/largestTables', { limit: 3, sort: 'bytes' });
  await client.request('luaheat/equalStrings', { limit: 3 });
}

async function cancelOne(client, frameId) {
  const cut = client.refusal('evaluate', { expression: '(function() while true do end end)()', frameId, context: 'repl' });
  await client.request('cancel', { requestId: client.lastSeq });
  assert.equal((await cut).word, 'cancelled');
}

scene('what is said over the link is what the contract says', async (start, { client }) => {
  const program = await start(fixture, { stopOnEntry: true, args: ['forever'], memoryLimit: '640MB',
    measurements: [{ name: 'round', from: `${fixture}:${line}` }] });
  await program.stops('entry');
  await setAll(client);
  await program.continue();
  await program.stops('breakpoint');
  await lookAround(program);
  await measure(program);
  await cancelOne(client, await program.frameId());
  for (const step of ['next', 'stepIn', 'stepOut']) {
    await program[step]();
    await program.stops();
  }
  await client.request('setBreakpoints', { source, breakpoints: [] });
  await client.request('setExceptionBreakpoints', { filters: ['caught'] });
  await program.continue();
  await program.stops('exception');
  await client.request('exceptionInfo', { threadId: program.stop.threadId });
  await client.request('setExceptionBreakpoints', { filters: [] });
  await program.continue();
  await program.pause();
  await program.stops('pause');
  await client.refusal('evaluate', { expression: 'os.exit()', frameId: await program.frameId(), context: 'repl' });
  await client.event('terminated');
  await program.close();
  assert.equal(disagreements(), 'request detach was never sent\nevent walking never came\n'); // this program was launched, and its heap is small
}, ['--log', log, '--log-channels', 'link']);

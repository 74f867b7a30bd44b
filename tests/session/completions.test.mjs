// SPDX-License-Identifier: MIT
// Completions in the console.

import assert from 'node:assert/strict';

import { everywhere } from './everywhere.mjs';
import { initializeArguments, scene } from './session.mjs';
import { fixturePath, lineOf } from '../fixture.mjs';

/** The labels offered at the | in the text. */
async function offered(program, marked, more = {}) {
  return (await targets(program, marked, more)).map(({ label }) => label);
}

/** What is offered there; all of it goes where the cursor's word begins. */
async function targets(program, marked, more = {}) {
  const before = marked.slice(0, marked.indexOf('|')), lines = before.split('\n');
  const args = { text: marked.replace('|', ''), column: lines.at(-1).length + 1, line: lines.length };
  const { targets: all } = await program.client.request('completions', { frameId: await program.frameId(), ...args, ...more });
  const [word] = /\w*$/.exec(before);
  for (const { start, length } of all) assert.deepEqual([start, length], [before.length - word.length, word.length], marked);
  return all;
}

function includesAll(labels, wanted) {
  for (const label of wanted) assert.ok(labels.includes(label), `${label} in ${labels}`);
}

everywhere('names: locals, upvalues, globals, keywords', 'inspect.lua', 'here', async (program) => {
  const all = await offered(program, '|');
  includesAll(all, ['number', 'text', 'object', 'shadow', 'helper', 'Class', 'print', 'string', 'while', 'nil']);
  assert.ok(!all.includes('_ENV'), 'which is just the globals');
  assert.equal(new Set(all).size, all.length, 'each once');
  assert.deepEqual(await offered(program, 'num|'), ['number']);
  assert.deepEqual(await offered(program, 'local x = clo|'), ['closed']);
  includesAll(await offered(program, 'print(object.own, te|'), ['text']);
  includesAll(await offered(program, 'whi|'), ['while']);
  includesAll(await offered(program, 'x = 1\ny = num|\nz = 2'), ['number']);
  const [number] = await targets(program, '  num|');
  assert.deepEqual([number.type, number.detail], ['variable', 'integer']);
  assert.equal((await targets(program, 'hel|')).find(({ label }) => label === 'helper').type, 'function');
  assert.equal((await targets(program, 'whil|'))[0].type, 'keyword');
});

everywhere('fields behind a dot, with what __index tables lend', 'inspect.lua', 'here', async (program) => {
  const fields = await targets(program, 'object.|');
  const labels = fields.map(({ label }) => label);
  includesAll(labels, ['own', 'list', 'itself', 'inherited', 'method', 'static']);
  assert.ok(!labels.includes('odd key') && !labels.includes('print') && !labels.includes('while'), labels.join());
  const sorted = [...fields].sort((a, b) => (a.sortText < b.sortText ? -1 : 1)).map(({ label }) => label);
  assert.ok(sorted.indexOf('own') < sorted.indexOf('inherited'), 'its own come first');
  assert.deepEqual(await offered(program, 'object.itself.itself["itself"].ow|'), ['own']);
  assert.deepEqual(await offered(program, 'x = { object . li|'), ['list']);
  includesAll(await offered(program, 'string.|'), ['rep', 'format']);
});

everywhere('methods behind a colon, of strings too', 'inspect.lua', 'here', async (program) => {
  const methods = await offered(program, 'object:|');
  assert.deepEqual(methods.sort(), ['method', 'static'], 'only what can be called');
  includesAll(await offered(program, 'text:|'), ['rep', 'gsub']);
  assert.deepEqual(await offered(program, 'text:gs|'), ['gsub']);
  assert.deepEqual(await offered(program, '("x"):gs|'), ['gsub']);
  includesAll(await offered(program, 'io.stdout:|'), ['write', 'close']);
});

everywhere('none where there can be none, and no code runs', 'inspect.lua', 'here', async (program) => {
  const none = ['"num|', '-- num|', '[[ num|', '12.|', '1e|', 'helper().|', 'nothing.|', 'number.|', 'object.own.x.|', ').|'];
  for (const text of none) assert.deepEqual(await offered(program, text), [], text);
  includesAll(await offered(program, 'text ..|'), ['number']);
  includesAll(await offered(program, '"closed" .. num|'), ['number']);
  assert.deepEqual(await offered(program, '"😀ä" .. obje|'), ['object'], 'columns are UTF-16');
});

scene('without a frame, the globals; wrong arguments are refused', async (start) => {
  const program = await start('inspect.lua', { stopAt: ['here'] });
  await program.stopsAt('here');
  const complete = (args) => program.client.request('completions', args);
  const labels = (await complete({ text: 'p', column: 2 })).targets.map(({ label }) => label);
  includesAll(labels, ['print', 'pairs', 'pcall']);
  for (const args of [{ text: 'x' }, { column: 1 }, { text: 1, column: 1 }, { text: 'x', column: -1 }, { text: 'x', column: 1, frameId: 999 }])
    await program.client.refusal('completions', args);
  for (const args of [{ text: '', column: 1 }, { text: 'x', column: 99 }, { text: 'x', column: 1, line: 99 }])
    await complete(args);
});

scene('completions are announced, and count as the client does', async (start, { client }) => {
  const capabilities = await client.request('initialize', { ...initializeArguments, columnsStartAt1: false, linesStartAt1: false });
  assert.equal(capabilities.supportsCompletionsRequest, true);
  assert.deepEqual(capabilities.completionTriggerCharacters, ['.', ':']);
  await client.event('initialized');
  const launched = client.request('launch', { program: fixturePath('inspect.lua') });
  await client.request('setBreakpoints', {
    source: { path: fixturePath('inspect.lua') }, breakpoints: [{ line: lineOf('inspect.lua', 'here') - 1 }],
  });
  await client.request('configurationDone');
  await launched;
  await client.event('stopped');
  const { targets: [item] } = await client.request('completions', { text: ' prin', column: 5, line: 0 });
  assert.deepEqual([item.label, item.start, item.length], ['print', 1, 4]);
});

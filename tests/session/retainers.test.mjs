// SPDX-License-Identifier: MIT
// luaheat/retainers: why is it alive? Who holds the objects of a line, or one object.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scene, scenes } from './session.mjs';

/** A fixture stopped at the mark, and how to ask: `line(mark)`, `object(expression)`. */
async function stopped(start, client, fixture = 'retainers.lua', mark = 'stop', options = {}) {
  const program = await start(fixture, { stopAt: [mark], ...options });
  await program.stopsAt(mark);
  const source = { path: fixturePath(fixture) };
  const line = (at, more) => client.request('luaheat/retainers', { source, line: lineOf(fixture, at), ...more });
  const object = async (expression, { frame = 0, ...more } = {}) =>
    client.request('luaheat/retainers', { expression, frameId: await program.frameId(frame), ...more });
  return { program, line, object };
}

/** The texts of the paths, most objects first, without addresses and ids. */
function texts({ holders }) {
  return holders.map(({ text }) => text.replace(/0x\w+/g, 'ADDRESS').replace(/coroutine \d+/g, 'coroutine N'));
}

const main = '(main chunk, retainers.lua)';
const inCoroutine = (mark, name = 'function') => `(${name}, retainers.lua:${lineOf('retainers.lua', mark)}, coroutine N)`;

/** What is kept alive by one holder: mark -> number of objects, name of the holder, path. */
const kept = {
  global: [1, '_G', 'global everywhere'],
  module: [2, 'package.loaded', 'global package → .loaded → .a_module'],
  registry: [1, 'registry', 'registry → .cellar'],
  nested: [3, 'by_number', `local by_number ${main} → [3]`],
  object_key: [1, 'by_object', `local by_object ${main} → [table: ADDRESS]`],
  odd_key: [1, 'by_number', `local by_number ${main} → ["odd key"]`],
  key: [1, 'by_number', `local by_number ${main} → key`],
  metatable: [3, 'meta', `local meta ${main}`],
  userdata: [1, 'file', `local file ${main}`],
  type_metatable: [1, 'metatable of type string', 'metatable of type string → .of_strings'],
  upvalue: [1, 'counter', `local counter ${main} → upvalue box`],
  vararg: [1, 'vararg 1', `local waiting ${main} → vararg 1 ${inCoroutine('body')}`],
  coroutine_local: [1, 'outer', `local waiting ${main} → local outer ${inCoroutine('body')}`],
  coroutine_inner: [1, 'inner', `local waiting ${main} → local inner ${inCoroutine('wait', 'wait')}`],
  prepared: [1, 'the function to be run', `local prepared ${main} → the function to be run`],
  wrapped: [1, 'parcel', `local begun ${main} → upvalue 1 → local parcel ${inCoroutine('wrap')}`],
  dead_coroutine: [1, 'wreck', `local broken ${main} → local wreck ${inCoroutine('broken')}`],
  cycle: [1, 'other', `local other ${main} → .one`],
  key_of_weak_value: [1, 'weak_values', `local weak_values ${main} → key`],
  weak_string: [1, 'weak_values', `local weak_values ${main} → .text`],
  ephemeron: [1, 'weak_keys', `local weak_keys ${main} → [table: ADDRESS]`],
  local: [1, 'mine', `local mine (inside, retainers.lua:${lineOf('retainers.lua', 'inside')})`],
  list: [3, 'list', `local list ${main}`],
  array: [3, 'array', `local array ${main} → [1]`],
};

scene('every way in which something is kept alive', async (start, { client }) => {
  const { line } = await stopped(start, client);
  for (const [mark, [count, holder, text]] of Object.entries(kept)) {
    const answer = await line(mark);
    assert.deepEqual(texts(answer), [text], mark);
    assert.deepEqual([answer.found, answer.holders[0].count, answer.holders[0].holder], [count, count, holder], mark);
    assert.equal(answer.groups, 1);
    assert.equal(answer.holders[0].path.map((step) => step.text).join(' → '), answer.holders[0].text);
  }
});

scene('steps into frames and to functions say where in the program', async (start, { client }) => {
  const { line, object } = await stopped(start, client);
  const places = (steps) => steps.map(({ source, line: at }) => source && `${source.name}:${at}`);
  const at = (mark) => `retainers.lua:${lineOf('retainers.lua', mark)}`;
  const [local] = (await line('local')).holders;
  assert.deepEqual(places(local.path), [at('inside')], 'a frame of a function');
  assert.equal(local.path[0].source.path, fixturePath('retainers.lua'));
  assert.deepEqual(places((await line('nested')).holders[0].path), [at('call'), undefined], 'the main chunk, a field');
  assert.deepEqual(places((await line('prepared')).holders[0].path), [at('call'), at('prepared')], 'what a thread will run');
  const [{ path }] = (await object('methods.call', { frame: 1 })).holders;
  assert.deepEqual(places(path), [at('call'), at('method')], 'a function in a field');
});

scene('what is held by several', async (start, { client }) => {
  const { line } = await stopped(start, client);
  const varargs = await line('call');
  assert.deepEqual(texts(varargs), [1, 2].map((n) => `vararg ${n} (inside, retainers.lua:${lineOf('retainers.lua', 'inside')})`));
  const chain = await line('chain');
  assert.equal(chain.found, 50, 'keys that only values of other weak tables lead to');
  assert.deepEqual(chain.holders.map(({ count, holder }) => [holder, count]), [['links[2]', 25], ['links[1]', 24], ['chain', 1]]);
  const limited = await line('chain', { limit: 1 });
  assert.deepEqual([limited.groups, limited.holders.length, limited.found], [3, 1, 50]);
  assert.deepEqual((await line('chain', { limit: 0 })).holders, []);
});

scene('what is not kept alive is not found', async (start, { client }) => {
  const { line } = await stopped(start, client);
  for (const mark of ['weak_value', 'weak_key', 'weak_both', 'circle', 'finalizer', 'watched']) {
    const { found, holders, groups, walked } = await line(mark);
    assert.deepEqual([found, holders, groups], [0, [], 0], mark);
    assert.ok(walked > 100, 'there is much else');
  }
});

scene('the tables that hold what leaks', async (start, { client }) => {
  const { program, line } = await stopped(start, client, 'leaks.lua', 'answer');
  for (let id = 2; id <= 5; id++) await program.continueTo('answer');
  for (const [mark, table] of Object.entries({ cache_leak: 'cache', closure_leak: 'listeners', coroutine_leak: 'waiting' })) {
    const { found, holders } = await line(mark);
    assert.deepEqual([found, holders.length, holders[0].count, holders[0].holder], [5, 1, 5, table]);
    assert.equal(holders[0].text, `local ${table} (main chunk, leaks.lua) → [1]`);
    assert.match(holders[0].value, /^table: 0x/);
  }
});

scene('the ends of a very deep stack', async (start, { client }) => {
  const calls = 20_000, seen = 5100;
  const { line } = await stopped(start, client, 'deep.lua', 'bottom', { args: [`${calls}`] });
  assert.deepEqual(texts(await line('first')), [`local first (function, deep.lua:${lineOf('deep.lua', 'coroutine')}, coroutine N)`]);
  const { found, unseenFrames } = await line('mine');
  assert.equal(unseenFrames, calls + 1 - seen, 'the function of the coroutine is a frame too');
  assert.equal(found, seen - 1);
});

scenes('one object: all that refer to it, but for what it leads to itself', async (start, { client }) => {
  const { object } = await stopped(start, client);
  const of = async (expression) => texts(await object(expression, { frame: 1 }));
  assert.deepEqual(await of('twice'), [`local twice ${main}`, `local pair ${main} → [1]`, `local pair ${main} → [2] → .again`]);
  assert.deepEqual(await of('getmetatable(meta)'), [`local meta ${main} → metatable`]);
  assert.deepEqual((await of('getmetatable(file)')).sort(), [
    'global io → .stderr → metatable', 'global io → .stdin → metatable', 'global io → .stdout → metatable', `local file ${main} → metatable`,
    'registry → ["FILE*"]']);
  assert.deepEqual(await of('one'), [`local one ${main}`, `local other ${main} → .one → [1]`]);
  assert.deepEqual(await of('watcher[1]'), []);
  assert.deepEqual(await of('counter()'), [`local counter ${main} → upvalue box`]);
  assert.equal((await of('_G'))[0], 'global _G');
  assert.equal((await object('{}')).found, 0, 'new, and held by nobody but us');
});

scenes('what is no object, and what is asked badly', async (start, { client }) => {
  const { program } = await stopped(start, client);
  const frameId = await program.frameId();
  const refused = async (args) => (await client.refusal('luaheat/retainers', args)).error;
  for (const [expression, words] of Object.entries({
    '1': /number is not an object/, 'print': /function is not an object/, 'nil': /nil is not/, 'coroutine.running()': /is the debugger's/, 'nothing()': /call a nil value|'nothing' is not callable \(a nil value\)/, 'error({})': /^\{/, '1 +': /unexpected/,
  })) assert.match((await refused({ expression, frameId })).format, words);
  const source = { path: fixturePath('retainers.lua') };
  for (const args of [undefined, {}, { source }, { line: 3 }, { source, line: 3, expression: '_G' }, { source, line: 'x' }, { source: 7, line: 3 },
    { expression: '_G', limit: -1 }, { expression: 5 }]) assert.equal((await refused(args)).id, 1004, JSON.stringify(args));
  assert.match((await refused({ expression: '_G', frameId: 4711 })).format, /no frame/);
  const { id, format } = await refused({ source, line: lineOf('retainers.lua', 'after') });
  assert.deepEqual([id, format], program.isExact ? [1004, 'This line has allocated nothing'] : [3001, format]);
  await program.continueToEnd();
});

scene('while it runs it is refused', async (start, { client }) => {
  const program = await start('busy.lua', { args: ['calls'] });
  const refused = await client.refusal('luaheat/retainers', { expression: '_G' });
  assert.equal(refused.error.id, 1003);
  await program.close();
});

/** The figures of all lines but the debugger's. */
async function programsOwn(program) {
  return (await program.lines()).rows.filter(({ source }) => source.name !== '(debugger)');
}

/** What the debugger holds. */
async function debuggers(program) {
  return (await program.lines()).rows.find(({ source }) => source.name === '(debugger)')?.live ?? 0;
}

// Those of the array wait in the queue all together, 16 bytes each. That is some MB more than the 16 MiB for which the debugger
// otherwise holds the collector back, and the program has left it with a pause of 100%: about to begin.
const array = 1_400_000;

scene('a million objects, with the heap and the collector left as they were', async (start, { client }) => {
  const { program, line, object } = await stopped(start, client, 'retainers.lua', 'stop', { args: ['1000000', `${array}`] });
  const before = await programsOwn(program);
  const list = await line('list');
  assert.deepEqual([list.found, list.groups, list.holders[0].holder], [1000000, 1, 'list'], 'a list is held as a whole');
  const items = await line('array');
  assert.deepEqual([items.found, items.groups, items.holders[0].holder], [array, 1, 'array']);
  assert.ok(items.walked > 1000000 + array);
  assert.deepEqual(await programsOwn(program), before, 'not a byte of the program has changed');
  assert.ok(await debuggers(program) < 100_000, 'nor has the debugger kept much of 16 MB and more');
  const last = await object('(function() local at = list while at.next do at = at.next end return at end)()', { frame: 1 });
  assert.equal(last.holders[0].path.length, 40, 'a long path without its middle, and the thread');
  assert.match(last.holders[0].text, /^local list .* → \.next → … 999961 more … → \.next/);
  assert.match(last.holders[0].holder, /^…(\.next){19}$/);
  await program.continueToEnd();
  assert.match(client.output('stdout'), /^end\t1\ttable: \w+\ttrue$/m, 'weak entries are still there');
  assert.doesNotMatch(client.output('stdout'), /collected[^]*end/, 'no finalizer has run');
});

scene('a walk can be cancelled', async (start, { client }) => {
  const { program, line } = await stopped(start, client, 'retainers.lua', 'stop', { args: ['1000000'] });
  const before = await programsOwn(program);
  const says = '(function() io.write("it walks\\n") io.flush() return list end)()';
  const refused = client.refusal('luaheat/retainers', { expression: says, frameId: await program.frameId(1) });
  const seq = client.lastSeq;
  await program.prints(/it walks/);
  await client.request('cancel', { requestId: seq });
  const { word, error } = await refused;
  assert.deepEqual([word, error.id], ['cancelled', 1008]);
  assert.deepEqual((await programsOwn(program)).filter(({ source }) => source.path), before.filter(({ source }) => source.path));
  assert.equal((await line('local')).found, 1, 'the next is answered');
  await program.continueToEnd();
});

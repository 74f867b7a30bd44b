// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';

import { byName, scene, scenes } from './session.mjs';

async function atCall(start, options) {
  const program = await start('values.lua', { stopAt: ['call'], ...options });
  await program.stopsAt('call');
  return program;
}

/** The children of a local, by name. */
async function inside(program, name, args) {
  const local = (await program.scope('Locals')).find((variable) => variable.name === name);
  return program.children(local, args);
}

scenes('simple values read as Lua writes them', async (start) => {
  const program = await atCall(start);
  const locals = await program.locals();
  assert.equal(locals.nothing, 'nil');
  assert.equal(locals.yes, 'true');
  assert.equal(locals.no, 'false');
  assert.equal(locals.integer, '42');
  assert.equal(locals.huge, '9223372036854775807', 'integers are exact');
  assert.equal(locals.tiny, '-9223372036854775808');
  assert.equal(locals.float, '0.1');
  assert.equal(locals.whole, '3.0', 'a float looks like one');
  assert.match(locals.infinite, /inf|math.huge/);
  assert.match(locals.nan, /nan/);
  assert.equal(locals.text, '"text"');
  assert.equal(locals.empty, '""');
  assert.equal(locals.unicode, '"ä€😀"');
});

scene('strings with any bytes arrive readable', async (start) => {
  const program = await atCall(start);
  const { quoted, bytes, long } = await program.locals();
  assert.match(quoted, /quote/);
  assert.ok(!quoted.includes('\n'), 'on one line');
  assert.match(bytes, /nul \\(0|x00) and \\xff\\xfe bytes/i);
  assert.ok(long.length < 5000, 'a long string is cut');
});

scene('types are told', async (start) => {
  const program = await atCall(start);
  const types = Object.fromEntries((await program.scope('Locals')).map((v) => [v.name, v.type]));
  assert.equal(types.integer, 'integer');
  assert.equal(types.float, 'float');
  assert.equal(types.text, 'string');
  assert.equal(types.array, 'table');
  assert.equal(types.f, 'function');
  assert.equal(types.co, 'thread');
  assert.match(types.file, /userdata|FILE/);
  assert.equal(types.yes, 'boolean');
  assert.equal(types.nothing, 'nil');
});

scene('locals come in order; those not yet declared are not there', async (start) => {
  const program = await start('values.lua', { stopAt: ['inner'] });
  await program.stopsAt('inner');
  const names = (await program.scope('Locals')).map((variable) => variable.name);
  assert.deepEqual(names, ['first', 'second', 'shadow (shadowed)', 'shadow', 'up', 'in_block', '...']);
  const locals = await program.locals();
  assert.deepEqual([locals['shadow (shadowed)'], locals.shadow], ['"inner"', '"innermost"']);
  assert.equal((await program.locals(1)).shadow, '"outer"');
});

scene('variable arguments and upvalues', async (start) => {
  const program = await start('values.lua', { stopAt: ['inner'] });
  await program.stopsAt('inner');
  const scopes = (await program.scopes()).map((scope) => scope.name);
  for (const name of ['Locals', 'Upvalues', 'Globals']) assert.ok(scopes.includes(name), name);
  const varargs = await inside(program, '...');
  assert.deepEqual(varargs.map((variable) => variable.value), ['"extra"', '2', 'nil']);
  const upvalues = await program.upvalues();
  assert.equal(upvalues.integer, '42');
  assert.equal(upvalues.text, '"text"');
});

scene('globals, marked as expensive', async (start) => {
  const program = await start('values.lua', { stopAt: ['end'] });
  await program.stopsAt('end');
  const globals = (await program.scopes()).find((scope) => scope.name === 'Globals');
  assert.equal(globals.expensive, true);
  const values = byName(await program.children(globals));
  assert.equal(values.a_global, '"global"');
});

scenes('tables open', async (start) => {
  const program = await atCall(start);
  assert.deepEqual(byName(await inside(program, 'array')), { '[1]': '10', '[2]': '20', '[3]': '30' });
  const [inner] = await inside(program, 'nested');
  const [deeper] = await program.children(inner);
  assert.deepEqual(byName(await program.children(deeper)), { deepest: '"here"' });
  const [self] = await inside(program, 'cycle');
  assert.equal(self.name, 'self');
  assert.equal((await program.children(self))[0].name, 'self');
});

scene('keys of different types are told apart', async (start) => {
  const program = await atCall(start);
  const mixed = byName(await inside(program, 'mixed'));
  assert.equal(mixed['[1]'], '1');
  assert.equal(mixed['["1"]'], '"string one"');
  assert.equal(mixed['[1.5]'], '"float"');
  assert.equal(mixed['[true]'], '"boolean"');
  assert.equal(mixed.key, '"value"');
  assert.equal(mixed['["a b"]'], '1');
});

scene('keys with any bytes', async (start) => {
  const program = await atCall(start);
  const keys = await inside(program, 'odd_keys');
  assert.equal(keys.length, 5);
  assert.equal(new Set(keys.map((key) => key.name)).size, 5, 'each can be told from the others');
  const byValue = Object.fromEntries(keys.map((key) => [key.value, key.name]));
  assert.match(byValue[1], /nul\\(0|x00)/);
  assert.match(byValue[2], /\\xff/i);
  assert.match(byValue[3], /""/);
  assert.equal(byValue[5], '["end"]', 'a reserved word is not a name');
});

scene('large tables come in pages', async (start) => {
  const program = await atCall(start);
  const big = (await program.scope('Locals')).find((variable) => variable.name === 'big');
  const all = big.indexedVariables ?? 0;
  assert.equal(all, 10_000, 'the client is told how many there are');
  const page = await program.children(big, { filter: 'indexed', start: 5000, count: 100 });
  assert.equal(page.length, 100);
  assert.deepEqual([page[0].name, page[0].value], ['[5001]', '5001']);
  assert.deepEqual(await program.children(big, { filter: 'indexed', start: 20_000, count: 100 }), []);
});

scene('a client that does not page gets all, in groups if there are very many', async (start, { client }) => {
  const program = await atCall(start);
  const big = (await program.scope('Locals')).find((variable) => variable.name === 'big');
  for (const args of [{}, { start: 0, count: 0 }, { start: 0, count: 10_000 }, { start: 0 }]) {
    const items = await program.children(big, { filter: 'indexed', ...args });
    assert.equal(items.length, 10_000);
    assert.deepEqual([items.at(-1).name, items.at(-1).value], ['[10000]', '10000']);
  }
  const million = await client.request('evaluate', {
    expression: '(function() local t = {} for i = 1, 1000000 do t[i] = i end return t end)()',
    frameId: await program.frameId(), context: 'watch',
  });
  for (const args of [{}, { filter: 'indexed' }, { filter: 'indexed', start: 0, count: 1_000_000 }]) {
    const groups = await program.children(million, args);
    assert.equal(groups[0].name, '[1..10000]');
    const last = groups.findLast(({ name }) => name.startsWith('['));
    assert.equal((await program.children((await program.children(last)).at(-1))).at(-1).value, '1000000');
  }
});

scene('a thousand keys are all to be found', async (start) => {
  const program = await atCall(start);
  const found = new Set();
  async function collect(variables) {
    for (const variable of variables) {
      if (/^key\d+$/.test(variable.name)) found.add(variable.name);
      else if (variable.variablesReference > 0) await collect(await program.children(variable));
    }
  }
  await collect(await inside(program, 'keyed'));
  assert.equal(found.size, 1000);
});

scenes('looking at a value runs no code of the program', async (start) => {
  const program = await atCall(start);
  const guarded = byName(await inside(program, 'guarded'));
  assert.equal(guarded.real, '1');
  assert.equal(guarded['made up'], undefined);
  await inside(program, 'protected');
  await program.locals();
  await program.setBreakpoints([]);
  await program.continueToEnd();
  assert.match(program.client.output('stdout'), /^0\t5$/m, 'no metamethod was called');
});

scene('variables of functions, coroutines and userdata do no harm', async (start) => {
  const program = await atCall(start);
  for (const name of ['f', 'c', 'file', 'co', 'protected', 'holes']) {
    const local = (await program.scope('Locals')).find((variable) => variable.name === name);
    assert.ok(local.value);
    if (local.variablesReference > 0) await program.children(local);
  }
});

scene('inspection leaves the program\'s memory and collector as they were', async (start) => {
  const program = await atCall(start);
  const before = (await program.lines()).heap;
  await program.locals();
  await inside(program, 'keyed');
  await inside(program, 'big');
  await program.stack();
  assert.deepEqual((await program.lines()).heap, before);
});

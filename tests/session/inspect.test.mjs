// SPDX-License-Identifier: MIT
// What can be asked of a value: its text in Lua, its __tostring, its bytes, its place, its name in code.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

import { fixturePath, lineOf } from '../fixture.mjs';
import { lua } from '../programs.mjs';
import { everywhere } from './everywhere.mjs';
import { byName, scene } from './session.mjs';

async function local(program, name) {
  return (await program.scope('Locals')).find((variable) => variable.name === name);
}

async function upvalue(program, name) {
  return (await program.scope('Upvalues')).find((variable) => variable.name === name);
}

async function evaluateIn(program, expression, context, more = {}) {
  return program.client.request('evaluate', { expression, context, frameId: await program.frameId(), ...more });
}

scene('__tostring runs under the limit, and its errors are told', async (start) => {
  const program = await start('inspect.lua', { stopAt: ['resume'], args: ['coroutine'] });
  await program.stopsAt('resume');
  const say = async (name) => {
    const value = await local(program, name);
    const lazy = (await program.children(value)).find((variable) => variable.name === '(tostring)');
    assert.equal(lazy.presentationHint.lazy, true);
    const children = await program.children(lazy);
    assert.equal(children.length, 1, 'exactly one');
    return children[0].value;
  };
  assert.equal(await program.evaluate('asked'), '0', 'looking asks nothing');
  assert.equal(await say('speaking'), '"speaking 1"');
  assert.equal(await program.evaluate('asked'), '1');
  assert.match(await say('failing'), /no words/);
  assert.match(await say('endless'), /longer than/);
  assert.equal((await program.locals()).written, '"first"');
});

scene('__tostring may be the first that is evaluated at a stop', async (start) => {
  const program = await start('inspect.lua', { stopAt: ['resume'], args: ['coroutine'] });
  await program.stopsAt('resume');
  const lazy = (await program.children(await local(program, 'speaking'))).find(({ name }) => name === '(tostring)');
  assert.equal((await program.children(lazy))[0].value, '"speaking 1"');
  assert.equal(await program.evaluate('asked + 1'), '2');
  assert.equal(await program.evaluate('#written'), '5');
});

everywhere('functions tell where they are declared', 'inspect.lua', 'here', async (program) => {
  const helper = await upvalue(program, 'helper');
  assert.ok(helper.declarationLocationReference > 0);
  const place = await program.client.request('locations', { locationReference: helper.declarationLocationReference });
  assert.equal(place.source.path, fixturePath('inspect.lua'));
  assert.equal(place.line, lineOf('inspect.lua', 'helper'));
  const evaluated = await evaluateIn(program, 'Class.method', 'repl');
  const method = await program.client.request('locations', { locationReference: evaluated.valueLocationReference });
  assert.equal(method.source.name, 'inspect.lua');
  assert.equal((await evaluateIn(program, 'print', 'repl')).valueLocationReference, undefined, 'C has no place');
  await program.client.refusal('locations', { locationReference: 999_999 });
  await program.nextTo('after');
  const refused = await program.client.refusal('locations', { locationReference: helper.declarationLocationReference });
  assert.match(refused.error.format, /earlier stop/);
});

everywhere('the bytes of a string are read', 'inspect.lua', 'here', async (program) => {
  const { memoryReference, variablesReference } = await local(program, 'bytes');
  assert.equal(variablesReference, 0);
  const read = (args) => program.client.request('readMemory', { memoryReference, ...args });
  const whole = await read({ count: 4 });
  assert.equal(whole.data, Buffer.from('a\0b\xff', 'latin1').toString('base64'));
  assert.match(whole.address, /^0x[0-9a-f]+$/);
  const part = await read({ offset: 1, count: 2 });
  assert.equal(Buffer.from(part.data, 'base64').toString('latin1'), '\0b');
  assert.equal(BigInt(part.address), BigInt(whole.address) + 1n);
  assert.equal((await read({ offset: 2, count: 100 })).unreadableBytes, 98);
  assert.deepEqual([(await read({ offset: 4, count: 3 })).data, (await read({ count: 0 })).data], ['', '']);
  for (const range of [{ offset: 5, count: 1 }, { offset: -1, count: 1 }, { count: -1 }, { offset: 0.5, count: 1 }, {}])
    await program.client.refusal('readMemory', { memoryReference, ...range });
  for (const bad of ['0xffffff', 'nonsense', '', '-1'])
    await program.client.refusal('readMemory', { memoryReference: bad, count: 1 });
  const written = await program.client.refusal('writeMemory', { memoryReference, data: 'AAAA' });
  assert.match(written.error.format, /string cannot be changed/);
  const result = await evaluateIn(program, 'text .. "!"', 'repl');
  const text = await program.client.request('readMemory', { memoryReference: result.memoryReference, count: 5 });
  assert.equal(Buffer.from(text.data, 'base64').toString(), 'text!');
  await program.nextTo('after');
  assert.match((await program.client.refusal('readMemory', { memoryReference, count: 1 })).error.format, /earlier stop/);
});

everywhere('the bytes of a userdata are read and written', 'inspect.lua', 'here', async (program) => {
  const { memoryReference, result } = await evaluateIn(program, 'io.tmpfile()', 'repl');
  assert.match(result, /^FILE\*: 0x/);
  const read = () => program.client.request('readMemory', { memoryReference, count: 64 });
  const before = await read();
  const size = Buffer.from(before.data, 'base64').length;
  assert.ok(size >= 16 && before.unreadableBytes === 64 - size);
  const answer = await program.client.request('writeMemory', { memoryReference, data: before.data });
  assert.equal(answer.bytesWritten, size);
  assert.equal((await read()).data, before.data);
  const tooLong = Buffer.alloc(size + 1).toString('base64');
  await program.client.refusal('writeMemory', { memoryReference, data: tooLong });
  await program.client.refusal('writeMemory', { memoryReference, offset: size, data: 'AAAA' });
  await program.client.refusal('writeMemory', { memoryReference, data: 'no base64!' });
  const last = { memoryReference, offset: size - 1, allowPartial: true };
  const byte = Buffer.from(before.data, 'base64').subarray(size - 1);
  assert.equal((await program.client.request('writeMemory', { ...last, data: Buffer.concat([byte, byte]).toString('base64') })).bytesWritten, 1);
  assert.equal((await read()).data, before.data);
});

everywhere('the clipboard gets whole values, tables as Lua code', 'inspect.lua', 'here', async (program) => {
  const copied = async (expression) => (await evaluateIn(program, expression, 'clipboard')).result;
  assert.equal(await copied('("x"):rep(5000)'), JSON.stringify('x'.repeat(5000)));
  assert.equal(await copied('object.own'), '"own"');
  const code = await copied('object');
  assert.match(code, /itself = nil --\[\[a table that this is inside\]\]/);
  const check = `local t = ${code}
    assert(t.own == "own" and #t.list == 3 and t.list[3] == 30 and t["odd key"] == 1 and t[true] == "yes")
    assert(t.itself == nil) io.write("good")`;
  assert.equal(execFileSync(lua, ['-'], { input: check }).toString(), 'good');
  const all = '{ 1.5, 1e300, -0.0, 1/0, 0/0, math.mininteger, 3.0, "\\n\\0", {}, print, [-1] = 2, ["end"] = 1, [1.5] = 1, [{}] = 1 }';
  const odd = `local t, n = ${await copied(all)}
    assert(t[1] == 1.5 and t[2] == 1e300 and t[4] == math.huge and t[5] ~= t[5] and t[6] == math.mininteger)
    assert(math.type(t[7]) == "float" and t[8] == "\\n\\0" and next(t[9]) == nil and t[10] == nil)
    assert(t[-1] == 2 and t["end"] == 1 and t[1.5] == 1) io.write("good")`;
  assert.equal(execFileSync(lua, ['-'], { input: odd }).toString(), 'good');
  const deep = await copied('(function() local t = {} for i = 1, 1000 do t = { t } end return t end)()');
  assert.match(deep, /too deep/);
  const big = await copied('(function() local t = {} for i = 1, 20000 do t["k" .. i] = ("x"):rep(1000) .. i end return t end)()');
  assert.ok(big.length > 16_000_000 && big.length < 17_000_000, `${big.length}`);
  assert.equal(execFileSync(lua, ['-'], { input: `local t = ${big} io.write(#select(2, next(t)) >= 1001 and "good")` }).toString(), 'good');
});

everywhere('several results unfold', 'inspect.lua', 'here', async (program) => {
  const results = await evaluateIn(program, '1, { x = 2 }, nil, ...', 'repl');
  assert.match(results.result, /^1, \{x=2\}, nil, "vararg", 2$/);
  const children = await program.children(results);
  assert.deepEqual(byName(children), { '[1]': '1', '[2]': '{x=2}', '[3]': 'nil', '[4]': '"vararg"', '[5]': '2' });
  assert.deepEqual(byName(await program.children(children[1])), { x: '2' });
});

everywhere('code for a value gives that value', 'inspect.lua', 'here', async (program) => {
  const variables = [...await program.scope('Locals'), ...await program.scope('Upvalues')];
  const seen = [];
  async function check(list, depth) {
    for (const variable of list) {
      if (!variable.evaluateName) continue;
      seen.push(variable.evaluateName);
      const again = await evaluateIn(program, variable.evaluateName, 'watch');
      assert.equal(again.result, variable.value, variable.evaluateName);
      if (variable.variablesReference > 0 && depth > 0) await check(await program.children(variable), depth - 1);
    }
  }
  await check(variables, 2);
  for (const code of ['number', 'object.list[2]', 'object["odd key"]', 'object[true]', '(({debug.getupvalue(helper, 1)})[2])',
    'debug.getmetatable(object)']) assert.ok(seen.includes(code), `${code} in ${seen}`);
});

everywhere('integers in base 16', 'inspect.lua', 'here', async (program) => {
  const format = { hex: true };
  const locals = (await program.scopes()).find(({ name }) => name === 'Locals');
  assert.equal(byName(await program.children(locals, { format })).number, '0xff');
  assert.equal((await evaluateIn(program, 'number', 'watch', { format })).result, '0xff');
  assert.equal((await evaluateIn(program, '-1, "a"', 'repl', { format })).result, '0xffffffffffffffff, "a"');
});

everywhere('the metatables of types are among the globals', 'inspect.lua', 'here', async (program) => {
  const globals = (await program.scopes()).find(({ name }) => name === 'Globals');
  assert.equal(globals.expensive, true);
  const children = await program.children(globals);
  const names = children.map(({ name }) => name);
  assert.ok(names.includes('Class') && !names.includes('print'), names.join());
  const group = await program.children(children.find(({ name }) => name === '(metatables)'));
  const file = group.find(({ name }) => name === 'FILE*');
  assert.ok(byName(await program.children(file)).__name, '"FILE*"');
  assert.equal((await evaluateIn(program, file.evaluateName, 'watch')).result, file.value);
  const string = group.find(({ name }) => name === 'string');
  assert.equal((await evaluateIn(program, string.evaluateName, 'watch')).result, string.value);
});

everywhere('hover never runs code; a watch does', 'inspect.lua', 'here', async (program) => {
  const frameId = await program.frameId();
  const hover = async (expression) => (await evaluateIn(program, expression, 'hover')).result;
  assert.equal(await hover('object.list[1]'), '10');
  assert.equal(await hover('object.inherited'), '"from the class"');
  assert.match(await hover('object.method'), /function/);
  assert.equal(await hover('number + 1'), '256');
  assert.equal(await hover('#object.list .. text'), '"3text"');
  assert.equal(await hover('object.list ~= nil and object.list[4] == nil'), 'true');
  for (const expression of ['helper()', 'object:method()', 'text = 1', 'text.x.y', '', ' ', '-- nothing', '}'])
    await program.client.refusal('evaluate', { expression, context: 'hover', frameId });
  assert.equal((await evaluateIn(program, 'object:method()', 'watch')).result, '"own"');
  assert.equal((await evaluateIn(program, 'local a = number\nlocal b = a * 2\nreturn b, text', 'repl')).result, '510, "text"');
});

// SPDX-License-Identifier: MIT
// Values set by the user: setVariable, setExpression, assignments in the console.

import assert from 'node:assert/strict';

import { everywhere } from './everywhere.mjs';
import { byName, scene } from './session.mjs';

async function scopeNamed(program, name) {
  return (await program.scopes()).find((scope) => scope.name === name);
}

async function local(program, name) {
  return (await program.scope('Locals')).find((variable) => variable.name === name);
}

function set(program, { variablesReference }, name, value, more = {}) {
  return program.client.request('setVariable', { variablesReference, name, value, ...more });
}

async function setFails(program, { variablesReference }, name, value) {
  return (await program.client.refusal('setVariable', { variablesReference, name, value })).error.format;
}

everywhere('setVariable sets locals, varargs, upvalues, fields and globals', 'inspect.lua', 'here', async (program) => {
  const locals = await scopeNamed(program, 'Locals');
  const answer = await set(program, locals, 'text', '"new " .. text .. shadow');
  assert.deepEqual([answer.value, answer.type], ['"new text2"', 'string']);
  assert.equal((await program.locals()).text, '"new text2"');
  assert.equal((await set(program, locals, 'number', '0x10 * 2', { format: { hex: true } })).value, '0x20');
  const object = await local(program, 'object');
  const list = (await program.children(object)).find((variable) => variable.name === 'list');
  await set(program, list, '[2]', '"second"');
  assert.equal(await program.evaluate('object.list[2]'), '"second"');
  await set(program, object, 'own', 'number + 1');
  assert.equal((await set(program, object, '["odd key"]', '{ 1 }')).type, 'table');
  await set(program, object, '[true]', 'nil');
  assert.equal(await program.evaluate('object[true]'), 'nil');
  await set(program, await local(program, '...'), '[1]', '"new vararg"');
  assert.equal(await program.evaluate('...'), '"new vararg", 2');
  const globals = await scopeNamed(program, 'Globals');
  const table = (await program.children(globals)).find((variable) => variable.name === 'Class');
  await set(program, table, 'inherited', 'false');
  assert.equal(await program.evaluate('object.inherited'), 'false');
});

everywhere('an upvalue is set for all who share it', 'inspect.lua', 'here', async (program) => {
  const helper = (await program.upvalues()).helper;
  assert.match(helper, /function/);
  const upvalues = await program.scope('Upvalues');
  const inner = upvalues.find((variable) => variable.name === 'helper');
  await set(program, inner, 'written', '"changed"');
  assert.match(await program.evaluate('helper()'), /^"changed", "fixed"/);
  assert.match(await setFails(program, inner, 'fixed', '1'), /const/);
});

everywhere('what is declared <const> or <close> is marked and refused', 'inspect.lua', 'here', async (program) => {
  const locals = await program.scope('Locals');
  const constant = locals.find((variable) => variable.name === 'constant');
  const closed = locals.find((variable) => variable.name === 'closed');
  assert.deepEqual(constant.presentationHint.attributes, ['readOnly', 'constant']);
  assert.equal(constant.type, 'string <const>');
  assert.deepEqual(closed.presentationHint.attributes, ['readOnly']);
  assert.equal(locals.find((variable) => variable.name === 'text').presentationHint, undefined);
  const scope = await scopeNamed(program, 'Locals');
  assert.match(await setFails(program, scope, 'constant', '1'), /'constant' is declared <const>/);
  assert.match(await setFails(program, scope, 'closed', 'nil'), /'closed' is declared <close>/);
  assert.match(await program.evaluateFails('constant = 1'), /const variable 'constant'/);
  const frameId = await program.frameId();
  const refused = await program.client.refusal('setExpression', { expression: 'constant', value: '1', frameId });
  assert.match(refused.error.format, /const variable 'constant'/);
  assert.equal(await program.evaluate('constant'), '"argument!"');
});

everywhere('of two locals of one name each is set', 'inspect.lua', 'here', async (program) => {
  const locals = await scopeNamed(program, 'Locals');
  await set(program, locals, 'shadow (shadowed)', '"outer"');
  await set(program, locals, 'shadow', '40');
  const values = await program.locals();
  assert.deepEqual([values['shadow (shadowed)'], values.shadow], ['"outer"', '40']);
});

everywhere('setExpression assigns as Lua does', 'inspect.lua', 'here', async (program) => {
  const frameId = await program.frameId();
  const assign = (expression, value) => program.client.request('setExpression', { expression, value, frameId });
  assert.equal((await assign('number', '7')).value, '7');
  assert.equal((await program.locals()).number, '7');
  assert.equal((await assign('object.added', '{ 1, 2 }')).type, 'table');
  assert.equal(await program.evaluate('#object.added'), '2');
  assert.equal(await program.evaluate('rawget(Class, "added")'), 'nil');
  await assign('object.inherited', '"own now"');
  assert.equal(await program.evaluate('Class.inherited'), '"from the class"');
  await assign('object.list[select("#", ...)]', '...');
  assert.equal(await program.evaluate('object.list[2]'), '"vararg"');
  await assign('added_global', 'text');
  assert.equal(await program.evaluate('_G.added_global'), '"text"');
});

scene('what cannot be set is refused, and nothing changes', async (start) => {
  const program = await start('inspect.lua', { stopAt: ['here'] });
  await program.stopsAt('here');
  const locals = await scopeNamed(program, 'Locals');
  const before = await program.locals();
  assert.match(await setFails(program, locals, 'not_there', '1'), /no variable 'not_there'/);
  assert.match(await setFails(program, locals, '...', '1'), /no variable/);
  assert.match(await setFails(program, locals, 'text', '1 +'), /near|unexpected/);
  assert.match(await setFails(program, locals, 'text', 'error("as asked")'), /as asked/);
  assert.match(await setFails(program, locals, 'text', '(function() end)()'), /no value/);
  assert.match(await setFails(program, { variablesReference: 999_999 }, 'text', '1'), /no variablesReference/);
  const frameId = await program.frameId();
  for (const expression of ['helper()', '1', 'a, b', 'x = 1; y', 'text text', '']) {
    const refused = await program.client.refusal('setExpression', { expression, value: '1', frameId });
    assert.ok(refused.error.format, expression);
  }
  const memory = (await program.scopes()).find((scope) => scope.name === 'Memory');
  assert.match(await setFails(program, memory, 'heap', '1'), /cannot be set/);
  assert.deepEqual(await program.locals(), before);
  assert.equal(await program.evaluate('x'), 'nil');
  await program.nextTo('after');
  assert.match(await setFails(program, locals, 'text', '1'), /earlier stop/);
});

scene('a value that takes for ever to compute is cut off', async (start) => {
  const program = await start('inspect.lua', { stopAt: ['here'] });
  await program.stopsAt('here');
  const locals = await scopeNamed(program, 'Locals');
  assert.match(await setFails(program, locals, 'text', '(function() while true do end end)()'), /longer than/);
  assert.deepEqual(byName(await program.children(locals)).text, '"text"');
});

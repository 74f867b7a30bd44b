// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';

import { byName, scene, scenes } from './session.mjs';

async function here(start, options) {
  const program = await start('evaluate.lua', { stopAt: ['here'], ...options });
  await program.stopsAt('here');
  return program;
}

scenes('expressions see locals, upvalues and globals of the frame', async (start) => {
  const program = await here(start);
  assert.equal(await program.evaluate('sum'), '3');
  assert.equal(await program.evaluate('sum * inner + #upvalue'), '20');
  assert.equal(await program.evaluate('counter'), '10');
  assert.equal(await program.evaluate('t.sum'), '3');
  assert.equal(await program.evaluate('upvalue .. "!"'), '"up!"');
  assert.equal(await program.evaluate('math.max(a, b)'), '2');
  assert.equal(await program.evaluate('not_there'), 'nil');
});

scene('in the frame that is asked for', async (start) => {
  const program = await here(start);
  assert.equal(await program.evaluate('sum', { frame: 1 }), 'nil');
  assert.equal(await program.evaluate('object.field', { frame: 1 }), '"f"');
  assert.equal(await program.evaluate('object:double(21)', { frame: 1 }), '42');
});

scene('several values, none, and tables that open', async (start) => {
  const program = await here(start);
  assert.match(await program.evaluate('1, "two", nil'), /1.*"two".*nil/);
  await program.evaluate('(function() end)()');
  const frameId = await program.frameId();
  const result = await program.client.request('evaluate', { expression: '{ x = 1 }', frameId, context: 'repl' });
  assert.deepEqual(byName(await program.children(result)), { x: '1' });
  assert.match(await program.evaluate('...'), /"extra"/);
});

scenes('statements run, assignments reach locals, upvalues and globals', async (start) => {
  const program = await here(start);
  await program.evaluate('sum = 100');
  assert.equal((await program.locals()).sum, '100');
  await program.evaluate('upvalue = "changed"');
  assert.equal((await program.upvalues()).upvalue, '"changed"');
  await program.evaluate('counter = counter + 1');
  await program.evaluate('t.added = "by hand"');
  assert.equal(await program.evaluate('t.added'), '"by hand"');
  await program.evaluate('for i = 1, 3 do sum = sum + i end');
  assert.equal(await program.evaluate('sum'), '106');
  await program.setBreakpoints([]);
  await program.continueToEnd();
  assert.equal(program.client.output('stdout'), '106\textra\nchanged\t11\n');
});

scene('errors come in Lua\'s words', async (start) => {
  const program = await here(start);
  assert.match(await program.evaluateFails('sum.x.y'), /attempt to index/);
  assert.match(await program.evaluateFails('error("as asked")'), /as asked/);
  assert.ok(await program.evaluateFails('error({})'));
  assert.match(await program.evaluateFails('1 +'), /near|expected|unexpected/);
  assert.match(await program.evaluateFails(')('), /near|expected|unexpected/);
  assert.match(await program.evaluateFails('local x <const> = 1; x = 2'), /const/);
  assert.equal(await program.evaluate('sum'), '3', 'and the program is as it was');
});

scene('what is printed comes as output', async (start) => {
  const program = await here(start);
  await program.evaluate('print("from the console")');
  await program.evaluate('io.write("and more\\n")');
  await program.prints(/from the console\n/);
  await program.prints(/and more\n/);
});

scenes('an evaluate that never ends is cut off', async (start) => {
  const program = await here(start);
  const message = await program.evaluateFails('while true do end');
  assert.ok(message);
  assert.equal(await program.evaluate('sum'), '3');
  assert.ok(await program.evaluateFails('(function() while true do pcall(function() while true do end end) end end)()'));
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

scene('breakpoints are not hit by what is evaluated', async (start) => {
  const program = await here(start);
  await program.setBreakpoints(['here', 'after']);
  assert.match(await program.evaluate('work(5, 6)', { frame: 1 }), /11/);
  await program.continueTo('after');
});

scene('in a coroutine', async (start) => {
  const program = await start('evaluate.lua', { stopAt: ['in_coroutine'] });
  await program.stopsAt('in_coroutine');
  assert.equal(await program.evaluate('own'), '"value!"');
  await program.evaluate('own = own .. "?"');
  assert.equal((await program.locals()).own, '"value!?"');
  assert.match(await program.evaluateFails('coroutine.yield(1)'), /yield/);
  await program.continueToEnd();
});

scene('without a frame, in the globals', async (start) => {
  const program = await here(start);
  const { result } = await program.client.request('evaluate', { expression: 'counter', context: 'repl' });
  assert.equal(result, '10');
});

scene('any bytes in expression and result', async (start) => {
  const program = await here(start);
  assert.match(await program.evaluate('"\\xff\\0"'), /\\xff\\(0|x00)/i);
  assert.equal(await program.evaluate('"ä😀"'), '"ä😀"');
  assert.equal(await program.evaluate('#"ä😀"'), '6');
  assert.match(await program.evaluateFails('error("\\xff\\0")'), /\\xff/i);
});

scene('a syntax of one line or of many', async (start) => {
  const program = await here(start);
  assert.equal(await program.evaluate('return sum'), '3');
  assert.equal(await program.evaluate('local x = 1\nlocal y = 2\nreturn x + y'), '3');
  await program.evaluate('');
  await program.evaluate('-- a comment');
});

scene('a watch of a value and a hover have no side effects', async (start) => {
  const program = await here(start);
  assert.equal(await program.evaluate('sum', { context: 'watch' }), '3');
  assert.equal(await program.evaluate('t.sum', { context: 'hover' }), '3');
});

scene('os.exit in an evaluate ends the program like any other', async (start) => {
  const program = await here(start);
  const frameId = await program.frameId();
  program.client.request('evaluate', { expression: 'os.exit(9)', frameId, context: 'repl' }).catch(() => {});
  await program.ends(9);
});

scene('what is evaluated is the debugger\'s memory, not a line\'s', async (start) => {
  const program = await here(start);
  const before = await program.lineAt('here');
  await program.evaluate('(function() local t = {} for i = 1, 1000 do t[i] = {} end kept = t end)()');
  assert.deepEqual((await program.lineAt('here'))?.allocated, before?.allocated);
  const { rows } = await program.lines();
  const debuggerRow = rows.find((row) => row.source.name === '(debugger)');
  assert.ok(debuggerRow.live >= 1000 * 56);
  await program.assertFiguresAddUp();
  await program.continueToEnd();
});

// SPDX-License-Identifier: MIT
// _ENV in evaluated code is the frame's own, in the console and in breakpoints' conditions and messages.
import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { byName, scene, scenes } from './session.mjs';

const fixture = 'environment.lua';

async function at(start, mark, options) {
  const program = await start(fixture, { stopAt: [mark], ...options });
  await program.stopsAt(mark);
  return program;
}

/** What each expression gives. */
async function gives(program, expected) {
  for (const [expression, value] of Object.entries(expected)) {
    assert.equal(await program.evaluate(expression), value, expression);
  }
}

scenes('_ENV is the table of globals, whatever is a local', async (start) => {
  const program = await at(start, 'plain');
  await gives(program, {
    'count': '1', '_ENV.count': '"global"', '_ENV == _G': 'true', 'rawequal(_ENV, mine)': 'true',
    'next(_ENV) ~= nil': 'true', '_ENV["count"]': '"global"', 'getmetatable(_ENV)': 'nil',
    'count, _ENV.count, count': '1, "global", 1', '(function() return _ENV.count .. count end)()': '"global1"',
    '#_ENV.count + count': '7', '-- _ENV\n_ENV.count': '"global"', '"_ENV"': '"_ENV"', '[[_ENV]]': '"_ENV"',
  });
  await program.evaluate('_ENV.count = 7');
  await gives(program, { count: '1', '_G.count': '7' });
  await program.evaluate('_ENV.made, made_too = 8, 9');
  await gives(program, { '_G.made + _G.made_too': '17' });
  await program.evaluate('count = 10');
  await gives(program, { count: '10', '_ENV.count': '7', 'mine.count': '7' });
});

scenes('code that has an _ENV of its own, a field or a key of that name', async (start) => {
  const program = await at(start, 'plain');
  await gives(program, {
    '(function(_ENV) return count, _ENV.count end)({ count = "own" })': '"own", "own"',
    'local _ENV = { count = "own", g = _ENV }; return count, _ENV.count, g.count': '"own", "own", "global"',
    'do local _ENV = { x = 2 }; x = 3 end return _ENV.x, _ENV.count': 'nil, "global"',
    'local t = { _ENV = 5, a = _ENV.count }; return t._ENV, t.a': '5, "global"',
    '({ 1, _ENV = 6; _ENV == _G })._ENV': '6', '({ [1] = 2, (function() return _ENV end)() })[1] == _G': 'true',
    'for _, _ENV in ipairs { { x = "of the loop" } } do return x, _ENV.x end': '"of the loop", "of the loop"',
    'local s = ""; for k in pairs { _ENV = 1 } do s = s .. k end return s, _ENV.count': '"_ENV", "global"',
    'goto _ENV; ::_ENV:: return _ENV.count': '"global"',
    '("x"):rep(#_ENV.count)': '"xxxxxx"',
  });
});

scenes('another table, a local or a parameter', async (start) => {
  const program = await at(start, 'with_local');
  await gives(program, { count: '"l"', '_ENV.count': '"other\'s"', '_ENV == other': 'true' });
  await program.evaluate('new = 5');
  await gives(program, { '_ENV.new, other.new': '5, 5', 'other._ENV': 'nil' });
  await program.evaluate('_ENV = { count = "replaced" }');
  assert.match((await program.locals())._ENV, /replaced/);
  await gives(program, { '_ENV.count': '"replaced"', count: '"l"' });
  await program.evaluate('newer = 6');
  await gives(program, { '_ENV.newer': '6', 'other.newer': 'nil' });
  await program.setBreakpoints(['with_parameter']);
  await program.continueTo('with_parameter');
  await gives(program, { count: '"p"', '_ENV.count': '"other\'s"', fresh: 'nil' });
});

scene('a chunk of another environment', async (start) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  await program.client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'inside' }] });
  await program.continue();
  await program.stops('function breakpoint');
  await program.next();
  await program.stops('step');
  await gives(program, { '_ENV.count': '"other\'s"', count: '"c"', '_ENV.fresh': '"c"', '_ENV._G': 'nil' });
});

scenes('an error says of a name what it is', async (start) => {
  const program = await at(start, 'plain');
  assert.match(await program.evaluateFails('count.x.y'), /a nil value \(field 'x'\)|a number value \(local 'count'\)/);
  assert.match(await program.evaluateFails('print + 1'), /\(upvalue 'print'\)/);
  assert.match(await program.evaluateFails('none + 1'), /\(global 'none'\)/);
  assert.match(await program.evaluateFails('_ENV + 1'), /\(upvalue '_ENV'\)/);
  assert.match(await program.evaluateFails('load("return none.x", "=inner")()'), /^inner:1: .*\(global 'none'\)/);
});

scenes('a function without _ENV sees the globals', async (start) => {
  const program = await at(start, 'without');
  await gives(program, { '_ENV == _G': 'true', '_ENV': await program.evaluate('_G'), '_ENV.count': '"global"', count: '"w"' });
  assert.match(await program.evaluateFails('_ENV = {}'), /no _ENV/);
  await program.evaluate('_ENV.set = 1');
  await gives(program, { '_G.set': '1' });
  const frameId = await program.frameId();
  const hovered = await program.client.request('evaluate', { expression: '_ENV.count', context: 'hover', frameId });
  assert.equal(hovered.result, '"global"');
  const globally = await program.client.request('evaluate', { expression: '_ENV.count, _ENV == _G' });
  assert.equal(globally.result, '"global", true');
});

scene('setExpression, completions and what is watched', async (start) => {
  const program = await at(start, 'plain');
  const frameId = await program.frameId();
  await program.client.request('setExpression', { expression: '_ENV.count', value: '_ENV.count .. "!"', frameId });
  await gives(program, { '_ENV.count': '"global!"', count: '1' });
  const { targets } = await program.client.request('completions', { text: 'x = #_ENV.cou', column: 14, frameId });
  assert.ok(targets.some(({ label }) => label === 'count'));
  const first = await program.client.request('completions', { text: '#_ENV.cou', column: 10, frameId });
  assert.ok(first.targets.some(({ label }) => label === 'count'), 'behind a # at the beginning');
});

for (const [condition, stops] of Object.entries({
  '_ENV.count == "global" and count == 2': true, '_ENV == _G and next(_ENV) ~= nil and count == 2': true,
  '(function(_ENV) return own end)({ own = count == 2 })': true, '_ENV.count == count': false,
  '(function() _ENV.count = count end)() == nil and _ENV.count == 2': true,
})) {
  scenes(`the condition ${condition}`, async (start) => {
    const program = await start(fixture, { stopOnEntry: true });
    await program.stops('entry');
    const line = lineOf(fixture, 'plain');
    await program.client.request('setBreakpoints', { source: { path: fixturePath(fixture) }, breakpoints: [{ line, condition }] });
    await program.continue();
    if (stops) {
      await program.stopsAt('plain');
      assert.equal((await program.locals()).count, '2');
      await program.continue();
    }
    await program.ends();
  });
}

scenes('a log message, and in a function without _ENV', async (start) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  const logMessage = '<{count} {_ENV.count} {_ENV == _G} {(function(_ENV) return x end)({ x = count })}>';
  await program.client.request('setBreakpoints', { source: { path: fixturePath(fixture) },
    breakpoints: ['plain', 'without', 'with_local'].map((mark) => ({ line: lineOf(fixture, mark), logMessage })) });
  await program.continueToEnd();
  assert.deepEqual(program.client.output('console').match(/<.*>/g), [
    '<1 global true 1>', '<2 global true 2>', '<w global true w>', "<l other's false l>"]);
});

scenes('the condition of an error filter', async (start) => {
  const program = await start(fixture, { errors: [{ filterId: 'caught', condition: '_ENV.count == "global" and count == err' }] });
  await program.stopsAt('throws', 'exception');
  await program.continueToEnd();
});

scenes('neither a condition nor the console assigns to what is <const>', async (start) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  await program.client.request('setBreakpoints', { source: { path: fixturePath(fixture) }, breakpoints: [
    { line: lineOf(fixture, 'plain'), condition: '(function() constant = { 99 } end)() == nil' }, { line: lineOf(fixture, 'again') }] });
  await program.continue();
  await program.stopsAt('again');
  assert.match(program.client.output('console'), /attempt to assign to const variable 'constant'/);
  await program.setBreakpoints(['plain']);
  await program.continueTo('plain');
  assert.equal(byName(await program.scope('Locals')).constant, '{}');
  assert.match(await program.evaluateFails('constant = {}'), /attempt to assign to const variable 'constant'/);
});

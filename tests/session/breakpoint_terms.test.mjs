// SPDX-License-Identifier: MIT
// Breakpoints that hold under terms: conditions, counts of hits, log messages.
import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scene, scenes } from './session.mjs';

const fixture = 'conditions.lua';
const places = [['the main thread', []], ['a coroutine', ['coroutine']]];

/** The story in the main thread and in a coroutine, with memory exact and off. */
function everywhere(name, story) {
  for (const [place, args] of places) {
    scenes(`${name}, in ${place}`, (start, session) =>
      story((options) => start(fixture, { args, stopOnEntry: true, ...options }), session));
  }
}

/** Sets breakpoints given as { at: mark, condition, hitCondition, logMessage }. */
async function set(program, breakpoints) {
  const answer = await program.client.request('setBreakpoints', {
    source: { path: fixturePath(fixture) },
    breakpoints: breakpoints.map(({ at, ...rest }) => ({ line: lineOf(fixture, at), ...rest })),
  });
  return answer.breakpoints;
}

async function begin(start, breakpoints, options) {
  const program = await start(options);
  await program.stops('entry');
  const answered = await set(program, breakpoints);
  await program.continue();
  return { program, answered };
}

/** The values of i at the stops that follow, until the program ends. */
async function stopsWith(program, expected, mark = 'body') {
  for (const i of expected) {
    await program.stopsAt(mark);
    assert.equal((await program.locals()).i, String(i));
    await program.continue();
  }
  await program.ends();
}

const consoleEvents = (program) => program.client.messages
  .filter(({ event, body }) => event === 'output' && body.category === 'console').map(({ body }) => body);
const changes = (program) => program.client.messages
  .filter(({ event }) => event === 'breakpoint').map(({ body }) => body.breakpoint);

everywhere('a condition on locals, upvalues and globals', async (start) => {
  const { program } = await begin(start, [
    { at: 'body', condition: 'i == 3 or i > limit - 1 and label ~= nil and total > 0 and settings.level == 1' }]);
  await stopsWith(program, [3, 10]);
});

everywhere('a condition that is never true never stops', async (start) => {
  const { program } = await begin(start, [
    { at: 'body', condition: 'i == 11' }, { at: 'second', condition: 'not_there' },
    { at: 'print', condition: 'false' }]);
  await program.ends();
});

everywhere('what a condition assigns stays, as in the console', async (start) => {
  const { program } = await begin(start, [
    { at: 'body', condition: '(function() total = 100; limit = 7 end)() or i == 2' }, { at: 'last' }]);
  await program.stopsAt('body');
  assert.equal(await program.evaluate('total + limit'), '107');
  await program.continueTo('last');
});

for (const [hitCondition, expected] of Object.entries({
  3: [3], '==4': [4], '>8': [9, 10], '>= 9': [9, 10], '<3': [1, 2], '<=2': [1, 2], '%4': [4, 8], ' 5 ': [5],
})) {
  everywhere(`a hit count '${hitCondition}'`, async (start) => {
    const { program } = await begin(start, [{ at: 'body', hitCondition }]);
    await stopsWith(program, expected);
  });
}

everywhere('hits are counted where the condition is true', async (start) => {
  const { program } = await begin(start, [{ at: 'body', condition: 'i % 2 == 0', hitCondition: '%2' }]);
  await stopsWith(program, [4, 8]);
});

scene('a count goes on when other breakpoints are set', async (start) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  const counting = { at: 'body', hitCondition: '>=4' };
  await set(program, [counting, { at: 'second', condition: 'i == 2' }]);
  await program.continueTo('second');
  const again = await set(program, [{ at: 'second', condition: 'i == 3' }, counting]);
  assert.equal(again.length, 2);
  await program.continueTo('second');
  await program.continueTo('body');
  assert.equal((await program.locals()).i, '4');
});

scene('terms that cannot be understood: not verified, with what to write', async (start) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  const answered = await set(program, [
    { at: 'body', hitCondition: 'often' }, { at: 'body', hitCondition: '%0' }, { at: 'body', hitCondition: '=> 2' },
    { at: 'body', condition: 'i ==' }, { at: 'body', condition: 'i = 3' }, { at: 'body', logMessage: 'i is {i' },
    { at: 'body', logMessage: '{i +}' }, { at: 'second', condition: 'i == 2 -- a comment' }]);
  assert.deepEqual(answered.map((b) => b.verified), [...Array(7).fill(false), true]);
  assert.match(answered[0].message, />=N/);
  assert.match(answered[3].message, /condition: unexpected symbol near <eof>/);
  assert.match(answered[5].message, /log message.*'}'/);
  assert.match(answered[6].message, /log message.*: unexpected symbol/);
  for (const breakpoint of answered.slice(0, 7)) assert.equal(breakpoint.reason, 'failed');
  await program.continueTo('second');
});

everywhere('a logpoint prints and does not stop', async (start) => {
  const { program } = await begin(start, [
    { at: 'body', logMessage: 'i is {i} of {n}: {label}, {{i, n}}, {settings["name"] .. "}"} \\{text\\} {}' }]);
  await program.ends();
  const events = consoleEvents(program);
  assert.equal(events.length, 10);
  assert.match(events[2].output, /^i is 3 of 10: [mc], \{3, 10\}, \}\} \{text\} \{\}\n$/);
  assert.equal(events[2].source.path, fixturePath(fixture));
  assert.equal(events[2].line, lineOf(fixture, 'body'));
});

everywhere('a logpoint with a condition and a count', async (start) => {
  const { program } = await begin(start, [
    { at: 'body', condition: 'i > 4', hitCondition: '%3', logMessage: 'i={i}' }]);
  await program.ends();
  assert.deepEqual(consoleEvents(program).map(({ output }) => output), ['i=7\n', 'i=10\n']);
});

everywhere('what is logged and what is printed come in their order', async (start) => {
  const { program } = await begin(start, [{ at: 'print', logMessage: 'before {i}' }, { at: 'body', logMessage: 'at {i}' }]);
  await program.ends();
  const text = program.client.messages.filter(({ event }) => event === 'output').map(({ body }) => body.output).join('');
  assert.match(text.replaceAll(/[mc]\t/g, 'printed '), /at 5\nbefore 5\nprinted 5\nat 6\n.*at 10\nbefore 10\nprinted 10\nend/s);
});

everywhere('several on one line do not disturb each other', async (start) => {
  const { program, answered } = await begin(start, [
    { at: 'body', condition: 'i == 2' }, { at: 'body', logMessage: 'i={i}' }, { at: 'body', hitCondition: '4' },
    { at: 'body', condition: 'i % 2 == 0', hitCondition: '2' }, { at: 'body', condition: 'nothing.at.all' }]);
  await program.stopsAt('body');
  assert.deepEqual(program.stop.hitBreakpointIds, [answered[0].id]);
  await program.continueTo('body');
  assert.deepEqual(program.stop.hitBreakpointIds, [answered[2].id, answered[3].id]);
  assert.equal((await program.locals()).i, '4');
  await program.continueToEnd();
  const logged = program.client.output('console').split('\n').filter((line) => line.startsWith('i='));
  assert.deepEqual(logged, Array.from({ length: 10 }, (_, i) => `i=${i + 1}`));
});

everywhere('an error in a condition is told once, and counts as false', async (start) => {
  const { program, answered } = await begin(start, [
    { at: 'object', condition: 'object.value == 4' }]);
  await program.stopsAt('object');
  await program.continueToEnd();
  const [told, ...more] = changes(program).filter(({ id }) => id === answered[0].id);
  assert.deepEqual(more, []);
  assert.equal(told.verified, true);
  assert.match(told.message, /condition failed.*index a nil value/);
  const lines = consoleEvents(program);
  assert.equal(lines.length, 1);
  assert.match(lines[0].output, /conditions\.lua:\d+.*index a nil value/);
});

everywhere('an error in a log message is told once; the rest is logged', async (start) => {
  const { program, answered } = await begin(start, [{ at: 'object', logMessage: '{i}: {object.value}' }]);
  await program.ends();
  const [told, ...more] = changes(program).filter(({ id }) => id === answered[0].id);
  assert.deepEqual(more, []);
  assert.match(told.message, /log message failed.*index a nil value/);
  const output = program.client.output('console');
  assert.match(output, /^2: 2\n/m);
  assert.match(output, /^1: \{object\.value\}\n/m);
  assert.equal(output.match(/index a nil value/g).length, 1);
});

everywhere('a condition that never ends is cut off, and not asked again', async (start) => {
  const { program } = await begin(start, [
    { at: 'body', condition: '(function() while true do pcall(error) end end)()' },
    { at: 'second', condition: '(function() while true do pcall(function() while true do end end) end end)()' },
    { at: 'last', condition: 'forever()' }]);
  await program.ends();
  assert.equal(program.client.output('console').match(/longer than/g).length, 3);
});

scenes('a condition that resumes a coroutine that never ends is cut off', async (start) => {
  const { program } = await begin((options) => start(fixture, { stopOnEntry: true, ...options }), [
    { at: 'body', condition: 'coroutine.wrap(function() while true do end end)()' },
    { at: 'last', condition: 'total > 0' }]);
  await program.stopsAt('last');
  await program.continueToEnd();
});

everywhere('no breakpoint is hit by the code of another one', async (start) => {
  const { program, answered } = await begin(start, [
    { at: 'last', condition: 'maybe and work or true' }, { at: 'object', condition: 'i == 6 and maybe(2).value == 2' }]);
  await program.stopsAt('object');
  assert.deepEqual(program.stop.hitBreakpointIds, [answered[1].id]);
  await program.continueTo('last');
});

scenes('what conditions allocate is the debugger\'s', async (start) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  await set(program, [{ at: 'body', condition: '#("x"):rep(1000 + i) == 1' }, { at: 'last' }]);
  await program.continueTo('last');
});

scene('the lines of the program are charged as without breakpoints', async (start) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  await set(program, [{ at: 'second', condition: '({ i, n, {} })[1] == -1' }, { at: 'last' }]);
  await program.continueTo('last');
  const row = await program.lineAt('second');
  assert.equal(row.allocations, 20);
  assert.equal(row.allocated, 10 * (56 + 2 * 16));
});

scenes('a condition set, replaced and removed while the program runs', async (start) => {
  const program = await start('busy.lua', { stopOnEntry: true });
  await program.stops('entry');
  await program.continue();
  const source = { path: fixturePath('busy.lua') };
  const line = lineOf('busy.lua', 'loop');
  await program.client.request('setBreakpoints', { source, breakpoints: [{ line, condition: 'false' }] });
  await program.client.request('setBreakpoints', { source, breakpoints: [{ line, condition: 'true' }] });
  await program.stops('breakpoint');
  await program.client.request('setBreakpoints', { source, breakpoints: [] });
  await program.continue();
  await program.pause();
  await program.stops('pause');
});

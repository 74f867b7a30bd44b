// SPDX-License-Identifier: MIT
// An expression means the same wherever it is evaluated: in a condition, in a log message, at a stop.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { withModules } from '../programs.mjs';
import { scenes } from './session.mjs';

const fixture = 'evaluated.lua';
const path = fixturePath(fixture);

/** At the entry, with breakpoints [mark, what else they have]. */
async function begin(start, args, breakpoints) {
  const program = await start(fixture, { stopOnEntry: true, args });
  await program.stops('entry');
  await program.client.request('setBreakpoints', { source: { path },
    breakpoints: breakpoints.map(([mark, more]) => ({ line: lineOf(fixture, mark), ...more })) });
  return program;
}

const inMainAndCoroutine = (name, story) => {
  for (const args of [[], ['coroutine']])
    scenes(`${name}${args.map((place) => `, in a ${place}`)}`, (start) => story(start, args));
};

const console = (program) => program.client.output('console');

for (const name of ['own', 'later', 'kept', 'guard', 'size']) {
  for (const code of [`(function() ${name} = {99} end)() == nil`,
    `coroutine.wrap(function() for i = 1, 1 do local function set() ${name} = {99} end set() end end)() == nil`]) {
    inMainAndCoroutine(`the condition ${code} fails`, async (start, args) => {
      const program = await begin(start, args, [['here', { condition: code }]]);
      await program.continueToEnd();
      assert.match(console(program), new RegExp(`condition failed: attempt to assign to const variable '${name}'\n`));
      assert.match(program.client.output('stdout'), /^loaded\tloaded\nkept$/m);
    });
  }
}

inMainAndCoroutine('a log message that assigns to a constant fails', async (start, args) => {
  const program = await begin(start, args, [['here', { logMessage: '{(function() size = 9 end)()}' }]]);
  await program.continueToEnd();
  assert.match(console(program), /the log message failed: .*assign to const variable 'size'/);
});

const expressions = [
  'select("#", ...)', '...', '#{...}', '(...)', '(function(...) return select("#", ...) end)(...)', 'size + first',
  '(function() return size, own[1] end)()', 'coroutine.wrap(function(...) return own[1], ... end)(...)', '_ENV == _G',
  'select(2, pcall(function() own = 1 end)):match("assign.*")', 'seen', '#seen .. size', 'none', 'own, seen, size',
];

inMainAndCoroutine('it is the same in a log message and at a stop', async (start, args) => {
  const program = await begin(start, args, [
    ['here', { logMessage: expressions.map((code) => `<{${code}}>`).join('\n') }], ['here', {}]]);
  await program.continue();
  await program.stopsAt('here');
  const logged = [...console(program).matchAll(/<(.*)>/g)].map(([, text]) => text);
  const evaluated = [];
  for (const code of expressions) evaluated.push((await program.evaluate(code)).replaceAll('"', ''));
  assert.deepEqual(logged, evaluated);
  assert.deepEqual(logged.slice(0, 4), ['2', 'nil, 3', '2', 'nil']);
  await program.continueToEnd();
});

for (const [condition, stops] of Object.entries({
  'select("#", ...) == 2 and select(2, ...) == 3': true, '(...) ~= nil': false, '#{(function(...) return ... end)(...)} == 2': true,
})) {
  inMainAndCoroutine(`the condition ${condition} sees the varargs`, async (start, args) => {
    const program = await begin(start, args, [['here', { condition }]]);
    await program.continue();
    if (stops) {
      await program.stopsAt('here');
      await program.continue();
    }
    await program.ends();
  });
}

inMainAndCoroutine('a function that a condition has made knows no frame later', async (start, args) => {
  const condition = '(function() made = function() return own end return made() == own end)() and false';
  const program = await begin(start, args, [['outer', { condition }], ['here', { logMessage: '<{made()} {own[1]}>' }]]);
  await program.continueToEnd();
  assert.match(console(program), /^<nil 1>$/m);
});

const endless = '(function() while true do end end)()';
const long = '(function() for i = 1, 1e6 do end return value == 7 end)()';

/** At the entry of a program whose threads run, or die, unannounced. */
async function unannounced(start, breakpoint, condition) {
  const program = await start('unannounced.lua', { stopOnEntry: true, env: withModules });
  await program.stops('entry');
  await program.client.request('setBreakpoints', { source: { path: fixturePath('unannounced.lua') },
    breakpoints: breakpoint ? [{ line: lineOf('unannounced.lua', 'here'), ...breakpoint }] : [] });
  const filterOptions = condition ? [{ filterId: 'caught', condition }] : [];
  await program.client.request('setExceptionBreakpoints', { filters: [], filterOptions });
  return program;
}

async function endsAsUsual(program) {
  await program.continueToEnd();
  assert.match(program.client.output('stdout'), /^7\ntrue\nfalse\tfile .*\nend\n$/);
}

scenes('what takes a while is evaluated in a thread that a module has resumed', async (start) => {
  const program = await unannounced(start, { condition: long });
  await program.continue();
  await program.stopsAt('here');
  assert.equal(await program.evaluate(long), 'true');
  await endsAsUsual(program);
});

scenes('what takes a while is evaluated in a thread that has died of an error', async (start) => {
  const program = await unannounced(start, undefined, long);
  await program.continue();
  await program.stopsAt('thrown', 'exception');
  assert.equal(await program.evaluate(long), 'true');
  await endsAsUsual(program);
});

scenes('what does not end is ended in a thread that a module has resumed', async (start) => {
  const program = await unannounced(start, { logMessage: `{${endless}}` });
  await endsAsUsual(program);
  assert.match(console(program), /longer than/);
});

scenes('what does not end is ended in a thread that has died of an error', async (start) => {
  const program = await unannounced(start, undefined, endless);
  await program.continue();
  await program.stopsAt('thrown', 'exception');
  await endsAsUsual(program);
});

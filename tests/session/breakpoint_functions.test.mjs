// SPDX-License-Identifier: MIT
// Breakpoints on functions, by name.
import assert from 'node:assert/strict';

import { scene, scenes } from './session.mjs';

const fixture = 'functions.lua';

async function begin(start, breakpoints, args, options) {
  const program = await start(fixture, { args, stopOnEntry: true, ...options });
  await program.stops('entry');
  const answer = await program.client.request('setFunctionBreakpoints', { breakpoints });
  assert.equal(answer.breakpoints.length, breakpoints.length);
  await program.continue();
  return { program, answered: answer.breakpoints };
}

async function stopsAtAll(program, marks) {
  for (const mark of marks) {
    await program.stopsAt(mark, 'function breakpoint');
    await program.continue();
  }
  await program.ends();
}

const stories = {
  'M.f': ['M_f', 'redefined', 'made'], // its definition, another one, and a function it is assigned
  'Class:method': ['method'],
  'Class.method': ['method'],
  helper: ['helper', 'helper', 'helper'], // by pcall, from table.sort, directly or as a coroutine
  global_function: ['global_function'],
  'private.inner': ['inner'],
  made: ['made', 'made'],
  'not.there': [],
};
for (const [name, marks] of Object.entries(stories)) {
  for (const place of ['main', 'coroutine']) {
    scenes(`a function breakpoint on ${name}, in ${place}`, async (start) => {
      const { program, answered } = await begin(start, [{ name }], [place]);
      assert.equal(answered[0].verified, true);
      await stopsAtAll(program, marks);
    });
  }
}

scenes('a function of loaded code, and one of Lua\'s own', async (start) => {
  const { program, answered } = await begin(start, [{ name: 'loaded' }, { name: 'string.rep' }], ['coroutine']);
  const [top] = await program.stops('function breakpoint');
  assert.equal(top.line, 2);
  assert.deepEqual(program.stop.hitBreakpointIds, [answered[0].id]);
  await program.continue();
  const frames = await program.stops('function breakpoint');
  assert.deepEqual(program.stop.hitBreakpointIds, [answered[1].id]);
  assert.match(frames[0].name, /rep/);
  await program.continueToEnd();
});

scenes('function breakpoints with conditions and counts on the parameters', async (start) => {
  const { program } = await begin(start,
    [{ name: 'M.f', condition: 'a > 6', hitCondition: '2' }, { name: 'helper', condition: 'a == 10' }], ['coroutine']);
  await stopsAtAll(program, ['made', 'helper']);
});

scene('names that are none, and terms that are wrong', async (start) => {
  const { program, answered } = await begin(start,
    [{ name: 'a b' }, { name: '' }, { name: '1x' }, { name: 'M.' }, { name: 'f', condition: '=' }, { name: 'f', hitCondition: 'x' }]);
  for (const breakpoint of answered) {
    assert.equal(breakpoint.verified, false);
    assert.ok(breakpoint.message);
  }
  await program.ends();
});

scene('set before the program runs, replaced while it is stopped, removed', async (start, session) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  const [first] = (await program.client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'helper' }] })).breakpoints;
  await program.continue();
  await program.stopsAt('helper', 'function breakpoint');
  const [again] = (await program.client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'helper' }] })).breakpoints;
  assert.equal(again.id, first.id);
  await program.client.request('setFunctionBreakpoints', { breakpoints: [] });
  await program.continueToEnd();
});

scene('a function breakpoint and one on its first line are one stop', async (start) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  const [line] = await program.setBreakpoints(['inner']);
  const { breakpoints: [named] } = await program.client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'private.inner' }] });
  await program.continueTo('inner');
  assert.deepEqual(program.stop.hitBreakpointIds, [line.id, named.id]);
  await program.continueToEnd();
});

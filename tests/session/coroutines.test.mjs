// SPDX-License-Identifier: MIT
// Breakpoints and steps in coroutines.

import assert from 'node:assert/strict';

import { lineOf } from '../fixture.mjs';
import { scene, scenes } from './session.mjs';

scenes('breakpoints in coroutines made by create and by wrap', async (start) => {
  const program = await start('coroutines.lua', { stopAt: ['body', 'resumed', 'inner', 'iterator'] });
  await program.stopsAt('body');
  assert.deepEqual(await program.locals(), { n: '1' });
  await program.continueTo('resumed');
  assert.deepEqual(await program.locals(), { n: '1', first: '2', back: '10' });
  await program.continueTo('inner');
  await program.continueTo('inner');
  assert.equal((await program.locals()).n, '5');
  for (let i = 1; i <= 3; i++) {
    await program.continueTo('iterator');
    assert.equal((await program.locals()).i, String(i));
  }
  await program.continueToEnd();
});

scenes('a breakpoint set while stopped, in a coroutine that exists already', async (start) => {
  const program = await start('coroutines.lua', { stopAt: ['between'] });
  await program.stopsAt('between');
  const [breakpoint] = await program.setBreakpoints(['resumed']);
  assert.equal(breakpoint.verified, true);
  await program.continueTo('resumed');
  await program.continueToEnd();
});

scenes('next over a resume stays in its frame', async (start) => {
  const program = await start('coroutines.lua', { stopAt: ['create'] });
  await program.stopsAt('create');
  const { threadId } = program.stop;
  await program.nextTo('resume');
  await program.nextTo('between');
  await program.nextTo('resume_again');
  await program.nextTo('after');
  assert.equal(program.stop.threadId, threadId);
  await program.nextTo('wrap');
  await program.nextTo('call_wrap');
  await program.nextTo('call_wrap_again');
});

scenes('step in follows a resume into the coroutine', async (start) => {
  const program = await start('coroutines.lua', { stopAt: ['resume'] });
  await program.stopsAt('resume');
  await program.stepInTo('body');
  await program.nextTo('yield');
  await program.setBreakpoints(['resume_again']);
  await program.continueTo('resume_again');
  await program.stepInTo('resumed');
  await program.nextTo('body_end');
});

scenes('step in follows a call of a wrapped coroutine', async (start) => {
  const program = await start('coroutines.lua', { stopAt: ['call_wrap'] });
  await program.stopsAt('call_wrap');
  await program.stepInTo('inner');
  await program.stepInTo('inner_yield');
});

scenes('step in over a yield goes back to who resumed', async (start) => {
  const program = await start('coroutines.lua', { stopAt: ['yield'] });
  await program.stopsAt('yield');
  await program.stepInTo('between');
});

scenes('next over a yield waits until the coroutine is resumed', async (start) => {
  const program = await start('coroutines.lua', { stopAt: ['yield'] });
  await program.stopsAt('yield');
  await program.nextTo('resumed');
});

scenes('step out of a coroutine goes to who resumed it', async (start) => {
  const program = await start('coroutines.lua', { stopAt: ['resumed'] });
  await program.stopsAt('resumed');
  await program.stepOutTo('resume_again');
  await program.nextTo('after');
});

scenes('next at the end of a coroutine goes to who resumed it', async (start) => {
  const program = await start('coroutines.lua', { stopAt: ['body_end'] });
  await program.stopsAt('body_end');
  await program.nextTo('resume_again');
  await program.nextTo('after');
});

scenes('next in a nested coroutine', async (start) => {
  const program = await start('coroutines.lua', { stopAt: ['nested'] });
  await program.stopsAt('nested');
  await program.nextTo('outer_yield');
  assert.equal((await program.locals()).d, '6');
  await program.nextTo('nested_again');
});

scenes('next around a loop whose iterator is a coroutine', async (start) => {
  const program = await start('coroutines.lua', { stopAt: ['for_body'] });
  await program.stopsAt('for_body');
  await program.setBreakpoints([]);
  await program.next();
  await program.stops('step');
  const [where] = await program.trace();
  assert.notEqual(where, '@iterator');
});

scene('threads name the coroutines; one that stops is among them', async (start) => {
  const program = await start('coroutines.lua', { stopAt: ['inner'] });
  await program.stopsAt('inner');
  const { threads } = await program.client.request('threads');
  assert.ok(threads.length >= 1);
  assert.ok(threads.some((thread) => thread.id === program.stop.threadId));
  assert.equal(new Set(threads.map((thread) => thread.id)).size, threads.length, 'ids are unique');
  for (const thread of threads) assert.ok(thread.name);
});

scenes('each thread of the chain has its own stack', async (start) => {
  const program = await start('coroutines.lua', { stopAt: ['inner'] });
  await program.stopsAt('inner');
  await program.continueTo('inner');
  const { threads } = await program.client.request('threads');
  const tops = [];
  for (const { id } of threads) {
    const { stackFrames } = await program.client.request('stackTrace', { threadId: id });
    tops.push(stackFrames.find((frame) => frame.source)?.line);
  }
  const expected = ['inner', 'nested', 'call_outer'].map((mark) => lineOf('coroutines.lua', mark));
  for (const line of expected) assert.ok(tops.includes(line), `${line} in ${tops}`);
});

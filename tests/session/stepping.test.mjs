// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';

import { scene, scenes } from './session.mjs';

scenes('next goes from line to line and over calls', async (start) => {
  const program = await start('steps.lua', { stopAt: ['start'] });
  await program.stopsAt('start');
  await program.nextTo('over_recursion');
  await program.nextTo('over_tail');
  await program.nextTo('call_over_lines');
  assert.equal((await program.locals()).x, '6', 'what was stepped over has run: 3, doubled');
});

scenes('next over a loop', async (start) => {
  const program = await start('steps.lua', { stopAt: ['loop'] });
  await program.stopsAt('loop');
  await program.nextTo('loop_body');
  await program.setBreakpoints([]);
  await program.nextTo('loop');
  await program.nextTo('loop_body');
  await program.nextTo('loop');
  await program.nextTo('end');
  await program.next();
  await program.ends();
});

scenes('next over recursion stays in its frame', async (start) => {
  const program = await start('steps.lua', { stopAt: ['recurse_call'] });
  await program.stopsAt('recurse_call');
  assert.equal((await program.locals()).n, '3');
  await program.setBreakpoints([]);
  await program.nextTo('recurse_end');
  assert.equal((await program.locals()).n, '3', 'the same call, not one further in');
  assert.equal((await program.locals()).below, '2');
});

scenes('next at the end of a function goes to its caller', async (start) => {
  const program = await start('steps.lua', { stopAt: ['caller_end'] });
  await program.stopsAt('caller_end');
  await program.nextTo('over_recursion');
});

scenes('a breakpoint in a call stepped over stops there', async (start) => {
  const program = await start('steps.lua', { stopAt: ['start', 'leaf'] });
  await program.stopsAt('start');
  await program.next();
  await program.stopsAt('leaf');
  assert.deepEqual(await program.trace(), ['@leaf', '@caller', '@start']);
  await program.setBreakpoints([]);
  await program.stepOutTo('caller_second');
});

scenes('step in enters a function, step out leaves it', async (start) => {
  const program = await start('steps.lua', { stopAt: ['start'] });
  await program.stopsAt('start');
  await program.stepInTo('caller');
  await program.stepInTo('leaf');
  assert.deepEqual(await program.trace(), ['@leaf', '@caller', '@start']);
  await program.stepOutTo('caller_second');
  await program.stepInTo('leaf');
  await program.stepInTo('leaf_end');
  await program.stepOutTo('caller_end');
  await program.stepOutTo('over_recursion');
});

scenes('step in where nothing is to enter goes to the next line', async (start) => {
  const program = await start('steps.lua', { stopAt: ['leaf'] });
  await program.stopsAt('leaf');
  await program.stepInTo('leaf_end');
});

scenes('step in enters a function that C calls', async (start) => {
  const program = await start('steps.lua', { stopAt: ['over_sort'] });
  await program.stopsAt('over_sort');
  await program.stepInTo('comparator');
  assert.deepEqual(await program.trace(), ['@comparator', '@over_sort']);
});

scenes('next over a C function that calls back', async (start) => {
  const program = await start('steps.lua', { stopAt: ['over_sort'] });
  await program.stopsAt('over_sort');
  await program.nextTo('loop');
});

scenes('step in through a tail call, out of it to who called first', async (start) => {
  const program = await start('steps.lua', { stopAt: ['over_tail'] });
  await program.stopsAt('over_tail');
  await program.stepInTo('tail');
  await program.stepInTo('leaf');
  await program.stepOutTo('over_tail');
  await program.nextTo('call_over_lines');
});

scenes('next over a tail call', async (start) => {
  const program = await start('steps.lua', { stopAt: ['tail'] });
  await program.stopsAt('tail');
  await program.nextTo('call_over_lines');
});

scenes('step out of recursion goes up one level', async (start) => {
  const program = await start('steps.lua', { stopAt: ['bottom'] });
  await program.stopsAt('bottom');
  await program.stepOutTo('recurse_end');
  assert.equal((await program.locals()).n, '1');
  await program.stepOutTo('recurse_end');
  assert.equal((await program.locals()).n, '2');
});

scenes('step out of the main chunk runs to the end', async (start) => {
  const program = await start('steps.lua', { stopAt: ['end'] });
  await program.stopsAt('end');
  await program.stepOut();
  await program.ends();
});

scene('entry, then every line by stepping in', async (start) => {
  const program = await start('steps.lua', { stopOnEntry: true });
  const [top] = await program.stops('entry');
  assert.equal(top.name.includes('main'), true);
  const seen = (event) => program.client.messages.filter((message) => message.event === event).length;
  let steps = 1;
  for (; seen('terminated') === 0; steps++) {
    await program.stepIn();
    await program.client.until('a stop or the end', () => seen('stopped') > steps || seen('terminated') > 0);
    if (seen('terminated') === 0) await program.stops('step');
  }
  assert.ok(steps > 40, `${steps} steps`);
});

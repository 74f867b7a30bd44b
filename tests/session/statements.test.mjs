// SPDX-License-Identifier: MIT
// A statement of several lines comes back to its first one before it is done. That is no second hit: a line is
// hit when it begins.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scene, scenes } from './session.mjs';

const hits = { call: 6, argument: 6, last_argument: 6, recursive: 4, recursive_argument: 4, fails: 3, fails_argument: 3, yields: 6,
  yields_argument: 6, loop: 4, one_line_loop: 3, one_line_iterator: 3, end: 1 };

async function setTerms(program, marks, terms) {
  await program.client.request('setBreakpoints', {
    source: { path: fixturePath('statements.lua') },
    breakpoints: marks.map((mark) => ({ line: lineOf('statements.lua', mark), ...terms(mark) })),
  });
}

for (const marks of [Object.keys(hits), ...Object.keys(hits).map((mark) => [mark])]) {
  scenes(`each begin is a hit: ${marks.join(', ')}`, async (start) => {
    const program = await start('statements.lua', { stopOnEntry: true });
    await program.stops('entry');
    await setTerms(program, marks, (mark) => ({ logMessage: `hit ${mark}` }));
    await program.continueToEnd();
    const logged = program.client.output('console').split('\n');
    for (const mark of marks) assert.equal(logged.filter((line) => line === `hit ${mark}`).length, hits[mark], mark);
  });
}

scenes('stops at a statement of several lines, and at each of its lines', async (start) => {
  const program = await start('statements.lua', { stopAt: ['call', 'argument', 'last_argument'] });
  for (let i = 1; i <= 3; i++) {
    for (const mark of ['call', 'argument', 'last_argument']) {
      await program.stopsAt(mark);
      assert.equal((await program.locals()).i, String(i));
      await program.continue();
    }
  }
  await program.stopsAt('call');
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

scenes('the hit count of a statement of several lines', async (start) => {
  const program = await start('statements.lua', { stopOnEntry: true });
  await program.stops('entry');
  await setTerms(program, ['call'], () => ({ hitCondition: '%2', condition: 'i > 0' }));
  for (const i of ['2', '1', '3']) {
    await program.continue();
    await program.stopsAt('call');
    assert.equal((await program.locals()).i, i);
  }
  await program.continueToEnd();
});

for (const [before, after] of [[['argument'], ['call', 'argument']], [['call'], ['call', 'argument']], [['call', 'argument'], ['call']]]) {
  scenes(`breakpoints that change within a statement: ${before} become ${after}`, async (start) => {
    const program = await start('statements.lua', { stopAt: before });
    for (const mark of before) {
      await program.stopsAt(mark);
      assert.equal((await program.locals()).i, '1');
      if (mark !== before.at(-1)) await program.continue();
    }
    await program.setBreakpoints(after);
    await program.continue();
    const next = before.includes('argument') ? ['call', '2'] : ['argument', '1'];
    await program.stopsAt(next[0]);
    assert.equal((await program.locals()).i, next[1]);
    await program.setBreakpoints([]);
    await program.continueToEnd();
  });
}

scenes('a step does not come back to where a statement began', async (start) => {
  const program = await start('statements.lua', { stopAt: ['loop', 'call'] });
  await program.stopsAt('loop');
  await program.continueTo('call');
  for (const mark of ['argument', 'last_argument']) await program.nextTo(mark);
  await program.setBreakpoints(['loop']);
  await program.nextTo('print');
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

scenes('nor does it without a breakpoint there', async (start) => {
  const program = await start('statements.lua', { args: ['later'], stopAt: ['later'] });
  await program.stopsAt('later');
  await program.setBreakpoints([]);
  await program.nextTo('later_argument');
  await program.stepInTo('call');
  for (const mark of ['argument', 'last_argument']) await program.stepInTo(mark);
  await program.continueToEnd();
});

scene('a lap at a statement of several lines is one', async (start, { client }) => {
  const program = await start('statements.lua', { memory: 'exact', stopOnEntry: true });
  await program.stops('entry');
  await setTerms(program, ['call'], () => ({ mode: 'memory: lap' }));
  await program.continueToEnd();
  const { measurements: [laps] } = await client.request('luaheat/measure');
  assert.equal(laps.windows, hits.call - 1, 'from each to the next');
});

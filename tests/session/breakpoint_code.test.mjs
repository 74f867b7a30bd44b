// SPDX-License-Identifier: MIT
// Breakpoints in code that was loaded as a string, which a client knows by its sourceReference.

import assert from 'node:assert/strict';

import { lineOf } from '../fixture.mjs';
import { scenes } from './session.mjs';

const FILE = 'code.lua';
const inCode = (mark) => lineOf(FILE, mark) - lineOf(FILE, 'code') + 1;

/** Stops in the code: the story gets the program, its Source, and what sets breakpoints there. */
function codeScenes(name, story) {
  scenes(name, async (start, { client }) => {
    const program = await start(FILE, { stopAt: ['call'] });
    await program.stopsAt('call');
    await program.setBreakpoints(['end']);
    await program.stepIn();
    await program.stops('step');
    const source = (await program.stack()).stackFrames[0].source;
    assert.ok(source.sourceReference > 0);
    const set = async (breakpoints, others) => (await client.request('setBreakpoints', { source: { ...source, ...others }, breakpoints })).breakpoints;
    const stopsIn = async (mark) => {
      await program.continue();
      await program.stops('breakpoint');
      const [{ line, source: { sourceReference } }] = (await program.stack()).stackFrames;
      assert.deepEqual({ line, sourceReference }, { line: inCode(mark), sourceReference: source.sourceReference });
    };
    const last = await story({ program, client, source, set, stopsIn });
    await program.continueTo('end');
    await last?.();
    await program.continueToEnd();
  });
}

codeScenes('it stops there each time the code is loaded, and in no other code', async ({ set, stopsIn, program }) => {
  const [{ id, ...verdict }] = await set([{ line: inCode('work') }]);
  assert.deepEqual(verdict, { verified: true, line: inCode('work') });
  for (const turn of [1, 2, 3, 4]) {
    await stopsIn('work');
    assert.deepEqual(program.stop.hitBreakpointIds, [id]);
    assert.equal((await program.locals()).n, String(turn));
  }
});

codeScenes('with a condition, and moved to where there is code', async ({ set, stopsIn, program }) => {
  const [moved, refused] = await set([{ line: inCode('comment'), condition: 'turn == 3' }, { line: 1000 }]);
  assert.equal(moved.line, inCode('comment') + 1);
  assert.match(moved.message, /^Moved to line/);
  assert.deepEqual([refused.verified, refused.message], [false, 'Not set: there is no code at or after line 1000']);
  await program.continue();
  await program.stops('breakpoint');
  assert.equal((await program.locals()).turn, '3');
  await set([{ line: inCode('return'), hitCondition: '2' }]);
  await stopsIn('return');
  assert.equal((await program.locals()).turn, '4');
  await set([]);
});

codeScenes('a log message, and a source that has a path as well', async ({ set, program }) => {
  await set([{ line: inCode('return'), logMessage: 'turn {turn}' }], { path: 'code' });
  const printed = program.prints(/turn 4/, 'console');
  return () => printed;
});

codeScenes('code that goes by another name is not this one', async ({ set, source, client }) => {
  const [byName] = await set([{ line: inCode('work') }], { name: '[string "return 1"]' });
  assert.deepEqual([byName.verified, byName.message], [false, 'the program has not loaded this code']);
  const [unknown] = await set([{ line: 1 }], { sourceReference: 999_999, name: undefined });
  assert.equal(unknown.verified, false);
  const at = async (others) => (await client.request('breakpointLocations', { source: { ...source, ...others }, line: 1, endLine: 100 })).breakpoints.map(({ line }) => line);
  const lines = await at({});
  assert.ok(lines.includes(inCode('work')) && !lines.includes(inCode('comment')), String(lines));
  assert.deepEqual(await at({ name: '[string "return 1"]' }), []);
});

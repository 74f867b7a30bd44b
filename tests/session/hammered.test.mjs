// SPDX-License-Identifier: MIT
// Thousands of pauses and changes of breakpoints in programs that run: each is answered and does what it says, and the
// programs notice nothing.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { sanitizer, scratchFolder } from '../programs.mjs';
import { scenes } from './session.mjs';

// What the program does, and the line there that it comes to again and again.
const works = { loop: 'loop', calls: 'half', coroutines: 'coroutines', files: 'files', pipes: 'pipes' };
const BLOWS = Number(process.env.LUAHEAT_TEST_BLOWS ?? (sanitizer ? 1000 : 10_000)); // over all programs, memory exact and off
const EACH = Math.ceil(BLOWS / 10);
const WAITS = Math.ceil(BLOWS / 200);

const fixture = 'hammered.lua';

/** The changes in turn; each gives how many blows it was. */
function changes(program) {
  const { client } = program;
  const set = async (marks, terms = {}) => {
    const { breakpoints } = await client.request('setBreakpoints', {
      source: { path: fixturePath(fixture) }, breakpoints: marks.map((mark) => ({ line: lineOf(fixture, mark), ...terms })) });
    assert.deepEqual(breakpoints.map(({ verified, line }) => [verified, line]), marks.map((mark) => [true, lineOf(fixture, mark)]));
    return breakpoints.map(({ id }) => id);
  };
  const stops = async (reason, ids) => {
    const stopped = await client.event('stopped');
    assert.deepEqual([stopped.reason, stopped.hitBreakpointIds], [reason, ids]);
    program.stop = stopped;
  };
  return [
    async (mark) => { // it is hit as soon as it is set, and never again once it is gone
      await stops('breakpoint', await set([mark]));
      await set([]);
      await program.continue();
      return 2;
    },
    async () => {
      await program.pause();
      await stops('pause');
      await program.continue();
      return 1;
    },
    async (mark) => { // one that is there, and never holds
      await set([mark], { condition: 'rounds == -1' });
      await set([mark], { condition: 'tostring(rounds) == ""' });
      return 2;
    },
    async (mark) => { // both at once
      await Promise.all([set([mark], { hitCondition: '>1000000000' }), program.pause()]);
      await stops('pause');
      await program.continue();
      return 2;
    },
    async (mark) => { // and again while it is stopped
      await program.pause();
      await stops('pause');
      const ids = await set([mark]);
      await program.continue();
      await stops('breakpoint', ids);
      await Promise.all([set([]), program.continue()]);
      return 3;
    },
  ];
}

/** The story of a program of that name, which comes to its end and has noticed nothing. */
async function hammer(start, work, story) {
  const folder = scratchFolder();
  try {
    const program = await start(fixture, { args: [work, folder.path] });
    await program.prints(/at work/);
    await story(program);
    await program.pause();
    await program.stops('pause');
    await program.evaluate('stop = true');
    await program.continueToEnd();
    assert.match(program.client.output('stdout'), /^at work\n(waits\n)*nothing was lost\n$/);
    assert.equal(program.client.output('stderr'), '');
  } finally {
    folder.remove();
  }
}

for (const [work, mark] of Object.entries(works)) {
  scenes(`${EACH} pauses and changes of breakpoints in a program that runs: ${work}`, (start) => hammer(start, work, async (program) => {
    const all = changes(program);
    for (let blows = 0, i = 0; blows < EACH; i++) blows += await all[i % all.length](mark);
  }));
}

scenes(`${WAITS} pauses in a program that computes, and then waits for another`, (start) => hammer(start, 'waits', async (program) => {
  for (let i = 0; i < WAITS; i++) {
    const seen = program.client.messages.length;
    await program.client.until('it waits', () => program.client.messages.slice(seen).some(({ body }) => body?.output?.includes('waits')));
    await program.pause();
    program.stop = await program.client.event('stopped');
    await program.continue();
  }
}));

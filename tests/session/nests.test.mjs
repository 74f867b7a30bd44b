// SPDX-License-Identifier: MIT
// Random nests of coroutines, protected calls, errors, closing and refusals, under a debugger that looks at all of it.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { runLua } from '../programs.mjs';
import { scenes } from './session.mjs';

const fixture = 'nests.lua';
const [first, last] = (process.env.NESTS ?? '1-3').split('-').map(Number);

for (let seed = first; seed <= last; seed++) {
  scenes(`seed ${seed}, as under lua5.4`, async (start) => {
    const program = await begin(start, seed);
    await program.ends();
    const told = runLua([fixturePath(fixture), String(seed)]).stdout;
    await program.prints(/\n$/);
    assert.equal(program.client.output('stdout'), told);
    if (!program.isExact) return;
    for (const [i, times] of told.trim().split(' ').map(Number).entries()) {
      assert.equal((await program.lineAt(String(i + 1))).kinds.table[0], times, `tables of @${i + 1}`);
    }
  });
}

/** Every error is looked at, and lines of most functions. */
async function begin(start, seed) {
  const program = await start(fixture, { args: [String(seed)], stopOnEntry: true });
  await program.stops('entry');
  await program.setErrorFilters({ filterId: 'caught', condition: 'false' });
  await program.client.request('setBreakpoints', {
    source: { path: fixturePath(fixture) },
    breakpoints: ['2', '4', '6', '9'].map((mark) => ({ line: lineOf(fixture, mark), condition: '#{} > 0' })),
  });
  await program.continue();
  return program;
}

// SPDX-License-Identifier: MIT
// A function ends: steps stop in who has called it, right after the call, which may be in the middle of a line.

import assert from 'node:assert/strict';

import { scenes } from './session.mjs';

const ends = ['call', 'later', 'tail', 'pcall', 'nested_pcall', 'xpcall', 'gsub', 'index', 'newindex', 'add', 'unm', 'concat',
  'len', 'lt', 'le', 'eq', 'called', 'iterator', 'resume', 'wrap', 'coroutines', 'wrap_iterator'];
const errors = ['error', 'error_in_coroutine', 'error_through_wrap', 'error_handled'];

for (const [marks, last] of [[ends, 'inner'], [['sort'], 'less'], [errors, 'thrower']]) {
  for (const mark of marks) {
    scenes(`a step from the last line of a function: ${mark}`, async (start) => {
      const program = await start('step_ends.lua', { args: [mark], stopAt: [last] });
      await program.stopsAt(last);
      await program.setBreakpoints([]);
      const how = { concat: 'next', pcall: 'stepIn', wrap: 'stepIn', error: 'next', call: 'next', sort: 'next' }[mark] ?? 'stepOut';
      await program[how]();
      await program.stopsAt(mark, 'step');
      assert.equal(await program.evaluate('after ~= nil'), 'true');
      await program.stepInTo('after');
      await program.continueToEnd();
    });
  }
}

for (const how of ['next', 'stepIn', 'stepOut']) {
  scenes(`${how} out of a recursion, level by level`, async (start) => {
    const program = await start('step_ends.lua', { args: ['factorial'], stopAt: ['bottom', 'recursion', 'factorial'] });
    await program.stopsAt('factorial');
    await program.continueTo('factorial');
    for (let n = 5; n > 0; n--) await program.continueTo('recursion');
    await program.continueTo('bottom');
    for (let n = 1; n <= 5; n++) {
      await program[how]();
      await program.stopsAt('recursion', 'step');
      assert.equal((await program.locals()).n, String(n));
      assert.equal((await program.trace()).length, 8 - n);
    }
    await program[how]();
    await program.stopsAt('factorial', 'step');
    await program.continueToEnd();
    await program.prints(/^120\n/);
  });
}

scenes('what comes after a step to the middle of a line: the rest of it, which is no new hit', async (start) => {
  const program = await start('step_ends.lua', { args: ['later'], stopAt: ['later', 'inner'] });
  await program.stopsAt('later');
  await program.continueTo('later');
  await program.continueTo('inner');
  await program.stepOutTo('later');
  await program.continueToEnd();
});

scenes('step out to the middle of a statement, from one of its lines to the next', async (start) => {
  const program = await start('step_ends.lua', { args: ['over_lines'], stopAt: ['inner'] });
  await program.stopsAt('inner');
  await program.stepOutTo('last_argument');
  await program.stepInTo('after');
  await program.continueToEnd();
});

scenes('step out of a __close handler', async (start) => {
  const program = await start('step_ends.lua', { args: ['closed'], stopAt: ['inner'] });
  await program.stopsAt('inner');
  await program.stepOut();
  await program.stops('step');
  await program.stepOutTo('closed');
  await program.stepInTo('after');
  await program.continueToEnd();
});

scenes('a look at a value in the middle of a line does not make it begin', async (start) => {
  const program = await start('step_ends.lua', { args: ['later'], stopAt: ['inner'] });
  await program.stopsAt('inner');
  await program.stepOutTo('later');
  await program.setBreakpoints(['later']);
  assert.equal(await program.evaluate('inner(after(2) + 1)'), '3');
  await program.stepInTo('after');
  await program.continueToEnd();
});

// SPDX-License-Identifier: MIT
// A program that waits in the system is left alone: no call of it is cut short, whatever is asked meanwhile.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { modulePath } from '../programs.mjs';
import { scenes } from './session.mjs';

const calls = ['poll', 'nanosleep', 'epoll_wait', 'select', 'recv', 'sem_timedwait', 'sigtimedwait'];
const source = { path: fixturePath('waiting.lua') };
const never = lineOf('waiting.lua', 'never');

/** Requests without end, until the program has said how it fared; never more than 50 without an answer. */
async function hammer(client, finished) {
  let open = 0, sent = 0;
  while (!finished()) {
    const hit = { line: never, condition: String(sent) };
    client.request(sent % 3 === 0 ? 'loadedSources' : 'setBreakpoints', { source, breakpoints: sent % 2 ? [hit] : [] })
      .catch(() => {}).finally(() => { open--; });
    sent++;
    open++;
    do await new Promise(setImmediate); while (open >= 50 && !finished());
  }
  return sent;
}

for (const [call, allocate] of [...calls.map((each) => [each, 'allocate']), ['poll', ''], ['epoll_wait', '']]) {
  scenes(`${call} is not cut short by what is asked${allocate && ', of a program that allocates'}`, async (start, { client }) => {
    const program = await start('waiting.lua', { args: [call, '5', '100', allocate], luaCPath: modulePath });
    await program.prints(/waiting/);
    const said = () => /cut short (\d+)/.exec(client.output('stdout'));
    const sent = await hammer(client, said);
    assert.ok(sent >= 50, `only ${sent} requests`);
    assert.equal(said()[1], '0', `of 100 calls, with ${sent} requests`);
    await program.ends();
  });
}

for (const allocate of ['', 'allocate']) {
  scenes(`a breakpoint and a pause reach a program that waits${allocate && ' and allocates'}`, async (start) => {
    const program = await start('waiting.lua', { args: ['poll', '20', '1000000', allocate], luaCPath: modulePath });
    await program.prints(/waiting/);
    await program.pause();
    await program.stops('pause');
    await program.continue();
    await program.setBreakpoints(['wait']);
    await program.stopsAt('wait');
  });
}

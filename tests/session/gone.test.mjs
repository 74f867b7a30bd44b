// SPDX-License-Identifier: MIT
// A program that loads and drops any number of pieces of code: the session does not grow with them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { scenes } from './session.mjs';

/** The most that a process has ever held. */
function peakBytes(pid) {
  return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
}

scenes('the program and the adapter forget what has gone, whatever is set', async (start, { client }) => {
  const program = await start('gone.lua', { args: ['maker'], stopAt: ['loop', 'half'] });
  await program.stopsAt('loop');
  await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'nobody' }] });
  await program.setErrorFilters('caught');
  await program.continueTo('half');
  const adapter = peakBytes(client.pid);
  await program.continueToEnd();
  const each = Number(client.output('stdout'));
  assert.ok(each < 64, `${each} bytes of the program for each`);
  assert.ok(peakBytes(client.pid) - adapter < 16 << 20, `${peakBytes(client.pid) - adapter} bytes of the adapter`);
});

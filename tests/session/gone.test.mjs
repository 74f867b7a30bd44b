// SPDX-License-Identifier: MIT
// A program that loads and drops any number of pieces of code: the session does not grow with them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { sanitizer } from '../programs.mjs';
import { scenes } from './session.mjs';

/**
 * What the adapter holds, once it has sent what it was to send: that of its peak are the lines of this file's thousands of
 * chunks as an answer, whose numbers grow longer. The figures, which the program shares, are not counted.
 */
async function heldBytes(client) {
  await client.request('threads').catch(() => {}); // there are none any more when the program has ended
  return Number(/RssAnon:\s*(\d+) kB/.exec(readFileSync(`/proc/${client.pid}/status`, 'utf8'))[1]) * 1024;
}

scenes('the program and the adapter forget what has gone, whatever is set', async (start, { client }) => {
  const program = await start('gone.lua', { args: ['maker'], stopAt: ['loop', 'half'] });
  await program.stopsAt('loop');
  await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'nobody' }] });
  await program.setErrorFilters('caught');
  await program.continueTo('half');
  const adapter = await heldBytes(client);
  await program.continueToEnd();
  const each = Number(client.output('stdout'));
  assert.ok(each < 64, `${each} bytes of the program for each`);
  const more = await heldBytes(client) - adapter;
  if (sanitizer === undefined) assert.ok(more < 1 << 20, `${more} bytes of the adapter`); // those keep what is freed, and find leaks themselves
});

// SPDX-License-Identifier: MIT
// A program that loads and drops any number of pieces of code: the session does not grow with them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { sanitizer } from '../programs.mjs';
import { scenes } from './session.mjs';

const CHUNKS = 80_000; // from half to the end
const MOST = { program: 64, adapter: 128 }; // bytes for each: the name and the place of a chunk in two lists take more

/**
 * What the adapter holds in its heap, once it has sent what it was to send: that of its peak are the lines of this file's
 * thousands of chunks as an answer, and those of each stop, some MB (kept_snapshots.h). The figures and its copy of them lie elsewhere.
 */
async function heldBytes(client) {
  await client.request('threads').catch(() => {}); // there are none any more when the program has ended
  const heap = /\[heap\]\n(?:\w+:.*\n)*?Rss:\s*(\d+) kB/.exec(readFileSync(`/proc/${client.pid}/smaps`, 'utf8'));
  if (sanitizer === undefined) assert.ok(heap !== null, 'the adapter has a heap');
  return Number(heap?.[1] ?? 0) * 1024;
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
  assert.ok(each < MOST.program, `${each} bytes of the program for each`);
  const more = (await heldBytes(client) - adapter) / CHUNKS;
  if (sanitizer === undefined) assert.ok(more < MOST.adapter, `${more} bytes of the adapter for each`); // those keep what is freed, and find leaks themselves
});

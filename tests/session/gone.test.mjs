// SPDX-License-Identifier: MIT
// A program that loads and drops any number of pieces of code: the session does not grow with them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { sanitizer } from '../programs.mjs';
import { DapClient, patience } from './dap_client.mjs';
import { scenes, Session } from './session.mjs';

const FEW = 120_000, MANY = 240_000; // both fill what there is room for in the figures
const MOST = { program: 64, adapter: 1 }; // bytes for each: the name and the place of a chunk in two lists take more than 64, the smallest block 32

scenes('the program forgets what has gone, whatever is set', async (start, { client }) => {
  const program = await start('gone.lua', { args: ['maker'], stopAt: ['loop', 'half'] });
  await program.stopsAt('loop');
  await client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'nobody' }] });
  await program.setErrorFilters('caught');
  await program.continueTo('half');
  await program.continueToEnd();
  const each = Number(client.output('stdout'));
  assert.ok(each < MOST.program, `${each} bytes of the program for each`);
});

/** What the adapter holds in its heap at the first stop, once it has sent what it was to send, behind so many chunks. */
async function heldBehind(chunks, memory) {
  const client = new DapClient(['dap']), program = new Session(client);
  try {
    await program.start('gone.lua', { memory, args: ['maker', String(chunks)], stopAt: ['half'] });
    await program.stopsAt('half');
    await client.request('threads');
    const heap = /\[heap\]\n(?:\w+:.*\n)*?Rss:\s*(\d+) kB/.exec(readFileSync(`/proc/${client.pid}/smaps`, 'utf8'));
    await program.continueToEnd();
    await program.close();
    return Number(heap[1]) * 1024;
  } finally {
    program.kill();
  }
}

// Sanitizers keep what is freed, and find leaks themselves.
for (const memory of sanitizer === undefined ? ['exact', 'off'] : [])
  test(`the adapter forgets what has gone (memory ${memory})`, { timeout: 6 * patience }, async () => {
    const few = await heldBehind(FEW, memory), many = await heldBehind(MANY, memory);
    const each = (many - few) / (MANY - FEW);
    assert.ok(each < MOST.adapter, `${each} bytes of the adapter for each: ${few} and ${many}`);
  });

// SPDX-License-Identifier: MIT
// A program that is debugged ignores and blocks what the adapter was started with, and nothing of the adapter's own.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fixturePath } from '../fixture.mjs';
import { lua, runInShell } from '../programs.mjs';
import { DapClient } from './dap_client.mjs';
import { initializeArguments } from './session.mjs';

const program = fixturePath('inherited.lua');

for (const options of [[], ['--ignore-signal=PIPE', '--ignore-signal=HUP', '--ignore-signal=USR1', '--block-signal=USR2', '--block-signal=CHLD']]) {
  for (const noDebug of [false, true]) {
    test(`signals of a program ${noDebug ? 'without' : 'with'} a debugger, started with ${options.join(' ') || 'none'}`, async () => {
      const client = new DapClient(['dap'], {}, ['env', ...options]);
      try {
        await client.request('initialize', initializeArguments);
        await client.event('initialized');
        const launched = client.request('launch', { program, args: ['signals'], noDebug });
        await client.request('configurationDone');
        await launched;
        await client.event('terminated');
        assert.equal(client.output('stdout'), runInShell('"$@"', ['env', ...options, lua, program, 'signals']).stdout);
        await client.request('disconnect');
        client.closeInput();
        assert.deepEqual(await client.ended(), { code: 0, signal: null });
        client.assertClean();
      } finally {
        client.kill();
      }
    });
  }
}

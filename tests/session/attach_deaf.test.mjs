// SPDX-License-Identifier: MIT
// Debuggers that come and then read nothing of what is said to them: the program goes on, and pays nothing for it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { runLuaheat, sanitizer } from '../programs.mjs';
import { FIXTURE, hosted } from './attaching.mjs';
import { patience } from './dap_client.mjs';
import { peer } from './peer.mjs';

/** The most memory that the process has ever had, in bytes. */
const most = (pid) => Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;

const place = `${fixturePath(FIXTURE)}:${lineOf(FIXTURE, 'busy')}`;

// Each of them has some seconds of patience with its debugger.
describe('deaf debuggers', { concurrency: true }, () => {
  for (const [what, deaf] of [['asks without an end', 'asks'], ['has a breakpoint that prints', place]]) {
    hosted(`one that ${what} is let go`, [], async (host) => {
      const path = await host.call('listen');
      await host.whileBusy(async () => {
        const before = most(host.pid);
        assert.equal(await peer(path, ['--deaf', deaf]), 'let go\n');
        if (!sanitizer) assert.ok(most(host.pid) < before + 32_000_000, `${before} and then ${most(host.pid)} bytes`);
        assert.equal(await peer(path, []), '1 times\n');
      });
    });
  }

  hosted('one whose editor does not read is let go', [], async (host, visit) => {
    await host.call('listen');
    const isAttached = () => JSON.parse(runLuaheat(['ps', '--json'], { env: { LUAHEAT_DOORS: host.doors } }).stdout)[0].attached;
    await host.whileBusy(async () => {
      const session = visit();
      await session.joins();
      session.client.pauseReading();
      const logs = { source: { path: fixturePath(FIXTURE) }, breakpoints: [{ line: lineOf(FIXTURE, 'busy'), logMessage: 'x'.repeat(10_000) }] };
      session.client.request('setBreakpoints', logs).catch(() => {});
      const deadline = performance.now() + 3 * patience;
      while (isAttached()) {
        assert.ok(performance.now() < deadline, 'the program is held by who does not read');
        await new Promise((resolve) => { setTimeout(resolve, 100); });
      }
      session.client.resumeReading();
      await session.client.event('terminated');
      await session.leaves();
    });
  });
});

// SPDX-License-Identifier: MIT
// Debuggers that come and go, a thousand times and badly: the program pays for none of them in the end.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

import { sanitizer } from '../programs.mjs';
import { hosted } from './attaching.mjs';
import { Host } from './host.mjs';
import { peer } from './peer.mjs';

const TIMES = Number(process.env.LUAHEAT_TEST_ATTACHES ?? (sanitizer ? 200 : 1000));
const CUTS = Number(process.env.LUAHEAT_TEST_CUTS ?? (sanitizer ? 50 : 200));

/** What the process holds of the system, and of malloc, in bytes. */
async function held(host) {
  return {
    descriptors: readdirSync(`/proc/${host.pid}/fd`).length,
    mappings: readFileSync(`/proc/${host.pid}/maps`, 'utf8').split('\n').filter((line) => !line.includes('[heap]')).length,
    bytes: Number(await host.ask('held')),
  };
}

/** How much slower the host is than one to which nobody has come: the quickest of several runs of each, in turn. */
async function slowdown(host) {
  const fresh = await new Host().ready();
  try {
    let own = Infinity, its = Infinity;
    for (let i = 0; i < 25; i++) {
      own = Math.min(own, await host.call('time 23'));
      its = Math.min(its, await fresh.call('time 23'));
    }
    return own / its;
  } finally {
    fresh.finish();
  }
}

for (const figures of [[], ['--figures']]) {
  hosted(`${TIMES} come and go ${figures}: nothing grows, and it is as fast as before`, [], async (host) => {
    const path = await host.call('listen');
    await host.whileBusy(() => peer(path, ['--times', String(Math.ceil(TIMES / 10)), ...figures]));
    const early = await held(host);
    await host.whileBusy(() => peer(path, ['--times', String(TIMES), ...figures]));
    const late = await held(host);
    assert.equal(late.descriptors, early.descriptors);
    if (sanitizer) return; // it keeps what is freed for a while, and what it slows down is no measure
    assert.ok(late.mappings <= early.mappings + 2, `${early.mappings} and then ${late.mappings} mappings`);
    const most = early.bytes + 16 * TIMES; // the smallest block that malloc gives takes 32
    assert.ok(late.bytes < most, `${early.bytes} and then ${late.bytes} bytes`);
    const slower = await slowdown(host); // with a hook that is left it would be twice as long
    assert.ok(slower < 1.5, `${slower} times as long`);
  }, { timeout: 600_000 });
}

hosted(`${CUTS} go without a word, at any byte of what they say`, [], async (host) => {
  const path = await host.call('listen');
  let random = 1;
  await host.whileBusy(async () => {
    for (let i = 0; i < CUTS; i++) {
      random = (random * 48271) % 2147483647; // Park and Miller's
      await peer(path, ['--cut', String(random % 170), ...(random % 2 ? ['--figures'] : [])]);
    }
    await peer(path, []);
  });
}, { timeout: 600_000 });

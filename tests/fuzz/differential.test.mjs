// SPDX-License-Identifier: MIT
// Programs at random (lua_program.mjs) do under Luaheat what they do under lua5.4, whatever looks at them: figures,
// filters for errors, breakpoints that do not hold, steps. LUAHEAT_FUZZ_PROGRAMS says how many (20),
// LUAHEAT_FUZZ_SEED the first one's seed (1).

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { measure, runLua, scratchFolder } from '../programs.mjs';
import { DapClient } from '../session/dap_client.mjs';
import { initializeArguments } from '../session/session.mjs';
import { luaProgram } from './lua_program.mjs';

const programs = Number(process.env.LUAHEAT_FUZZ_PROGRAMS ?? 20);
const firstSeed = Number(process.env.LUAHEAT_FUZZ_SEED ?? 1);
const mostSteps = 60;

const folder = scratchFolder();
after(() => folder.remove());

/** Lua's own count, which is the interpreter's affair as long as nobody evaluates anything. */
const withoutCounts = (text) => text.replace(/^count\t.*$/gm, 'count');

function write(seed) {
  const path = join(folder.path, `seed_${seed}.lua`);
  writeFileSync(path, luaProgram(seed));
  return path;
}

/** A session that goes on from each stop, by the steps given at first; what the program did. */
async function debug(path, { configure = () => {}, steps = [], memory }) {
  const client = new DapClient();
  try {
    await client.request('initialize', initializeArguments);
    const launched = client.request('launch', { program: path, memory, stopOnEntry: steps.length > 0, cwd: folder.path });
    launched.catch(() => {});
    await client.event('initialized');
    await configure(client);
    await client.request('configurationDone');
    await launched;
    await goOn(client, steps);
    const exited = client.messages.find((message) => message.event === 'exited').body;
    return { status: exited.exitCode, stdout: client.output('stdout'), stderr: client.output('stderr') };
  } finally {
    client.kill();
  }
}

async function goOn(client, steps) {
  const ended = client.event('terminated').then(() => undefined);
  for (let n = 0; ; n++) {
    const stop = client.event('stopped');
    stop.catch(() => {});
    const body = await Promise.race([stop, ended]);
    if (body === undefined) return;
    const { threadId } = body;
    await client.request('stackTrace', { threadId, levels: 3 });
    await client.request(n < mostSteps && steps.length > 0 ? steps[n % steps.length] : 'continue', { threadId });
  }
}

const ways = {
  'with filters for errors': {
    memory: 'off',
    configure: (client) => client.request('setExceptionBreakpoints', { filters: ['caught', 'uncaught'] }),
  },
  'with breakpoints that do not hold': {
    memory: 'exact',
    configure: (client, path) => client.request('setBreakpoints', {
      source: { path },
      breakpoints: Array.from({ length: 60 }, (_, i) => ({ line: 20 + i, condition: 'keep == nil and finalized' })),
    }),
  },
  'stepped into': { memory: 'exact', steps: ['stepIn'] },
  'stepped over and out': { memory: 'off', steps: ['next', 'next', 'stepIn', 'stepOut'] },
};

for (let seed = firstSeed; seed < firstSeed + programs; seed++) {
  test(`the program of seed ${seed}`, async (t) => {
    const path = write(seed);
    const plain = runLua([path], { cwd: folder.path });
    await t.test('measured', () => {
      const { report: { heap, lines }, ...same } = measure([path], { cwd: folder.path });
      assert.deepEqual(same, plain);
      assert.equal(lines.reduce((sum, line) => sum + line.live, 0), heap.live, 'all live bytes have a line');
      assert.ok(heap.collector === undefined || heap.collector === heap.live, "live is Lua's own count");
    });
    for (const [name, { configure, ...way }] of Object.entries(ways)) {
      await t.test(name, async () => {
        const seen = await debug(path, { ...way, configure: (client) => configure?.(client, path) });
        assert.equal(withoutCounts(seen.stdout), withoutCounts(plain.stdout));
        assert.equal(seen.stderr, plain.stderr);
        assert.equal(seen.status, plain.status);
      });
    }
  });
}

// SPDX-License-Identifier: MIT
// A runtime that is none: launch is answered, in words that help. And what a launch cannot have is told.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fixturePath } from '../fixture.mjs';
import { scratchFolder } from '../programs.mjs';
import { initializeArguments, scene } from './session.mjs';

const program = fixturePath('loops.lua');

async function refusal(client, launch) {
  await client.request('initialize', initializeArguments);
  await client.event('initialized');
  const refused = client.refusal('launch', { program, ...launch });
  refused.catch(() => {});
  await client.request('configurationDone').catch(() => {});
  return (await refused).error.format;
}

const scripts = {
  'ends at once': 'exit 0',
  'fails at once': 'echo no such luck >&2; exit 3',
  'says nothing': 'exec sleep 1000',
  'says something else': 'echo "hello" >&$LUAHEAT_LINK; exec sleep 1000',
  'answers in JSON that means nothing': 'echo "{}" >&$LUAHEAT_LINK; exec sleep 1000',
  'lets the link go': 'eval "exec $LUAHEAT_LINK>&-"; exec sleep 1000',
};

for (const [name, script] of Object.entries(scripts)) {
  scene(`a runtime that ${name}`, async (start, { client }) => {
    const folder = scratchFolder();
    try {
      const runtimeExecutable = join(folder.path, 'runtime');
      writeFileSync(runtimeExecutable, `#!/bin/sh\n${script}\n`);
      chmodSync(runtimeExecutable, 0o755);
      assert.match(await refusal(client, { runtimeExecutable, startTimeout: 1000 }), /runtimeExecutable.*luaheat-lua/);
      await client.event('terminated');
    } finally {
      folder.remove();
    }
  });
}

for (const [name, runtimeExecutable] of Object.entries({ 'is not there': '/no/such/runtime', 'is a folder': '/tmp' })) {
  scene(`a runtime that ${name}`, async (start, { client }) => {
    assert.match(await refusal(client, { runtimeExecutable }), new RegExp(runtimeExecutable));
  });
}

scene('a console that nobody knows', async (start, { client }) => {
  assert.match(await refusal(client, { console: 'television' }), /console.*television/);
});

for (const console of ['integratedTerminal', 'externalTerminal']) {
  scene(`that there is no terminal is told: ${console}`, async (start, { client }) => {
    const session = await start('loops.lua', { console });
    await session.ends();
    assert.equal(client.output('console').match(/'console'.*standard input is empty/g).length, 1);
  });
}

scene('a limit for files leaves no room for figures: told, and debugged without', async (start, { client }) => {
  const limited = spawnSync('prlimit', ['--pid', String(client.pid), '--fsize=1000000']);
  assert.equal(limited.status, 0);
  const session = await start('steps.lua', { memory: 'off', stopAt: ['start'] });
  await session.stopsAt('start');
});

scene('the same where figures are wanted', async (start, session) => {
  const { client } = session;
  spawnSync('prlimit', ['--pid', String(client.pid), '--fsize=1000000']);
  await client.request('initialize', initializeArguments);
  await client.event('initialized');
  const launched = client.request('launch', { program });
  await client.request('configurationDone');
  await launched;
  await client.event('terminated');
  assert.match(client.output('important'), /ulimit -f/);
});

// SPDX-License-Identifier: MIT
// What runs the program: luaheat-lua, or a host in which nothing loads the debugger, which is told. And what else a launch cannot
// have.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fixturePath } from '../fixture.mjs';
import { interpreter, scratchFolder } from '../programs.mjs';
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

/** A program that does what the script of bash says (dash knows no descriptors beyond 9): a host in which nothing loads the debugger. */
function hostOf(script, story) {
  return async (start, session) => {
    const folder = scratchFolder();
    try {
      const runtimeExecutable = join(folder.path, 'host');
      writeFileSync(runtimeExecutable, `#!/bin/bash\n${script}\n`);
      chmodSync(runtimeExecutable, 0o755);
      await story(session, runtimeExecutable, start);
    } finally {
      folder.remove();
    }
  };
}

for (const [name, script] of Object.entries({ 'ends at once': 'exit 0', 'fails at once': 'echo no such luck >&2; exit 3' })) {
  scene(`a host that ${name}`, hostOf(script, async ({ client }, runtimeExecutable) => {
    assert.match(await refusal(client, { runtimeExecutable }), /ended before.*require "luaheat"/);
    await client.event('terminated');
  }));
}

const silent = {
  'says nothing': '',
  'says something else': 'echo "hello" >&$LUAHEAT_LINK;',
  'answers in JSON that means nothing': 'echo "{}" >&$LUAHEAT_LINK;',
  'lets the link go': 'eval "exec $LUAHEAT_LINK>&-";',
};

for (const [name, script] of Object.entries(silent)) {
  scene(`a host that ${name} lives on, and what to do is told`, hostOf(`echo $$; ${script} exec sleep 1000`, async ({ client }, runtimeExecutable) => {
    await client.request('initialize', initializeArguments);
    client.request('launch', { runtimeExecutable, startTimeout: 300 }).catch(() => {}); // nothing ever joins
    await client.request('configurationDone');
    await client.until('what to do', () => /host.*require "luaheat"/.test(client.output('important')));
    process.kill(Number(client.output('stdout')), 0);
  }));
}

for (const [name, runtimeExecutable] of Object.entries({ 'is not there': '/no/such/runtime', 'is a folder': '/tmp', 'is in no PATH': 'no-such-runtime' })) {
  scene(`a host that ${name}`, async (start, { client }) => {
    assert.match(await refusal(client, { runtimeExecutable }), new RegExp(`runtimeExecutable.*${runtimeExecutable}`));
  });
}

scene('luaheat-lua is known by any name, and needs a program', async (start, session) => {
  const folder = scratchFolder();
  try {
    const runtimeExecutable = join(folder.path, 'my-lua');
    copyFileSync(interpreter, runtimeExecutable);
    assert.match(await refusal(session.client, { program: undefined, runtimeExecutable }), /'program' is missing/);
  } finally {
    folder.remove();
  }
});

scene('options of luaheat-lua', async (start, { client }) => {
  const program = await start('loops.lua', { runtimeArgs: ['-e', 'print("before", arg[0] ~= nil)'] });
  await program.ends();
  assert.match(client.output('stdout'), /^before\ttrue\n/);
});

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

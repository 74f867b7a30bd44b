// SPDX-License-Identifier: MIT
// What runs the program: luaheat-lua, or a host in which nothing loads the debugger, which is told. And what else a launch cannot
// have.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { fixturePath, lineOf } from '../fixture.mjs';
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

/** Launches it as editors do; it has been launched as soon as it is there. */
async function launchHost(client, launch) {
  await client.request('initialize', initializeArguments);
  await client.event('initialized');
  const launched = client.request('launch', launch);
  await client.request('configurationDone');
  await launched;
  return (await client.event('process')).systemProcessId;
}

for (const [code, name, script] of [[0, 'ends at once', 'exit 0'], [3, 'fails at once', 'echo no such luck >&2; exit 3']]) {
  scene(`a host that ${name}`, hostOf(script, async ({ client }, runtimeExecutable) => {
    await launchHost(client, { runtimeExecutable });
    assert.equal((await client.event('exited')).exitCode, code);
    await client.event('terminated');
    assert.match(client.output('important'), /ended before.*require "luaheat"/);
  }));
}

scene('a host that is terminated before anything joins', hostOf('exec sleep 1000', async ({ client }, runtimeExecutable) => {
  await launchHost(client, { runtimeExecutable });
  await client.request('terminate', {});
  await client.event('exited');
  await client.event('terminated');
}));

/** It becomes luaheat-lua when somebody writes into the pipe "go" beside it. */
const slowly = `read -r word <"$(dirname "$0")/go"; exec "${interpreter}" "$@"`;

scene('breakpoints wait for a host that comes to its Lua much later', hostOf(slowly, async ({ client }, runtimeExecutable) => {
  const go = join(dirname(runtimeExecutable), 'go');
  assert.equal(spawnSync('mkfifo', [go]).status, 0);
  await launchHost(client, { runtimeExecutable, program: fixturePath('steps.lua') });
  const { breakpoints: [pending] } = await client.request('setBreakpoints', {
    source: { path: fixturePath('steps.lua') }, breakpoints: [{ line: lineOf('steps.lua', 'start') }],
  });
  assert.equal(pending.reason, 'pending');
  assert.match(pending.message, /has loaded the debugger/);
  writeFileSync(go, 'go\n');
  assert.deepEqual((await client.event('stopped')).hitBreakpointIds, [pending.id]);
}));

scene('a script of luaheat-lua behind a wrapper that cannot be loaded is told', hostOf(`exec "${interpreter}" "$@"`, async ({ client }, runtimeExecutable) => {
  await launchHost(client, { runtimeExecutable, program: fixturePath('broken.lua') });
  await client.event('terminated');
  assert.match(client.output('important'), /broken\.lua:\d+: /);
}));

const silent = {
  'says nothing': '',
  'says something else': 'echo "hello" >&$LUAHEAT_LINK;',
  'answers in JSON that means nothing': 'echo "{}" >&$LUAHEAT_LINK;',
  'lets the link go': 'eval "exec $LUAHEAT_LINK>&-";',
};

for (const [name, script] of Object.entries(silent)) {
  scene(`a host that ${name} lives on, and what to do is told`, hostOf(`${script} exec sleep 1000`, async ({ client }, runtimeExecutable) => {
    const pid = await launchHost(client, { runtimeExecutable, startTimeout: 300 });
    await client.until('what to do', () => /host.*require "luaheat"/.test(client.output('important')));
    process.kill(pid, 0);
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

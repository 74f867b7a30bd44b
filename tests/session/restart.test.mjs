// SPDX-License-Identifier: MIT
// The program runs anew in the same session: one `initialized`, no `terminated` in between.

import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fixturePath } from '../fixture.mjs';
import { interpreter, scratchFolder } from '../programs.mjs';
import { soon } from './dap_client.mjs';
import { isGone, scene, scenes } from './session.mjs';

/** Restarts, and waits until the new program runs; its pid. */
async function restart(program, args) {
  const old = program.pid;
  await program.client.request('restart', args ?? {});
  program.pid = (await program.client.event('process')).systemProcessId;
  assert.notEqual(program.pid, old, 'a new process');
  await isGone(old);
  assert.ok(!program.client.messages.some((m) => ['exited', 'terminated'].includes(m.event)), 'the session goes on');
}

scenes('a stopped program restarts, breakpoints kept', async (start) => {
  const program = await start('restart.lua', { stopAt: ['in_coroutine', 'end'], args: ['one', 'two'] });
  await program.stopsAt('in_coroutine');
  await restart(program);
  await program.stopsAt('in_coroutine');
  await program.continueTo('end');
  await program.continueToEnd();
  const run = 'begin\tone\ttwo\n';
  assert.equal(program.client.output('stdout'), `${run}${run}end\n`);
});

scenes('a running program restarts, again and again', async (start, { client }) => {
  const program = await start('busy.lua', { args: ['empty'] });
  for (let times = 1; times <= 3; times++) {
    await client.until('output', () => client.output('stdout').match(/busy/g)?.length === times);
    await restart(program);
  }
  await client.request('terminate');
  await client.event('terminated');
});

scene('the threads of the old program are forgotten', async (start, { client }) => {
  const program = await start('busy.lua', { args: ['empty'] });
  await program.pause();
  await program.stops('pause');
  await program.evaluate('kept = coroutine.create(print)');
  const { id } = (await client.request('threads')).threads.at(-1);
  await restart(program);
  assert.match((await client.refusal('pause', { threadId: id })).error.format, /there is no thread/);
});

scene('the figures are those of the new program alone', async (start) => {
  const program = await start('restart.lua', { stopAt: ['end'] });
  await program.stopsAt('end');
  const { allocations, live } = await program.lineAt('grow');
  await restart(program);
  await program.stopsAt('end');
  const again = await program.lineAt('grow');
  assert.deepEqual([again.allocations, again.live], [allocations, live]);
  assert.equal(again.growth, again.live, 'nothing was there before');
});

scene('new launch arguments are used', async (start, { client }) => {
  const program = await start('busy.lua', { args: ['empty'] });
  await program.prints(/busy/);
  await restart(program, { arguments: { program: fixturePath('restart.lua'), args: ['new'], stopOnEntry: true } }); // or it may end at once
  await program.stops('entry');
  await program.continueToEnd();
  assert.match(client.output('stdout'), /begin\tnew\nend\n$/);
});

scene('memory can be switched by a restart', async (start, { client }) => {
  const program = await start('restart.lua', { stopAt: ['end'] });
  await program.stopsAt('end');
  await restart(program, { arguments: { program: fixturePath('restart.lua'), memory: 'off' } });
  await client.event('stopped');
  assert.match((await client.refusal('luaheat/lines')).error.format, /not measured/);
  await restart(program, { arguments: { program: fixturePath('restart.lua'), memory: 'exact' } });
  await program.stopsAt('end');
});

scene('new arguments that are wrong leave the old program alone', async (start, { client }) => {
  const program = await start('restart.lua', { stopAt: ['end'] });
  await program.stopsAt('end');
  const wrong = [{ program: '/no/such.lua' }, { program: 5 }, { args: [] }];
  for (const args of wrong) {
    const refused = await client.refusal('restart', { arguments: args });
    assert.match(refused.error.format, /program/);
  }
  await client.refusal('restart', { arguments: 'again' });
  await program.continueToEnd();
  await client.refusal('restart', {});
});

scene('stopOnEntry stops the new program too', async (start) => {
  const program = await start('restart.lua', { stopOnEntry: true });
  await program.stops('entry');
  await restart(program);
  await program.stops('entry');
  await program.continueToEnd();
});

scenes('a breakpoint set during the restart', async (start) => {
  const program = await start('restart.lua', { stopAt: ['in_coroutine'], stopOnEntry: true });
  await program.stops('entry');
  const restarted = restart(program);
  await program.setBreakpoints(['end']); // at the latest when the new program waits at its entry
  await restarted;
  await program.stops('entry');
  await program.continueTo('end');
  await program.continueToEnd();
});

scene('a script that cannot be loaded any more ends the session', async (start, { client }) => {
  const folder = scratchFolder();
  try {
    const script = join(folder.path, 'script.lua');
    writeFileSync(script, 'while true do end\n');
    const program = await start('busy.lua', { program: script });
    writeFileSync(script, 'while true do\n');
    const refused = await client.refusal('restart', {});
    assert.match(refused.error.format, /expected/);
    await client.event('terminated');
    await isGone(program.pid);
  } finally {
    folder.remove();
  }
});

/** An interpreter that ignores SIGTERM: what it starts inherits that. */
function stubborn(folder) {
  const path = join(folder, 'stubborn');
  writeFileSync(path, '#!/bin/sh\ntrap "" TERM\nexec "$INTERPRETER" "$@"\n');
  chmodSync(path, 0o755);
  return path;
}

for (const [how, end] of Object.entries({
  'asked once': async (client) => { await client.request('terminate'); },
  'asked twice': async (client) => { await client.request('terminate'); await client.request('terminate'); },
})) {
  scene(`terminate, then force: a program that ignores SIGTERM, ${how}`, async (start, { client }) => {
    const folder = scratchFolder();
    try {
      const program = await start('busy.lua', {
        args: ['empty'], runtimeExecutable: stubborn(folder.path), env: { INTERPRETER: interpreter },
      });
      await program.prints(/busy/);
      await end(client);
      const { exitCode } = await client.event('exited');
      assert.equal(exitCode, 128 + 9);
      await client.event('terminated');
    } finally {
      folder.remove();
    }
  });
}

scene('terminate during a restart ends the session', async (start, { client }) => {
  const program = await start('busy.lua', { args: ['empty'] });
  await program.prints(/busy/);
  const restarted = client.refusal('restart', {});
  await client.request('terminate');
  await restarted;
  await client.event('terminated');
});

scene('disconnect during a restart', async (start, { client }) => {
  const program = await start('busy.lua', { args: ['empty'] });
  await program.prints(/busy/);
  client.refusal('restart', {}).catch(() => {});
  await client.request('disconnect', {});
  assert.deepEqual(await client.ended(soon), { code: 0, signal: null });
});

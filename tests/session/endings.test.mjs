// SPDX-License-Identifier: MIT
// However the program ends, the session ends once, with a true report, and the figures stay.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { runLua } from '../programs.mjs';
import { soon } from './dap_client.mjs';
import { initializeArguments, scene, scenes } from './session.mjs';

const TABLE_OF_2 = 56 + 2 * 16;

async function assertKept(program) {
  const { heap, rows } = await program.lines();
  assert.equal(rows.reduce((sum, row) => sum + row.live, 0), heap.live);
  const kept = rows.find((row) => row.allocations === 200 && row.live === 100 * TABLE_OF_2);
  assert.ok(kept, 'the line with the 100 tables is still known');
}

for (const [how, exitCode] of [['return', 0], ['error', 1], ['exit', 3], ['close', 0], ['failure', 1]]) {
  scenes(`${how}: exit code ${exitCode}`, async (start) => {
    const program = await start('endings.lua', { args: [how] });
    await program.ends(exitCode);
  });
}

scene('an uncaught error prints what lua5.4 prints', async (start, { client }) => {
  const program = await start('endings.lua', { args: ['error'] });
  await program.ends(1);
  await assertKept(program);
  assert.equal(client.output('stderr'), runLua([fixturePath('endings.lua'), 'error']).stderr);
});

for (const signal of ['KILL', 'SEGV', 'TERM', 'ABRT']) {
  scene(`SIG${signal}: the session ends once and the last figures are there`, async (start, { client }) => {
    const program = await start('endings.lua', { args: ['signal', signal] });
    const { exitCode } = await client.event('exited');
    assert.notEqual(exitCode, 0);
    await client.event('terminated');
    await assertKept(program);
    const words = client.messages.filter((m) => m.event === 'output' && m.body.category !== 'stdout')
      .map((m) => m.body.output).join('');
    assert.match(words, new RegExp(`SIG${signal}`), 'it says what happened');
    assert.ok(words.includes(`last known line: ${fixturePath('endings.lua')}:${lineOf('endings.lua', 'signal')}\n`), words);
  });
}

scene('without figures a signal is told, and no line', async (start, { client }) => {
  await start('endings.lua', { args: ['signal', 'SEGV'], memory: 'off' });
  await client.event('terminated');
  assert.match(client.output('console'), /^The program was ended by signal SIGSEGV \(Segmentation fault\)$/m);
});

scene('killed while stopped', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['end'] });
  await program.stopsAt('end');
  const asked = client.request('threads').catch(() => {});
  process.kill(program.pid, 'SIGKILL');
  await client.event('exited');
  await client.event('terminated');
  await asked;
  const { heap, rows } = await program.lines();
  assert.equal(rows.reduce((sum, row) => sum + row.live, 0), heap.live);
  for (const command of ['stackTrace', 'continue', 'next', 'pause']) {
    await client.refusal(command, { threadId: 1 });
  }
});

scene('killed while an evaluate runs', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['end'] });
  await program.stopsAt('end');
  const frameId = await program.frameId();
  const evaluated = client.refusal('evaluate', { expression: 'while true do end', frameId, context: 'repl' });
  process.kill(program.pid, 'SIGKILL');
  await evaluated;
  await client.event('terminated');
});

scenes('terminate ends a running program', async (start, { client }) => {
  const program = await start('busy.lua', { args: ['empty'] });
  await program.prints(/busy/);
  await client.request('terminate');
  await client.event('exited');
  await client.event('terminated');
  await program.programIsGone();
  assert.equal(client.output('console'), '', 'whoever stops a program knows why it has ended');
});

scenes('terminate ends a stopped program', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['start'] });
  await program.stopsAt('start');
  await client.request('terminate');
  await client.event('terminated');
  await program.programIsGone();
});

scene('terminate ends a program that catches all errors', async (start, { client }) => {
  const program = await start('stubborn.lua');
  await program.prints(/stubborn/);
  await client.request('terminate');
  await client.event('terminated');
  await program.programIsGone();
  assert.equal(client.output('console'), '', 'nor is it told of the signal that it took in the end');
});

scene('terminate ends a program blocked in C, and its children', async (start, { client }) => {
  const program = await start('busy.lua', { args: ['sleep'] });
  await program.startsChild();
  await client.request('terminate');
  await client.event('terminated');
  await program.programIsGone();
});

scene('after the end, requests are answered and a disconnect ends the adapter', async (start, { client }) => {
  const program = await start('loops.lua');
  await program.ends();
  await client.request('threads').catch(() => {});
  await client.refusal('evaluate', { expression: '1', context: 'repl' });
  await client.refusal('continue', { threadId: 1 });
  await client.request('setBreakpoints', { source: { path: fixturePath('loops.lua') }, breakpoints: [] });
  await client.request('disconnect', {});
  assert.deepEqual(await client.ended(soon), { code: 0, signal: null });
});

scene('a program that ends at once, many times over', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  const launched = client.request('launch', { program: fixturePath('../truth/nothing.lua') });
  await client.event('initialized');
  await client.request('configurationDone');
  await launched;
  await client.event('terminated');
});

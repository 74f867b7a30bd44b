// SPDX-License-Identifier: MIT
// Requests that the client does not want any more, and those that take long enough to be shown.

import assert from 'node:assert/strict';

import { scene, scenes } from './session.mjs';

const places = { 'the main program': ['steps.lua', 'start'], 'a coroutine': ['coroutines.lua', 'body'] };

/** Code that says when it runs, and then does not end. */
const says = (endless) => `io.write("it runs\\n") io.flush() ${endless}`;

async function startEvaluate(program, code) {
  const frameId = await program.frameId();
  const answer = program.client.refusal('evaluate', { expression: says(code), frameId, context: 'repl' });
  const seq = program.client.lastSeq;
  await program.prints(/it runs/);
  return { answer, seq };
}

function assertCancelled(refused) {
  assert.equal(refused.word, 'cancelled');
  assert.equal(refused.error.id, 1008);
}

for (const [place, [fixture, mark]] of Object.entries(places)) {
  for (const [name, code] of Object.entries({
    'an endless loop': 'while true do end',
    'one that catches all errors': 'while true do pcall(function() while true do end end) end',
    'one in coroutines': 'coroutine.wrap(function() coroutine.wrap(function() while true do end end)() end)()',
    'one in a callback of C': 'string.gsub("x", "x", function() while true do end end)',
  })) {
    scenes(`cancel ends an evaluate in ${place}: ${name}`, async (start, { client }) => {
      const program = await start(fixture, { stopAt: [mark] });
      await program.stopsAt(mark);
      const { answer, seq } = await startEvaluate(program, code);
      await client.request('cancel', { requestId: seq });
      assertCancelled(await answer);
      assert.equal(await program.evaluate('40 + 2'), '42', 'the next one is answered');
      await program.setBreakpoints([]);
      await program.continue();
      await client.event('terminated');
    });
  }
}

scene('what waits behind a long request can be cancelled too', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['start'] });
  await program.stopsAt('start');
  const { variablesReference } = (await program.scopes()).find((scope) => scope.name === 'Locals');
  const frameId = await program.frameId();
  const { answer, seq } = await startEvaluate(program, 'while true do end');
  const { threadId } = program.stop;
  const requests = Object.entries({
    variables: { variablesReference }, scopes: { frameId }, stackTrace: { threadId },
    evaluate: { expression: '1', frameId, context: 'watch' },
  });
  const cancelled = [], kept = [];
  for (const [command, args] of requests) {
    const refused = client.refusal(command, args);
    cancelled.push([client.lastSeq, refused]);
    kept.push(client.request(command, args));
  }
  for (const [number] of cancelled) await client.request('cancel', { requestId: number });
  await client.request('cancel', { requestId: seq });
  assertCancelled(await answer);
  for (const [, refused] of cancelled) assertCancelled(await refused);
  await Promise.all(kept);
  await program.nextTo('over_recursion');
});

scene('a cancel right behind its request', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['start'] });
  await program.stopsAt('start');
  const frameId = await program.frameId();
  const refused = client.refusal('evaluate', { expression: 'while true do end', frameId, context: 'repl' });
  await client.request('cancel', { requestId: client.lastSeq });
  assertCancelled(await refused);
});

scene('to cancel what is over, or never was, harms nobody', async (start, { client }) => {
  await client.request('initialize', { adapterID: 'luaheat' });
  await client.request('cancel', { requestId: 1 });
  await client.request('cancel', { requestId: 4711 });
  await client.request('cancel', { progressId: 'none' });
  await client.request('cancel', {});
  await client.request('cancel');
  await client.refusal('cancel', { requestId: 'x' });
});

const progress = (client) => client.messages.filter((m) => /^progress/.test(m.event ?? ''));

scenes('an evaluate that takes long is shown as progress, and can be cancelled by it', async (start, { client }) => {
  const program = await start('coroutines.lua', { stopAt: ['body'], initialize: { supportsProgressReporting: true } });
  await program.stopsAt('body');
  const { answer, seq } = await startEvaluate(program, 'while true do end');
  const { progressId, requestId, cancellable, title } = await client.event('progressStart');
  assert.deepEqual([requestId, cancellable], [seq, true]);
  assert.ok(title);
  await client.request('cancel', { progressId });
  assertCancelled(await answer);
  assert.equal((await client.event('progressEnd')).progressId, progressId);
  await program.evaluate('1');
  assert.equal(progress(client).length, 2, 'what is quick is not shown');
});

scene('the progress of one that reaches the time limit ends too', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['start'], initialize: { supportsProgressReporting: true } });
  await program.stopsAt('start');
  const { answer } = await startEvaluate(program, 'while true do end');
  const { progressId } = await client.event('progressStart');
  assert.equal((await client.event('progressEnd')).progressId, progressId);
  assert.match((await answer).error.format, /longer than/);
});

scene('a client that does not support progress hears of none', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['start'] });
  await program.stopsAt('start');
  const { answer } = await startEvaluate(program, 'while true do end');
  await answer;
  assert.deepEqual(progress(client), []);
});

scene('the end of the program ends the progress', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['start'], initialize: { supportsProgressReporting: true } });
  await program.stopsAt('start');
  const { answer } = await startEvaluate(program, 'while true do end');
  const { progressId } = await client.event('progressStart');
  process.kill(program.pid, 'SIGKILL');
  assert.equal((await client.event('progressEnd')).progressId, progressId);
  await answer;
  await client.event('terminated');
});

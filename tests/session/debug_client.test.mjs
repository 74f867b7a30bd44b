// SPDX-License-Identifier: MIT
// The same scenario with a client that we did not write: Microsoft's DebugClient, made for testing adapters.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { luaheat } from '../programs.mjs';
import { patience } from './dap_client.mjs';
import { installed } from './dap_types.mjs';
import { byName } from './session.mjs';

const fixture = 'coroutines.lua';
const program = fixturePath(fixture);

async function withClient(story) {
  const { DebugClient } = createRequire(import.meta.url)('@vscode/debugadapter-testsupport');
  const client = new DebugClient(luaheat, 'dap', 'luaheat');
  client.defaultTimeout = patience;
  await client.start();
  try {
    await story(client);
  } finally {
    await client.stop();
  }
}

const location = (mark) => ({ path: program, line: lineOf(fixture, mark) });

async function variables(client, frameId, scopeName) {
  const { body: { scopes } } = await client.scopesRequest({ frameId });
  const { variablesReference } = scopes.find((scope) => scope.name === scopeName);
  return byName((await client.variablesRequest({ variablesReference })).body.variables);
}

for (const memory of ['exact', 'off']) {
  test(`breakpoints, steps, variables, evaluate, a request of ours (memory ${memory})`, { skip: !installed }, () =>
    withClient(async (client) => {
      await client.hitBreakpoint({ program, memory }, location('body'), location('body'), location('body'));
      const { body: { threads } } = await client.threadsRequest();
      assert.ok(threads.length >= 2, 'main and the coroutine');
      const stopped = client.assertStoppedLocation('step', location('yield'));
      const threadId = (await client.threadsRequest()).body.threads[0].id;
      await client.nextRequest({ threadId });
      const { body: { stackFrames } } = await stopped;
      const frameId = stackFrames[0].id;
      assert.equal((await variables(client, frameId, 'Locals')).n, '1');
      const { body: { result } } = await client.evaluateRequest({ expression: 'n + 41', frameId, context: 'repl' });
      assert.equal(result, '42');
      const ours = client.customRequest('luaheat/lines', { limit: 1 });
      if (memory === 'exact') assert.equal((await ours).body.sources.length, 1);
      else await assert.rejects(ours, /[Mm]emory is not measured/);
      await client.setBreakpointsRequest({ source: { path: program }, breakpoints: [] });
      await Promise.all([client.waitForEvent('terminated'), client.continueRequest({ threadId })]);
    }));
}

test('stop on entry, step in, step out, restart', { skip: !installed }, () => withClient(async (client) => {
  await Promise.all([
    client.configurationSequence(),
    client.launch({ program: fixturePath('steps.lua'), stopOnEntry: true }),
    client.waitForEvent('stopped'),
  ]);
  await Promise.all([client.stepInRequest({ threadId: 1 }), client.waitForEvent('stopped')]);
  await Promise.all([client.restartRequest({}), client.assertStoppedLocation('entry', { path: fixturePath('steps.lua') })]);
  await Promise.all([client.continueRequest({ threadId: 1 }), client.waitForEvent('terminated')]);
}));

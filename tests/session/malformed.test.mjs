// SPDX-License-Identifier: MIT
// Whatever is sent, the adapter goes on: an error or nothing comes back, and the next good request is
// answered.

import assert from 'node:assert/strict';

import { fixturePath } from '../fixture.mjs';
import { malformed, unusual } from './malformed_input.mjs';
import { initializeArguments, scene } from './session.mjs';

assert.ok(malformed.length >= 48);

for (const [name, bytes, seq] of [...malformed, ...unusual]) {
  scene(name, async (start, { client }) => {
    await client.request('initialize', initializeArguments);
    client.write(bytes);
    await assertStillThere(client);
    const answers = client.messages.filter((m) => m.type === 'response' && m.request_seq === seq);
    if (seq !== undefined) {
      assert.equal(answers.length, 1, 'it is answered');
      assert.equal(answers[0].success, false);
    }
  });
}

async function assertStillThere(client) {
  const { breakpoints } = await client.request('setBreakpoints', {
    source: { path: fixturePath('loops.lua') }, breakpoints: [],
  });
  assert.deepEqual(breakpoints, []);
}

scene('all of it as the very first input', async (start, { client }) => {
  for (const [, bytes] of malformed) client.write(bytes);
  await client.request('initialize', initializeArguments);
  await client.event('initialized');
});

scene('all of it byte by byte and then a whole session', async (start, { client }) => {
  const bytes = Buffer.concat(malformed.map(([, b]) => Buffer.from(b)).filter((b) => b.length < 1000));
  for (const byte of bytes) client.write(Buffer.from([byte]));
  const program = await start('loops.lua');
  await program.ends();
});

scene('all of it while the program is stopped', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['start'] });
  await program.stopsAt('start');
  const inOrder = malformed.filter(([name]) => !name.endsWith('before launch'));
  for (const [, bytes] of inOrder) client.write(bytes);
  await program.nextTo('over_recursion');
});

const wrong = {
  stackTrace: [
    {}, { threadId: 'one' }, { threadId: null }, { threadId: 1, startFrame: -1 }, { threadId: 1, levels: 'x' },
  ],
  scopes: [{}, { frameId: 'x' }, { frameId: 2 ** 40 }, { frameId: -5 }, { frameId: 1.5 }],
  variables: [{}, ...[0, -1, 2 ** 31, 2 ** 53, {}].map((variablesReference) => ({ variablesReference }))],
  evaluate: [
    {}, { expression: 5 }, { expression: null }, { expression: '1', frameId: 'x' },
    { expression: '1', frameId: 123456 },
  ],
  continue: [{ threadId: 'x' }, { threadId: {} }],
  next: [{ threadId: [] }],
  source: [{}, { sourceReference: 'x' }, { sourceReference: -1 }],
  'luaheat/lines': [{ limit: 'x' }, { sort: 5 }, { source: [] }],
};

scene('wrong arguments while the program is stopped', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['start'] });
  await program.stopsAt('start');
  for (const [command, list] of Object.entries(wrong)) {
    for (const args of list) {
      const refused = await client.refusal(command, args);
      assert.ok(refused.error.format, `${command} ${JSON.stringify(args)}`);
    }
  }
  await program.nextTo('over_recursion');
});

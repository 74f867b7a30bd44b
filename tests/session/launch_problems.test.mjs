// SPDX-License-Identifier: MIT
// A launch that cannot work is refused in words that help, and the adapter stays in order.

import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scratchFolder } from '../programs.mjs';
import { soon } from './dap_client.mjs';
import { initializeArguments, scene } from './session.mjs';

const brokenLine = lineOf('broken.lua', 'error');
const good = fixturePath('loops.lua');

const problems = {
  'no program': [{}, /program/],
  'a program that is no string': [{ program: 42 }, /program/],
  'an empty program': [{ program: '' }, /program/],
  'a program that is not there': [{ program: '/no/such/program.lua' }, /\/no\/such\/program\.lua/],
  'a folder as the program': [{ program: fixturePath('lib') }, /lib/],
  'a syntax error': [{ program: fixturePath('broken.lua') }, new RegExp(`broken\\.lua:${brokenLine}: .*near '='`)],
  'a cwd that is not there': [{ program: good, cwd: '/no/such/folder' }, /\/no\/such\/folder/],
  'a cwd that is no string': [{ program: good, cwd: {} }, /cwd/],
  'args that are no list': [{ program: good, args: 'a b' }, /args/],
  'args that are no strings': [{ program: good, args: ['a', 1] }, /args/],
  'env that is no object': [{ program: good, env: ['A=1'] }, /env/],
  'env with a number': [{ program: good, env: { A: 1 } }, /env|A/],
  'an unknown memory': [{ program: good, memory: 'some' }, /memory|exact.*off/],
  'stopOnEntry that is no boolean': [{ program: good, stopOnEntry: 'yes' }, /stopOnEntry/],
  'luaPath that is no text': [{ program: good, luaPath: 5 }, /luaPath/],
};

for (const [name, [launch, message]] of Object.entries(problems)) {
  scene(name, async (start, { client }) => {
    await client.request('initialize', initializeArguments);
    await client.event('initialized');
    const refusal = client.refusal('launch', launch);
    refusal.catch(() => {});
    await client.request('configurationDone').catch(() => {});
    const refused = await refusal;
    assert.match(refused.error.format, message);
    assert.equal(client.messages.some((m) => m.event === 'output' && m.body.output.includes('done')), false);
    await client.request('disconnect', {});
    assert.deepEqual(await client.ended(soon), { code: 0, signal: null });
  });
}

/** Where the refusal of a launch leads to: { path, line }. */
async function leadsTo(client, launch) {
  await client.request('initialize', initializeArguments);
  const { error } = await client.refusal('launch', launch);
  const { protocol, pathname, hash } = new URL(error.url);
  assert.equal(protocol, 'file:');
  const line = Number(/^#L(\d+)$/.exec(hash)[1]);
  assert.equal(error.urlLabel, `Go to line ${line}`);
  return { path: decodeURIComponent(pathname), line };
}

for (const name of ['broken.lua', 'a (1) #2 100%.lua', `${'long'.repeat(40)}.lua`, 'a:7: b.lua', 'straße.lua'])
  scene(`a syntax error leads to its line: ${name.slice(0, 20)}`, async (start, { client }) => {
    const { path: folder, remove } = scratchFolder();
    try {
      const program = join(folder, name);
      copyFileSync(fixturePath('broken.lua'), program);
      assert.deepEqual(await leadsTo(client, { program }), { path: program, line: brokenLine });
    } finally {
      remove();
    }
  });

scene('what is wrong with no line leads nowhere', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  const { error } = await client.refusal('launch', { program: '/no/such/7:7: program.lua' });
  assert.equal(error.url, undefined);
});

scene('a second launch is refused', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['start'] });
  await program.stopsAt('start');
  await client.refusal('launch', { program: good });
  await program.nextTo('over_recursion');
});

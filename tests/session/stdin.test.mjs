// SPDX-License-Identifier: MIT
// What a program reads that has no terminal: nothing, a file, or a text of its configuration.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fixturePath } from '../fixture.mjs';
import { scratchFolder } from '../programs.mjs';
import { initializeArguments, scene } from './session.mjs';

/** The fixture reads it, and says how many bytes and the first of them. */
async function reads(start, { client }, bytes, begin, launch) {
  const program = await start('reads.lua', launch);
  await program.ends();
  assert.equal(client.output('console'), '', 'an attribute that is known');
  assert.equal(client.output('stdout'), `all\t${bytes}\t${begin}\n`);
}

function withFile(name, contents, story) {
  scene(name, async (start, session) => {
    const folder = scratchFolder();
    try {
      writeFileSync(join(folder.path, 'input.txt'), contents);
      await story(start, session, folder.path);
    } finally {
      folder.remove();
    }
  });
}

scene('without stdin it is empty', (start, session) => reads(start, session, 0, ''));

withFile('a file by its path', 'one\ntwo\n', (start, session, folder) =>
  reads(start, session, 8, 'one\ntwo\n', { stdin: join(folder, 'input.txt') }));

withFile('a file counts from cwd', 'one\n', (start, session, folder) =>
  reads(start, session, 4, 'one\n', { cwd: folder, stdin: { file: 'input.txt' } }));

scene('a device', (start, session) => reads(start, session, 0, '', { stdin: '/dev/null' }));

scene('a text', (start, session) => reads(start, session, 6, 'ä\nb\n\n', { stdin: { text: 'ä\nb\n\n' } }));

scene('an empty text', (start, session) => reads(start, session, 0, '', { stdin: { text: '' } }));

scene('null is none', (start, session) => reads(start, session, 0, '', { stdin: null }));

scene('/dev/stdin can be opened', async (start, { client }) => {
  const program = await start('reads.lua', { args: ['opened'], stdin: { text: 'text' } });
  await program.ends();
  assert.equal(client.output('stdout'), 'all\t4\n');
});

const large = 'x'.repeat(20 << 20);

scene('a large text, read', (start, session) => reads(start, session, large.length, large.slice(0, 40), { stdin: { text: large } }));

scene('a large text that nobody reads', async (start, { client }) => {
  const program = await start('reads.lua', { args: ['nothing'], stdin: { text: large } });
  await program.ends();
  assert.equal(client.output('stdout'), 'not read\n');
});

scene('a restart reads it from the beginning', async (start, { client }) => {
  const program = await start('reads.lua', { args: ['line'], stdin: { text: 'first\nsecond\n' }, stopAt: ['done'] });
  await program.stopsAt('done');
  await client.request('restart', {});
  program.pid = (await client.event('process')).systemProcessId;
  await program.stopsAt('done');
  await program.continueToEnd();
  assert.equal(client.output('stdout'), 'line\tfirst\nline\tfirst\ndone\n');
});

const problems = {
  'a file that is not there': ['/no/such/file', /'stdin' does not exist: \/no\/such\/file/],
  'a folder': ['/', /'stdin' is no file/],
  'a number': [1, /'stdin' must be the path of a file, or an object, not a number/],
  'an object without either': [{}, /either 'file' or 'text'/],
  'an object with both': [{ file: '/dev/null', text: '' }, /either 'file' or 'text'/],
  'a text that is none': [{ text: 1 }, /'text' must be a string/],
};

for (const [name, [stdin, message]] of Object.entries(problems)) {
  scene(`${name} is refused`, async (start, { client }) => {
    await client.request('initialize', initializeArguments);
    const { error } = await client.refusal('launch', { program: fixturePath('reads.lua'), stdin });
    assert.match(error.format, message);
    assert.equal(error.id, 2002);
  });
}

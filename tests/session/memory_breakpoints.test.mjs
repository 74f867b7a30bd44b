// SPDX-License-Identifier: MIT
// luaheat/memoryBreakpoints: the program stops when a line grows by more than a figure of its own.

import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scratchFolder } from '../programs.mjs';
import { scene } from './session.mjs';

const fixture = 'memory_breakpoint.lua';
const at = (mark, growth, path = fixturePath(fixture)) => ({ source: { path }, line: lineOf(fixture, mark), growth });

async function set(client, ...breakpoints) {
  return (await client.request('luaheat/memoryBreakpoints', { breakpoints })).breakpoints;
}

function told({ text }) {
  const [, bytes, above, line] = /^line (\d+) bytes, above (\d+): memory_breakpoint\.lua:(\d+) took \d+$/.exec(text) ?? [];
  return { bytes: Number(bytes), above: Number(above), line: Number(line) };
}

for (const args of [[], ['coroutine']])
  scene(`a line, again and again${args.length > 0 ? ', in a coroutine' : ''}`, async (start, { client }) => {
    const program = await start(fixture, { stopOnEntry: true, args });
    await program.stops('entry');
    assert.deepEqual(await set(client, at('growing', 60_000), at('small', '1MB')), [{ verified: true }, { verified: true }]);
    await program.continue();
    // Ten strings of 20 KB and more, each made in a buffer: each second one is above 60 KB again. The 100 KB of another line do not count.
    for (let stops = 0; stops < 5; stops++) {
      const [top] = await program.stops('memory limit');
      const { bytes, above, line } = told(program.stop);
      assert.deepEqual([above, line, bytes > above], [60_000, lineOf(fixture, 'growing'), true], program.stop.text);
      assert.equal(top.line, line);
      await program.continue();
    }
    await program.ends();
  });

scene('the filter and a line, each by its own figure', async (start, { client }) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  await set(client, at('growing', 60_000));
  await program.setErrorFilters({ filterId: 'memory', condition: 'allocation > 50KB' });
  await program.continue();
  await program.stops('memory limit');
  assert.match(program.stop.text, /^allocation 100000 bytes/);
  await program.setErrorFilters();
  await program.continue();
  await program.stops('memory limit');
  assert.equal(told(program.stop).line, lineOf(fixture, 'growing'), 'the filter has gone, the line has not');
  assert.deepEqual(await set(client), []);
  await program.continueToEnd();
});

scene('set before the program runs, by another name of the file, and kept over a restart', async (start, { client }) => {
  const { path: folder, remove } = scratchFolder();
  try {
    const link = join(folder, 'link.lua');
    symlinkSync(fixturePath(fixture), link);
    const program = await start(fixture, { memoryBreakpoints: [at('big', '50KB', link)] });
    await program.stops('memory limit');
    assert.equal(told(program.stop).line, lineOf(fixture, 'big'));
    await client.request('restart');
    await program.stops('memory limit');
    assert.equal(told(program.stop).line, lineOf(fixture, 'big'));
    await program.continueToEnd();
  } finally {
    remove();
  }
});

scene('without memory there is none', async (start, { client }) => {
  const program = await start(fixture, { stopOnEntry: true, memory: 'off' });
  await program.stops('entry');
  const [{ verified, message }] = await set(client, at('big', 1));
  assert.deepEqual([verified, message], [false, 'Memory is not measured in this session']);
  await program.continueToEnd();
});

scene('what is not understood is refused, and changes nothing', async (start, { client }) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  await set(client, at('big', 50_000));
  const source = { path: fixturePath(fixture) };
  for (const breakpoints of [undefined, 7, [7], [{}], [{ source, line: 3 }], [{ source, line: 0, growth: 1 }], [{ line: 3, growth: 1 }],
    [{ source, line: 3, growth: 'much' }], [{ source, line: 3, growth: -1 }], [{ source: {}, line: 3, growth: 1 }]])
    assert.equal((await client.refusal('luaheat/memoryBreakpoints', { breakpoints })).error.id, 1004, JSON.stringify(breakpoints));
  await program.continue();
  await program.stops('memory limit');
  assert.equal(told(program.stop).line, lineOf(fixture, 'big'));
  await set(client);
  await program.continueToEnd();
});

// SPDX-License-Identifier: MIT
// The exception filter "memory", and a limit on memory.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { initializeArguments, scene, scenes } from './session.mjs';

const fixture = 'memory_breakpoint.lua';

async function begin(start, condition, ...args) {
  const program = await start(fixture, { stopOnEntry: true, args });
  await program.stops('entry');
  const [answer] = await program.setErrorFilters({ filterId: 'memory', condition });
  return { program, answer };
}

/** The line and the figures that the stop tells. */
function told({ text }) {
  const [, what, bytes, above, line, grown] = /^(\w+) (\d+) bytes, above (\d+): memory_breakpoint\.lua:(\d+) took (\d+)$/.exec(text) ?? [];
  return { what, bytes: Number(bytes), above: Number(above), line: Number(line), grown: Number(grown) };
}

for (const args of [[], ['coroutine']]) {
  const name = args.length > 0 ? ', in a coroutine' : '';

  scene(`a single allocation${name}`, async (start, { client }) => {
    const { program, answer } = await begin(start, 'allocation > 50KB', ...args);
    assert.equal(answer.verified, true);
    await program.continue();
    const [top] = await program.stops('memory limit');
    assert.deepEqual(told(program.stop),
      { what: 'allocation', bytes: 100000, above: 50000, line: lineOf(fixture, 'big'), grown: 100000 }, 'the buffer that string.rep fills');
    assert.equal(top.line, lineOf(fixture, 'big'), 'though the call was the last that its line did');
    assert.equal(program.stop.description, `Paused on memory: ${program.stop.text}`, 'it is no exception');
    await client.refusal('exceptionInfo', { threadId: program.stop.threadId });
    await program.nextTo('kept_big');
    await program.continueToEnd();
  });

  scene(`the growth of one line since the last stop, again and again${name}`, async (start) => {
    const { program } = await begin(start, 'line >= 60KB', ...args);
    const marks = [];
    await program.continue();
    for (let stops = 0; stops < 6; stops++) {
      await program.stops('memory limit');
      const { what, bytes, above, line } = told(program.stop);
      assert.ok(what === 'line' && bytes > above && above === 59999, program.stop.text);
      marks.push(line);
      await program.continue();
    }
    // Ten strings of 20 KB and more: each second one, with the buffer it is made in, is above 60 KB again.
    assert.deepEqual(marks, ['big', ...Array(5).fill('growing')].map((mark) => lineOf(fixture, mark)));
    await program.ends();
  });
}

scene('the heap, once until it has been below', async (start) => {
  const { program } = await begin(start, ' heap>150KB ');
  await program.continue();
  await program.stops('memory limit');
  assert.equal(told(program.stop).what, 'heap');
  assert.ok(told(program.stop).bytes > 150000);
  assert.ok(told(program.stop).bytes <= (await program.lines()).heap.peak);
  await program.continueToEnd();
});

scene('growth, or else a line', async (start) => {
  const { program } = await begin(start, 'growth > 10MB OR line > 90KB');
  await program.continue();
  await program.stops('memory limit');
  assert.deepEqual([told(program.stop).what, told(program.stop).line], ['line', lineOf(fixture, 'big')]);
  await program.setErrorFilters();
  await program.continueToEnd();
});

scene('set before the program runs', async (start) => {
  const program = await start(fixture, { errors: [{ filterId: 'memory', condition: 'allocation > 50KB' }] });
  await program.stops('memory limit');
  await program.continueToEnd();
});

scene('conditions that are not understood say so', async (start) => {
  const { program } = await begin(start, 'heap > 1GB');
  const message = async (condition) => {
    const [{ verified, message: text }] = await program.setErrorFilters({ filterId: 'memory', condition });
    assert.equal(verified, false, condition);
    return text;
  };
  assert.match(await message(undefined), /Above what/);
  assert.match(await message('  '), /Above what/);
  for (const condition of ['heap', 'heap > ', 'heap < 3', 'heaps > 3', 'heap > 3 MB x', 'heap > 1MB or', 'or', 'heap > -1', 'heap > 1XB', 'heap >= 0', 'heap > 1 and line > 2'])
    assert.match(await message(condition), /Not understood/, condition);
  await program.continueToEnd();
});

scene('without memory there is none', async (start) => {
  const program = await start(fixture, { stopOnEntry: true, memory: 'off' });
  await program.stops('entry');
  const [{ verified, message }] = await program.setErrorFilters({ filterId: 'memory', condition: 'heap > 1' });
  assert.equal(verified, false);
  assert.match(message, /not measured/);
  await program.continueToEnd();
});

scenes('a limit makes allocation fail as on a small device', async (start) => {
  const program = await start(fixture, { memoryLimit: '300KB', args: ['endless'] });
  await program.prints(/not enough memory/, 'stderr');
  if (!program.isExact) return program.ends(1);
  await program.ends(1);
  const { heap } = await program.lines();
  assert.ok(heap.peak <= 300000 && heap.peak > 250000, `peak ${heap.peak}`);
});

scenes('a program within its limit does not notice', async (start) => {
  const program = await start(fixture, { memoryLimit: 1000000 });
  await program.prints(/done/);
  await program.ends();
});

scene('a limit that is none', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  for (const memoryLimit of ['much', 0, -1, [], '0'])
    assert.match((await client.refusal('launch', { program: fixturePath(fixture), memoryLimit })).error.format, /'memoryLimit' must be/);
});

scene('a line that has called another function meanwhile is named, and that function stops', async (start) => {
  const { program } = await begin(start, 'allocation > 100KB', 'callback');
  program.uncounted = { from: 100_000, to: 2 * 100_000 };
  await program.continue();
  const [top] = await program.stops('memory limit');
  program.uncounted = { from: 0, to: 0 };
  assert.equal(top.line, lineOf(fixture, 'callback'));
  assert.equal(told(program.stop).line, lineOf(fixture, 'replaces'));
  await program.continue();
  const [then] = await program.stops('memory limit');
  assert.equal(then.line, lineOf(fixture, 'replaces'));
  assert.equal(told(program.stop).bytes, 24 + 120_000 + 1, 'the string');
  await program.continueToEnd();
});

scene('it stops at the line that did it, and a step goes on from there', async (start) => {
  const { program } = await begin(start, 'line > 60KB');
  await program.continue();
  await program.stops('memory limit');
  await program.continue();
  const [top] = await program.stops('memory limit');
  assert.equal(top.line, lineOf(fixture, 'growing'), 'it has still to store the string');
  await program.setErrorFilters();
  await program.nextTo('growing_next');
  await program.continueToEnd();
});

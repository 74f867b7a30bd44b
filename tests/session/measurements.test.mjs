// SPDX-License-Identifier: MIT
// luaheat/measurements: the lines between which a client measures, set and replaced whenever it likes.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scene } from './session.mjs';

const fixture = 'windows.lua';
const place = (mark, file = fixture) => ({ source: { path: fixturePath(file) }, line: lineOf(file, mark) });

/** Those told by name, marks and fixture. */
async function set(client, ...wanted) {
  const measurements = wanted.map(([name, from, to, file]) => ({ name, from: place(from, file), ...(to && { to: place(to, file) }) }));
  return (await client.request('luaheat/measurements', { measurements })).measurements;
}

async function windows(client) {
  const { measurements } = await client.request('luaheat/measure', {});
  return Object.fromEntries(measurements.map((one) => [one.name, one.windows]));
}

scene('set before the launch, beside those of the launch, and kept over a restart', async (start, { client }) => {
  const program = await start(fixture, {
    measurements: [{ name: 'nest', from: `${fixturePath(fixture)}:${lineOf(fixture, 'nest_start')}`, to: `${fixturePath(fixture)}:${lineOf(fixture, 'nest_stop')}` }],
    measured: [{ name: 'laps', from: place('lap') }, { name: 'request', from: place('request_start'), to: place('request_stop') }],
    stopAt: ['never_twice'],
  });
  await program.stopsAt('never_twice');
  const expected = { nest: 3, laps: 9, request: 4 };
  assert.deepEqual(await windows(client), expected);
  await client.request('restart');
  await program.stopsAt('never_twice');
  assert.deepEqual(await windows(client), expected);
  await program.continueToEnd();
});

scene('replaced at a stop: what was measured stays', async (start, { client }) => {
  const program = await start(fixture, { stopAt: ['request_start'], measured: [{ name: 'laps', from: place('lap') }] });
  await program.stopsAt('request_start');
  assert.deepEqual(await set(client, ['request', 'request_start', 'request_stop'], ['threads', 'other_thread_start', 'other_thread_stop']),
    [{ verified: true }, { verified: true }]);
  await program.setBreakpoints(['nest_start']);
  await program.continueTo('nest_start');
  assert.deepEqual(await windows(client), { laps: 9, request: 3, threads: 0 }, 'the line of the stop has begun to run');
  assert.deepEqual(await set(client), []);
  await program.setBreakpoints([]);
  await program.continueToEnd();
  assert.deepEqual(await windows(client), { laps: 9, request: 3, threads: 0 });
});

for (const where of ['main', 'coroutine', 'calling']) {
  scene(`set while the program runs: ${where}`, async (start, { client }) => {
    const program = await start('busy.lua', { args: [where] });
    await program.prints(/busy/);
    await set(client, ['round', where === 'calling' ? 'calling_loop' : 'loop', undefined, 'busy.lua']);
    while (((await windows(client)).round ?? 0) < 100);
    await set(client);
    const reached = async () => { // the program has heard of all that was asked before
      await client.request('luaheat/measure', { action: 'lap', name: 'by hand' });
      return (await windows(client)).round;
    };
    const round = await reached();
    for (let i = 0; i < 3; i++) assert.equal(await reached(), round, 'none any more');
    await program.pause();
    await program.stops('pause');
  });
}

scene('a line without code is told', async (start, { client }) => {
  const program = await start(fixture, { measured: [{ name: 'late', from: { source: { path: fixturePath(fixture) }, line: 100000 } }] });
  await program.prints(/Measurement late: Not set: there is no code at or after line 100000/, 'console');
  await program.ends();
});

scene('without memory there are none, and nobody is told at each launch', async (start, { client }) => {
  const program = await start(fixture, { memory: 'off', stopOnEntry: true, measured: [{ name: 'laps', from: place('lap') }] });
  await program.stops('entry');
  const [{ verified, message }] = await set(client, ['laps', 'lap']);
  assert.deepEqual([verified, message], [false, 'Memory is not measured in this session']);
  await program.continueToEnd();
  assert.equal(client.output('console'), '');
});

scene('what is not understood is refused, and changes nothing', async (start, { client }) => {
  const program = await start(fixture, { stopOnEntry: true, measured: [{ name: 'laps', from: place('lap') }] });
  await program.stops('entry');
  const from = place('lap');
  for (const measurements of [undefined, 7, [7], [{}], [{ name: 'a' }], [{ from }], [{ name: 5, from }], [{ name: 'a', from: { line: 1 } }],
    [{ name: 'a', from: { ...from, line: 0 } }], [{ name: 'a', from, to: 5 }], [{ name: 'a', from, to: { source: from.source } }]])
    assert.equal((await client.refusal('luaheat/measurements', { measurements })).error.id, 1004, JSON.stringify(measurements));
  await program.continueToEnd();
  assert.deepEqual(await windows(client), { laps: 9 });
});

// SPDX-License-Identifier: MIT
// Measurements in a session: as modes of breakpoints, in launch, and by luaheat/measure.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { initializeArguments, scene, sourceName } from './session.mjs';

const fixture = 'windows.lua';
const GROW = 56 + 16;
const place = (mark) => `${fixture}:${lineOf(fixture, mark)}`;

async function measurements(client, args) {
  return (await client.request('luaheat/measure', args)).measurements;
}

function lineAt(measurement, mark) {
  return measurement.lines.find(({ source, line }) => sourceName(source) === fixture && line === lineOf(fixture, mark));
}

/** Sets breakpoints given as { at: mark, mode, ... }. */
async function set(program, breakpoints) {
  return (await program.client.request('setBreakpoints', {
    source: { path: fixturePath(fixture) },
    breakpoints: breakpoints.map(({ at, ...rest }) => ({ line: lineOf(fixture, at), ...rest })),
  })).breakpoints;
}

async function begin(start, breakpoints, options) {
  const program = await start(fixture, { stopOnEntry: true, ...options });
  await program.stops('entry');
  return { program, answered: await set(program, breakpoints) };
}

scene('the client is told of the modes', async (start, { client }) => {
  const { breakpointModes } = await client.request('initialize', initializeArguments);
  assert.deepEqual(breakpointModes.map(({ mode }) => mode), ['stop', 'memory: start', 'memory: stop', 'memory: lap']);
  for (const { label, appliesTo } of breakpointModes) {
    assert.ok(label.length > 0);
    assert.deepEqual(appliesTo, ['source']);
  }
});

scene('a breakpoint of mode lap measures and does not stop', async (start, { client }) => {
  const { program, answered } = await begin(start, [{ at: 'lap', mode: 'memory: lap' }]);
  assert.deepEqual(answered.map(({ verified }) => verified), [true]);
  await program.continueToEnd();
  const [laps] = await measurements(client);
  assert.equal(laps.name, place('lap'), 'called by its place');
  assert.equal(laps.windows, 9);
  const { growth, retained } = lineAt(laps, 'grow');
  assert.deepEqual([growth.min, growth.median, growth.max], [GROW, 2 * GROW, 2 * GROW]);
  assert.deepEqual(retained, growth);
});

scene('the last windows, one by one', async (start, { client }) => {
  const { program } = await begin(start, [{ at: 'lap', mode: 'memory: lap' }]);
  await program.continueToEnd();
  const [laps] = await measurements(client);
  const growths = [1, 1, 1, 1, 2, 2, 2, 2, 2].map((calls) => calls * GROW); // the second call comes from lap 5 on
  assert.deepEqual(laps.recent.map(({ window }) => window), growths.map((_, index) => index + 1));
  assert.deepEqual(lineAt(laps, 'grow').recent, growths);
  for (const [index, { growth, allocated, freed, retained, heap }] of laps.recent.entries()) {
    assert.equal(growth, allocated - freed);
    assert.equal(growth, laps.lines.reduce((sum, { recent }) => sum + recent[index], 0), 'the lines add up');
    assert.ok(retained >= growths[index] && retained <= allocated);
    if (index > 0) assert.equal(heap, laps.recent[index - 1].heap + growth, 'each begins where the one before has ended');
  }
  const [two] = await measurements(client, { warmup: 7 });
  assert.deepEqual([two.recent.map(({ window }) => window), lineAt(two, 'grow').recent], [[8, 9], growths.slice(7)]);
});

scene('start and stop, one name, a condition and a hit count', async (start, { client }) => {
  const { program } = await begin(start, [
    { at: 'request_start', mode: 'memory: start', logMessage: 'request', condition: 'number ~= 3' },
    { at: 'request_stop', mode: 'memory: stop', logMessage: 'request', hitCondition: '>1' },
    { at: 'nest_start', mode: 'memory: start' }, { at: 'nest_stop', mode: 'memory: stop' }]);
  await program.continueToEnd();
  const [request, nest] = await measurements(client);
  assert.deepEqual([request.name, request.windows, request.open], ['request', 3, 1]);
  assert.deepEqual([nest.name, nest.windows, nest.open], [place('nest_start'), 3, 0], 'a stop without a name closes the innermost');
  assert.equal(lineAt(nest, 'grow').growth.max, 3 * GROW);
});

scene('a mode beside breakpoints that stop', async (start, { client }) => {
  const { program } = await begin(start, [{ at: 'lap', mode: 'memory: lap' }, { at: 'lap', mode: 'stop', hitCondition: '3' }, { at: 'nest_start' }]);
  await program.continue();
  await program.stopsAt('lap');
  assert.equal((await measurements(client))[0].windows, 2, 'the figures are there while it is stopped');
  await program.continueTo('nest_start');
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

scene('modes that cannot be', async (start) => {
  const { program, answered } = await begin(start, [{ at: 'lap', mode: 'memory: twice' }, { at: 'grow', mode: 'memory: lap' }], { memory: 'off' });
  assert.deepEqual(answered.map(({ verified }) => verified), [false, false]);
  assert.match(answered[0].message, /mode is not known: memory: twice/);
  assert.match(answered[1].message, /memory is not measured/);
  await program.continueToEnd();
});

scene('measurements of launch, whatever breakpoints are set', async (start, { client }) => {
  const program = await start(fixture, {
    stopAt: ['nest_start'], warmup: 4, cwd: fixturePath('.'),
    measurements: [
      { name: 'laps', from: place('lap') },
      { name: 'request', from: `${fixturePath(fixture)}:${lineOf(fixture, 'request_start')}`, to: place('request_stop') }],
  });
  await program.stopsAt('nest_start');
  await program.setBreakpoints([]);
  await program.continueToEnd();
  const [laps, request] = await measurements(client);
  assert.deepEqual([laps.name, laps.windows, lineAt(laps, 'grow').growth.min], ['laps', 5, 2 * GROW]);
  assert.deepEqual([request.name, request.windows], ['request', 0], 'all of them are warm-up');
  const [, unwarmed] = await measurements(client, { warmup: 0 });
  assert.equal(unwarmed.windows, 4);
});

scene('lines that one place holds are one cause', async (start, { client }) => {
  const program = await start('causes.lua', {
    measurements: [{ name: 'lap', from: `${fixturePath('causes.lua')}:${lineOf('causes.lua', 'lap')}` }] });
  await program.ends();
  const [{ causes, suspects, summary }] = await measurements(client);
  const linesOf = (holder) => causes.filter((cause) => cause.holder === holder).flatMap((cause) => cause.suspects).map((index) => suspects[index].line);
  assert.deepEqual(linesOf('peers[*].unsent'), [lineOf('causes.lua', 'unsent')]);
  for (const mark of ['inner', 'innermost', 'outer'])
    assert.ok(linesOf('local sessions (main chunk, causes.lua)').includes(lineOf('causes.lua', mark)), mark);
  const [{ kept, perWindow, suspects: [first, ...more] }] = causes;
  assert.equal(kept, [first, ...more].reduce((sum, index) => sum + suspects[index].kept, 0));
  assert.equal(perWindow, [first, ...more].reduce((sum, index) => sum + suspects[index].perWindow, 0));
  assert.match(summary, /^10 causes keep \d+ KB in 200 laps, /);
});

const leaking = {
  'leaking/main.lua': { mark: 'frame', keeps: [['local events (main chunk, main.lua) → .listeners.tick', 'leaking/game/entity.lua', 'listener'],
    ['local net (main chunk, main.lua) → .pending', 'leaking/game/net.lua', 'packet']] },
  'serving/main.lua': { mark: 'request', keeps: [['package.loaded["app.registry"].users[*].said', 'serving/app/session.lua', 'said'],
    ['package.loaded["app.errors"].kept', 'serving/app/errors.lua', 'error']] },
};

for (const [file, { mark, keeps }] of Object.entries(leaking)) {
  scene(`both leaks of ${file} are named, by holder and by line`, async (start, { client }) => {
    const program = await start(file, { measurements: [{ name: 'lap', from: `${fixturePath(file)}:${lineOf(file, mark)}` }] });
    await program.ends();
    const [{ causes, suspects, summary }] = await measurements(client);
    assert.deepEqual(causes.map(({ holder }) => holder), keeps.map(([holder]) => holder));
    for (const [index, [holder, path, line]] of keeps.entries()) {
      const lines = causes[index].suspects.map((number) => suspects[number]);
      assert.ok(lines.some((one) => one.source.path === fixturePath(path) && one.line === lineOf(path, line)), holder);
      assert.ok(summary.includes(holder));
    }
  });
}

scene('a measurement of launch that can never begin is told', async (start, { client }) => {
  const program = await start(fixture, { measurements: [{ name: 'late', from: `${fixturePath(fixture)}:100000` }] });
  await program.prints(/Measurement late: Not set: there is no code at or after line 100000/, 'console');
  await program.ends();
});

scene('measurements of launch that are not understood', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  const refusal = async (list) => (await client.refusal('launch', { program: fixturePath(fixture), measurements: list })).error.format;
  assert.match(await refusal({}), /'measurements' must be an array/);
  assert.match(await refusal([1]), /must hold objects/);
  assert.match(await refusal([{ from: 'a.lua:1' }]), /'name'/);
  assert.match(await refusal([{ name: 'a', from: 'a.lua' }]), /FILE:LINE/);
  assert.match(await refusal([{ name: 'a', from: 'a.lua:1', to: ':3' }]), /FILE:LINE/);
});

scene('by request, while it is stopped', async (start, { client }) => {
  const { program } = await begin(start, [{ at: 'request_start' }, { at: 'nest_start' }]);
  const act = (action, name) => client.request('luaheat/measure', { action, name });
  await act('lap', 'between stops');
  await program.continueTo('request_start');
  await act('lap', 'between stops');
  await program.continueTo('request_start');
  const { measurements: [told] } = await act('lap', 'between stops');
  assert.deepEqual([told.name, told.windows, told.lines], ['between stops', 2, []]);
  const [laps] = await measurements(client);
  assert.deepEqual([lineAt(laps, 'grow').growth.max, lineAt(laps, 'grow').growth.last], [16 * GROW, 2 * GROW]);
  assert.equal((await measurements(client, { limit: 1 }))[0].lines.length, 1);
  assert.match((await client.refusal('luaheat/measure', { action: 'stop', name: 'other' })).error.format, /no window .*other/);
  await act('clear', 'between stops');
  assert.equal((await measurements(client))[0].windows, 0);
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

scene('by request, while it runs', async (start, { client }) => {
  const program = await start('busy.lua');
  const act = (action) => client.request('luaheat/measure', { action, name: 'm' });
  await program.prints(/busy/);
  await act('start');
  const { measurements: [told] } = await act('stop');
  assert.equal(told.windows, 1);
  await program.pause();
  await program.stops('pause');
});

scene('what is not understood is refused', async (start, { client }) => {
  const { program } = await begin(start, []);
  const refusal = async (args) => (await client.refusal('luaheat/measure', args)).error.format;
  assert.match(await refusal({ action: 'dance' }), /'action' must be/);
  assert.match(await refusal({ action: 'lap' }), /'name'/);
  assert.match(await refusal({ warmup: -1 }), /'warmup'/);
  await program.continueToEnd();
});

scene('without memory nothing is measured', async (start, { client }) => {
  const { program } = await begin(start, [], { memory: 'off' });
  assert.match((await client.refusal('luaheat/measure', {})).error.format, /Memory is not measured/);
  await program.continueToEnd();
});

scene('retained: of what was allocated since the program last went on, what is still there', async (start) => {
  const { program } = await begin(start, [{ at: 'churn', hitCondition: '1' }, { at: 'never_twice' }]);
  await program.continueTo('churn');
  const grow = await program.lineAt('grow');
  assert.equal(grow.retained, grow.allocated, 'since the entry');
  await program.evaluate('collectgarbage()');
  await program.continueTo('never_twice');
  const churn = await program.lineAt('churn');
  assert.ok(churn.allocated >= 60 * (56 + 3 * 16));
  assert.equal((await program.lineAt('grow')).retained, 0, 'nothing since, though it lives');
  assert.equal(churn.retained, churn.growth, 'nothing lived at the stop before, so all that lives is new');
  await program.continueToEnd();
});

// SPDX-License-Identifier: MIT
// What the debugger allocates in the program's heap is told apart and is no peak of the program; figures of
// an earlier moment are all of that moment.
import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { byName, scene } from './session.mjs';

const fixture = 'peak.lua';
const LARGE = 3 << 20;

async function at(start, ...marks) {
  const program = await start(fixture, { stopAt: marks });
  await program.stopsAt(marks[0]);
  return program;
}

const heapOf = async (program) => (await program.lines({ limit: 0 })).heap;

/** What a debugger does at a stop; each takes this much, or some, in the program's heap. */
const work = {
  'an evaluation': (program, frameId) => program.client.request('evaluate', { expression: `#("x"):rep(${LARGE})`, frameId }),
  'a retainers request': (program, frameId) =>
    program.client.request('luaheat/retainers', { expression: `(function() local s = ("y"):rep(${LARGE}) return kept end)()`, frameId }),
  'a new value': async (program) => {
    const [{ variablesReference }] = (await program.scopes()).filter(({ name }) => name === 'Locals');
    await program.client.request('setVariable', { variablesReference, name: 'counter', value: `#("z"):rep(${LARGE})` });
  },
  'a copy': (program, frameId) => program.client.request('evaluate', { expression: `{ ("x"):rep(${LARGE}) }`, frameId, context: 'clipboard' }),
  'an error': (program, frameId) => program.client.refusal('evaluate', { expression: `error(("e"):rep(${LARGE}))`, frameId }),
  'a hover': (program, frameId) => program.client.request('evaluate', { expression: 'kept[1] .. kept[2]', frameId, context: 'hover' }),
};

for (const [name, does] of Object.entries(work)) {
  scene(`${name} at the peak does not raise it`, async (start) => {
    const program = await at(start, 'first', 'second', 'third');
    const before = await heapOf(program);
    assert.equal(before.peak, before.live, 'nothing has been freed');
    assert.equal(before.debugger, 0);
    await does(program, await program.frameId());
    const after = await heapOf(program);
    assert.equal(after.peak, before.peak);
    assert.ok(after.debugger > (name === 'a hover' ? 0 : LARGE));
    assert.equal(after.live - after.debugger, before.live, 'all that has come is the debugger\'s');
    await program.assertFiguresAddUp();
    await program.continueTo('second');
    const later = await heapOf(program);
    assert.equal(later.peak, later.live - later.debugger, 'what the debugger has left behind is no part of it');
    const { rows } = await program.lines();
    const grown = rows.filter(({ source }) => source.name !== '(debugger)').reduce((sum, { growth }) => sum + growth, 0);
    assert.ok(grown > 0 && (await program.lineAt('grows')).growth > 0);
    assert.equal(later.peak, before.peak + grown);
    await program.continueTo('third');
    await program.continueToEnd();
  });
}

scene('conditions and log messages do not raise it either', async (start) => {
  const program = await at(start, 'second');
  const { peak } = await heapOf(program);
  await program.client.request('setBreakpoints', { source: { path: fixturePath(fixture) }, breakpoints: [
    { line: lineOf(fixture, 'loop'), condition: `#("c"):rep(${LARGE}) == counter` },
    { line: lineOf(fixture, 'loop'), logMessage: `{#("l"):rep(${LARGE})}` }, { line: lineOf(fixture, 'third') }] });
  await program.continueTo('third');
  assert.equal(program.client.output('console').match(new RegExp(`^${LARGE}$`, 'gm')).length, 3);
  const after = await heapOf(program);
  assert.ok(after.peak < peak + 20_000, `${after.peak} after ${peak}`);
});

scene('the filter Memory sees the program\'s heap', async (start) => {
  const program = await at(start, 'first', 'third');
  const { live } = await heapOf(program);
  await program.evaluate(`#("x"):rep(${LARGE})`);
  await program.setErrorFilters({ filterId: 'memory', condition: `heap > ${live + (1 << 20)}B or growth > 1MB` });
  await program.continueTo('third');
});

scene('the scope Memory tells how much of the heap is the debugger\'s', async (start, { client }) => {
  const program = await at(start, 'first');
  assert.ok(!('of it the debugger\'s' in byName(await program.scope('Memory'))));
  await program.evaluate(`#("x"):rep(${LARGE})`);
  const shown = byName(await program.scope('Memory'))['of it the debugger\'s'];
  const { debugger: bytes } = await heapOf(program);
  assert.match(shown.replaceAll(',', ''), new RegExp(`\\b${bytes}\\b`));
  await program.setBreakpoints(['second']);
  await program.continueTo('second');
  const heat = client.messages.findLast(({ event }) => event === 'luaheat/heat');
  assert.equal(heat.body.heap.debugger, bytes);
});

scene('until an earlier moment everything is of that moment', async (start, { client }) => {
  const program = await at(start, 'first', 'second', 'third');
  const seen = [], stops = [];
  for (const mark of ['second', 'third', undefined]) {
    if (mark === 'second') await program.evaluate(`#("x"):rep(${LARGE})`); // belongs to the stop
    seen.push(await program.lines());
    stops.push((await client.request('luaheat/snapshots')).stops.at(-1).id);
    if (mark) await program.continueTo(mark);
  }
  for (const [i, until] of stops.entries()) {
    const { heap, kinds, rows } = await program.lines({ until });
    const ofMoment = (told) => ({ ...told, before: undefined, after: undefined, growth: undefined });
    assert.deepEqual(ofMoment(heap), ofMoment(seen[i].heap), `stop ${i}`);
    assert.equal(heap.growth, heap.live, 'from the start');
    assert.equal(heap.after, seen[i].heap.live);
    assert.deepEqual([...kinds].map(([kind, { live, objects }]) => [kind, live, objects]),
      [...seen[i].kinds].map(([kind, { live, objects }]) => [kind, live, objects]));
    const columns = ({ source, line, allocations, allocated, freed, live }) => [source.name, line, allocations, allocated, freed, live];
    assert.deepEqual(rows.map(columns).sort(), seen[i].rows.map(columns).sort());
    assert.ok(rows.every((row) => !('atPeak' in row) && !('retained' in row)));
  }
  assert.notEqual(seen[0].heap.peak, seen[1].heap.peak);
  const refused = await client.refusal('luaheat/lines', { until: stops[0], sort: 'peak' });
  assert.match(refused.error.format, /'sort' must not be peak/);
});

// SPDX-License-Identifier: MIT
// What became of the heap between two snapshots: since and until of luaheat/lines, and luaheat/snapshot.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scene } from './session.mjs';

const total = (rows) => rows.reduce((sums, row) => sums.map((sum, i) => sum + row[i]), [0, 0, 0]);
const fateOf = (one) => [one.new, one.survived, one.gone];
const place = ({ source, line }) => `${source.path ?? source.name}:${line}`;
const kindsOf = (row) => Object.values(row.kinds ?? {}).map((numbers) => numbers.slice(4));

/**
 * What is told from `since` to `until`: of each line, each kind and all together what survived and what
 * is new is what lives at the later moment, and with what is gone it is what lived at the earlier one.
 */
async function assertNothingIsLost(program, since, until) {
  const lines = await program.lines({ since, until });
  const before = since === undefined ? { rows: [], kinds: new Map() } : await program.lines({ until: since });
  const after = until === undefined ? await program.lines() : await program.lines({ until });
  const liveBefore = new Map(before.rows.map((row) => [place(row), row.live]));
  const liveAfter = new Map(after.rows.map((row) => [place(row), row.live]));
  for (const row of lines.rows) {
    const [born, survived, gone] = fateOf(row);
    const text = `${place(row)} from ${since} to ${until}`;
    assert.ok(born >= 0 && survived >= 0 && gone >= 0, text);
    assert.equal(row.live, liveAfter.get(place(row)), text);
    assert.equal(born + survived, row.live, text);
    assert.equal(survived + gone, liveBefore.get(place(row)) ?? 0, text);
    assert.equal(born - gone, row.growth, text);
    assert.deepEqual(total(kindsOf(row)), fateOf(row), `its kinds: ${text}`);
  }
  const all = total(lines.rows.map(fateOf));
  assert.deepEqual([all[0] + all[1], all[1] + all[2]], [lines.heap.after, lines.heap.before]);
  assert.deepEqual(total([...lines.kinds.values()].map(fateOf)), all, 'the kinds of the whole heap');
  for (const [kind, one] of lines.kinds) {
    assert.equal(one.new + one.survived, one.live, kind);
    assert.equal(one.survived + one.gone, before.kinds.get(kind)?.live ?? 0, kind);
    assert.equal(one.objects, after.kinds.get(kind)?.objects ?? 0, kind);
  }
}

const STRING = 24 + 1000 + 1, CLOSURE = 32 + 2 * 8, UPVALUE = 40, ARRAY_OF = (n) => 16 * n;
const LEAST_STACK = 20 * 16; // LUA_MINSTACK slots

/** new, survived and gone of the kinds at the mark. */
function fatesAt(lines, mark, fixture = 'snapshots.lua') {
  const row = lines.rows.find(({ source, line }) => source.path === fixturePath(fixture) && line === lineOf(fixture, mark));
  return Object.fromEntries(Object.entries(row.kinds).map(([kind, numbers]) => [kind, numbers.slice(4)]));
}

/** Of 100 of them 40 went and 25 came, each of so many bytes. */
const changed = (bytes) => [25 * bytes, 60 * bytes, 40 * bytes];

/** Lines that call something may have call records among their buffers, beside what is expected. */
const atLeast = (found, expected) => assert.ok(found.every((bytes, i) => bytes >= expected[i]), `${found} is less than ${expected}`);

function assertWhatBecame(lines) {
  assert.deepEqual(fatesAt(lines, 'table'), { table: changed(56) });
  assert.deepEqual(fatesAt(lines, 'text').string, changed(STRING));
  assert.deepEqual(fatesAt(lines, 'closure'), { function: changed(CLOSURE), upvalue: changed(2 * UPVALUE) });
  assert.deepEqual(fatesAt(lines, 'bundle'), { table: changed(56), buffer: changed(ARRAY_OF(4)) });
  const task = fatesAt(lines, 'task'), [, sixty] = task.thread;
  assert.ok([200, 208].includes(sixty / 60), 'a thread of 5.4.0 to 5.4.2, or of a later one');
  assert.deepEqual(task.thread, changed(sixty / 60));
  atLeast(task.buffer, changed(LEAST_STACK));
  assert.deepEqual(fatesAt(lines, 'grown'), { buffer: [ARRAY_OF(8), 0, ARRAY_OF(4)] }, 'an array that grew is another');
  assert.deepEqual(fatesAt(lines, 'handed'), { buffer: [0, 0, ARRAY_OF(4)] }, 'one that grew on another line');
  assert.deepEqual(fatesAt(lines, 'taken'), { buffer: [ARRAY_OF(8), 0, 0] });
  const sleeper = fatesAt(lines, 'sleeper');
  assert.deepEqual(sleeper.thread, [0, sixty / 60, 0]);
  atLeast(sleeper.buffer, [LEAST_STACK, 0, LEAST_STACK]); // it went deep: its stack is another
}

scene('what is new, what survived and what is gone: in the main thread, in a coroutine, and as seen later', async (start, { client }) => {
  const program = await start('snapshots.lua', { stopAt: ['earlier', 'later', 'done'] });
  const numbers = [];
  for (const mark of ['earlier', 'later', 'earlier', 'later', 'done']) {
    await program.stopsAt(mark);
    await program.evaluate('{ 1, 2, 3 }'); // what a stop costs lies between two moments too
    numbers.push((await client.request('luaheat/snapshots')).stops.at(-1).id);
    if (mark === 'later') assertWhatBecame(await program.lines({ since: numbers.at(-2) }));
    if (mark !== 'done') await program.continue();
  }
  assertWhatBecame(await program.lines({ since: numbers[0], until: numbers[1] }));
  assertWhatBecame(await program.lines({ since: numbers[2], until: numbers[3] }));
  for (let until = 0; until <= numbers.length; until++) {
    for (let since = 0; since <= Math.min(until, numbers.length - 1); since++) await assertNothingIsLost(program, numbers[since], numbers[until]);
  }
  await assertNothingIsLost(program, undefined, numbers[1]);
  const { rows } = await program.lines({ since: numbers[1], until: numbers[1] });
  assert.ok(rows.every((row) => row.new === 0 && row.gone === 0 && row.survived === row.live), 'at one moment all survives');
  await program.continueToEnd();
  await assertNothingIsLost(program, numbers[0], undefined);
});

scene('one source, and pages, are of the rows only: the kinds are of the whole heap', async (start) => {
  const program = await start('snapshots.lua', { stopAt: ['earlier'] });
  await program.stopsAt('earlier');
  const whole = await program.lines(), part = await program.lines({ source: { path: fixturePath('snapshots.lua') }, limit: 1 });
  assert.deepEqual(part.kinds, whole.kinds);
  const live = [...whole.kinds.values()].reduce((sum, kind) => sum + kind.live, 0);
  assert.equal(live, whole.heap.collector);
  const { live: bytes, objects } = whole.kinds.get('table');
  assert.equal(bytes, 56 * objects);
  assert.deepEqual(whole.kinds.get('upvalue').live, 40 * whole.kinds.get('upvalue').objects);
  assert.ok(whole.kinds.get('thread').objects === 102, 'the main one, a hundred tasks and the sleeper');
});

/* ---- by hand ---- */

const running = 'snapshots_running.lua';

/** The program, which is in its first phase. */
async function atWork(start, where) {
  const program = await start(running, { args: [where] });
  await program.prints(/^phase 1$/m);
  return program;
}

/** Without a stop: a breakpoint's condition, which does not hold. */
async function setPhase({ client }, number, mark = 'waiting') {
  await client.request('setBreakpoints', {
    source: { path: fixturePath(running) },
    breakpoints: [{ line: lineOf(running, mark), condition: `(function() phase = ${number} end)()` }],
  });
}

const snapshot = ({ client }, name) => client.request('luaheat/snapshot', name === undefined ? {} : { name });

for (const where of ['main', 'coroutine']) {
  scene(`two snapshots of a running program: ${where}`, async (start) => {
    const program = await atWork(start, where);
    const before = await snapshot(program, 'before');
    await setPhase(program, 2);
    await program.prints(/^phase 2$/m);
    const after = await snapshot(program, 'after');
    const lines = await program.lines({ since: before.id, until: after.id });
    assert.deepEqual(fatesAt(lines, 'tables', running), { table: changed(56), buffer: [0, ARRAY_OF(128), 0] });
    assert.deepEqual([lines.heap.before, lines.heap.after], [before.heap, after.heap]);
    await assertNothingIsLost(program, before.id, after.id);
    await assertNothingIsLost(program, undefined, before.id);
    await setPhase(program, 3);
    await program.ends();
    await assertNothingIsLost(program, before.id, undefined);
  });
}

// So many, because a program that did not wait until its figures have been read might get away with a few.
scene('snapshots of a program that allocates without end; the last 64 are kept', async (start, { client }) => {
  const program = await atWork(start, 'churn');
  const taken = [];
  for (let i = 0; i < 100; i++) {
    taken.push(await snapshot(program, `number ${i}`));
    const { heap, kinds } = taken[i];
    assert.equal(Object.values(kinds).reduce((sum, kind) => sum + kind.live, 0), heap, 'all of one moment');
    assert.equal(kinds.table.live, 56 * kinds.table.objects);
  }
  const { stops } = await client.request('luaheat/snapshots');
  assert.deepEqual(stops.map(({ id, name }) => [id, name]), taken.slice(-64).map(({ id, name }) => [id, name]));
  assert.equal((await client.refusal('luaheat/lines', { since: taken[35].id })).error.id, 1007);
  for (const [since, until] of [[36, 36], [36, 37], [36, 99], [60, 80], [99, 99]]) {
    await assertNothingIsLost(program, taken[since].id, taken[until].id);
  }
  for (const row of (await program.lines({ since: taken[99].id })).rows) {
    assert.equal(row.new + row.survived, row.live, 'until now, while it runs');
    assert.ok(fateOf(row).every((bytes) => bytes >= 0));
  }
  await setPhase(program, 2, 'churn');
  await program.ends();
});

scene('snapshots stand among the stops, with their names', async (start, { client }) => {
  const program = await start('snapshots.lua', { stopAt: ['earlier', 'done'] });
  await program.stopsAt('earlier');
  const scope = (await program.scopes()).find(({ name }) => name === 'Memory');
  const named = await snapshot(program, 'größer \u{1f525}'), unnamed = await snapshot(program);
  assert.ok((await program.children(scope)).length > 0, 'the stop goes on as if nothing had happened');
  assert.equal(named.heap, (await program.assertFiguresAddUp()).live);
  const { stops } = await client.request('luaheat/snapshots');
  assert.deepEqual(stops.map(({ byHand, name }) => [byHand, name]), [[undefined, undefined], [true, 'größer \u{1f525}'], [true, undefined]]);
  assert.deepEqual(stops.map(({ heap, change }) => [heap, change]), [[named.heap, undefined], [named.heap, 0], [unnamed.heap, 0]]);
  assert.equal(stops[1].milliseconds, 0, 'it did not run in between');
  const { kinds, ...told } = named;
  assert.deepEqual(told, stops[1], 'the answer is what is listed');
  assert.deepEqual(new Map(Object.entries(kinds)), (await program.lines()).kinds);
  await program.continue();
  await program.stopsAt('earlier');
  await assertNothingIsLost(program, named.id, unnamed.id);
  await assertNothingIsLost(program, named.id, undefined);
  const ids = (await client.request('luaheat/snapshots')).stops.map(({ id }) => id);
  assert.deepEqual(ids, [...ids].sort((a, b) => a - b));
  assert.equal(client.messages.findLast((message) => message.event === 'luaheat/heat').body.stop, ids.at(-1), 'they count together');
});

scene('a program that sits in C to its end takes none', async (start, { client }) => {
  const program = await start('busy.lua', { args: ['sleep'] });
  await program.startsChild();
  const refused = client.refusal('luaheat/snapshot', {});
  await client.request('terminate');
  assert.equal((await refused).error.id, 1006);
  await client.event('terminated');
  assert.deepEqual((await client.request('luaheat/snapshots')).stops, []);
});

scene('what is refused', async (start, { client }) => {
  const program = await start('snapshots.lua', { stopAt: ['earlier'] });
  await program.stopsAt('earlier');
  const refused = async (args) => (await client.refusal('luaheat/snapshot', args)).error.id;
  assert.equal(await refused({ name: 5 }), 1004);
  assert.equal(await refused({ name: 'x'.repeat(120) }), 1004);
  assert.equal((await snapshot(program, 'x'.repeat(119))).name.length, 119);
  assert.equal((await snapshot(program, '')).name, undefined);
  await program.setBreakpoints([]);
  await program.continueToEnd();
  assert.equal(await refused({}), 1003, 'ended');
});

scene('without memory there are none', async (start, { client }) => {
  const program = await start('snapshots.lua', { stopAt: ['earlier'], memory: 'off' });
  await program.stopsAt('earlier');
  assert.equal((await client.refusal('luaheat/snapshot', {})).error.id, 3001);
});

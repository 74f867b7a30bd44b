// SPDX-License-Identifier: MIT
// What happened between any two stops, and what became of the heap: luaheat/windows, and since and until
// of luaheat/lines.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scene } from './session.mjs';

const TABLE_OF_2 = 56 + 2 * 16;
const marks = ['first', 'second', 'third', 'collected', 'string', 'end'];

/** memory.lua at its last stop; the number of each stop, and the heap there. */
async function atTheEnd(start, client) {
  const program = await start('memory.lua', { stopAt: marks });
  const stop = {}, heap = [];
  for (const mark of marks) {
    await program.stopsAt(mark);
    stop[mark] = client.messages.findLast((message) => message.event === 'luaheat/heat').body.stop;
    heap.push((await program.lines()).heap.live);
    if (mark !== marks.at(-1)) await program.continue();
  }
  return { program, stop, heap };
}

const tables = ({ rows }) => rows.find(({ source, line }) => source.path === fixturePath('memory.lua') && line === lineOf('memory.lua', 'tables'));
const sum = ({ rows }, column) => rows.reduce((total, row) => total + row[column], 0);

scene('the stops so far, with their heap', async (start, { client }) => {
  const { stop, heap } = await atTheEnd(start, client);
  const { stops, measurements } = await client.request('luaheat/windows');
  assert.deepEqual(stops.map(({ id }) => id), Object.values(stop), 'the event heat has told their numbers');
  assert.deepEqual(stops.map((one) => one.heap), heap);
  assert.deepEqual(stops.map(({ change }) => change), heap.map((bytes, i) => (i > 0 ? bytes - heap[i - 1] : undefined)));
  assert.ok(stops.every(({ milliseconds }) => milliseconds >= 0));
  assert.deepEqual(measurements, []);
});

scene('from one stop to another, line by line', async (start, { client }) => {
  const { program, stop } = await atTheEnd(start, client);
  const of = async (since, until) => tables(await program.lines({ since: stop[since], until: stop[until] }));
  const grown = await of('first', 'second');
  const growth = 100 * TABLE_OF_2 + 128 * 16;
  assert.deepEqual([grown.allocations, grown.growth, grown.live], [200 + 8, growth, growth]);
  assert.deepEqual(grown.kinds.table, [100, 5600, 0, 5600, 5600, 0, 0]);
  assert.equal(grown.atPeak, undefined, 'a peak is no change');
  const later = await of('second', 'third');
  assert.equal(later.growth, 50 * TABLE_OF_2 + (256 - 128) * 16);
  assert.equal(later.live, growth + later.growth, 'what there is at the later stop');
  assert.equal((await of('first', 'third')).growth, growth + later.growth);
  const gone = await of('third', 'collected');
  assert.deepEqual([gone.allocations, gone.allocated, gone.growth, gone.live], [0, 0, -growth - later.growth, 0]);
  assert.deepEqual(gone.kinds.table, [0, 0, 150 * 56, -150 * 56, 0, 0, 150 * 56]);
  assert.equal(await of('collected', 'end'), undefined, 'lines that hold nothing and did nothing are left out');
  assert.equal((await of('first', 'collected')).growth, 0, 'what came and went');
  const page = await program.lines({ since: stop.first, until: stop.third, source: { path: fixturePath('memory.lua') }, sort: 'allocated', limit: 1 });
  assert.deepEqual(page.rows.map(({ line }) => line), [lineOf('memory.lua', 'tables')]);
});

scene('all lines add up to the change of the heap, between any two stops', async (start, { client }) => {
  const { program, stop, heap } = await atTheEnd(start, client);
  const numbers = [undefined, ...Object.values(stop), undefined], bytes = [0, ...heap, heap.at(-1)];
  for (let from = 0; from < numbers.length; from++) {
    for (let to = Math.max(from, 1); to < numbers.length; to++) {
      if (numbers[from] === undefined && numbers[to] === undefined) continue; // of now, and from the start
      const lines = await program.lines({ since: numbers[from], until: numbers[to] });
      assert.deepEqual([lines.heap.before, lines.heap.after], [bytes[from], bytes[to]], `${from} to ${to}`);
      assert.equal(sum(lines, 'growth'), bytes[to] - bytes[from]);
      assert.equal(sum(lines, 'allocated') - sum(lines, 'freed'), bytes[to] - bytes[from]);
    }
  }
});

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
function fatesAt(lines, mark) {
  const row = lines.rows.find(({ source, line }) => source.path === fixturePath('snapshots.lua') && line === lineOf('snapshots.lua', mark));
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
    numbers.push((await client.request('luaheat/windows')).stops.at(-1).id);
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

scene('until now, while it runs on and after the end', async (start, { client }) => {
  const { program, stop } = await atTheEnd(start, client);
  await program.continueToEnd();
  const lines = await program.lines({ since: stop.second });
  assert.equal(sum(lines, 'growth'), lines.heap.after - lines.heap.before);
  assert.equal(lines.heap.after, lines.heap.live);
  assert.equal(tables(lines).growth, -100 * TABLE_OF_2 - 128 * 16);
});

scene('what is asked badly, and stops that are not known', async (start, { client }) => {
  const { program, stop } = await atTheEnd(start, client);
  const refused = async (args) => (await client.refusal('luaheat/lines', args)).error.id;
  for (const args of [{ since: 0 }, { since: 'x' }, { until: -1 }, { since: stop.third, until: stop.second }]) {
    assert.equal(await refused(args), 1004, JSON.stringify(args));
  }
  for (const args of [{ since: 4711 }, { until: 4711 }, { since: stop.end, until: 4711 }]) {
    assert.equal(await refused(args), 1007, JSON.stringify(args));
  }
});

scene('the last 64 stops are kept', async (start, { client }) => {
  const program = await start('memory.lua', { stopAt: ['tables'] });
  await program.stopsAt('tables');
  for (let stops = 2; stops <= 70; stops++) {
    await program.continue();
    await client.event('stopped');
  }
  const { stops } = await client.request('luaheat/windows');
  assert.deepEqual(stops.map(({ id }) => id), Array.from({ length: 64 }, (_, i) => stops.at(-1).id - 63 + i));
  assert.equal((await client.refusal('luaheat/lines', { since: stops[0].id - 1 })).error.id, 1007);
  const each = tables(await program.lines({ since: stops[0].id, until: stops[63].id }));
  assert.equal(each.kinds.table[0], 63, 'one table from each stop to the next');
});

scene('after a restart those of the old program are forgotten', async (start, { client }) => {
  const { stop } = await atTheEnd(start, client);
  await client.request('restart');
  await client.event('stopped');
  const { stops } = await client.request('luaheat/windows');
  assert.equal(stops.length, 1);
  assert.ok(stops[0].id > stop.end, 'numbers go on');
  assert.equal((await client.refusal('luaheat/lines', { since: stop.end })).error.id, 1007);
});

scene('with memory off there are none', async (start, { client }) => {
  const program = await start('memory.lua', { stopAt: ['first'], memory: 'off' });
  await program.stopsAt('first');
  assert.equal((await client.refusal('luaheat/windows')).error.id, 3001);
});

// SPDX-License-Identifier: MIT
// luaheat/lines and the scope Memory.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scene, sourceName } from './session.mjs';

const TABLE_OF_2 = 56 + 2 * 16;

const stops = ['first', 'second', 'third', 'collected', 'string', 'end'];

/** Runs memory.lua from stop to stop as far as the mark. */
async function at(start, mark, options) {
  const program = await start('memory.lua', { stopAt: stops, ...options });
  for (const next of stops) {
    await program.stopsAt(next);
    if (next === mark) return program;
    await program.continue();
  }
}

scene('the body has the promised shape', async (start, { client }) => {
  const program = await at(start, 'second');
  const body = await client.request('luaheat/lines');
  assert.deepEqual(body.columns.slice(0, 7),
    ['line', 'allocations', 'allocated', 'freed', 'live', 'growth', 'atPeak']);
  assert.ok(body.heap.live > 0 && body.heap.peak >= body.heap.live);
  const names = body.sources.map(({ source }) => sourceName(source));
  assert.ok(names.includes('memory.lua') && names.includes('(startup)'), names.join());
  const file = body.sources.find(({ source }) => source.name === 'memory.lua');
  assert.equal(file.source.path, fixturePath('memory.lua'));
  const startup = body.sources.find(({ source }) => source.name === '(startup)');
  assert.equal(startup.source.path, undefined);
  assert.deepEqual(startup.rows.map((row) => row[0]), [0]);
  const rows = body.sources.reduce((count, { rows: own }) => count + own.length, 0);
  assert.equal(body.total, rows);
  assert.equal(new Set(names).size, names.length, 'each source once');
});

scene('figures are exact, and growth counts from the stop before', async (start) => {
  const program = await at(start, 'second');
  const tables = await program.lineAt('tables');
  assert.equal(tables.growth, 100 * TABLE_OF_2 + 128 * 16, 'tables, and the array that holds them');
  assert.equal(tables.live, tables.growth);
  assert.equal(tables.allocations, 200 + 8);
  await program.continueTo('third');
  const more = await program.lineAt('tables');
  assert.equal(more.growth, 50 * TABLE_OF_2 + (256 - 128) * 16);
  assert.equal(more.live, 150 * TABLE_OF_2 + 256 * 16);
  await program.continueTo('collected');
  const less = await program.lineAt('tables');
  assert.equal(less.live, 0);
  assert.equal(less.freed, less.allocated);
  assert.equal(less.growth, -more.live, 'what is freed shrinks');
  await program.continueTo('string');
  assert.equal((await program.lineAt('tables')).growth, 0, 'and nothing since');
});

scene('growth adds up to the change of the heap', async (start) => {
  const program = await at(start, 'first');
  const before = (await program.lines()).heap.live;
  await program.continueTo('second');
  const { heap, rows } = await program.lines();
  assert.equal(rows.reduce((sum, row) => sum + row.growth, 0), heap.live - before);
});

scene('objects add up to those of the heap by kind', async (start, { client }) => {
  const program = await at(start, 'second');
  const { rows } = await program.lines();
  const { kinds } = await client.request('luaheat/lines');
  const counts = Object.entries(kinds).filter(([kind]) => kind !== 'buffer').map(([, { objects }]) => objects);
  assert.equal(rows.reduce((sum, row) => sum + row.objects, 0), counts.reduce((sum, count) => sum + count));
  assert.ok(rows.some((row) => row.objects > 0));
});

scene('at peak', async (start) => {
  const program = await at(start, 'collected');
  const { heap, rows } = await program.lines();
  assert.equal(rows.reduce((sum, row) => sum + row.atPeak, 0), heap.peak);
  const tables = await program.lineAt('tables');
  assert.equal(tables.atPeak, 150 * TABLE_OF_2 + 256 * 16);
  assert.ok(heap.peak > heap.live);
});

scene('one source, and one that is not known', async (start, { client }) => {
  const program = await at(start, 'second');
  const { rows } = await program.lines({ source: { path: fixturePath('memory.lua') } });
  assert.ok(rows.length > 0);
  assert.ok(rows.every((row) => row.source.path === fixturePath('memory.lua')));
  const none = await client.request('luaheat/lines', { source: { path: '/no/such.lua' } });
  assert.deepEqual([none.sources, none.total], [[], 0]);
});

scene('sorted', async (start) => {
  const program = await at(start, 'second');
  const source = { path: fixturePath('memory.lua') };
  for (const sort of ['growth', 'allocated', 'freed', 'live', 'allocations']) {
    const values = (await program.lines({ source, sort })).rows.map((row) => row[sort]);
    assert.deepEqual(values, [...values].sort((a, b) => b - a), sort);
  }
  const lines = (await program.lines({ source, sort: 'line' })).rows.map((row) => row.line);
  assert.deepEqual(lines, [...lines].sort((a, b) => a - b));
});

scene('limit and offset cut pages out of the whole', async (start) => {
  const program = await at(start, 'second');
  const args = { source: { path: fixturePath('memory.lua') }, sort: 'allocated' };
  const whole = await program.lines(args);
  const pages = [];
  for (let offset = 0; offset < whole.total; offset += 2) {
    const page = await program.lines({ ...args, limit: 2, offset });
    assert.equal(page.total, whole.total, 'total counts what a page leaves out too');
    assert.ok(page.rows.length <= 2);
    pages.push(...page.rows);
  }
  assert.deepEqual(pages, whole.rows);
  assert.deepEqual((await program.lines({ ...args, offset: 1000 })).rows, []);
  assert.equal((await program.lines({ limit: 1 })).rows.length, 1);
});

scene('wrong arguments are refused', async (start, { client }) => {
  const program = await at(start, 'second');
  const wrong = [
    { sort: 'colour' }, { limit: -1 }, { offset: 'two' }, { limit: 1.5 }, { source: 5 }, { source: {} },
  ];
  for (const args of wrong) {
    await client.refusal('luaheat/lines', args);
  }
  await program.lines();
});

scene('while the program runs, and after its end', async (start, { client }) => {
  const program = await start('busy.lua');
  await program.prints(/busy/);
  for (let i = 0; i < 20; i++) {
    const { heap, rows } = await program.lines();
    assert.ok(heap.live > 0 && rows.length > 0);
  }
  await program.pause();
  await program.stops('pause');
  await program.continue();
  while ((await program.lines()).heap.collector !== undefined); // of the stop; then it runs again
  process.kill(program.pid, 'SIGKILL');
  await client.event('terminated');
  const { heap, rows } = await program.lines();
  assert.equal(rows.reduce((sum, row) => sum + row.live, 0), heap.live);
});

scene('a stop in a finalizer, where Lua does not tell its own count', async (start, { client }) => {
  const program = await start('finalizer.lua', { stopAt: ['finalizer'], errors: ['caught'] });
  assert.equal((await client.event('stopped')).reason, 'exception');
  const { heap, rows } = await program.lines();
  assert.equal(rows.reduce((sum, row) => sum + row.live, 0), heap.live);
  assert.equal(heap.collector ?? heap.live, heap.live, 'it is left out (before Lua 5.4.4 it is told)');
  await client.request('continue', { threadId: 1 });
  await program.ends();
});

scene('a stop in a callback, while a C function holds a buffer that Lua does not count', async (start) => {
  const program = await start('buffer.lua', { stopAt: ['callback', 'built'] });
  const filled = 2 * 7999;
  program.uncounted = { from: filled, to: 2 * filled + 1024 };
  await program.stopsAt('callback');
  program.uncounted = { from: 0, to: 0 };
  await program.continueTo('built');
  await program.continueToEnd();
});

scene('after the end by itself, figures are those of the end', async (start) => {
  const program = await start('loops.lua');
  await program.ends();
  const array = await program.lineAt('array');
  assert.equal(array.live, 1000 * (56 + 8 * 16));
  assert.equal(array.allocated, array.live);
});

scene('the scope Memory shows heap, change and the hottest lines', async (start) => {
  const program = await at(start, 'second');
  const scopes = await program.scopes();
  const memory = scopes.find((scope) => scope.name === 'Memory');
  assert.ok(memory, scopes.map((scope) => scope.name).join());
  const variables = await program.children(memory);
  const text = variables.map((variable) => `${variable.name}: ${variable.value}`).join('\n');
  const inside = [];
  for (const variable of variables) {
    if (variable.variablesReference > 0) inside.push(...await program.children(variable));
  }
  const all = `${text}\n${inside.map((variable) => `${variable.name}: ${variable.value}`).join('\n')}`;
  assert.match(all, /heap/i);
  assert.match(all, new RegExp(`memory\\.lua:${lineOf('memory.lua', 'tables')}`));
});

scene('of many lines that grow it shows the ten that do most', async (start) => {
  const program = await start('inspect.lua', { stopAt: ['here'] });
  await program.stopsAt('here');
  const { rows } = await program.lines();
  const growing = rows.filter(({ growth }) => growth > 0).map(({ growth }) => growth).sort((a, b) => b - a);
  assert.ok(growing.length > 11, `${growing.length} lines`);
  const shown = (await program.scope('Memory')).filter(({ variablesReference }) => variablesReference > 0);
  assert.deepEqual(shown.map(({ value }) => Number(/^\+([\d,]+) B/.exec(value)[1].replaceAll(',', ''))), growing.slice(0, 10));
});

/** The value of a size or a change, as the scope Memory writes those below a million: "6,448 B". */
const written = (bytes) => new RegExp(`(^|[^\\d,])\\+?${bytes.toLocaleString('en')} B`);

scene('the scope Memory tells growth since the last stop, of the heap and of each line', async (start, { client }) => {
  const program = await at(start, 'second');
  const before = (await client.request('luaheat/lines', { limit: 1 })).heap.live;
  await program.continueTo('third');
  const { heap: { live } } = await client.request('luaheat/lines', { limit: 1 });
  const variables = await program.scope('Memory');
  const byName = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
  assert.match(byName.heap, written(live));
  assert.match(byName['growth since the last stop'], written(live - before));
  const growth = 50 * TABLE_OF_2 + (256 - 128) * 16;
  assert.match(byName[`memory.lua:${lineOf('memory.lua', 'tables')}`], written(growth));
  const line = variables.find(({ name }) => name === `memory.lua:${lineOf('memory.lua', 'tables')}`);
  const figures = Object.fromEntries((await program.children(line)).map(({ name, value }) => [name, value]));
  assert.match(figures.growth, written(growth));
  assert.match(figures.live, written(150 * TABLE_OF_2 + 256 * 16));
});

scene('the scope tells what has happened since earlier stops', async (start, { client }) => {
  const program = await start('commands.lua', { stopAt: ['look'] });
  const heaps = [];
  for (let stop = 1; stop <= 3; stop++) {
    await (stop === 1 ? program.stopsAt('look') : program.continueTo('look'));
    heaps.push((await program.lines()).heap.live);
  }
  const since = (await program.scope('Memory')).find(({ name }) => name === 'since earlier stops');
  assert.equal(since.value, '2');
  const moments = await program.children(since);
  const change = (from) => `${heaps[2] > from ? '+' : ''}${(heaps[2] - from).toLocaleString('en-US')} B`;
  assert.deepEqual(moments.map(({ name, value }) => [name, value]), [['since stop 2', change(heaps[1])], ['since stop 1', change(heaps[0])]]);
  const grown = async (moment) => (await program.children(moment)).find(({ name }) => name.endsWith(`:${lineOf('commands.lua', 'object')}`));
  for (const [moment, objects] of [[moments[0], 50], [moments[1], 150]]) {
    const line = await grown(moment);
    assert.equal(line.value, `+${(objects * (56 + 16)).toLocaleString('en-US')} B in ${2 * objects} allocations`);
    assert.match((await program.children(line)).find(({ name }) => name === 'live').value, /^10,800 B$/);
  }
  await client.request('luaheat/snapshot', { name: 'here' });
  assert.deepEqual((await program.children(since)).map(({ name }) => name), ['since stop 3', 'since stop 2', 'since stop 1']);
  await program.continue();
  await program.ends();
});

scene('the scope tells who holds what a line has allocated', async (start) => {
  const program = await start('commands.lua', { stopAt: ['look'] });
  await program.stopsAt('look');
  await program.continueTo('look');
  const line = (await program.scope('Memory')).find(({ name }) => name === `commands.lua:${lineOf('commands.lua', 'object')}`);
  const held = (await program.children(line)).find(({ name }) => name === 'held by');
  const [shape] = await program.children(held);
  assert.match(shape.name, /kept.*\[\*\]$/);
  assert.equal(shape.value, '7,200 B in 100 objects, retains 7,200 B');
  await program.evaluate('(function() local n = #kept for i = 1, 10 do kept[n - i + 1] = nil end end)()');
  const again = await program.children(held);
  assert.match(again[0].value, /^6,480 B in 90 objects/);
  assert.deepEqual(again.filter(({ name }) => name === '(not reached)').map(({ value }) => value), ['720 B']);
});

scene('the scope tells what measurements have found', async (start) => {
  const lap = { name: 'request', from: `${fixturePath('leaks.lua')}:${lineOf('leaks.lua', 'request')}` };
  const program = await start('leaks.lua', { args: ['200'], stopAt: ['finished'], measurements: [lap] });
  await program.stopsAt('finished');
  const list = (await program.scope('Memory')).find(({ name }) => name === 'measurements');
  const [request] = await program.children(list);
  assert.equal(request.name, 'request');
  assert.match(request.value, /^3 causes keep \d+ KB in 199 requests/);
  const found = await program.children(request);
  assert.equal(found[0].value, '199');
  for (const mark of ['cache_leak', 'closure_leak', 'coroutine_leak']) {
    const suspect = found.find(({ name }) => name === `leaks.lua:${lineOf('leaks.lua', mark)}`);
    assert.match(suspect.value, /^suspected leak, (certain|likely): \+[\d,]+ B kept, \+[\d,]+ B a window, held by local \w+ \(main chunk, leaks\.lua\)$/, mark);
  }
});

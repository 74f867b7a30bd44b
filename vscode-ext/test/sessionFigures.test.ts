// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { metricOf, METRICS, offeredMetrics } from '../src/pure/metrics.ts';
import { SessionFigures } from '../src/pure/sessionFigures.ts';
import type { LineFigures } from '../src/pure/sessionFigures.ts';
import { HeapHistory } from '../src/pure/timeline.ts';
import { reading } from './readings.ts';

const FILE = '/a/main.lua';

function lineOf(session: SessionFigures, line: number): LineFigures {
  const source = [...session.sources].find(({ path }) => path === FILE);
  const found = source?.lines.get(line);
  assert.ok(found);
  return found;
}

/** A session at its first stop, with 1,000 bytes by line 3. */
function atFirstStop(): SessionFigures {
  const session = new SessionFigures();
  session.stopped('breakpoint');
  session.read(reading(1500, { [FILE]: [[3, 10, 1000, 0, 1000]], '(startup)': [[0, 5, 500, 0, 500]] }), 100);
  return session;
}

test('at the first stop everything is since the start', () => {
  const session = atFirstStop();
  assert.equal(session.heapChange, 1500);
  assert.equal(session.stops.length, 1);
  assert.equal(session.stops[0]?.change, 1500);
  const line = lineOf(session, 3);
  const growth = metricOf('growth', session);
  assert.equal(growth.bytes(line), 1000);
  assert.equal(growth.allocations(line), 10);
  assert.equal(session.growsFromStart, true);
});

test('after going on, figures count from the stop, and old ones stay until new ones come', () => {
  const session = atFirstStop();
  session.resumed();
  assert.equal(lineOf(session, 3).now.growth, 1000, 'no flicker');
  session.stopped('step');
  session.read({ ...reading(1700, { [FILE]: [[3, 12, 1300, 100, 200]] }), since: 1 }, 200);
  assert.equal(session.growsFromStart, false);
  const line = lineOf(session, 3);
  assert.equal(line.now.allocations - line.before.allocations, 2);
  assert.equal(line.now.freed - line.before.freed, 100);
  assert.equal(session.stops[1]?.change, 200);
  assert.equal(session.heapChange, 200);
});

test('a line of which nothing is told has not grown since the program went on, and is else as it was', () => {
  const session = atFirstStop();
  const { now } = lineOf(session, 3);
  session.resumed();
  session.stopped('step');
  session.read({ ...reading(1500, {}), since: 1 }, 200);
  assert.deepEqual(lineOf(session, 3), { line: 3, now: { ...now, growth: 0 }, before: now });
  session.resumed();
  session.read({ ...reading(1900, { [FILE]: [[3, 11, 1400, 0, 400]] }), since: 2 }, 300);
  session.read({ ...reading(1900, {}), since: 2 }, 400);
  assert.equal(lineOf(session, 3).now.growth, 400, 'it is told once');
});

test('what is retained of a line starts from nothing as its growth does', () => {
  const session = new SessionFigures();
  const { sources: [source], ...more } = reading(100, { [FILE]: [[3, 1, 100, 0, 100]] });
  const rows = (source?.rows ?? []).map(({ line, figures }) => ({ line, figures: { ...figures, retained: 100 } }));
  assert.ok(source);
  session.read({ ...more, sources: [{ ...source, rows }] }, 0);
  session.read({ ...reading(100, {}), since: 1 }, 100);
  assert.equal(lineOf(session, 3).now.retained, 0);
  assert.equal(lineOf(session, 3).before.retained, 100);
});

test('lines with the same figures come together', () => {
  const session = new SessionFigures();
  session.read(reading(3000, { [FILE]: [[[3, 5, 9], 10, 1000, 0, 1000]] }), 100);
  for (const line of [3, 5, 9]) assert.deepEqual([lineOf(session, line).line, lineOf(session, line).now.growth], [line, 1000]);
});

test('while the program runs the change is since the last stop', () => {
  const session = atFirstStop();
  session.resumed();
  session.read({ ...reading(1500, {}), since: 1 }, 150);
  assert.equal(session.heapChange, 0);
  session.read({ ...reading(1400, { [FILE]: [[3, 10, 1000, 100, -100]] }), since: 1 }, 160);
  assert.equal(session.heapChange, -100);
  assert.equal(session.stops.length, 1);
});

test('a stop is where the innermost Lua code is; the end is nowhere', () => {
  const session = atFirstStop();
  session.located({ name: 'main.lua', path: FILE, line: 3 });
  session.located({ name: 'other.lua', path: '/b/other.lua', line: 1 }); // another frame was asked for
  assert.equal(session.stops[0]?.place?.line, 3);
  session.resumed();
  session.read(reading(900, { [FILE]: [[3, 10, 1000, 600, -600]] }), 300);
  session.ended(1, 301);
  assert.deepEqual(session.stops.at(-1), {
    number: 2, id: undefined, reason: 'exited', exitCode: 1, heap: { live: 900, growth: -600, peak: 900 }, change: -600, place: undefined,
  });
});

test('how a program ended that its user has asked to end', () => {
  const end = (exitCode: number): unknown => {
    const session = atFirstStop();
    session.terminating();
    session.ended(exitCode, 301);
    session.located({ name: 'main.lua', path: FILE, line: 3 });
    const { reason, exitCode: shown, place } = session.stops.at(-1) ?? {};
    return [reason, shown, place];
  };
  assert.deepEqual([143, 137].map(end), [['exited', undefined, undefined], ['exited', undefined, undefined]], 'as it was asked');
  assert.deepEqual([3, 139].map(end), [['exited', 3, undefined], ['exited', 139, undefined]], 'in its own way');
});

test('a session that leaves its program ends with it still there', () => {
  const session = atFirstStop();
  session.left(301);
  session.located({ name: 'main.lua', path: FILE, line: 3 });
  const { reason, exitCode, place } = session.stops.at(-1) ?? {};
  assert.deepEqual([reason, exitCode, place], ['left', undefined, undefined]);
});

test('a stop has a number of its own, and that by which the adapter knows it', () => {
  const session = new SessionFigures();
  session.stopped('breakpoint');
  session.read({ ...reading(100, {}), stop: 7 }, 1);
  assert.deepEqual(session.stops.map(({ number, id }) => [number, id]), [[1, 7]]);
});

test('a stop is as it was when the program went on: one interval has one figure', () => {
  const session = new SessionFigures();
  session.stopped('breakpoint');
  session.read({ ...reading(1500, { [FILE]: [[3, 10, 1500, 0, 1500]] }), stop: 1 }, 100);
  session.located({ name: 'main.lua', path: FILE, line: 3 });
  session.read({ ...reading(900, { [FILE]: [[3, 10, 1500, 600, 900]] }), stop: 1 }, 200); // garbage is collected
  const growths = (): readonly number[] => [lineOf(session, 3).now.growth, session.heapChange, session.stops.at(-1)?.change ?? 0];
  assert.deepEqual(growths(), [900, 900, 900]);
  assert.deepEqual(session.stops.map(({ heap, place }) => [heap.live, place?.line]), [[900, 3]]);
  assert.deepEqual(session.history.marks, [{ time: 200, live: 900, stop: 1 }]);
  assert.deepEqual(session.history.samples.map(({ live }) => live), [1500, 900], 'how it went stays');

  session.resumed();
  session.stopped('breakpoint');
  session.read({ ...reading(1000, { [FILE]: [[3, 11, 1600, 600, 100]] }), stop: 2, since: 1 }, 300);
  assert.deepEqual(growths(), [100, 100, 100], 'counted from there');
  session.read({ ...reading(950, { [FILE]: [[3, 11, 1600, 650, 50]] }), stop: 2, since: 1 }, 400);
  assert.deepEqual(growths(), [50, 50, 50]);
  session.ended(143, 500);
  assert.equal(session.stops.at(-1)?.change, 0, 'it has not run since');
});

test('a session without memory shows nothing, whatever happens', () => {
  const session = new SessionFigures();
  session.stopped('breakpoint');
  session.ended(0, 10);
  assert.equal(session.heap, undefined);
  assert.deepEqual(session.stops, []);
});

test('cleared figures are gone; later ones are shown', () => {
  const session = atFirstStop();
  session.clear();
  assert.equal(session.heap, undefined);
  assert.deepEqual([...session.sources], []);
  session.read(reading(10, { [FILE]: [[1, 1, 10, 0, 10]] }), 400);
  assert.equal(lineOf(session, 1).now.live, 10);
});

test('retained is offered only by an adapter that reports it', () => {
  assert.deepEqual(offeredMetrics(atFirstStop()).map(({ id }) => id), ['growth', 'growthSinceStart', 'allocated', 'atPeak']);
  assert.equal(metricOf('retained', atFirstStop()).id, 'growth');
  const knows = new SessionFigures();
  const read = reading(10, {});
  knows.read({ ...read, columns: [...read.columns, 'retained'] }, 0);
  assert.equal(metricOf('retained', knows).id, 'retained');
  assert.equal(METRICS.length, 5);
});

test('the history keeps its shape in its room', () => {
  const history = new HeapHistory(100);
  for (let time = 0; time < 10_000; time++) history.add({ time, live: time, kinds: new Map() });
  assert.ok(history.samples.length <= 100);
  assert.equal(history.samples[0]?.time, 0);
  assert.equal(history.samples.at(-1)?.time, 9999);
});

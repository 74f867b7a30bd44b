// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { SessionFigures } from '../src/pure/sessionFigures.ts';
import { drawnSeries, HeapHistory, moveBy, nearestMark, rangeAskedFor, timelineData, wholeRange, zoomBy, zoomOf } from '../src/pure/timeline.ts';
import type { TimelineData, TimelineShown } from '../src/pure/timeline.ts';
import { reading } from './readings.ts';

const FILE = '/a/main.lua';
const words = { heap: 'Heap', time: 'Time', stop: 'Stop', stops: 'Stops', line: 'Line', noLine: 'None', zoomIn: 'In', zoomOut: 'Out', zoomAll: 'All', empty: 'Nothing' };
const shown: TimelineShown = { line: undefined, units: 'decimal', words, kind: (kind) => `${kind}s` };

function told(session: SessionFigures, line?: string): TimelineData {
  return timelineData(session.history, session.stops.map(({ place }) => place), { ...shown, line });
}

/** Three readings, the second at a stop; line 3 has changed in the first and the last. */
function session(): SessionFigures {
  const figures = new SessionFigures();
  const kinds = (table: number, string: number, thread: number): ReadonlyMap<string, number> => new Map(Object.entries({ table, string, thread }));
  figures.read({ ...reading(1000, { [FILE]: [[[3, 5], 1, 300, 0, 300]] }), kinds: kinds(500, 400, 9) }, 1000);
  figures.stopped('breakpoint');
  figures.read({ ...reading(2000, { [FILE]: [[5, 1, 900, 0, 900]] }), kinds: kinds(600, 1400, 9) }, 2000);
  figures.located({ name: 'main.lua', path: FILE, line: 7 });
  figures.read({ ...reading(1500, { [FILE]: [[3, 2, 800, 600, 200]], '(startup)': [[0, 1, 5000, 0, 5000]] }), kinds: kinds(700, 800, 9) }, 3000);
  return figures;
}

test('the heap, the line that holds most, and the kinds that are worth drawing, over the same times', () => {
  const { times, series, marks } = told(session());
  assert.deepEqual(times, [1, 2, 3]);
  assert.deepEqual(series.map(({ id, label, values }) => [id, label, ...values]), [
    ['heap', 'Heap', 1000, 2000, 1500],
    ['line', 'main.lua:5', 300, 900, 900],
    ['string', 'strings', 400, 1400, 800],
    ['table', 'tables', 500, 600, 700],
  ]);
  assert.deepEqual(marks, [{ time: 2, live: 2000, stop: 1, place: { name: 'main.lua', path: FILE, line: 7 } }]);
});

test('another line is drawn if it is chosen, or none', () => {
  const { lines, line } = told(session());
  assert.deepEqual(lines.map(({ label }) => label), ['(startup)', 'main.lua:5', 'main.lua:3']);
  assert.equal(line, `${FILE}:5`);
  const other = told(session(), `${FILE}:3`);
  assert.deepEqual([other.line, ...(other.series[1]?.values ?? [])], [`${FILE}:3`, 300, 300, 200]);
  const startup = told(session(), lines[0]?.key);
  assert.deepEqual(startup.series[1]?.values, [0, 0, 5000], 'before it was told of it held nothing');
  assert.deepEqual(told(session(), '').series.map(({ id }) => id), ['heap', 'string', 'table']);
});

test('where a line was not kept nothing is drawn', () => {
  const history = new HeapHistory();
  for (const time of [1000, 2000, 3000]) history.add({ time, live: time, kinds: new Map() });
  history.lines.add({ name: 'main.lua', path: FILE, line: 3 }, { time: 2000, live: 20 }, false);
  history.lines.settle();
  assert.deepEqual(timelineData(history, [], shown).series[1]?.values, [null, 20, 20]);
});

test('a session that was cleared has nothing to draw', () => {
  const figures = session();
  figures.clear();
  const { times, series, lines } = told(figures);
  assert.deepEqual([times, series.map(({ id }) => id), lines], [[], ['heap'], []]);
});

const times = [0.25, 1, 2];

test('all is shown from the start on, with room after the end', () => {
  assert.deepEqual(wholeRange(times), { min: 0, max: 2.04 });
  assert.deepEqual(rangeAskedFor(times, 0.25, 2), wholeRange(times));
  assert.equal(zoomOf(times, wholeRange(times)), undefined);
  assert.deepEqual(wholeRange([]), { min: 0, max: 0.001 });
});

test('a part begins where it was chosen to', () => {
  assert.deepEqual(rangeAskedFor(times, 0.5, 1.5), { min: 0.5, max: 1.5 });
  assert.deepEqual(zoomOf(times, { min: 0.5, max: 1.5 }), { min: 0.5, max: 1.5 });
  assert.deepEqual(rangeAskedFor(times, 0, 2), { min: 0, max: 2 }, 'to the last sample exactly');
});

test('a chart that shows nothing yet is not zoomed', () => {
  assert.equal(zoomOf(times, {}), undefined);
});

test('nearer, farther and aside, within what there is', () => {
  const whole = { min: 0, max: 100 };
  assert.deepEqual(zoomBy(whole, whole, 0.5), { min: 25, max: 75 });
  assert.deepEqual(zoomBy(whole, whole, 0.5, 80), { min: 40, max: 90 }, 'what is pointed at stays');
  assert.deepEqual(zoomBy({ min: 40, max: 60 }, whole, 10), whole);
  assert.deepEqual(moveBy({ min: 40, max: 60 }, whole, 0.5), { min: 50, max: 70 });
  assert.deepEqual(moveBy({ min: 70, max: 90 }, whole, 1), { min: 80, max: 100 });
  assert.deepEqual(moveBy({ min: 10, max: 30 }, whole, -1), { min: 0, max: 20 });
});

test('a stop is met where one points near it', () => {
  const marks = [1, 2, 4].map((time, index) => ({ time, live: 0, stop: index + 1, place: undefined }));
  assert.equal(nearestMark(marks, 2.3, 0.5)?.stop, 2);
  assert.equal(nearestMark(marks, 3, 0.5), undefined);
  assert.equal(nearestMark([], 3, 9), undefined);
});

test('of the kinds the largest are drawn at first, and what the user wants', () => {
  const series = ['heap', 'line', 'table', 'string', 'buffer'].map((id) => ({ id, label: id, values: [] }));
  assert.deepEqual([...drawnSeries(series, [])], ['heap', 'line', 'table', 'string']);
  assert.deepEqual([...drawnSeries(series, ['heap', 'buffer'])], ['line', 'table', 'string', 'buffer']);
});

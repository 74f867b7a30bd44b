// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { deservesText, heatLevel, heatMap, hottestLines, hottestOfAll, levelShape, lineText, LEVELS, rulerMarks } from '../src/pure/heat.ts';
import { metricOf } from '../src/pure/metrics.ts';
import { SessionFigures } from '../src/pure/sessionFigures.ts';
import type { SourceFigures } from '../src/pure/sessionFigures.ts';
import { reading } from './readings.ts';

function session(): SessionFigures {
  const figures = new SessionFigures();
  const rows = {
    '/big.lua': [[1, 100, 100_000, 0, 100_000]],
    '/small.lua': [[4, 1000, 56_000, 0, 56_000], [5, 1, 56, 0, 56], [6, 3, 300, 800, -500]],
    '(startup)': [[0, 9, 900_000, 0, 900_000]],
  } as const;
  figures.read(reading(1_000_000, rows), 0);
  return figures;
}

function sourceOf(figures: SessionFigures, name: string): SourceFigures {
  const found = [...figures.sources].find((source) => source.name === name);
  assert.ok(found);
  return found;
}

test('levels are logarithmic and end at the hottest', () => {
  const levels = [0, -5, 1, 390, 391, 1562, 1563, 6250, 6251, 25_000, 25_001, 100_000].map((bytes) => heatLevel(bytes, 100_000));
  assert.deepEqual(levels, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
});

test('few bytes are not hot, though no line has more', () => {
  const levels = [25, 256, 257, 1024, 1025, 4096, 4097, 16_384, 16_385].map((bytes) => heatLevel(bytes, bytes));
  assert.deepEqual(levels, [1, 1, 2, 2, 3, 3, 4, 4, 5]);
});

test('the shape alone tells the level', () => {
  const shapes = Array.from({ length: LEVELS + 1 }, (_, level) => levelShape(level));
  assert.equal(new Set(shapes).size, LEVELS + 1);
  assert.ok(shapes.every((shape) => shape.length === 1), 'one column');
});

test('a line among the hottest has text, however few its bytes are', () => {
  const figures = new SessionFigures();
  figures.read(reading(1000, { '/small.lua': [[1, 1, 200, 0, 200], [2, 1, 25, 0, 25], [3, 1, 12, 0, 12]] }), 0);
  const map = heatMap(sourceOf(figures, 'small.lua'), figures, { metric: metricOf('growth', figures), relativeTo: 'program', threshold: 1 });
  assert.deepEqual([...map.values()].map(({ level, rank }) => [level, rank]), [[1, 5], [1, 4], [1, 3]]);
  assert.deepEqual([...map.values()].map((line) => deservesText(line, 4)), [true, true, false]);
});

test('heat is relative to the file or to the program, pseudo-lines apart', () => {
  const figures = session();
  const metric = metricOf('growth', figures);
  const small = sourceOf(figures, 'small.lua');
  const inProgram = heatMap(small, figures, { metric, relativeTo: 'program', threshold: 1 });
  const inFile = heatMap(small, figures, { metric, relativeTo: 'file', threshold: 1 });
  assert.deepEqual([...inProgram.values()].map(({ level }) => level), [5, 1, 0]);
  assert.deepEqual([...inFile.values()].map(({ level }) => level), [5, 1, 0]);
  const above = heatMap(small, figures, { metric, relativeTo: 'file', threshold: 100 });
  assert.deepEqual([...above.keys()], [4, 6]);
});

/** Of a session that has gone on from stop to stop, what each changed. */
function stepped(...growths: readonly (readonly (readonly [line: number, growth: number])[])[]): SessionFigures {
  const figures = new SessionFigures();
  const live = new Map<number, number>();
  growths.forEach((grown, stop) => {
    const rows = grown.map(([line, growth]) => {
      live.set(line, (live.get(line) ?? 0) + growth);
      return [line, stop + 1, live.get(line) ?? 0, 0, growth] as const;
    });
    figures.resumed();
    figures.stopped('step');
    figures.read({ ...reading(1000, { '/steps.lua': rows }), since: stop === 0 ? undefined : stop }, stop);
  });
  return figures;
}

test('after steps in which nothing grew the heat of the last interval that had any is kept, until there is new', () => {
  const shown = (figures: SessionFigures, id = 'growth'): unknown[] => {
    const map = heatMap(sourceOf(figures, 'steps.lua'), figures, { metric: metricOf(id, figures), relativeTo: 'program', threshold: 1 });
    return [...map.values()].map(({ line, bytes, level, isEarlier }) => [line, bytes, level, isEarlier]);
  };
  const kept = [[3, 100_000, 5, true], [4, 25, 1, true]];
  assert.deepEqual(shown(stepped([[3, 100_000], [4, 25]])), [[3, 100_000, 5, false], [4, 25, 1, false]]);
  assert.deepEqual(shown(stepped([[3, 100_000], [4, 25]], [])), kept);
  assert.deepEqual(shown(stepped([[3, 100_000], [4, 25]], [], [])), kept);
  assert.deepEqual(shown(stepped([[3, 100_000], [4, 25]], [], [[9, 56]])), [[9, 56, 1, false]]);
  assert.deepEqual(shown(stepped([[3, 100_000], [4, 25]], [], [[9, 56]], [])), [[9, 56, 1, true]]);
  assert.deepEqual(shown(stepped([[3, 100_000], [4, 25]], [[4, -25]])), [[4, -25, 0, false], [3, 100_000, 5, true]], 'what was freed is news');
  assert.deepEqual(shown(stepped([[3, 100_000]], []), 'growthSinceStart'), [[3, 100_000, 5, false]]);
});

test('the text of a line', () => {
  const figures = session();
  const metric = metricOf('growth', figures);
  const map = heatMap(sourceOf(figures, 'small.lua'), figures, { metric, relativeTo: 'file', threshold: 1 });
  const [hot, cool, shrunk] = [...map.values()];
  assert.ok(hot && cool && shrunk);
  assert.equal(lineText(hot, metric, 'decimal'), '+56.0 KB · 1,000x');
  assert.equal(lineText(shrunk, metric, 'decimal'), '-500 B · 3x');
  assert.deepEqual([hot, cool, shrunk].map((line) => deservesText(line, 2)), [true, false, true]);
  assert.deepEqual([hot, cool, shrunk].map((line) => deservesText(line, 5)), [true, false, false]);
});

test('the hottest lines by source, pseudo-lines last', () => {
  const figures = session();
  const groups = hottestLines(figures, metricOf('growth', figures), 1);
  assert.deepEqual(groups.map(({ source, lines }) => [source.name, lines.length]), [['big.lua', 1], ['small.lua', 2], ['(startup)', 1]]);
  const few = hottestLines(figures, metricOf('growth', figures), 1, 2);
  assert.deepEqual(few.map(({ source }) => source.name), ['big.lua', '(startup)']);
});

test('ruler marks join neighbours, and are few however many lines are hot', () => {
  const lines = new Map([[1, { level: 2 }], [2, { level: 2 }], [3, { level: 5 }], [9, { level: 0 }]]);
  assert.deepEqual(rulerMarks(lines, 10), [{ from: 1, to: 2, level: 2 }, { from: 3, to: 3, level: 5 }]);
  const many = new Map(Array.from({ length: 5000 }, (_, index) => [index + 1, { level: 1 + (index % 5) }]));
  const marks = rulerMarks(many, 5000);
  assert.ok(marks.length <= 400);
  assert.ok(marks.every(({ level }) => level === 5), 'a band is as hot as its hottest line');
  assert.equal(marks.at(-1)?.to, 5000);
});

test('a line that the file does not have gets no mark', () => {
  const lines = new Map([[2, { level: 2 }], [11, { level: 5 }], [2_147_483_500, { level: 5 }]]);
  assert.deepEqual(rulerMarks(lines, 10), [{ from: 2, to: 2, level: 2 }]);
});

test('the hottest of all: lines of any source, and no pseudo-lines', () => {
  const session = new SessionFigures();
  session.read(reading(9000, { '/a.lua': [[3, 1, 100, 0, 100], [7, 1, 300, 0, 300]], '/b.lua': [[1, 1, 200, 0, 200]], '(startup)': [[0, 9, 8000, 0, 8000]] }), 0);
  const all = hottestOfAll(session, metricOf('growth', session), 1, 2);
  assert.deepEqual(all.map(({ source, figures, bytes }) => [source.name, figures.line, bytes]), [['a.lua', 7, 300], ['b.lua', 1, 200]]);
});

// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readComparison } from '../src/pure/comparison.ts';
import { readMeasurements } from '../src/pure/measurements.ts';
import { METRICS } from '../src/pure/metrics.ts';
import { comparisonTable } from '../src/pure/page/comparison.ts';
import { linesTable } from '../src/pure/page/lines.ts';
import { measurementsTable } from '../src/pure/page/measurements.ts';
import { readMessage } from '../src/pure/page/page.ts';
import { retainersTable, shapeOf } from '../src/pure/page/retainers.ts';
import type { Row, Table } from '../src/pure/page/table.ts';
import { SessionFigures } from '../src/pure/sessionFigures.ts';
import { seenRows } from '../src/webview/rows.ts';
import { reading } from './readings.ts';

/** Words that say which they are. */
function words(own: Readonly<Record<string, (value: number) => string>> = {}): never {
  return new Proxy(own, { get: (_, name) => own[String(name)] ?? String(name) }) as never;
}

const lineNow = ({ line }: { readonly line: number }): { line: number; text: string } => ({ line, text: `text ${line}` });
const [GROWTH] = METRICS;
assert.ok(GROWTH);
const seen = { metric: GROWTH, threshold: 1, words: words(), lineNow, buttonsOf: () => [], isSuspect: () => false, choices: { command: '', all: [] } };

function names(table: Table, state: Partial<Parameters<typeof seenRows>[1]> = {}): string[] {
  return seenRows(table, { filter: '', toggled: [], ...state }).map(({ row, depth }) => `${'  '.repeat(depth)}${String(row.cells['name'])}`);
}

function session(): SessionFigures {
  const figures = new SessionFigures();
  figures.read(reading(1000, { '/a.lua': [[3, 2, 100, 0, 100], [7, 1, 300, 0, 300]], '/b.lua': [[1, 5, 200, 0, 200]], '(startup)': [[0, 9, 900, 0, 900]] }), 0);
  return figures;
}

test('lines: by file and flat, what is no line last', () => {
  const table = linesTable(session(), seen);
  assert.deepEqual(table.rows.map(({ cells, rows = [] }) => [cells['name'], cells['own'], rows.length]), [['a.lua', 400, 2], ['b.lua', 200, 1], ['(startup)', 900, 0]]);
  const [a] = table.rows;
  assert.deepEqual(a?.rows?.map(({ cells, level, act }) => [cells['name'], cells['own'], cells['allocations'], cells['text'], level, act?.given]), [
    ['a.lua:7', 300, 1, 'text 7', 2, ['/a.lua', 7]],
    ['a.lua:3', 100, 2, 'text 3', 1, ['/a.lua', 3]],
  ]);
  assert.deepEqual(names(table), ['a.lua', '  a.lua:7', '  a.lua:3', 'b.lua', '  b.lua:1', '(startup)']);
  assert.deepEqual(names(table, { isFlat: true }), ['a.lua:7', 'b.lua:1', 'a.lua:3', '(startup)']);
});

test('rows are closed and opened, filtered with what holds them, and sorted among those beside them', () => {
  const table = linesTable(session(), seen);
  assert.deepEqual(names(table, { toggled: ['/a.lua'] }), ['a.lua', 'b.lua', '  b.lua:1', '(startup)']);
  assert.deepEqual(names(table, { filter: 'TEXT 3' }), ['a.lua', '  a.lua:3']);
  assert.deepEqual(names(table, { filter: 'nowhere' }), []);
  assert.deepEqual(names(table, { sort: { column: 'own', descending: false } }), ['b.lua', '  b.lua:1', 'a.lua', '  a.lua:3', '  a.lua:7', '(startup)']);
  assert.deepEqual(names(table, { sort: { column: 'name', descending: true } }).filter((name) => !name.startsWith(' ')), ['b.lua', 'a.lua', '(startup)']);
});

const spread = (value: number): object => ({ last: value, min: value, median: value, max: value, trend: 0 });
const figures = (value: number): object => ({ growth: spread(value), allocated: spread(value + 5), freed: spread(5), retained: spread(value) });
const file = { name: 'a.lua', path: '/a.lua' };

test('measurements: causes with their lines, other lines, and windows that open', () => {
  const [frame] = readMeasurements({
    measurements: [{
      name: 'frame', windows: 2, open: 1, judged: 2, ...figures(80), summary: 'it leaks',
      recent: [{ window: 4, growth: 70, allocated: 75, freed: 5, retained: 70, heap: 900 }, { window: 5, growth: 90, allocated: 95, freed: 5, retained: 90, heap: 990 }],
      lines: [{ source: file, line: 7, ...figures(60), recent: [60, 60] }, { source: file, line: 9, ...figures(20), recent: [10, 0] }],
      suspects: [{ source: file, line: 7, confidence: 'certain', kept: 120, perWindow: 61, living: [60, 120] }],
      causes: [{ holder: 'list', confidence: 'certain', kept: 120, perWindow: 61, suspects: [0] }],
    }],
  });
  assert.ok(frame);
  const table = measurementsTable([frame], {
    words: words({ windowsOf: String, windowName: (number) => `window ${number}`, windowHeap: String, confidence: String }),
    lineNow, buttonsOf: () => [], canAct: true,
  });
  assert.equal(table.message, 'frame: it leaks');
  assert.deepEqual(names(table, { toggled: ['frame\ncause 0'] }).slice(0, 3), ['frame', '  list', '    a.lua:7']);
  assert.deepEqual(names(table), ['frame', '  list', '  otherLines', '  windows']);
  const [root] = table.rows;
  assert.deepEqual(root?.rows?.map(({ mark }) => mark), ['suspect', 'group', 'group']);
  const [cause, , windows] = root.rows;
  assert.deepEqual([cause?.cells['retained'], cause?.cells['course'], cause?.rows?.[0]?.cells['retained']], [61, [60, 120], 61]);
  assert.deepEqual(windows?.rows?.map(({ cells, rows }) => [cells['name'], cells['retained'], rows?.map((row) => [row.cells['name'], row.cells['growth']])]), [
    ['window 4', 70, [['a.lua:7', 60], ['a.lua:9', 10]]],
    ['window 5', 90, [['a.lua:7', 60]]],
  ]);
  const [kept] = seenRows(table, { filter: '', toggled: ['frame\nwindows'] }).filter(({ depth, row }) => depth === 2 && row.id.includes('window'));
  assert.equal(kept?.row.cells['name'], 'window 5', 'the one that keeps most comes first');
  assert.deepEqual(root.buttons?.map(({ command, given }) => [command, given]), [
    ['luaheat.lapMeasurement', [{ measurement: { name: 'frame' } }]], ['luaheat.clearMeasurement', [{ measurement: { name: 'frame' } }]],
  ]);
});

test('a compared line opens into its kinds', () => {
  const comparison = readComparison({
    heap: { live: 2, peak: 2, before: 1, after: 2 },
    columns: ['line', 'allocations', 'allocated', 'freed', 'live', 'growth', 'kinds', 'new', 'survived', 'gone'],
    sources: [{ source: file, rows: [[7, 3, 200, 50, 230, 150, { table: [1, 56, 50, 6, 56, 0, 50], string: [2, 144, 0, 144, 144, 30, 0] }, 200, 30, 50]] }],
  });
  const table = comparisonTable(comparison, { words: words(), message: '', choices: { command: '', all: [] }, lineNow, buttonsOf: () => [], kindName: (kind) => `${kind}s` });
  const line = table.rows[0]?.rows?.[0];
  const { growth, born, survived, gone, allocated, freed } = line?.cells ?? {};
  assert.deepEqual([growth, born, survived, gone, allocated, freed], [150, 200, 30, 50, 200, 50]);
  assert.deepEqual(line?.rows?.map(({ cells }) => [cells['name'], cells['growth'], cells['allocations'], cells['gone']]).sort(), [['strings', 144, 2, 0], ['tables', 6, 1, 50]]);
});

test('a shape opens later, a single path at once', () => {
  const step = { kind: 'field', text: '[1]', place: undefined };
  const shape = { count: 2, bytes: 112, paths: 2, text: 'list[*]', steps: [step] };
  const found = { shapes: [shape, { ...shape, paths: 1, text: 'other' }], paths: new Map(), holders: [] };
  const rows = (table: Table): readonly (readonly unknown[])[] => table.rows.map(({ id, opensLater, rows: below }: Row) => [shapeOf(id), opensLater, below?.length]);
  assert.deepEqual(rows(retainersTable(found, '', words(), () => '')), [[0, true, undefined], [1, undefined, 1]]);
  const opened = retainersTable({ ...found, paths: new Map([[0, [shape, shape]]]) }, '', words(), () => '');
  assert.deepEqual(rows(opened), [[0, undefined, 2], [1, undefined, 1]]);
  assert.equal(shapeOf('shape 0 1'), undefined);
});

test('what the page says is taken if it is one of its messages', () => {
  for (const good of [{ type: 'ready' }, { type: 'ready', tab: 'stops' }, { type: 'tab', tab: 'lines' }, { type: 'open', row: 'x' }, { type: 'act', command: 'luaheat.x', given: [] }])
    assert.deepEqual(readMessage(good), good);
  for (const odd of [undefined, 'ready', { type: 'tab', tab: 'none' }, { type: 'open' }, { type: 'act', command: 7, given: [] }, { type: 'act', command: 'x' }, { type: 'other' }])
    assert.equal(readMessage(odd), undefined);
});

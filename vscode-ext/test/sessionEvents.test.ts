// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { kindsSince, NOTHING, readFigures } from '../src/pure/figures.ts';
import { readSessionEvent } from '../src/pure/sessionEvents.ts';
import { body } from './readings.ts';

const event = (name: string, content: unknown): unknown => ({ type: 'event', event: name, body: content });
const response = (command: string, content: unknown, success = true): unknown => ({ type: 'response', command, success, body: content });

test('what a session tells', () => {
  assert.deepEqual(readSessionEvent(event('stopped', { reason: 'step' })), { type: 'stopped', reason: 'step' });
  assert.deepEqual(readSessionEvent(event('initialized', undefined)), { type: 'initialized' });
  assert.deepEqual(readSessionEvent(event('process', { name: 'main.lua' })), { type: 'started' });
  assert.deepEqual(readSessionEvent(event('exited', { exitCode: 3 })), { type: 'exited', exitCode: 3 });
  for (const command of ['continue', 'next', 'stepIn', 'stepOut'])
    assert.deepEqual(readSessionEvent(response(command, {})), { type: 'resumed' });
  assert.deepEqual(readSessionEvent(response('terminate', undefined)), { type: 'terminating' });
  assert.equal(readSessionEvent(response('next', undefined, false)), undefined, 'refused: it did not go on');
  assert.deepEqual(readSessionEvent(event('output', { output: 'x' })), { type: 'printed' });
  assert.equal(readSessionEvent(event('module', {})), undefined);
  for (const odd of [null, 7, 'text', [], {}]) assert.equal(readSessionEvent(odd), undefined);
});

test('what an adapter can do', () => {
  const told = (body: unknown): unknown => readSessionEvent(response('initialize', body));
  assert.deepEqual(told({ luaheat: { lines: true, measure: true, other: 1 } }), { type: 'capabilities', capabilities: { requests: new Set(['lines', 'measure']), exportFormats: [] } });
  for (const other of [{}, undefined, { luaheat: true }])
    assert.deepEqual(told(other), { type: 'capabilities', capabilities: { requests: new Set(), exportFormats: [] } });
});

test('which formats an adapter exports', () => {
  const exportFormats = [{ format: 'csv', extension: 'csv', description: 'rows' }, { format: 'html', extension: 'html' }];
  assert.deepEqual(readSessionEvent(response('initialize', { luaheat: { export: true, exportFormats } })), {
    type: 'capabilities',
    capabilities: {
      requests: new Set(['export']),
      exportFormats: [{ id: 'html', extension: 'html', description: '' }, { id: 'csv', extension: 'csv', description: 'Rows' }],
    },
  });
});

test('where it stopped is the innermost frame with a line', () => {
  const frames = [
    { name: 'C function', line: 0 },
    { name: 'f', line: 7, source: { name: 'a.lua', path: '/a.lua' } },
    { name: 'main', line: 9, source: { name: 'b.lua', path: '/b.lua' } },
  ];
  const place = { name: 'a.lua', path: '/a.lua', line: 7 };
  assert.deepEqual(readSessionEvent(response('stackTrace', { stackFrames: frames })), { type: 'located', place });
  assert.equal(readSessionEvent(response('stackTrace', { stackFrames: [] })), undefined);
});

test('figures are read by the names of their columns', () => {
  const read = readFigures(body(100, { '/a.lua': [[3, 2, 56, 10, 46]] }));
  const [source] = read?.sources ?? [];
  assert.equal(source?.path, '/a.lua');
  const figures = source.rows[0]?.figures;
  assert.equal(figures?.live, 46);
  assert.equal(figures.retained, undefined);
  assert.deepEqual(figures.kinds.get('table'), { allocations: 2, allocated: 56, freed: 10 });

  const turned = { heap: { live: 1, peak: 2 }, columns: ['retained', 'line'], sources: [{ source: { name: 'x' }, rows: [[5, 9]] }] };
  const row = readFigures(turned)?.sources[0]?.rows[0];
  assert.equal(row?.line, 9);
  assert.equal(row.figures.retained, 5);
});

test('odd bodies are no figures, and odd parts are nothing', () => {
  for (const odd of [undefined, null, [], {}, { heap: 1, columns: [] }]) assert.equal(readFigures(odd), undefined);
  const read = readFigures({ heap: {}, columns: ['line'], sources: [null, { rows: 'no' }, { source: 1, rows: [[1], 2] }] });
  assert.deepEqual(read?.sources.map(({ rows }) => rows.length), [0, 1]);
});

test('kinds of which nothing happened are left out', () => {
  const kind = { allocations: 1, allocated: 56, freed: 0 };
  const now = { ...NOTHING, kinds: new Map([['table', kind], ['string', kind]]) };
  const before = { ...NOTHING, kinds: new Map([['table', kind]]) };
  assert.deepEqual([...kindsSince(before, now).keys()], ['string']);
});

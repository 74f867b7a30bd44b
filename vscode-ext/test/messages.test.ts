// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readMessage } from '../src/pure/dapMessages.ts';
import { kindsSince, NOTHING, readFigures } from '../src/pure/figures.ts';
import { body } from './readings.ts';

const event = (name: string, content: unknown): unknown => ({ type: 'event', event: name, body: content });
const response = (command: string, content: unknown, success = true): unknown => ({ type: 'response', command, success, body: content });

test('what a session tells', () => {
  assert.deepEqual(readMessage(event('stopped', { reason: 'step' })), { news: 'stopped', reason: 'step' });
  assert.deepEqual(readMessage(event('initialized', undefined)), { news: 'initialized' });
  assert.deepEqual(readMessage(event('process', { name: 'main.lua' })), { news: 'started' });
  assert.deepEqual(readMessage(event('exited', { exitCode: 3 })), { news: 'exited', exitCode: 3 });
  for (const command of ['continue', 'next', 'stepIn', 'stepOut'])
    assert.deepEqual(readMessage(response(command, {})), { news: 'resumed' });
  assert.deepEqual(readMessage(response('terminate', undefined)), { news: 'terminating' });
  assert.equal(readMessage(response('next', undefined, false)), undefined, 'refused: it did not go on');
  assert.equal(readMessage(event('output', {})), undefined);
  for (const odd of [null, 7, 'text', [], {}]) assert.equal(readMessage(odd), undefined);
});

test('what an adapter can do', () => {
  const told = (body: unknown): unknown => readMessage(response('initialize', body));
  assert.deepEqual(told({ luaheat: { lines: true, measure: true, other: 1 } }), { news: 'capabilities', abilities: new Set(['lines', 'measure']) });
  for (const other of [{}, undefined, { luaheat: true }])
    assert.deepEqual(told(other), { news: 'capabilities', abilities: new Set() });
});

test('where it stopped is the innermost frame with a line', () => {
  const frames = [
    { name: 'C function', line: 0 },
    { name: 'f', line: 7, source: { name: 'a.lua', path: '/a.lua' } },
    { name: 'main', line: 9, source: { name: 'b.lua', path: '/b.lua' } },
  ];
  const place = { name: 'a.lua', path: '/a.lua', line: 7 };
  assert.deepEqual(readMessage(response('stackTrace', { stackFrames: frames })), { news: 'located', place });
  assert.equal(readMessage(response('stackTrace', { stackFrames: [] })), undefined);
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

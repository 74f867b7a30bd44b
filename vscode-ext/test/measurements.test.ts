// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { plainText } from '../src/pure/commandLinks.ts';
import { readMeasurements, sparkline, suspicionsOf } from '../src/pure/measurements.ts';

const spread = (value: number): object => ({ last: value, min: -value, median: 2 * value, max: 3 * value, trend: -1 });
const figures = (value: number): object => ({ growth: spread(value), allocated: spread(value + 1), freed: spread(1), retained: spread(value) });
const file = (name: string): object => ({ name, path: `/${name}` });

const EVIDENCE = { confidence: 'certain', kept: 241, perWindow: 80, living: [80, 160, 241] };
const HELD = { ...EVIDENCE, holder: 'events.tick' };

const BODY = {
  measurements: [
    {
      name: 'frame', windows: 9, open: 1, judged: 3, ...figures(100),
      recent: [
        { window: 8, growth: 100, allocated: 101, freed: 1, retained: 90, heap: 5000 },
        { window: 9, growth: 100, allocated: 101, freed: 1, heap: 5100 },
      ],
      lines: [
        { source: file('a.lua'), line: 7, ...figures(80), recent: [80, 81] },
        { source: file('b.lua'), line: 7, ...figures(60) },
        { source: { name: '(startup)' }, line: 0, ...figures(1) },
      ],
      summary: '1 line keeps 0.2 KB in 9 frames', suspects: [{ source: file('a.lua'), line: 7, ...EVIDENCE }], 
      causes: [
        { holder: 'events.tick', confidence: 'certain', kept: 241, perWindow: 80, suspects: [0] },
        { confidence: 'likely', kept: 5, perWindow: 1, suspects: [1] }, null,
      ],
    },
    { name: 'load', windows: 0, open: 1, judged: 0, lines: [], suspects: [] },
  ],
};


test('measurements are read, each line with the evidence against it', () => {
  const [frame, load] = readMeasurements(BODY);
  assert.deepEqual([frame?.name, frame?.windows, frame?.open, frame?.judged], ['frame', 9, 1, 3]);
  assert.deepEqual(frame?.figures.growth, { last: 100, min: -100, median: 200, max: 300, trend: -1 });
  assert.deepEqual(frame.lines.map(({ path, line, evidence }) => [path, line, evidence]), [
    ['/a.lua', 7, HELD], ['/b.lua', 7, undefined], [undefined, 0, undefined]]);
  assert.equal(frame.summary, '1 line keeps 0.2 KB in 9 frames');
  assert.deepEqual([load?.windows, load?.figures.growth.median, load?.lines], [0, 0, []]);
});

test('suspects stand together by what holds them', () => {
  const [frame, load] = readMeasurements(BODY);
  const known = frame?.causes.map(({ holder, confidence, kept, perWindow, lines }) => [holder, confidence, kept, perWindow, lines.map(({ line }) => line)]);
  assert.deepEqual(known, [['events.tick', 'certain', 241, 80, [7]], [undefined, 'likely', 5, 1, []]]);
  assert.deepEqual(load?.causes, []);
});

test('the last windows, of all lines and of each', () => {
  const [frame] = readMeasurements(BODY);
  assert.deepEqual(frame?.recent.map(({ window, retained, heap }) => [window, retained, heap]), [[8, 90, 5000], [9, undefined, 5100]]);
  assert.deepEqual(frame.lines.map(({ recent }) => recent), [[80, 81], [], []]);
});

test('odd answers are no measurements, and odd parts are nothing', () => {
  for (const odd of [undefined, null, [], 7, {}, { measurements: 'no' }]) assert.deepEqual(readMeasurements(odd), []);
  const [one] = readMeasurements({ measurements: [null, { name: 'x', lines: [{ line: 'y' }, 3], suspects: [{ line: 5, living: 1 }] }] });
  assert.deepEqual([one?.name, one?.lines.length, one?.lines[0]?.evidence], ['x', 1, undefined]);
});

test('what is suspected of a source, by line, of all measurements', () => {
  const twice = { measurements: [...BODY.measurements, { ...BODY.measurements[0], name: 'again' }] };
  const found = suspicionsOf(readMeasurements(twice), { name: 'a.lua', path: '/a.lua' });
  assert.deepEqual([...found.keys()], [7]);
  assert.deepEqual(found.get(7), ['frame', 'again'].map((measurement) => ({ measurement, evidence: HELD })));
  assert.equal(suspicionsOf(readMeasurements(BODY), { name: 'b.lua', path: '/b.lua' }).size, 0);
});

test('a chart in text goes from nothing to the largest', () => {
  assert.equal(sparkline([80, 80, 80]), '▇▇▇');
  assert.equal(sparkline([0, 35, 70, -5]), '▁▄▇▁');
  assert.equal(sparkline([0, 0]), '▁▁');
  assert.equal(sparkline([]), '');
});

test('a name that a user gave is no Markdown', () => {
  assert.equal(plainText('a.lua:3 [x](command:y)\n# $(flame) <b>'), 'a\\.lua\\:3 \\[x\\]\\(command\\:y\\) \\# \\$\\(flame\\) \\<b\\>');
});

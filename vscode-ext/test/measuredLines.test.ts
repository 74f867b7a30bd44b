// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { afterEdit, endable, nameOf, pointAt, pointsIn, readMeasuredLines, requestOf, withFrom, withLap, without, withTo } from '../src/pure/measuredLines.ts';
import type { FileLine, MeasuredList } from '../src/pure/measuredLines.ts';

const at = (line: number, path = '/a/main.lua'): FileLine => ({ path, line });

/** "5..9, 12 laps" */
function told(all: MeasuredList): string {
  return all.map(({ from, to, laps }) => `${from.line}${to === undefined ? '' : `..${to.line}`}${laps ? ' laps' : ''}`).join(', ');
}

const three = withLap(withFrom(withTo(withFrom([], at(5)), at(5), at(9)), at(20)), at(30));

test('from a line, to another, and laps', () => {
  assert.equal(told(three), '5..9, 20, 30 laps');
  assert.deepEqual(pointsIn(three, '/a/main.lua').map(({ line, kind }) => [line, kind]), [[5, 'from'], [9, 'to'], [20, 'from'], [30, 'lap']]);
  assert.deepEqual(pointsIn(three, '/b/main.lua'), []);
  assert.equal(pointAt(three, at(9))?.of.from.line, 5);
  assert.equal(pointAt(three, at(9, '/b')), undefined);
});

test('a line has one point', () => {
  assert.equal(told(withLap(three, at(5))), '20, 30 laps, 5 laps', 'what began there is gone');
  assert.equal(told(withFrom(three, at(9))), '5, 20, 30 laps, 9', 'what ended there has no end');
  assert.equal(told(withTo(three, at(20), at(9))), '5, 20..9, 30 laps');
  assert.equal(told(withTo(three, at(5), at(20))), '5..20, 30 laps');
  assert.equal(told(withTo(three, at(5), at(5))), '5 laps, 20, 30 laps', 'from a line to itself');
});

test('what is taken away', () => {
  assert.equal(told(without(three, at(9))), '5, 20, 30 laps');
  assert.equal(told(without(three, at(5))), '20, 30 laps');
  assert.equal(told(without(three, at(6))), told(three));
});

test('what a line can end', () => {
  const begins = (all: MeasuredList): number[] => endable(all).map(({ from }) => from.line);
  assert.deepEqual(begins(three), [20], 'that which has no end');
  assert.deepEqual(begins(withFrom(three, at(40))), [40, 20], 'the last one first');
  assert.deepEqual(begins(without(three, at(20))), [5], 'else the end of one moves');
  assert.deepEqual(begins(withLap([], at(3))), []);
});

test('they follow their lines through edits', () => {
  const edited = (start: number, end: number, character: number, text: string): MeasuredList =>
    afterEdit(three, '/a/main.lua', { range: { start: { line: start }, end: { line: end, character } }, text });
  assert.equal(told(edited(0, 0, 0, 'one\n')), '6..10, 21, 31 laps');
  assert.equal(told(edited(6, 6, 0, 'one\n')), '5..10, 21, 31 laps');
  assert.equal(told(edited(4, 8, 3, '')), '5 laps, 16, 26 laps', 'begin and end become one line');
  assert.equal(told(edited(8, 19, 3, '')), '5, 9, 19 laps', 'two points on one line: the last one');
  assert.equal(edited(7, 7, 3, 'text'), three, 'within a line');
  assert.equal(afterEdit(three, '/b', { range: { start: { line: 0 }, end: { line: 0, character: 0 } }, text: '\n' }), three);
});

test('each has a name of its own, as short as can be', () => {
  const all = [at(5, '/w/a/main.lua'), at(5, '/w/b/main.lua'), at(6, '/w/b/main.lua'), at(5, '/w/b/other.lua'), at(5, '/main.lua')].reduce(withFrom, []);
  assert.deepEqual(all.map((one) => nameOf(all, one)), ['a/main.lua:5', 'b/main.lua:5', 'main.lua:6', 'other.lua:5', '/main.lua:5']);
});

test('what a program is told', () => {
  const place = (line: number): object => ({ source: { path: '/a/main.lua' }, line });
  assert.deepEqual(requestOf(three), { measurements: [
    { name: 'main.lua:5', from: place(5), to: place(9) }, { name: 'main.lua:20', from: place(20) }, { name: 'main.lua:30', from: place(30) }] });
});

test('what was stored is taken as far as it makes sense', () => {
  assert.deepEqual(readMeasuredLines(JSON.parse(JSON.stringify(three))), three);
  assert.equal(told(readMeasuredLines([{ from: at(1), to: 7, laps: true }, null, {}, { from: { path: 5, line: 1 } }, { from: at(0) }, { to: at(5) }])), '1 laps');
  for (const odd of [undefined, null, 7, {}]) assert.deepEqual(readMeasuredLines(odd), []);
});

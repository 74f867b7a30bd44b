// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { afterEdit, breakpointAt, readBreakpoints, requestOf, withBreakpoint, without } from '../src/pure/memoryBreakpointList.ts';
import type { MemoryBreakpoint, MemoryBreakpointList } from '../src/pure/memoryBreakpointList.ts';

const at = (path: string, line: number, growth = 100): MemoryBreakpoint => ({ path, line, growth });
const lines = (all: MemoryBreakpointList): number[] => all.map(({ line }) => line);

test('a line has one, in the order of files and lines', () => {
  const all = [at('/b', 1), at('/a', 7), at('/a', 3), at('/a', 7, 5)].reduce(withBreakpoint, []);
  assert.deepEqual(all, [at('/a', 3), at('/a', 7, 5), at('/b', 1)]);
  assert.deepEqual(without(all, { path: '/a', line: 3 }), [at('/a', 7, 5), at('/b', 1)]);
  assert.equal(breakpointAt(all, { path: '/a', line: 7 })?.growth, 5);
  assert.equal(breakpointAt(all, { path: '/b', line: 7 }), undefined);
  assert.deepEqual(requestOf([at('/a', 3)]), { breakpoints: [{ source: { path: '/a' }, line: 3, growth: 100 }] });
});

test('what was stored is taken as far as it makes sense', () => {
  assert.deepEqual(readBreakpoints([at('/a', 3), null, {}, { path: '/a' }, { ...at('/b', 1), line: 'x' }]), [at('/a', 3)]);
  for (const odd of [undefined, null, 7, {}]) assert.deepEqual(readBreakpoints(odd), []);
});

test('they follow their lines through edits', () => {
  const all = [at('/a', 3), at('/a', 5), at('/a', 9), at('/b', 5)];
  const edited = (start: number, end: number, character: number, text: string): number[] =>
    lines(afterEdit(all, '/a', { range: { start: { line: start }, end: { line: end, character } }, text }));
  assert.deepEqual(edited(0, 0, 0, 'one\ntwo\n'), [5, 7, 11, 5], 'two lines more at the top');
  assert.deepEqual(edited(2, 2, 0, '\n'), [4, 6, 10, 5], 'a line that is pushed down');
  assert.deepEqual(edited(2, 2, 5, '\n'), [3, 6, 10, 5], 'a line that is broken in two');
  assert.deepEqual(edited(2, 3, 0, ''), [3, 4, 8, 5], 'a line that is deleted');
  assert.deepEqual(edited(1, 2, 4, ' '), [2, 4, 8, 5], 'a line that is joined with the one before');
  assert.deepEqual(edited(2, 6, 4, 'one'), [3, 5, 5], 'lines that become one have one');
  assert.deepEqual(edited(7, 7, 3, 'text'), [3, 5, 9, 5], 'within a line');
});

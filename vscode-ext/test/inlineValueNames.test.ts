// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { inlineValueNames, lastOfEachName } from '../src/pure/inlineValueNames.ts';

function names(...lines: string[]): string[] {
  return inlineValueNames(lines).map(({ line, column, name }) => `${line}:${column} ${name}`);
}

test('variables, once a line', () => {
  assert.deepEqual(names('local total = total + price'), ['0:6 total', '0:22 price']);
  assert.deepEqual(names('for i = 1, 10 do', '  x = i', 'end'), ['0:4 i', '1:2 x', '1:6 i']);
});

test('not words of the language, fields, methods, calls, numbers', () => {
  assert.deepEqual(names('if not a.b.c and d:e(f) then return 0x1F end'), ['0:7 a', '0:17 d', '0:21 f']);
  assert.deepEqual(names('local t = { name = who, [k] = 1e5 }'), ['0:6 t', '0:19 who', '0:25 k']);
  assert.deepEqual(names('print(a) require "x" f{b}'), ['0:6 a', '0:23 b']);
});

test('not what stands in strings and comments', () => {
  assert.deepEqual(names(`local s = "it's \\" here" .. 'a' -- and here`), ['0:6 s']);
  assert.deepEqual(names('a = [[ one', 'two', 'three ]] .. b', '--[==[ c', ']] d', ']==] e = 1'), ['0:0 a', '2:12 b', '5:5 e']);
});

test('each name where it stands last', () => {
  const all = inlineValueNames(['a = b', 'b = c', 'c = a']);
  assert.deepEqual(lastOfEachName(all).map(({ line, name }) => `${line} ${name}`).sort(), ['1 b', '2 a', '2 c']);
});

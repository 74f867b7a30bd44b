// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { expressionAt } from '../src/pure/expressionAt.ts';

/** What is pointed at by `^` below the line. */
function pointed(text: string, pointer: string): string | undefined {
  const found = expressionAt(text, pointer.indexOf('^'));
  if (found !== undefined) assert.equal(text.slice(found.column, found.end).replaceAll(/\s*[.:]\s*/g, '.'), found.expression);
  return found?.expression;
}

test('a name with what leads to it, as far as one points', () => {
  assert.equal(pointed('local t = app.users[1].name .. "x"', '          ^'), 'app');
  assert.equal(pointed('local t = app.users[1].name .. "x"', '               ^'), 'app.users');
  assert.equal(pointed('local t = app.users[1].name .. "x"', '                    ^'), 'app.users[1]');
  assert.equal(pointed('local t = app.users[1].name .. "x"', '                        ^'), 'app.users[1].name');
  assert.equal(pointed('t["a.b"] = 1', '   ^'), 't["a.b"]');
});

test('an index is a name of its own', () => {
  assert.equal(pointed('kept[index] = value', '     ^'), 'index');
  assert.equal(pointed('kept[index] = value', '  ^'), 'kept');
  assert.equal(pointed('kept[a.b] = value', '       ^'), 'a.b');
});

test('of a method what can be evaluated', () => {
  assert.equal(pointed('game.world:step(1)', '            ^'), 'game.world.step');
  assert.equal(expressionAt('t["a: b"].c = 1', 10)?.expression, 't["a: b"].c', 'not in a string');
});

test('not words of the language, numbers, strings, comments, labels', () => {
  assert.equal(pointed('local x = 50000', '  ^'), undefined);
  assert.equal(pointed('x = f(50000)', '       ^'), undefined);
  assert.equal(pointed('x = "some text" .. y', '       ^'), undefined);
  assert.equal(pointed('x = y -- some text', '          ^'), undefined);
  assert.equal(pointed('x = [[ some ]] .. y', '        ^'), undefined);
  assert.equal(pointed('x = 0xff .. y', '       ^'), undefined);
  assert.equal(pointed('a = b .. c', '         ^'), 'c');
});

test('at the end of a word, but not behind the line, where figures stand', () => {
  assert.equal(pointed('kept = value', '    ^'), 'kept');
  assert.equal(pointed('kept = value', '            ^'), undefined);
  assert.equal(pointed('', '^'), undefined);
});

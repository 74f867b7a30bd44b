// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isCodeCalled } from '../src/pure/chunkNames.ts';

test('code is known by its beginning', () => {
  assert.ok(isCodeCalled('[string "return 1"]', 'return 1'));
  assert.ok(isCodeCalled('[string "local t = {}..."]', 'local t = {}\nreturn t\n'));
  assert.ok(isCodeCalled('[string "local s = "a..b"..."]', 'local s = "a..b" return s'));
});

test('other code is other code', () => {
  assert.ok(!isCodeCalled('[string "return 1"]', 'return 1\n'));
  assert.ok(!isCodeCalled('[string "local t = {}..."]', 'local u = {}\n'));
  assert.ok(!isCodeCalled('(startup)', 'local u = {}\n'));
  assert.ok(!isCodeCalled('named', 'named'));
});

// SPDX-License-Identifier: MIT
// The module `luaheat` in a child of the program.

import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';

import { fixturePath } from '../fixture.mjs';
import { interpreter, measure, withModules } from '../programs.mjs';

const env = { LUA_CPATH: `${dirname(interpreter)}/?.so;${withModules.LUA_CPATH}` };

test('a child measures nothing, and leaves what its parent measures alone', () => {
  const { report, stdout, status } = measure([fixturePath('fork_module.lua')], { env });
  assert.equal(status, 0);
  assert.equal(stdout, 'child\tnil\tnil\nparent\ttrue\n');
  const { heap, measurements } = report;
  assert.deepEqual({ live: heap.live, uncounted: heap.uncounted }, { live: heap.collector, uncounted: 0 });
  assert.deepEqual(measurements.map(({ windows, open }) => [windows, open]), [[1, 0]]);
});

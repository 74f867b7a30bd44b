// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { rangeAskedFor, wholeRange, zoomOf } from '../src/pure/timeline.ts';

const times = [0.25, 1, 2];

test('all is shown from the start on, with room after the end', () => {
  assert.deepEqual(wholeRange(times), { min: 0, max: 2.04 });
  assert.deepEqual(rangeAskedFor(times, 0.25, 2), wholeRange(times));
  assert.equal(zoomOf(times, wholeRange(times)), undefined);
  assert.deepEqual(wholeRange([]), { min: 0, max: 0.001 });
});

test('a part begins where it was chosen to', () => {
  assert.deepEqual(rangeAskedFor(times, 0.5, 1.5), { min: 0.5, max: 1.5 });
  assert.deepEqual(zoomOf(times, { min: 0.5, max: 1.5 }), { min: 0.5, max: 1.5 });
  assert.deepEqual(rangeAskedFor(times, 0, 2), { min: 0, max: 2 }, 'to the last sample exactly');
});

test('a chart that shows nothing yet is not zoomed', () => {
  assert.equal(zoomOf(times, {}), undefined);
});

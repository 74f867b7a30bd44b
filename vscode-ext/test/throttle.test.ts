// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Throttle } from '../src/throttle.ts';

test('work is done once for all that ask meanwhile, and at most so often', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const done: number[] = [];
  const throttle = new Throttle(500, () => done.push(Date.now()));
  for (let time = 0; time < 2000; time += 50) {
    throttle.soon();
    context.mock.timers.tick(50);
  }
  assert.deepEqual(done, [500, 1000, 1500, 2000]);
});

test('work done at once is not done again later', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let times = 0;
  const throttle = new Throttle(500, () => times++);
  throttle.soon();
  throttle.now();
  context.mock.timers.tick(1000);
  assert.equal(times, 1);
  throttle.soon();
  throttle.dispose();
  context.mock.timers.tick(1000);
  assert.equal(times, 1);
});

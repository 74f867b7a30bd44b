// SPDX-License-Identifier: MIT
// The sample of the README, run by whatever stands for `luaheat`.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root, run } from './released.mjs';

const number = (text) => Number(text.replaceAll(',', ''));

/** Of each line of the sample its allocations and their bytes: these are what Lua does, in all its releases. */
function linesOf(report) {
  return [...report.matchAll(/^ *[\d,]+ +([\d,]+) +([\d,]+) .* docs\/sample\.lua:(\d+) /gm)]
    .map(([, allocations, allocated, line]) => [Number(line), number(allocations), number(allocated)]).sort(([a], [b]) => a - b);
}

export function sampleAsInReadme(luaheat) {
  const readme = linesOf(readFileSync(join(root, 'README.md'), 'utf8'));
  const { status, stdout, stderr } = run([...luaheat, 'run', 'docs/sample.lua'], { cwd: root });
  assert.deepEqual([status, stdout], [0, 'frame 1000: 2 enemies\n'], stderr);
  assert.ok(readme.length > 5);
  assert.deepEqual(linesOf(stderr), readme);
  assert.match(stderr, /^Heap: [\d,]+ bytes at the end, the same as Lua's own count;/m);
}

// SPDX-License-Identifier: MIT
// Heat of a line is the same in the editor and in the report of `luaheat run`.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';

import { heatLevel, levelShape } from '../../vscode-ext/src/pure/heat.ts';
import { Sample } from './sample.mjs';

/** The text of a program whose lines keep so many bytes, more or less. */
const keeping = (...sizes) => ['local kept = {}', ...sizes.map((size) => `kept[#kept + 1] = string.rep("x", ${size})`), ''].join('\n');

const sample = new Sample([], {
  'few.lua': keeping(100, 300, 1200, 5000),
  'enough.lua': keeping(100, 300, 1200, 5000, 17_000),
  'many.lua': keeping(100, 1000, 10_000, 100_000, 1_000_000, 10_000_000),
});
after(() => sample.remove());

function run(program, ...options) {
  const { stderr } = spawnSync(process.env.LUAHEAT, ['run', ...options, program], { cwd: sample.folder, encoding: 'utf8' });
  return stderr;
}

for (const [name, hottest] of [['few.lua', 4], ['enough.lua', 5], ['many.lua', 5]]) {
  test(`${name}: shapes and levels`, () => {
    const lines = JSON.parse(run(name, '--format', 'json')).lines.filter(({ source }) => source === sample.path(name));
    const text = run(name);
    const max = Math.max(...lines.map(({ growth }) => growth));
    for (const { line, growth } of lines) {
      const [, shape] = new RegExp(`(.) ${name}:${line} `).exec(text);
      assert.equal(shape, levelShape(heatLevel(growth, max)), `line ${line}, ${growth} bytes`);
    }
    assert.equal(heatLevel(max, max), hottest);
  });
}

// SPDX-License-Identifier: MIT
// Every *.lua here is a program that says on its own lines what they allocate. Each is run by plain
// lua5.4 and by `luaheat run`: the two must behave the same, and the figures must be the expected ones.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { luaRelease, measure, runLua, withModules } from '../programs.mjs';
import { parseExpectations, unmet } from './expectations.mjs';
import { sizes } from './sizes.mjs';

const folder = realpathSync(dirname(fileURLToPath(import.meta.url)));
const only = process.env.TRUTH;
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.lua') && (!only || name.includes(only)));

for (const fixture of fixtures) {
  test(fixture, () => {
    const surroundings = { cwd: folder, env: withModules };
    const plain = runLua([fixture], surroundings);
    const { report, ...heated } = measure([...stacks(fixture), fixture], surroundings);
    assert.deepEqual(heated, plain, 'runs as under lua5.4');
    assertSums(report);
    assertCallees(report);
    const names = { ...sizes(luaRelease()), ...measuredSizes(plain.stdout) };
    const complaints = sourcesOf(fixture).flatMap((path) => {
      const expectations = parseExpectations(readFileSync(path, 'utf8'));
      return unmet(expectations, report.lines, path, names);
    });
    assert.deepEqual(complaints, []);
  });
}

/** What happened below lines is exact only if all calls are looked at. */
const stacks = (fixture) => (/^callees/.test(fixture) ? ['--stacks', 'all'] : []);

/** The fixture, and the modules in the folder of its name if there is one. */
function sourcesOf(fixture) {
  const own = join(folder, fixture.replace(/\.lua$/, ''));
  const modules = existsSync(own) ? readdirSync(own).map((name) => join(own, name)) : [];
  return [join(folder, fixture), ...modules];
}

/** Sizes that a fixture takes from the collector's own count, printed as "measured NAME BYTES". */
function measuredSizes(stdout) {
  const found = stdout.matchAll(/^measured (\w+) (\d+)$/gm);
  return Object.fromEntries([...found].map(([, name, bytes]) => [name, Number(bytes)]));
}

/** A line with its callees did at least what it did itself; with all stacks that is exact. */
function assertCallees({ lines, stacks: { which } }) {
  for (const row of lines) {
    const place = `${row.source}:${row.line}`;
    assert.ok(row.allocated_with_callees >= row.allocated, place);
    assert.ok(row.live_with_callees >= row.live, place);
    if (which === 'all') assert.equal(row.allocated_with_callees_error + row.live_with_callees_error, 0, place);
  }
}

function assertSums({ heap, lines }) {
  const sum = (figure) => lines.reduce((total, row) => total + row[figure], 0);
  assert.equal(heap.live, heap.collector, "our live bytes are the collector's count");
  assert.equal(heap.uncounted, 0);
  assert.equal(sum('live'), heap.live, 'the lines account for all live bytes');
  assert.equal(sum('at_peak'), heap.peak, 'the lines account for the peak');
  assert.ok(heap.peak >= heap.live, 'the peak is the most there ever was');
  for (const row of lines) {
    assert.equal(row.live, row.allocated - row.freed, `${row.source}:${row.line}: live`);
    assert.equal(row.growth, row.live, `${row.source}:${row.line}: growth since the start`);
    for (const figure of ['allocations', 'allocated', 'freed', 'live']) {
      const kinds = Object.values(row.kinds).reduce((total, kind) => total + kind[figure], 0);
      assert.equal(kinds, row[figure], `${row.source}:${row.line}: ${figure} by kind`);
    }
  }
}

// SPDX-License-Identifier: MIT
// What happened below a line, as `luaheat run` tells it: exact, estimated, and where.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { measure, runLuaheat } from '../programs.mjs';

const program = fixturePath('callees.lua');
const at = (mark) => lineOf('callees.lua', mark);
const TABLE = 56, SLOT = 16; // tests/truth/sizes.mjs
const FRAMES = 30;
const UPDATE = FRAMES * 500 * (TABLE + SLOT), THINK = FRAMES * 50 * (TABLE + 2 * SLOT);

/** What each line has allocated, with what happened below it. */
const truth = { spawn: UPDATE, each: UPDATE, update: UPDATE, thought: THINK, think: THINK, frame: UPDATE + THINK };
const marks = Object.keys(truth);

const rowsOf = (report) => new Map(report.lines.filter(({ source }) => source === program).map((row) => [row.line, row]));
const run = (options, frames = FRAMES, env = {}) => measure([...options, program, String(frames)], { env }).report;

/** But call records, of which each line that first calls so deep has some. */
const RECORDS = 10 * 64;

test('all stacks are exact', () => {
  const report = run(['--stacks', 'all']);
  assert.deepEqual({ ...report.stacks, samples: 0 }, { which: 'all', mean: 1, samples: 0 });
  for (const mark of marks) {
    const { allocated_with_callees: with_callees, allocated_with_callees_error: error } = rowsOf(report).get(at(mark));
    assert.ok(with_callees >= truth[mark] && with_callees <= truth[mark] + RECORDS, `${mark}: ${with_callees}, not ${truth[mark]}`);
    assert.equal(error, 0);
  }
});

// The seeds are fixed, so that this either holds or does not. 95 of 100 lie within the error, by definition; so many fewer
// than that as four standard deviations of as many throws are a mistake. Lines of one stack go together: each counts for itself.
test('estimates lie within their error as often as is said, and around the truth', () => {
  const SEEDS = 40, MEAN = 16384;
  const reports = Array.from({ length: SEEDS }, (_, seed) => rowsOf(run([], FRAMES, { LUAHEAT_SAMPLING: `${MEAN}:${seed + 1}` })));
  for (const mark of ['update', 'think', 'frame']) {
    const figures = reports.map((rows) => rows.get(at(mark)) ?? { allocated_with_callees: 0, allocated_with_callees_error: 1.96 * MEAN });
    const within = figures.filter(({ allocated_with_callees: figure, allocated_with_callees_error: error }) => Math.abs(figure - truth[mark]) <= error + RECORDS);
    assert.ok(within.length >= SEEDS * 0.95 - 4 * Math.sqrt(SEEDS * 0.95 * 0.05), `${mark}: ${within.length} of ${SEEDS} are within`);
    const mean = figures.reduce((sum, row) => sum + row.allocated_with_callees, 0) / SEEDS;
    const deviation = Math.sqrt(truth[mark] * MEAN / SEEDS); // at most: docs/exports.md
    assert.ok(Math.abs(mean - truth[mark]) < 4 * deviation, `${mark}: ${mean} on average, not ${truth[mark]}`);
    assert.ok(figures.some((row) => row.allocated_with_callees_error < 2 * 1.96 * Math.sqrt(truth[mark] * MEAN)), `${mark}: the error says something`);
  }
});

test('no stacks, no figures of them', () => {
  const { stacks, lines } = run(['--stacks', 'off']);
  assert.equal(stacks, undefined);
  assert.ok(lines.every((row) => !('allocated_with_callees' in row)));
  assert.ok(!rowsOf({ lines }).has(at('frame')), 'a line that allocates nothing has no row then');
  const csv = runLuaheat(['run', '--stacks', 'off', '--format', 'csv', program]).stderr;
  assert.ok(!csv.includes('callees_error'));
});

const utf8 = (bytes) => Buffer.from(bytes, 'latin1').toString();
const table = (...options) => utf8(runLuaheat(['run', ...options, program, String(FRAMES)]).stderr);

test('the table tells of lines that only call, without being asked', () => {
  const text = table('--stacks', 'all');
  const [own, below] = text.split('Allocated with callees');
  assert.ok(!own.includes(`callees.lua:${at('frame')} `), 'its own figures say nothing');
  assert.match(below, /^, what happened in the calls of a line \(bytes; exact\)\n\nof all {2}with callees +own\n/);
  const shown = (mark) => below.split('\n').find((row) => row.includes(`callees.lua:${at(mark)} `));
  assert.match(shown('update'), /^ +8\d % +1\.08 MB +\d+ +█ .* world:update\(500\)/);
  assert.match(shown('frame'), /^ +9\d % +1\.21 MB /);
  assert.equal(shown('spawn'), undefined, 'that line does it all itself');
  assert.match(shown('think'), /^ +10 % +132,000 /, 'a tenth of all is enough');
});

test('the table says what is an estimate', () => {
  const text = utf8(runLuaheat(['run', program, '300'], { env: { LUAHEAT_SAMPLING: '65536:1' } }).stderr);
  assert.match(text, /\(bytes; estimates from \d+ samples, 95 of 100 within ±\)\n\nof all {2}with callees +own +±\n/);
});

test('sorted by it, the table has it as a column, and all lines', () => {
  const rows = table('--stacks', 'all', '--sort', 'callees').split('\n');
  assert.match(rows[0], /^Memory of each line, by allocated with callees/);
  assert.match(rows[2], /at peak {2}with callees$/);
  assert.match(rows[3], new RegExp(` 1\\.21 MB {2}█ .*callees\\.lua:${at('frame')} `));
  assert.match(rows[4], new RegExp(` 1\\.08 MB {2}█ .*callees\\.lua:(${at('update')}|${at('each')}|${at('spawn')}) `));
  assert.ok(!rows.join('\n').includes('Allocated with callees'));
  assert.match(table('--sort', 'callees').split('\n')[2], /with callees +±$/);
});

test('the page has it in its tables and beside the source', () => {
  const page = (stacks) => utf8(runLuaheat(['run', '-o', '/dev/null', '--stacks', stacks, '--export', 'html=-', program, String(FRAMES)]).stdout);
  const html = page('all'), cells = rowsOf(run(['--stacks', 'all']));
  const number = (mark) => cells.get(at(mark)).allocated_with_callees.toLocaleString('en');
  const [, callees] = /<table id="callees">([^]*?)<\/table>/.exec(html);
  assert.match(callees, /<th>with callees<\/th><th>±<\/th>/);
  assert.match(callees, new RegExp(`<td>${number('frame')}</td><td>0</td><td><a href="#s\\d+-${at('frame')}">`));
  assert.match(html, new RegExp(`<td></td><td></td><td>${number('frame')}</td><td>${at('frame')}</td><td><code>  frame\\(\\) --@frame</code>`));
  assert.match(html, new RegExp(`<td></td><td>${at('spawn')}</td>`), 'a line that calls nothing has nothing more to tell');
  assert.match(html, /All calls were looked at: it is exact/);
  assert.match(page('sampled'), /Estimates from [\d,]+ samples; 95 of 100 are within ±/);
  assert.doesNotMatch(page('off'), /with callees/i);
});

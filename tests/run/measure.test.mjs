// SPDX-License-Identifier: MIT
// `luaheat run --measure`: windows between lines, what happened in them, what stays, and leaks.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { inScratchFolder, measure, runLuaheat } from '../programs.mjs';

const windows = fixturePath('windows.lua');
const leaks = fixturePath('leaks.lua');
const at = (mark) => `${windows}:${lineOf('windows.lua', mark)}`;
const GROW = 56 + 16;
const CHURN = 56 + 3 * 16;

/** The one measurement that is asked for. */
function measureWindows(places, ...options) {
  const { report, ...result } = measure([...options, '--measure', `m=${places}`, windows]);
  assert.equal(result.stdout, 'done\n');
  assert.equal(report.measurements.length, 1);
  assert.equal(report.measurements[0].name, 'm');
  return report.measurements[0];
}

function lineAt(measurement, mark) {
  return measurement.lines.find(({ line }) => line === lineOf('windows.lua', mark));
}

test('laps: from each time the program comes to the line to the next', () => {
  const measured = measureWindows(at('lap'));
  assert.equal(measured.windows, 9, 'ten times, so nine windows');
  assert.equal(measured.open, 1);
  const { growth, allocated, freed, retained } = lineAt(measured, 'grow');
  assert.deepEqual([growth.min, growth.median, growth.max, growth.last], [GROW, 2 * GROW, 2 * GROW, 2 * GROW]);
  assert.deepEqual([allocated.min, allocated.max], [GROW, 2 * GROW]);
  assert.deepEqual([freed.min, freed.max], [0, 0]);
  assert.deepEqual(retained, growth, 'all of it stays');
});

test('the trend is how much it rises from window to window', () => {
  const { growth } = lineAt(measureWindows(at('lap')), 'grow');
  const values = [1, 1, 1, 1, 2, 2, 2, 2, 2].map((count) => count * GROW);
  const mean = values.reduce((sum, value) => sum + value) / 9;
  const slope = values.reduce((sum, value, i) => sum + (i - 4) * (value - mean), 0) / 60;
  assert.equal(growth.trend, Math.round(slope));
});

test('the lines account for the change of the heap', () => {
  const measured = measureWindows(at('lap'));
  for (const figure of ['growth', 'allocated', 'freed', 'retained']) {
    const sum = measured.lines.reduce((total, line) => total + line[figure].last, 0);
    assert.equal(sum, measured[figure].last, figure);
  }
});

test('from one line to another, across errors', () => {
  const measured = measureWindows(`${at('request_start')}..${at('request_stop')}`);
  assert.equal(measured.windows, 4, 'five were opened, one of them by a call that failed');
  assert.equal(measured.open, 1);
  const { growth } = lineAt(measured, 'grow');
  assert.deepEqual([growth.min, growth.max], [2 * GROW, 2 * GROW]);
});

test('a stack that grows just before a window ends belongs to whoever has the thread', () => {
  const measured = measureWindows(`${at('stack_start')}..${at('stack_stop')}`);
  assert.equal(lineAt(measured, 'deep')?.allocated.max ?? 0, 0);
  const startup = measured.lines.find(({ source }) => source === '(startup)');
  assert.ok(startup.growth.last >= 5000 * 16, `${startup.growth.last}`);
});

test('windows of one measurement nest', () => {
  const { growth } = lineAt(measureWindows(`${at('nest_start')}..${at('nest_stop')}`), 'grow');
  assert.deepEqual([growth.min, growth.median, growth.max], [GROW, 2 * GROW, 3 * GROW]);
});

test('a window may end in another coroutine', () => {
  const measured = measureWindows(`${at('other_thread_start')}..${at('other_thread_stop')}`);
  assert.equal(measured.windows, 4);
  const { growth } = lineAt(measured, 'grow');
  assert.deepEqual([growth.min, growth.max], [GROW, GROW]);
});

test('a coroutine closes its own window', () => {
  const measured = measureWindows(`${at('task_start')}..${at('task_stop')}`);
  assert.equal(measured.windows, 2);
  // The first: its own, and the other's first; the second: all but what came before it began.
  const { growth } = lineAt(measured, 'grow');
  assert.deepEqual([growth.min, growth.max], [2 * GROW, 2 * GROW]);
});

test('a warm-up does not count', () => {
  const measured = measureWindows(at('lap'), '--warmup', '4');
  assert.equal(measured.windows, 5);
  assert.equal(lineAt(measured, 'grow').growth.min, 2 * GROW);
});

test('after full collections garbage is gone', () => {
  const { retained, allocated } = lineAt(measureWindows(at('churn'), '--collect'), 'churn');
  assert.equal(allocated.min, CHURN);
  assert.equal(retained.median, 0);
  assert.ok(retained.max <= CHURN, 'the last one may still lie in its register');
});

test('several measurements of one file', () => {
  const { report } = measure(['--measure', `laps=${at('lap')}`, '--measure', `nest=${at('nest_start')}..${at('nest_stop')}`,
    '--measure', `again=${at('lap')}`, windows]);
  assert.deepEqual(report.measurements.map(({ name, windows: count }) => [name, count]), [['laps', 9], ['nest', 3], ['again', 9]]);
  const { summary } = report.measurements[0];
  assert.deepEqual({ ...report.measurements[2], name: 'laps', summary }, report.measurements[0]);
});

const request = ['--warmup', '10', '--measure', `request=${leaks}:${lineOf('leaks.lua', 'lap')}`, leaks];
const planted = ['coroutine_leak', 'cache_leak', 'closure_leak'].map((mark) => lineOf('leaks.lua', mark));

for (const options of [[], ['--collect']]) {
  test(`the leaks are found, and nothing else ${options}`, () => {
    const { report } = measure([...options, ...request]);
    const [{ suspects, points, judged, windows: count }] = report.measurements;
    assert.equal(count, 189);
    assert.equal(points.length, judged);
    const list = lineOf('leaks.lua', 'waiting'); // its array grows with what is planted
    assert.deepEqual(suspects.map(({ line }) => line).filter((line) => line !== list).sort(), planted.sort());
    for (const { source, confidence, living } of suspects.filter(({ line }) => line !== list)) {
      assert.equal(source, leaks);
      assert.equal(confidence, 'certain');
      assert.equal(living.length, judged);
    }
  });
}

test('how much stays of each window: of an entry of the cache, a table with one field', () => {
  const { report } = measure(request);
  const { points, suspects } = report.measurements[0];
  const { kept, living } = suspects.find(({ line }) => line === lineOf('leaks.lua', 'cache_leak'));
  const entries = points.at(-1) - points[0];
  const arrays = 56 + 24; // a table, and a hash part of one entry
  assert.ok(kept >= entries * arrays, `${kept} of ${entries} entries`);
  assert.equal(living.at(-1) - living[0], kept);
});

test('people are told first what was found, in a sentence', () => {
  const { stderr } = runLuaheat(['run', ...request]);
  assert.match(stderr, /Measurement request: 189 windows/);
  const cause = (holder, objects, mark) => `local ${holder} \\(main chunk, leaks\\.lua\\) \\(200 ${objects}, [^ ]*leaks\\.lua:${lineOf('leaks.lua', mark)}`;
  assert.match(stderr, new RegExp(`^3 causes keep \\d+ KB in 189 requests, certain: ${cause('waiting', 'coroutines', 'coroutine_leak')} .*, ` +
    `${cause('listeners', 'closures', 'closure_leak')}, .*, ${cause('cache', 'tables', 'cache_leak')}, `));
  assert.match(stderr, new RegExp(`leaks\\.lua:${lineOf('leaks.lua', 'cache_leak')} .*\\n +kept: \\d+ a window, .*; certain`));
});

test('or that nothing was, and what would have been', () => {
  const { stderr } = runLuaheat(['run', '--collect', '--measure', `churn=${at('churn')}`, windows]);
  assert.match(stderr, /^No leak found in \d+ churns; one in every \d+ would have been, 19 times of 20\n/);
  assert.match(runLuaheat(['run', '--measure', `m=${at('nest_start')}..${at('nest_stop')}`, windows]).stderr,
    /^3 windows of m tell nothing of leaks: .* 3 of them, 8 are needed/);
});

test('garbage is told from what lives in a copy of the program, of which it sees nothing', () => {
  inScratchFolder((folder) => {
    const script = join(folder, 'gc.lua');
    writeFileSync(script, `
      collectgarbage('stop')
      local weak, finalized = setmetatable({}, { __mode = 'v' }), 0
      setmetatable({}, { __gc = function() finalized = finalized + 1 end })
      for lap = 1, 40 do
        weak[lap % 4 + 1] = { lap }
      end
      local left = 0
      for _ in pairs(weak) do left = left + 1 end
      print(left, finalized, math.tointeger(collectgarbage('count') * 1024))`);
    const alone = runLuaheat(['run', '-o', join(folder, 'report'), script]);
    const measured = runLuaheat(['run', '-o', join(folder, 'report'), '--measure', `lap=${script}:6`, script]);
    assert.match(alone.stdout, /^4\t0\t/);
    assert.equal(measured.stdout, alone.stdout);
    assert.doesNotMatch(readFileSync(join(folder, 'report'), 'utf8'), /keeps? \d.* KB/);
  });
});

test('a line that is never reached is told', () => {
  const { report } = measure(['--measure', `m=${at('never_twice')}`, windows]);
  assert.equal(report.measurements[0].windows, 0);
  assert.match(runLuaheat(['run', '--measure', `m=${windows}:100000`, windows]).stderr, /never came to that line/);
  assert.match(runLuaheat(['run', '--measure', `m=${at('never_twice')}`, windows]).stderr, /not to its end/);
});

test('wrong words are refused before anything runs', () => {
  const refuses = (words, complaint, ...options) => {
    const { status, stdout, stderr } = runLuaheat(['run', ...options, '--measure', words, windows]);
    assert.equal(status, 2, words);
    assert.equal(stdout, '', words);
    assert.match(stderr, complaint, words);
  };
  for (const words of ['', 'm', '=a.lua:1', 'm=', `m=${windows}`, `m=${windows}:0`, `m=${windows}:x`, 'm=:3', `m=${windows}:1..`, `m=${windows}:1..:2`, `m=${windows}:99999999999`])
    refuses(words, /--measure takes NAME=FILE:LINE/);
  refuses('m=/no/such/file.lua:3', /No such file/);
  refuses(at('lap'), /--warmup takes a whole number/, '--warmup', 'x');
  for (const option of [['--collect'], ['--warmup', '3']])
    assert.match(runLuaheat(['run', ...option, windows]).stderr, /goes with --measure/);
});

test('the program sees nothing of it', () => {
  inScratchFolder((folder) => {
    const { stdout } = runLuaheat(['run', '-o', `${folder}/report`, '--measure', `m=${at('lap')}`, '-']
      , { input: 'print(os.getenv("LUAHEAT_MEASURE"), collectgarbage("count") > 0)' });
    assert.equal(stdout, 'nil\ttrue\n');
  });
});

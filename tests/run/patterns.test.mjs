// SPDX-License-Identifier: MIT
// Programs that leak and programs that do not (tests/patterns): which suspects are found, which missed, and which are
// false. A pattern is found if each line marked --@leak is suspected; lines marked --@also grow along with it, and may
// be. LUAHEAT_TEST_LAPS and LUAHEAT_TEST_SEED choose others than 200 laps and seed 1.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { measure, testsDir } from '../programs.mjs';

const folder = join(testsDir, 'patterns');
const driver = join(folder, 'laps.lua');
const laps = process.env.LUAHEAT_TEST_LAPS ?? '200';
const seed = process.env.LUAHEAT_TEST_SEED ?? '1';

const marked = (path, mark) => readFileSync(path, 'utf8').split('\n').flatMap((text, index) => (text.includes(`--@${mark}`) ? [index + 1] : []));
const lapLine = marked(driver, 'lap')[0];

function suspectsOf(path, options) {
  const { report, status } = measure([...options, '--measure', `lap=${driver}:${lapLine}`, driver, path, laps, seed]);
  assert.equal(status, 0, path);
  return report.measurements[0].suspects;
}

/** What became of one pattern: the marked lines that are missed, and the suspects that are none. */
function judge(kind, name, options) {
  const path = join(folder, kind, name);
  const suspects = suspectsOf(path, options);
  const [leaks, along] = [marked(path, 'leak'), marked(path, 'also')];
  const missed = leaks.filter((line) => !suspects.some((suspect) => suspect.source === path && suspect.line === line));
  const wrong = suspects.filter(({ source, line }) => source !== path || ![...leaks, ...along].includes(line));
  return { name: `${kind}/${name}`, kind, missed, wrong: wrong.map(({ source, line }) => `${source}:${line}`) };
}

function judgeAll(options) {
  const of = (kind) => readdirSync(join(folder, kind)).map((name) => judge(kind, name, options));
  const verdicts = [...of('leaky'), ...of('healthy')];
  const leaky = verdicts.filter(({ kind }) => kind === 'leaky');
  const missed = leaky.filter((verdict) => verdict.missed.length > 0).map(({ name }) => name);
  const wrong = verdicts.filter((verdict) => verdict.wrong.length > 0).map(({ name }) => name);
  return { leaky: leaky.length, all: verdicts.length, missed, wrong };
}

for (const [options, least, most] of [[[], 0.95, 0.05], [['--collect'], 1, 0]]) {
  test(`found, missed, false alarms ${options}`, (context) => {
    const { leaky, all, missed, wrong } = judgeAll(options);
    assert.ok(leaky >= 24 && all - leaky >= 20);
    context.diagnostic(`found ${leaky - missed.length} of ${leaky}, missed ${missed.length}, false alarms ${wrong.length} of ${all}`);
    assert.ok(missed.length <= leaky * (1 - least), `missed: ${missed}`);
    assert.ok(wrong.length <= all * most, `false alarms: ${wrong}`);
  });
}

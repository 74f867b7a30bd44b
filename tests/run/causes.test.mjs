// SPDX-License-Identifier: MIT
// What holds the objects of the lines that look like leaks: in the report, as JSON and as a sentence.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { inScratchFolder, lua, measure, runLuaheat, withSanitizer } from '../programs.mjs';

const causes = fixturePath('causes.lua');
const main = '(main chunk, causes.lua)';

/** Line -> the holder of its cause. */
function holdersOf({ suspects, causes }) {
  return new Map(causes.flatMap(({ holder, suspects: numbers }) => numbers.map((number) => [suspects[number].line, holder])));
}

const measured = (options, file, mark, args = []) =>
  measure([...options, '--stacks', 'off', '--measure', `lap=${fixturePath(file)}:${lineOf(file, mark)}`, fixturePath(file), ...args]).report.measurements[0];

test('a suspect has a holder, and lines of one holder are one cause', () => {
  const measurement = measured([], 'causes.lua', 'lap');
  const holders = holdersOf(measurement);
  const expected = {
    element: 'cache',
    unsent: 'peers[*].unsent',
    key: 'seen',
    list: 'head',
    text: 'log.text',
    grown: 'samples',
    visitor: 'world.rooms[*].visitors',
    upvalue: `local collect ${main} → upvalue store`,
    inner: `local sessions ${main}`,
    innermost: `local sessions ${main}`,
    outer: `local sessions ${main}`,
    waiting: `local waiting ${main}`,
  };
  for (const [mark, holder] of Object.entries(expected)) assert.equal(holders.get(lineOf('causes.lua', mark)), holder, mark);
});

/** What the first line on the terminal says, in the folder of a program of several files. */
function sentenceOf(folder, mark, name) {
  const { stderr } = runLuaheat(['run', '--measure', `${name}=main.lua:${lineOf(`${folder}/main.lua`, mark)}`, 'main.lua'], { cwd: fixturePath(folder) });
  return Buffer.from(stderr, 'latin1').toString().split('\n').find((line) => line !== '');
}

const at = (folder, file, mark) => `${file.replaceAll('.', '\\.')}:${lineOf(`${folder}/${file}`, mark)}`;

test('one command names both leaks of a game, by holder and by line', () => {
  const listeners = 'local events \\(main chunk, main\\.lua\\) → \\.listeners\\.tick \\(200 closures, game/behaviour\\.lua:\\d+ and 6 more lines, \\d+ bytes each\\)';
  const packets = `local net \\(main chunk, main\\.lua\\) → \\.pending \\(400 tables, ${at('leaking', 'game/net.lua', 'packet')} and 1 more line, \\d+ bytes each\\)`;
  assert.match(sentenceOf('leaking', 'frame', 'frame'), new RegExp(`^2 causes keep \\d+ KB in 399 frames, certain: ${listeners}, ${packets}$`));
});

test('and both of a server', () => {
  const said = `package\\.loaded\\["app\\.registry"\\]\\.users\\[\\*\\]\\.said \\(600 tables, ${at('serving', 'app/session.lua', 'said')}, \\d+ bytes each\\)`;
  const errors = `package\\.loaded\\["app\\.errors"\\]\\.kept \\(85 tables, ${at('serving', 'app/errors.lua', 'error')} and 1 more line, \\d+ bytes each\\)`;
  assert.match(sentenceOf('serving', 'request', 'request'), new RegExp(`^2 causes keep \\d+ KB in 599 requests, certain: ${said}, ${errors}$`));
});

test('and those of a program in somebody else\'s interpreter', () => {
  const file = fixturePath('leaking/main.lua');
  const [{ causes }] = measure(['--host', '--stacks', 'off', '--measure', `frame=${file}:${lineOf('leaking/main.lua', 'frame')}`, '--', lua, file],
    { env: withSanitizer() }).report.measurements;
  assert.deepEqual(causes.map(({ holder }) => holder), ['local events (main chunk, main.lua) → .listeners.tick', 'local net (main chunk, main.lua) → .pending']);
});

test('the page has the same sentence, and the causes line by line', () => {
  inScratchFolder((folder) => {
    const page = join(folder, 'page.html'), report = join(folder, 'report.json');
    runLuaheat(['run', '--format', 'json', '-o', report, '--measure', `frame=${fixturePath('leaking/main.lua')}:${lineOf('leaking/main.lua', 'frame')}`,
      '--export', `html=${page}`, fixturePath('leaking/main.lua')]);
    const [{ summary, causes, suspects }] = JSON.parse(readFileSync(report, 'utf8')).measurements;
    const html = readFileSync(page, 'utf8');
    assert.ok(html.includes(`<p class="finding">${summary}</p>`));
    const rows = [.../<table class="causes">([^]*?)<\/table>/.exec(html)[1].matchAll(/<tr.*?>(.*?)<\/tr>/g)].slice(1).map(([, row]) =>
      [.../<td>(.*?)<\/td>/g[Symbol.matchAll](row)].map(([, cell]) => cell.replaceAll(/<.*?>/g, '')));
    const number = (bytes) => bytes.toLocaleString('en');
    assert.deepEqual(rows, causes.flatMap(({ holder, kept, perWindow, confidence, suspects: numbers }) => [
      [number(perWindow), number(kept), '', confidence, `held by ${holder}`],
      ...numbers.map((index) => suspects[index]).map(({ source, line, ...one }) =>
        [number(one.perWindow), number(one.kept), number(one.since), one.confidence, `${source}:${line}`])]));
  });
});

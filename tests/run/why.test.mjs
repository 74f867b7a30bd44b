// SPDX-License-Identifier: MIT
// `luaheat run --why`: who holds what a line has allocated, when the script ends or at the peak of its heap.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { inScratchFolder, lua, luaRelease, measure, runLua, runLuaheat, withSanitizer } from '../programs.mjs';
import { sizes } from '../truth/sizes.mjs';

const { TABLE, NODES, GROWN_TO, STRING } = sizes(luaRelease());

const held = fixturePath('held.lua');
const at = (fixture, mark) => `${fixturePath(fixture)}:${lineOf(fixture, mark)}`;

/** The answer, and how the script went. */
function why(place, script, options) {
  const { report, ...result } = measure(['--why', place, ...script], options);
  assert.equal(report.why.place, place);
  return { answer: report.why.answer, ...result };
}

const shapes = ({ shapes: list }) => list.map(({ text, count, bytes }) => [text, count, bytes]);
const main = '(main chunk, held.lua)';
const all = [[`local held ${main} → [*]`, 100, 100 * TABLE], [`local held ${main}`, 1, GROWN_TO(100)]];

for (const how of ['return', 'exit', 'error', 'coroutine']) {
  test(`at the end, what is there before it goes: ${how}`, () => {
    const { answer, stdout, stderr, status } = why(at('held.lua', 'held'), [held, how]);
    assert.deepEqual(shapes(answer), all);
    assert.deepEqual([answer.at, answer.live, answer.reached], ['end', 100 * TABLE + GROWN_TO(100), 100 * TABLE + GROWN_TO(100)]);
    const plain = runLua([held, how]);
    assert.deepEqual([stdout, stderr, status], [plain.stdout, plain.stderr, plain.status]);
  });
}

test('at the peak, what is gone in the end', () => {
  const large = ['--why-at', 'peak'];
  const { answer } = why(at('held.lua', 'large'), [...large, held, 'peak']);
  const { report: { heap: { peak } } } = measure(['--why', at('held.lua', 'large'), ...large, held, 'peak']);
  assert.equal(answer.at, 'peak');
  assert.ok(answer.heap <= peak && answer.heap * 1.1 >= peak, `${answer.heap} of ${peak}`);
  const [{ text, count, bytes }] = answer.shapes;
  assert.deepEqual([text, bytes], [`local large ${main} → [*]`, count * TABLE]);
  assert.equal(answer.reached, answer.live);
  assert.deepEqual(why(at('held.lua', 'large'), [held, 'peak']).answer.shapes, [], 'nothing of it is there at the end');
});

test('a line that never ran, and a script that is killed', () => {
  const { answer } = why(at('held.lua', 'large'), [held]);
  assert.deepEqual([answer.live, answer.shapes], [0, []]);
  inScratchFolder((folder) => {
    for (const options of [{}, { env: { LUA_INIT: 'ran = "first"' } }]) {
      const { report } = measure(['--why', at('held.lua', 'held'), '-'], { input: 'print() os.execute("kill -9 $PPID")', cwd: folder, ...options });
      assert.deepEqual(report.why, { place: at('held.lua', 'held'), answer: null });
    }
  });
});

// A program of 8 files with two leaks. What is 31 frames old expires; one of two frames makes an entity.
const game = fixturePath('leaking/main.lua');
const frames = 400, made = frames / 2, alive = 16;
const packet = TABLE + NODES(2), message = TABLE + NODES(2);
const names = ['message', 'tries', 'frame'].map((name) => STRING(name.length)).reduce((a, b) => a + b);

test('two leaks, both holders within a screen', () => {
  const entities = why(at('leaking/game/entity.lua', 'entity'), [game]).answer;
  assert.deepEqual(shapes(entities), [
    ['local events (main chunk, main.lua) → .listeners.tick[*].fn → upvalue self', made - alive, (made - alive) * TABLE],
    ['local world (main chunk, main.lua) → .entities[*]', alive, alive * TABLE]]);
  const packets = why(at('leaking/game/net.lua', 'packet'), [game]).answer;
  assert.deepEqual(shapes(packets), [
    ['local net (main chunk, main.lua) → .pending[*]', frames, frames * packet],
    ['local net (main chunk, main.lua) → .pending', 1, GROWN_TO(frames)]]);
  assert.deepEqual(packets.shapes.map(({ retained }) => retained), [
    frames * (packet + message) + names, TABLE + GROWN_TO(frames) + frames * (packet + message) + names]);
});

test('the same in the table and in the page', () => {
  inScratchFolder((folder) => {
    const page = join(folder, 'page.html');
    const { stderr } = runLuaheat(['run', '--why', at('leaking/game/net.lua', 'packet'), '--export', `html=${page}`, game]);
    const reached = (frames * packet + GROWN_TO(frames)).toLocaleString('en');
    const from = stderr.slice(stderr.indexOf('Who holds what'));
    assert.match(from, new RegExp(`at the end: ${reached} of its ${reached} bytes are held\n`));
    assert.match(from, /^ *bytes +retained +objects\n *41,600 +83,292 +400 +local net \(main chunk, main\.lua\) .+ \.pending\[\*\]\n/m);
    const html = readFileSync(page, 'utf8');
    assert.match(html, new RegExp(`<p>${reached} of its ${reached} bytes are held\\.</p>`));
    assert.match(html, /<tr><td>41,600<\/td><td>83,292<\/td><td>400<\/td><td>local net \(main chunk, main\.lua\) → \.pending\[\*\]<\/td><\/tr>/);
  });
});

// What catches an error in lua5.4 is lua5.4: when it closes its state the variables of the script have gone.
const hosted = { return: all, exit: all, coroutine: all, error: [] };

for (const [how, expected] of Object.entries(hosted)) {
  test(`in another program, when its script ends: ${how}`, () => {
    const { answer, stdout, status } = why(at('held.lua', 'held'), ['--host', '--', lua, held, how], { env: withSanitizer() });
    assert.deepEqual(shapes(answer), expected);
    assert.deepEqual([answer.at, answer.live], ['end', 100 * TABLE + GROWN_TO(100)]);
    const plain = runLua([held, how]);
    assert.deepEqual([stdout, status], [plain.stdout, plain.status]);
  });
}

test('in another program, at the peak', () => {
  const { answer } = why(at('held.lua', 'large'), ['--why-at', 'peak', '--host', '--', lua, held, 'peak'], { env: withSanitizer() });
  const [{ text, count, bytes }] = answer.shapes;
  assert.deepEqual([answer.at, text, bytes], ['peak', `local large ${main} → [*]`, count * TABLE]);
});

// What was told when the first chunk ended counts no more; what it left in a global does.
test('in another program that runs several chunks, the last end counts', () => {
  const place = `${fixturePath('hundred_tables.lua')}:${lineOf('hundred_tables.lua', 'keep')}`;
  const codes = ['-e', 'x = 1', '-e', `kept = loadfile('${fixturePath('hundred_tables.lua')}')() error 'late'`];
  const { answer } = why(place, ['--host', '--', lua, ...codes], { env: withSanitizer() });
  assert.deepEqual([answer.at, answer.live], ['end', 100 * (TABLE + 16) + GROWN_TO(100)]);
});

test('in another program that does not close its state: nobody is asked, and that is told', () => {
  const { report, stderr } = measure(['--why', at('held.lua', 'held'), '--host', '--', lua, '-e', 'print() os.execute("kill $PPID")'], { env: withSanitizer() });
  assert.equal(report.why.answer, null);
  assert.match(stderr, /nothing was told of the end: .* has not closed its Lua state; --why-at peak/);
});

test('what is asked badly', () => {
  for (const [args, words] of [[['--why', 'held.lua'], /FILE:LINE/], [['--why', 'nowhere.lua:3'], /nowhere\.lua: No such file/],
    [['--why-at', 'peak'], /--why-at goes with --why/], [['--why', at('held.lua', 'held'), '--why-at', 'noon'], /end, peak|peak/]]) {
    const { status, stderr } = runLuaheat(['run', ...args, held]);
    assert.equal(status, 2);
    assert.match(stderr, words);
  }
});

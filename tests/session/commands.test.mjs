// SPDX-License-Identifier: MIT
// The table `luaheat` of the console: functions that print what is known of memory.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scene, scenes } from './session.mjs';

const TABLE_OF_1 = 56 + 16;
const exact = (number) => number.toLocaleString('en-US');

/** A row of a table that is printed: the numbers, the place. */
function rowAt(text, mark) {
  const row = text.split('\n').find((line) => line.includes(`commands.lua:${lineOf('commands.lua', mark)} `));
  assert.ok(row, `${mark} in\n${text}`);
  return row.trim().split(/ {2,}| (?=[▁▂▃▄▅▆▇█])/).slice(0, 3);
}

scene('top and since tell the lines that have grown', async (start) => {
  const program = await start('commands.lua', { stopAt: ['look'] });
  await program.stopsAt('look');
  await program.continueTo('look');
  const top = await program.evaluate('luaheat.top()');
  assert.deepEqual(rowAt(top, 'object'), [exact(100 * TABLE_OF_1), '200', exact(100 * TABLE_OF_1)]);
  assert.match(top, /local object = \{ i \}/, 'what stands there');
  assert.doesNotMatch(await program.evaluate('luaheat.top(1)'), /commands\.lua:\d+[^]*commands\.lua:\d+/);
  await program.continueTo('look');
  assert.deepEqual(rowAt(await program.evaluate('luaheat.top()'), 'object')[0], exact(50 * TABLE_OF_1));
  assert.deepEqual(rowAt(await program.evaluate('luaheat.since(1)'), 'object')[0], exact(150 * TABLE_OF_1));
  assert.match(await program.evaluate('luaheat.since(77)'), /no stop or snapshot 77/);
});

scene('they are functions of Lua: statements, results beside, wrong arguments', async (start) => {
  const program = await start('commands.lua', { stopAt: ['look'] });
  await program.stopsAt('look');
  assert.match(await program.evaluate('6 * 7, luaheat.measurements()'), /^42\nNothing is measured/);
  assert.match(await program.evaluate('for i = 1, 2 do luaheat.collect() end'), /^(.* collected; the heap has .* B\n?){2}$/);
  assert.match(await program.evaluateFails('luaheat.since()'), /bad argument #1 to 'since'/);
  assert.match(await program.evaluateFails('luaheat.top(0)'), /bad argument #1 to 'top'/);
  assert.match(await program.evaluateFails('luaheat.nonsense()'), /nil value/);
});

scene('why and size tell of one object', async (start) => {
  const program = await start('commands.lua', { stopAt: ['look'] });
  await program.stopsAt('look');
  await program.continueTo('look');
  const [one, many] = [TABLE_OF_1, 56 + 128 * 16 + 100 * TABLE_OF_1]; // its array has doubled up to 128
  assert.equal(await program.evaluate('luaheat.size(kept[7])'), `${exact(one)} B, and it alone retains ${exact(one)} B`);
  assert.equal(await program.evaluate('luaheat.size(kept)'), `${exact(56 + 128 * 16)} B, and it alone retains ${exact(many)} B`);
  assert.match(await program.evaluate('luaheat.why(kept[7])'), /^72 B, and it alone retains 72 B\nIt is held by\n {2}(local|upvalue) kept[^\n]*\[7\]$/);
  assert.match(await program.evaluateFails('luaheat.size(7)'), /a number is not an object/);
  assert.match(await program.evaluateFails('luaheat.why()'), /bad argument #1 to 'why'/);
  const [live] = [(await program.lines()).heap.live];
  await program.evaluate('for i = 1, 3 do luaheat.size(kept[i]) end');
  assert.ok((await program.lines()).heap.live - live < 20_000, 'a walk gives back what it has taken');
});

scenes('what is unfolded has its size, which is found out when it is asked for', async (start, { client }) => {
  const program = await start('commands.lua', { stopAt: ['look'] });
  await program.stopsAt('look');
  await program.continueTo('look');
  const frameId = await program.frameId();
  const kept = { whole: 56 + 128 * 16, alone: 56 + 128 * 16 + 100 * TABLE_OF_1 };
  for (const context of ['hover', 'watch', 'repl']) {
    const value = await client.request('evaluate', { expression: 'kept', frameId, context });
    if (program.isExact) {
      assert.equal(await program.size(value), `${exact(kept.whole)} B, retains ${exact(kept.alone)} B`, context);
      continue;
    }
    const { variables } = await client.request('variables', { variablesReference: value.variablesReference });
    assert.ok(!variables.some(({ name }) => name === '(size)'), 'without figures nobody knows');
  }
  if (!program.isExact) return;
  const [upvalue] = await program.scope('Upvalues');
  assert.equal(await program.size(upvalue), `${exact(kept.whole)} B, retains ${exact(kept.alone)} B`);
  const made = await client.request('evaluate', { expression: '{ 1, 2, 3 }', frameId, context: 'repl' });
  assert.equal(await program.size(made), 'held by nothing but the debugger');
});

scene('it is nowhere but in the console', async (start, { client }) => {
  const program = await start('commands.lua', { stopAt: ['look', 'own', 'saved'] });
  await program.stopsAt('look');
  assert.equal(await program.evaluate('luaheat', { context: 'hover' }), 'nil');
  assert.equal(await program.evaluate('rawget(_G, "luaheat")'), 'nil');
  await program.evaluate('saved = luaheat.top');
  await program.setBreakpoints(['own', 'saved']);
  await program.continueTo('own');
  assert.equal(await program.evaluate('luaheat.top()'), '"its own"', 'a name of the program comes first');
  await program.continueTo('saved');
  await program.continueToEnd();
  assert.match(client.output('stdout'), /^false\tluaheat is for the console$/m);
});

scene('a program that forbids unknown names has it too', async (start) => {
  const program = await start('commands.lua', { stopAt: ['look'], args: ['strict'] });
  await program.stopsAt('look');
  assert.match(await program.evaluate('luaheat.top()'), /growth/);
  assert.match(await program.evaluateFails('unknown.top()'), /undeclared unknown/);
});

scene('what it takes is the debugger\'s, and nothing until it is used', async (start) => {
  const program = await start('commands.lua', { stopAt: ['look'] });
  await program.stopsAt('look');
  const before = await program.assertFiguresAddUp();
  await program.evaluate('kept');
  assert.deepEqual(await program.assertFiguresAddUp(), before);
  await program.evaluate('luaheat.top()');
  const after = await program.assertFiguresAddUp();
  assert.equal(after.live - after.debugger, before.live - before.debugger);
});

scenes('without figures it says so; the collector runs all the same', async (start) => {
  const program = await start('commands.lua', { stopAt: ['look'] });
  await program.stopsAt('look');
  const told = /Memory is not measured/;
  for (const command of ['top()', 'since(1)', 'measurements()', 'suspects()'])
    assert.equal(told.test(await program.evaluate(`luaheat.${command}`)), !program.isExact, command);
  assert.match(await program.evaluate('luaheat.collect()'), /collected; the heap has [\d,]+ B$/);
});

scene('the console completes it', async (start, { client }) => {
  const program = await start('commands.lua', { stopAt: ['look'] });
  await program.stopsAt('look');
  const frameId = await program.frameId();
  const labels = async (text) =>
    (await client.request('completions', { text, column: text.length + 1, frameId })).targets.map(({ label }) => label);
  assert.deepEqual((await labels('luaheat.')).sort(), ['collect', 'measurements', 'since', 'size', 'strings', 'suspects', 'tables', 'top', 'why']);
  assert.deepEqual(await labels('luaheat.s'), ['since', 'suspects', 'size', 'strings']);
  assert.ok((await labels('lua')).includes('luaheat'));
  assert.deepEqual(await labels('kept.luaheat.'), []);
});

scene('tables and strings tell what takes the room', async (start) => {
  const program = await start('largest.lua', { stopAt: ['stop'] });
  await program.stopsAt('stop');
  const line = (mark) => `largest.lua:${lineOf('largest.lua', mark)} `;
  const rows = (text) => text.split('\n').slice(3).map((row) => row.trim().split(/ {2,}/));
  const tables = await program.evaluate('luaheat.tables(2)');
  assert.match(tables, /^The largest tables of \d+, by what they retain \(bytes\)\n/);
  assert.deepEqual(rows(tables).map((row) => row.slice(0, 3)), [['72', exact(72 + 24 + 200000 + 1), '1'], [exact(56 + 128 * 16), exact(56 + 128 * 16 + 100 * (56 + 24) + 24 + 1 + 1), '100']]);
  assert.ok(tables.includes(line('vault')) && tables.includes(line('list')) && tables.includes('local list (main chunk'), tables);
  assert.deepEqual(rows(await program.evaluate('luaheat.tables(1, "bytes")'))[0].slice(0, 3), [exact(56 + 128 * 16), exact(56 + 128 * 16 + 100 * (56 + 24) + 24 + 1 + 1), '100']);
  const strings = await program.evaluate('luaheat.strings(1)');
  assert.match(strings, /^Equal strings that there are many times: one of each of the 3 would save 6,466 bytes\n/);
  assert.deepEqual(rows(strings)[0].slice(0, 4), ['4,025', '8,050', '4,025', '2']);
  assert.match(await program.evaluateFails('luaheat.tables(1, "names")'), /invalid option 'names'/);
});

scene('strings are known without memory, tables are not', async (start) => {
  const program = await start('largest.lua', { stopAt: ['stop'], memory: 'off' });
  await program.stopsAt('stop');
  assert.match(await program.evaluate('luaheat.strings(1)'), /would save 6,466 bytes/);
  assert.match(await program.evaluateFails('luaheat.tables()'), /memory is not measured/);
});

/** A measurement of laps from that mark on. */
const laps = (name, fixture, mark) => ({ name, from: `${fixturePath(fixture)}:${lineOf(fixture, mark)}` });

scene('suspects tells what leaks, how much, and how sure that is; measurements also what windows were like', async (start) => {
  const program = await start('leaks.lua', { args: ['200'], stopAt: ['finished'], measurements: [laps('request', 'leaks.lua', 'request')] });
  await program.stopsAt('finished');
  const [sentence, ...rest] = (await program.evaluate('luaheat.suspects()')).split('\n');
  assert.match(sentence, /^\d+ causes keep \d+ KB in 199 requests, (?:\d+ )?(?:certain|likely).*: .*leaks\.lua:\d+/);
  const kinds = { holder: /^ {2}held by .*: [\d,]+ a window, [\d,]+ in all; (certain|likely)$/, place: /^ {2}\S*leaks\.lua:\d+ {2}/,
    evidence: /^ {4}kept: [\d,]+ a window, [\d,]+ in all; more in \d+ of \d+ stretches, since window \d+; (certain|likely)$/, none: /^$/ };
  assert.deepEqual(rest.filter((line) => !Object.values(kinds).some((kind) => kind.test(line))), [], 'what speaks against them, and nothing else');
  assert.equal(rest.filter((line) => kinds.evidence.test(line)).length, rest.filter((line) => kinds.place.test(line)).length);
  for (const mark of ['cache_leak', 'closure_leak', 'coroutine_leak'])
    assert.ok(rest.some((line) => line.includes(`leaks.lua:${lineOf('leaks.lua', mark)} `)), mark);
  const whole = await program.evaluate('luaheat.measurements()');
  assert.ok(whole.startsWith(sentence) && /^Measurement request: 199 windows/m.test(whole) && /^retained /m.test(whole));
});

scene('suspects tells that there are none, of how many windows', async (start) => {
  const program = await start('windows.lua', { stopAt: ['never_twice'], collect: true,
    measurements: [laps('churn', 'windows.lua', 'churn'), laps('lap', 'windows.lua', 'never_twice')] });
  await program.stopsAt('never_twice');
  const [none, empty, title, , never] = (await program.evaluate('luaheat.suspects()')).split('\n');
  const { windows } = (await program.client.request('luaheat/measure', {})).measurements.find(({ name }) => name === 'churn');
  assert.match(none, new RegExp(`^No leak found in ${windows} churns; one in `));
  assert.deepEqual([empty, title], ['', 'Measurement lap: 0 windows, 1 more not closed'], 'the other has none yet');
  assert.match(never, /^No window was closed/);
});

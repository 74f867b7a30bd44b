// SPDX-License-Identifier: MIT
// Strings of many megabytes: what is shown of them is cut, and says so; what is asked for as a whole is
// whole up to a bound; no message is larger than the other side takes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scene, scenes } from './session.mjs';

const megabyte = 2 ** 20;
const bytes = {
  text: 10 * megabyte, binary: 10 * megabyte, quotes: 10 * megabyte, lines: 10 * megabyte, controls: 10 * megabyte,
  moons: 8 * megabyte, off_by_one: 8 * megabyte + 1, broken: 9 * megabyte,
};

async function atStrings(start, options) {
  const program = await start('big_strings.lua', { stopAt: ['strings'], ...options });
  await program.stopsAt('strings');
  return program;
}

const evaluate = async (program, expression, context) =>
  program.client.request('evaluate', { expression, context, frameId: await program.frameId() });

scenes('lists show the beginning and say how long it is', async (start) => {
  const program = await atStrings(start);
  for (const [name, size] of Object.entries(bytes)) {
    const { result } = await evaluate(program, `kinds.${name}`, 'watch');
    assert.ok(result.endsWith(`…" (${size} bytes)`), `${name}: ${result.slice(-40)}`);
    assert.ok(result.length > 400 && result.length < 1000, `${name}: ${result.length}`);
  }
  assert.match((await program.locals()).text, /^"x{800,}…" \(10485760 bytes\)$/);
  assert.match((await evaluate(program, 'kinds.moons', 'watch')).result, /^"(🌙)+…"/u);
  assert.match((await evaluate(program, 'kinds.off_by_one', 'watch')).result, /^"x(🌙)+…"/u);
});

scene('keys too, wherever they stand', async (start) => {
  const program = await atStrings(start);
  const table = await evaluate(program, 'keys', 'watch');
  assert.ok(table.result.length < 1000);
  const entries = await program.children(table);
  assert.equal(entries.length, Object.keys(bytes).length);
  for (const { name, evaluateName } of entries) {
    assert.ok(name.length < 300, name);
    assert.equal(evaluateName, undefined);
  }
});

const sizeOf = (text) => Buffer.byteLength(text);

/** The literal is as long as it may be, and what it leaves out is told. */
function assertCut(result, most, size) {
  assert.ok(result.endsWith(`…" (${size} bytes)`), result.slice(-40));
  assert.ok(sizeOf(result) <= most + 100 && sizeOf(result) > most - 100, `${sizeOf(result)} bytes`);
}

scene('what is copied is whole, up to 16 MiB of code', async (start) => {
  const program = await atStrings(start), most = 16 * megabyte;
  const copy = async (expression) => (await evaluate(program, expression, 'clipboard')).result;
  assert.equal(await copy('one'), `"${'\\xFF'.repeat(megabyte)}"`);
  assert.equal(await copy('kinds.text'), `"${'x'.repeat(bytes.text)}"`);
  assert.equal(await copy('kinds.off_by_one'), `"x${'🌙'.repeat(bytes.moons / 4)}"`);
  for (const name of ['binary', 'quotes']) assertCut(await copy(`kinds.${name}`), most, bytes[name]);
  assertCut(await copy('"x" .. kinds.moons:rep(3)'), most, 3 * bytes.moons + 1);
  const several = await copy('"", kinds.quotes, kinds.lines, kinds.text');
  assert.match(several.slice(-100), /…" \(10485760 bytes\), … \(4 results\)$/);
});

scene('a console shows the first MiB', async (start) => {
  const program = await atStrings(start);
  const show = async (expression) => (await evaluate(program, expression, 'repl')).result;
  for (const [name, size] of Object.entries(bytes)) assertCut(await show(`kinds.${name}`), megabyte, size);
  const short = 'x'.repeat(megabyte - 100);
  assert.equal(await show(`("x"):rep(${short.length})`), `"${short}"`);
  assert.ok(sizeOf(await show('kinds.text, kinds.lines, kinds.quotes, kinds.text')) < 4 * megabyte + 1000);
});

scene('a table is copied as code that is cut and says so', async (start) => {
  const program = await atStrings(start);
  for (const name of ['kinds', '{ { { [kinds.text] = { [kinds.lines] = kinds.binary } } } }']) {
    const { result } = await evaluate(program, name, 'clipboard');
    assert.ok(sizeOf(result) < 16 * megabyte + 1000);
    assert.match(result, /…" --\[\[ \d+ bytes \]\]/);
    assert.match(result, /--\[\[ and more \]\]\s*}$/);
    await evaluate(program, result.replace(/ --\[\[ and more \]\]/g, ''), 'watch'); // it is Lua
  }
});

scene('a watch of 256 MB is answered, and can be cancelled', async (start, { client }) => {
  const program = await atStrings(start);
  const { result } = await evaluate(program, '("\\255"):rep(1 << 20):rep(256)', 'watch');
  assert.match(result, /^"(\\xFF)+…" \(268435456 bytes\)$/);
  const frameId = await program.frameId();
  const endless = client.refusal('evaluate', {
    expression: 'while true do a = ("x"):rep(1 << 23) end', frameId, context: 'watch', // each takes many ms
  });
  await client.request('cancel', { requestId: client.lastSeq });
  assert.equal((await endless).word, 'cancelled');
});

scene('what a log point prints of a string has a bound', async (start, { client }) => {
  const program = await atStrings(start, { memory: 'off' });
  await client.request('setBreakpoints', {
    source: { path: fixturePath('big_strings.lua') },
    breakpoints: [
      { line: lineOf('big_strings.lua', 'logged'), logMessage: '{a}{a} and {#a} {a}' },
      { line: lineOf('big_strings.lua', 'here') },
    ],
  });
  await program.continueTo('here');
  const text = client.output('console');
  assert.match(text, /… \(41943040 bytes\)/);
  assert.ok(text.length > megabyte && text.length < 16 * megabyte, `${text.length} characters`);
});

scene('names of megabytes are cut, and code of megabytes is shown from its beginning', async (start, { client }) => {
  const program = await atStrings(start);
  await program.setBreakpoints(['here']);
  for (const source of ['path', 'code', 'path']) {
    await program.continue();
    await program.stops('breakpoint');
    const { stackFrames } = await program.stack();
    assert.ok(JSON.stringify(stackFrames).length < 10_000);
    const [{ name }, { id, source: odd }] = stackFrames;
    assert.match(name, /^n{100,}… \(10485760 bytes\)$/);
    const { scopes } = await client.request('scopes', { frameId: id });
    const variables = await program.children(scopes[0]);
    assert.match(variables[0].name, /^n{100,}… \(10485760 bytes\)$/);
    assert.equal(variables[0].value, '1');
    assert.ok(JSON.stringify(await client.request('threads')).length < 10_000);
    if (source !== 'code') continue;
    const { content } = await client.request('source', { source: odd, sourceReference: odd.sourceReference });
    assert.match(content.slice(0, 100), /^local n+/);
    assert.match(content.slice(-100), /… \(\d+ bytes; the first 8388608 are shown\)\n$/);
  }
  assert.ok(JSON.stringify(await client.request('loadedSources')).length < 10_000);
});

scene('an error value of 70 MB, caught and not', async (start, { client }) => {
  const program = await start('big_strings.lua', { errors: ['caught', 'uncaught'] });
  for (const filter of ['caught', 'uncaught']) {
    await program.stops('exception');
    assert.ok(program.stop.text.length < 200_000 && program.stop.text.includes('… (73400320 bytes)'), filter);
    const { description, details } = await client.request('exceptionInfo', { threadId: 1 });
    assert.equal(description, details.message);
    assert.ok(description.endsWith('… (73400320 bytes)'));
    if (filter === 'caught') await program.continue();
  }
});

scene('a file is a source too', async (start, { client }) => {
  const program = await atStrings(start);
  const path = fixturePath('big_strings.lua');
  const text = readFileSync(path, 'utf8');
  for (const args of [{ source: { path } }, { source: { path, sourceReference: 0 }, sourceReference: 0 }])
    assert.equal((await client.request('source', args)).content, text);
  const missing = await client.refusal('source', { source: { path: `${path}.not` } });
  assert.match(missing.error.format, /cannot be read/);
  assert.match((await client.refusal('source', { source: { path: '/dev/zero' } })).error.format, /cannot be read/);
  await program.setBreakpoints([]);
});

scene('requests and refusals of 30 MB', async (start, { client }) => {
  const program = await atStrings(start);
  const long = 'x'.repeat(30 * megabyte);
  const frameId = await program.frameId();
  assert.equal((await client.request('evaluate', { expression: long, frameId, context: 'watch' })).result, 'nil');
  assert.ok((await client.refusal('evaluate', { expression: `${long}!`, frameId, context: 'watch' })).error);
  const name = await client.refusal('luaheat/export', { format: long, path: '/tmp/x' });
  assert.ok(name.error.format.length < 10_000);
  const [breakpoint] = (await client.request('setBreakpoints', {
    source: { path: fixturePath('big_strings.lua') }, breakpoints: [{ line: 1, condition: `'${long}` }],
  })).breakpoints;
  assert.ok(breakpoint.message.length < 100_000);
});

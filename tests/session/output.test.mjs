// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { luaheat } from '../programs.mjs';
import { scene, scenes } from './session.mjs';

/** AddressSanitizer's own memory says nothing about ours. */
const sanitized = readFileSync(luaheat).includes('__asan_init');

const run = (start, what, options) => start('output.lua', { args: [what], ...options });

scenes('whatever writes to stdout and stderr comes as output events', async (start, { client }) => {
  const program = await run(start, 'kinds');
  await program.ends();
  assert.equal(client.output('stdout'),
    'print\t1\tnil\ttrue\nio.write\nio.stdout\na shell\na pipe\nthe end\n');
  assert.equal(client.output('stderr'), 'io.stderr\nits stderr\n');
});

scene('without a debugger too', async (start, { client }) => {
  const program = await run(start, 'kinds', { noDebug: true });
  await program.ends();
  assert.match(client.output('stdout'), /print\t1\tnil\ttrue\n.*the end\n$/s);
});

scene('bytes that are not UTF-8 arrive readable, the rest as it is', async (start, { client }) => {
  const program = await run(start, 'bytes');
  await program.ends();
  const text = client.output('stdout');
  assert.match(text, /^ä € 😀$/m);
  assert.match(text, /^invalid \\xff\\xfe\\xc3\( end$/mi);
  assert.match(text, /^nul \\(x00|0) end$/m);
  assert.match(text, /escape \x1b\[31mred\x1b\[0m\n/);
  assert.match(text, /carriage\rreturn\r\n/);
});

scenes('a line begun before a stop is shown before the stop', async (start, { client }) => {
  const program = await run(start, 'partial', { stopAt: ['stop'] });
  await program.stopsAt('stop');
  const stopped = client.messages.findIndex((message) => message.event === 'stopped');
  const before = client.messages.slice(0, stopped)
    .filter((message) => message.event === 'output').map((message) => message.body.output).join('');
  assert.equal(before, 'partial line');
  await program.continueToEnd();
  assert.equal(client.output('stdout'), 'partial line completed\nno newline at the endthe end\n');
});

function assertAllLines(client, count) {
  const lines = client.output('stdout').split('\n');
  assert.equal(lines.length, count + 2);
  for (let i = 0; i < count; i++) if (lines[i] !== `line ${i + 1}`) assert.equal(lines[i], `line ${i + 1}`);
  const events = client.messages.filter((message) => message.event === 'output').map((m) => m.body.output);
  for (const text of events) assert.ok(text.endsWith('\n'), 'each event ends with a line');
  assert.ok(events.length <= count / 100, `${events.length} events`);
  const largest = Math.max(...events.map((text) => text.length));
  assert.ok(largest <= 1 << 20, `the largest has ${largest} characters`);
}

/** The most memory that a process has ever taken, in bytes. */
function mostMemory(pid) {
  return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
}

/** How often it has asked for bytes, from whomever. */
function readsOf(pid) {
  return Number(/syscr: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))[1]);
}

/** When the process has stopped writing: it has nothing to say, or nobody reads. */
async function fallsSilent(pid) {
  const written = () => /wchar: (\d+)/.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))[1];
  for (let last, same = 0; same < 30; same = last === written() ? same + 1 : 0) {
    last = written();
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
}

const boundedMemory = 6 << 20;
const many = sanitized ? 100_000 : 1_000_000; // which takes a sanitized program about as long

scenes('a million lines come whole and in order, in far fewer events and bounded memory', async (start, { client }) => {
  const begin = performance.now();
  const program = await run(start, 'many', { args: ['many', String(many)] });
  await program.ends();
  const ticks = performance.now() - begin, chunks = client.output('stdout').length / 16_384;
  assertAllLines(client, many);
  assert.ok(readsOf(client.pid) < 6 * ticks + chunks + 1000, 'nobody is woken for each line');
  if (!sanitized) assert.ok(mostMemory(client.pid) < boundedMemory, `${mostMemory(client.pid)} bytes`);
});

// Fewer lines than a million would find room on their way.
if (!sanitized) {
  scene('a client that does not read makes the program wait, not the adapter grow', async (start, { client }) => {
    const program = await run(start, 'many', { args: ['many', '1000000'] });
    client.pauseReading();
    await fallsSilent(program.pid);
    assert.ok(mostMemory(client.pid) < boundedMemory, `${mostMemory(client.pid)} bytes`);
    client.resumeReading();
    await program.ends();
    assertAllLines(client, 1_000_000);
  });
}

scenes('lines to stdout and stderr in turns keep their order and category', async (start, { client }) => {
  const program = await run(start, 'turns');
  await program.ends();
  const numbered = (word) => Array.from({ length: 1000 }, (_, i) => `${word} ${i + 1}\n`).join('');
  assert.equal(client.output('stdout'), `${numbered('out')}the end\n`);
  assert.equal(client.output('stderr'), numbered('err'));
});

scenes('what a coroutine has printed is shown before it stops', async (start, { client }) => {
  const program = await run(start, 'coroutine', { stopAt: ['in_coroutine'] });
  await program.stopsAt('in_coroutine');
  const stopped = client.messages.findIndex((message) => message.event === 'stopped');
  const output = client.messages.findIndex((message) => message.event === 'output');
  assert.ok(output >= 0 && output < stopped);
  assert.equal(client.output('stdout'), 'inside\n');
  await program.continueToEnd();
  assert.equal(client.output('stdout'), 'inside\nafter\nthe end\n');
});

scene('one line of five million bytes', async (start, { client }) => {
  const program = await run(start, 'huge');
  await program.ends();
  assert.equal(client.output('stdout'), `${'x'.repeat(5_000_000)}\nthe end\n`);
});

scene('characters written byte by byte stay whole', async (start, { client }) => {
  const program = await run(start, 'split');
  await program.ends();
  assert.equal(client.output('stdout'), `${'€'.repeat(100)}\nthe end\n`);
});

scene('text that looks like our protocol is only text', async (start, { client }) => {
  const program = await run(start, 'header');
  await program.ends();
  assert.equal(client.output('stdout'), 'Content-Length: 20\r\n\r\n{"seq":1,"type":"x"}\nthe end\n');
});

scene('a child left behind with the output open does not hold up the end', async (start, { client }) => {
  const program = await run(start, 'background');
  await program.ends();
  const left = Number(/^\d+/.exec(client.output('stdout'))[0]);
  process.kill(left); // it is still there
});

scene('standard input is empty, not ours', async (start, { client }) => {
  const program = await run(start, 'stdin');
  await program.ends();
  assert.equal(client.output('stdout'), 'true\tnil\nthe end\n');
});

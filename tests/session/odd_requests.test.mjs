// SPDX-License-Identifier: MIT
// Requests that are odd but clear, or clear but wrong: null for absent, threads that are not there, pages
// beyond the end, text that cannot be passed on, and what is under way when a launch fails.

import assert from 'node:assert/strict';

import { fixturePath } from '../fixture.mjs';
import { initializeArguments, scene, scenes } from './session.mjs';

scene('setExceptionBreakpoints with nothing, and with null for absent', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  assert.deepEqual((await client.request('setExceptionBreakpoints')).breakpoints, []);
  const filterOptions = [
    { filterId: 'uncaught', condition: null, mode: null },
    { filterId: 'memory', condition: null },
  ];
  const early = await client.request('setExceptionBreakpoints', { filters: null, filterOptions });
  assert.equal(early.breakpoints.length, 2);
  await client.request('setExceptionBreakpoints', { filters: null, filterOptions: filterOptions.slice(0, 1) });
  const launched = client.request('launch', { program: fixturePath('errors.lua'), args: null, env: null, cwd: null });
  await client.request('setBreakpoints', {
    source: { path: fixturePath('errors.lua'), name: null, sourceReference: null },
    breakpoints: [{ line: 1, column: null, condition: null, hitCondition: null, logMessage: null, mode: null }],
  });
  await client.request('configurationDone');
  await launched;
  await client.event('stopped');
  const [none, one] = [
    await client.request('setExceptionBreakpoints'),
    await client.request('setExceptionBreakpoints', { filters: [], filterOptions: filterOptions.slice(0, 1) }),
  ];
  assert.deepEqual(none.breakpoints, []);
  assert.deepEqual(one.breakpoints.map(({ verified }) => verified), [true]);
  const { stackFrames } = await client.request('stackTrace', { threadId: 1, startFrame: null, levels: null, format: null });
  assert.ok(stackFrames.length > 0);
});

scenes('a page beyond the end is empty, and at once', async (start, { client }) => {
  const program = await start('evaluate.lua', { stopAt: ['here'] });
  await program.stopsAt('here');
  const { result, ...table } = await client.request('evaluate', {
    expression: '(function() local t = { 1, 2, 3, name = "x" } return t end)()', frameId: await program.frameId(), context: 'watch',
  });
  const beyond = performance.now();
  for (const filter of ['indexed', 'named', undefined])
    for (const start of [4, 1000, 2 ** 31 - 2, 2 ** 31 - 1])
      assert.deepEqual(await program.children(table, { filter, start, count: 10 }), [], `${filter} ${start}`);
  assert.ok(performance.now() - beyond < 5000);
  for (const count of [0, 4, 2 ** 31 - 1])
    assert.equal((await program.children(table, { start: 0, count })).length, 4);
  assert.equal((await program.children(table, { start: 3 })).length, 1);
  for (const [start, count] of [[-1, 1], [0, -1], [2 ** 31, 1], [1.5, 1]]) {
    const { error } = await client.refusal('variables', { ...table, start, count });
    assert.match(error.format, /must be a whole number from 0/);
  }
});

scene('the figures come in pages too', async (start) => {
  const program = await start('evaluate.lua', { stopAt: ['here'] });
  await program.stopsAt('here');
  const memory = (await program.scopes()).find(({ name }) => name === 'Memory');
  const all = await program.children(memory);
  assert.ok(all.length > 3);
  assert.deepEqual(await program.children(memory, { start: 1, count: 2 }), all.slice(1, 3));
  assert.deepEqual(await program.children(memory, { start: 2 }), all.slice(2));
  for (const start of [all.length, 2 ** 31 - 1]) assert.deepEqual(await program.children(memory, { start, count: 5 }), []);
});

scenes('a thread that is not there cannot be told to go', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['start'] });
  await program.stopsAt('start');
  for (const command of ['continue', 'next', 'stepIn', 'stepOut', 'stackTrace'])
    for (const threadId of [0, 2, 99, 2 ** 31 - 1])
      assert.match((await client.refusal(command, { threadId })).error.format, /there is no thread/, command);
  assert.ok((await client.refusal('terminateThreads', { threadIds: [99] })).error);
  await program.nextTo('over_recursion');
});

scene('nor be told to pause', async (start, { client }) => {
  const program = await start('busy.lua', { args: ['empty'] });
  for (const threadId of [0, 2, 99])
    assert.match((await client.refusal('pause', { threadId })).error.format, /there is no thread/);
  await program.pause();
  await program.stops('pause');
});

scene('but one that it has been told of can', async (start, { client }) => {
  const program = await start('busy.lua', { args: ['empty'] });
  await program.pause();
  await program.stops('pause');
  await program.evaluate('kept = coroutine.create(print)');
  const { threads } = await client.request('threads');
  const { id } = threads.at(-1);
  assert.ok(id > program.stop.threadId);
  await program.continue();
  await client.request('pause', { threadId: id });
  await program.stops('pause');
});

const flaws = [
  ['"a\\u0000b"', /^'condition' holds a NUL character/],
  ['"a\\ud83c"', /^'condition' holds half of a character/],
  ['1000000000000000000000000000000000000000000000000000000000000000000000', /^'condition' holds a number/],
  ['['.repeat(2000) + ']'.repeat(2000), /^'condition' holds values nested deeper/],
];
for (const [json, pattern] of flaws) {
  scene(`text that cannot be passed on is refused with the name of its field: ${pattern}`, async (start, { client }) => {
    await client.request('initialize', initializeArguments);
    const seq = client.nextSeq();
    const body = `{"seq":${seq},"type":"request","command":"setBreakpoints","arguments":{"source":{"path":"/x.lua"},`
      + `"breakpoints":[{"line":1,"condition":${json}}]}}`;
    client.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    await assert.rejects(client.responseTo(seq, 'setBreakpoints'), (refused) => pattern.test(refused.error.format));
    assert.equal(client.messages.find((message) => message.request_seq === seq).command, 'setBreakpoints');
    await client.request('threads');
  });
}

scene('a request too large to be read: that it is not answered is told', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['start'] });
  await program.stopsAt('start');
  const seq = client.nextSeq();
  const body = Buffer.from(JSON.stringify({ seq, type: 'request', command: 'evaluate', arguments: { expression: `"${'x'.repeat(65 << 20)}"` } }));
  client.write(`Content-Length: ${body.length}\r\n\r\n`);
  client.write(body);
  await client.until('it is told', () => /larger than 64 MiB.*not answered/.test(client.output('important')));
  assert.equal(client.answersTo(seq), 0);
  await program.nextTo('over_recursion');
});

// Whatever is legal without a program is answered as it is then; the launch alone fails.
const number = 1, text = 'x', object = {}, flag = true;
const needed = {
  stackTrace: { threadId: number },
  scopes: { frameId: number },
  variables: { variablesReference: number },
  evaluate: { expression: text },
  setVariable: { variablesReference: number, name: text, value: text },
  setExpression: { expression: text, value: text },
  completions: { text, column: number },
  readMemory: { memoryReference: text, count: number },
  writeMemory: { memoryReference: text, data: text },
  locations: { locationReference: number },
};
const optional = {
  stackTrace: { startFrame: number, levels: number },
  variables: { filter: text, start: number, count: number },
  evaluate: { frameId: number, context: text },
  setVariable: { format: object },
  setExpression: { frameId: number, format: object },
  completions: { line: number, frameId: number },
  writeMemory: { allowPartial: flag },
  source: { source: object, sourceReference: number },
};

scene('an argument that is missing, or of another type, is told by its name', async (start, { client }) => {
  const program = await start('evaluate.lua', { stopAt: ['here'] });
  await program.stopsAt('here');
  const badArguments = 1004;
  const refused = async (command, name, args) => {
    const { error } = await client.refusal(command, args);
    assert.equal(error.id, badArguments, `${command}: ${JSON.stringify(args)}`);
    assert.ok(error.format.includes(`'${name}'`), error.format);
  };
  for (const [command, args] of Object.entries(needed)) {
    for (const name of Object.keys(args)) await refused(command, name, { ...args, [name]: undefined });
  }
  for (const command of Object.keys({ ...needed, ...optional })) {
    const all = { ...needed[command], ...optional[command] };
    for (const name of Object.keys(all)) await refused(command, name, { ...all, [name]: [] });
  }
});

scene('what a breakpoint says of itself is text, else it is told which', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  const source = { path: fixturePath('errors.lua') };
  const requests = {
    setBreakpoints: [{ source }, { line: 1 }],
    setFunctionBreakpoints: [{}, { name: 'f' }],
    setDataBreakpoints: [{}, { dataId: 'x' }],
  };
  for (const [command, [args, place]] of Object.entries(requests)) {
    for (const name of ['condition', 'hitCondition', 'logMessage', 'mode']) {
      const { error } = await client.refusal(command, { ...args, breakpoints: [place, { ...place, [name]: 1 }] });
      assert.match(error.format, new RegExp(`^In 'breakpoints\\[1\\]': '${name}' must be a string`));
    }
  }
});

scene('requests under way while a launch fails', async (start, { client }) => {
  const source = { path: fixturePath('broken.lua') };
  const legal = [
    ['setBreakpoints', { source, breakpoints: [{ line: 1 }] }, ({ breakpoints }) => breakpoints.length === 1],
    ['setFunctionBreakpoints', { breakpoints: [{ name: 'f' }] }, ({ breakpoints }) => breakpoints.length === 1],
    ['setDataBreakpoints', { breakpoints: [{ dataId: 'x' }] }, ({ breakpoints }) => breakpoints.length === 1],
    ['setExceptionBreakpoints', { filters: ['caught', 'uncaught'] }, ({ breakpoints }) => breakpoints.length === 2],
    ['luaheat/memoryBreakpoints', { breakpoints: [{ source, line: 1, growth: 1 }] }, ({ breakpoints }) => breakpoints.length === 1],
    ['luaheat/measurements', { measurements: [{ name: 'one', from: { source, line: 1 } }] }, ({ measurements }) => measurements.length === 1],
    ['breakpointLocations', { source, line: 1 }, ({ breakpoints }) => breakpoints.length === 0],
    ['loadedSources', {}, ({ sources }) => sources.length === 0],
    ['threads', undefined, ({ threads }) => threads.length === 0],
    ['cancel', { requestId: 12345 }, () => true],
    ['configurationDone', undefined, () => true],
  ];
  await client.request('initialize', initializeArguments);
  const launched = client.refusal('launch', { program: fixturePath('broken.lua') });
  const answers = legal.map(([command, args]) => client.request(command, args));
  for (const [i, [command, , isRight]] of legal.entries()) assert.ok(isRight(await answers[i]), command);
  assert.equal((await launched).error.id, 2005);
  await client.event('terminated');
  for (const [command, args, isRight] of legal) assert.ok(isRight(await client.request(command, args)), `${command} after the end`);
});

// SPDX-License-Identifier: MIT
// Threads are coroutines: how they are named, how their stacks hang together, and many of them.

import assert from 'node:assert/strict';

import { lineOf } from '../fixture.mjs';
import { byName, scenes } from './session.mjs';

const fixture = 'many_coroutines.lua';
const line = (mark) => `${fixture}:${lineOf(fixture, mark)}`;

async function atDeepest(start, count, options) {
  const program = await start(fixture, { stopAt: ['deepest'], args: [String(count)], ...options });
  await program.stopsAt('deepest');
  return program;
}

async function threads(program) {
  return (await program.client.request('threads')).threads;
}

async function globals(program) {
  const scope = (await program.scopes()).find(({ name }) => name === 'Globals');
  return program.children(scope);
}

scenes('threads are named by where they were made and what they do, the stopped one first', async (start) => {
  const program = await atDeepest(start, 1);
  const list = await threads(program);
  assert.equal(list[0].id, program.stop.threadId);
  const names = list.map(({ name }) => name.replace(/^coroutine \d+ /, ''));
  assert.match(names[0], new RegExp(`^\\(${fixture}:\\d+\\), running at ${line('deepest')}$`));
  assert.match(names[1], new RegExp(`^\\(${fixture}:\\d+\\), normal at ${line('resumes')}$`));
  assert.equal(names[2], 'main');
  assert.ok(names.includes(`(${line('create')}), suspended at ${line('job')}`), names.join('; '));
  assert.ok(names.includes(`(${line('fresh')}), not started`), names.join('; '));
  assert.equal(list.length, 5, 'the dead one is not there');
});

scenes('below the frames of a coroutine a label leads to who resumed it', async (start) => {
  const program = await atDeepest(start, 1);
  const { stackFrames, totalFrames } = await program.stack();
  assert.equal(totalFrames, stackFrames.length);
  const link = stackFrames.at(-1);
  assert.equal(link.presentationHint, 'label');
  assert.match(link.name, /^resumed by coroutine \d+ \(.*\), normal at/);
  assert.equal(link.line, lineOf(fixture, 'resumes'));
  const { scopes } = await program.client.request('scopes', { frameId: link.id });
  assert.equal(byName(await program.children(scopes[0])).waiting, '"for inner"');
  const { result } = await program.client.request('evaluate', { expression: 'waiting', frameId: link.id });
  assert.equal(result, '"for inner"');
  const [, outer] = await threads(program);
  const below = (await program.client.request('stackTrace', { threadId: outer.id })).stackFrames;
  assert.equal(below.at(-1).name, 'resumed by main');
  assert.equal(below.at(-1).line, lineOf(fixture, 'outer'));
  assert.equal(new Set([...stackFrames, ...below].map(({ id }) => id)).size, stackFrames.length + below.length);
  const page = await program.stack({ startFrame: totalFrames - 1, levels: 1 });
  assert.deepEqual(page.stackFrames, [link], 'it is a frame of its page');
  assert.deepEqual((await program.stack({ startFrame: totalFrames, levels: 5 })).stackFrames, []);
});

scenes('the frames of a suspended coroutine are read, and written', async (start) => {
  const program = await atDeepest(start, 3);
  const suspended = (await threads(program)).filter(({ name }) => /suspended/.test(name));
  assert.equal(suspended.length, 3);
  const { stackFrames } = await program.client.request('stackTrace', { threadId: suspended[1].id });
  assert.deepEqual(stackFrames.map((frame) => frame.line), [0, lineOf(fixture, 'job')]);
  assert.ok(stackFrames.every((frame) => frame.presentationHint !== 'label'), 'nobody waits for it');
  const { scopes } = await program.client.request('scopes', { frameId: stackFrames[1].id });
  assert.deepEqual(byName(await program.children(scopes[0])), { n: '2', own: '"job 2"' });
  const expression = 'own .. "!"';
  const { result } = await program.client.request('evaluate', { expression, frameId: stackFrames[1].id });
  assert.equal(result, '"job 2!"');
});

scenes('10,000 coroutines do not hurt, and each can be reached', async (start) => {
  const program = await atDeepest(start, 10_000);
  const list = await threads(program);
  assert.equal(list.length, 1000, 'the list is capped');
  assert.equal(list[0].id, program.stop.threadId);
  const group = (await globals(program)).find(({ name }) => name === '(coroutines)');
  assert.equal(group.value, '10003 alive');
  const found = new Set();
  let own;
  async function collect(variables) {
    for (const variable of variables) {
      if (variable.type === 'thread') {
        found.add(variable.name);
        own = variable;
      } else {
        await collect(await program.children(variable));
      }
    }
  }
  await collect(await program.children(group));
  assert.equal(found.size, 10_003);
  const last = (await program.children(group)).at(-1);
  assert.match(last.name, /^\[10001\.\.10003\]$/);
  const jobs = await program.children((await program.children((await program.children(group))[0]))[50]);
  assert.match(jobs[0].value, new RegExp(`suspended at ${line('job')}$`));
  const frames = await program.children(jobs[0]);
  assert.deepEqual(frames.map(({ value }) => value), ['yield', `function <${line('job').replace(/\d+$/, '2')}> at ${line('job')}`]);
  const locals = byName(await program.children(frames[1]));
  assert.match(locals.own, /^"job \d+"$/);
  assert.ok(own.variablesReference > 0);
});

scenes('the function that runs everything is not shown', async (start) => {
  const program = await start('many_coroutines.lua', { stopAt: ['end'], args: ['1'] });
  await program.stopsAt('end');
  const { stackFrames, totalFrames } = await program.stack();
  assert.deepEqual(stackFrames.map(({ name }) => name), ['main chunk']);
  assert.equal(totalFrames, 1);
});

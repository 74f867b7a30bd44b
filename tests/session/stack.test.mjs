// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scene, scenes } from './session.mjs';

scenes('frames have names, sources and lines, the innermost first', async (start) => {
  const program = await start('stack.lua', { stopAt: ['method'] });
  await program.stopsAt('method');
  const { stackFrames, totalFrames } = await program.stack();
  assert.deepEqual(await program.trace(), ['@method', '@field', '@global', '@upvalue', '@start']);
  assert.equal(totalFrames, stackFrames.length);
  const names = stackFrames.map((frame) => frame.name);
  assert.match(names[0], /method/);
  assert.match(names[1], /field/);
  assert.match(names[2], /global_function/);
  assert.match(names[3], /upvalue/);
  assert.match(names[4], /main/);
  assert.equal(new Set(stackFrames.map((frame) => frame.id)).size, stackFrames.length, 'ids are unique');
  assert.equal(stackFrames[0].source.name, 'stack.lua');
  assert.ok(stackFrames.every((frame) => Number.isInteger(frame.line) && Number.isInteger(frame.column)));
});

scenes('frames of C have no source', async (start) => {
  const program = await start('stack.lua', { stopAt: ['by_c'] });
  await program.stopsAt('by_c');
  const { stackFrames } = await program.stack();
  assert.match(stackFrames[1].name, /pcall/);
  assert.equal(stackFrames[1].source?.path, undefined);
  assert.equal(stackFrames[1].presentationHint, 'subtle');
  assert.deepEqual(await program.trace(), ['@by_c', '@call_by_c']);
});

scene('tail calls and metamethods', async (start) => {
  const program = await start('stack.lua', { stopAt: ['tail_target', 'metamethod'] });
  await program.stopsAt('tail_target');
  assert.deepEqual(await program.trace(), ['@tail_target', '@call_tail']);
  await program.continueTo('metamethod');
  assert.deepEqual(await program.trace(), ['@metamethod', '@call_metamethod']);
  assert.match((await program.stack()).stackFrames[0].name, /index/);
});

scene('a stack of 100,000 frames comes in pages', async (start) => {
  const program = await start('stack.lua', { stopAt: ['deep'] });
  await program.stopsAt('deep');
  const first = await program.stack({ startFrame: 0, levels: 1 });
  assert.equal(first.stackFrames.length, 1);
  assert.ok(first.totalFrames >= 100_002, `${first.totalFrames}`);
  const next = await program.stack({ startFrame: 1, levels: 19 });
  assert.equal(next.stackFrames.length, 19);
  assert.ok(next.stackFrames.every((frame) => frame.line === lineOf('stack.lua', 'deep_call')));
  const last = await program.stack({ startFrame: first.totalFrames - 5, levels: 20 });
  assert.equal(last.stackFrames.length, 5);
  assert.match(last.stackFrames.findLast((frame) => frame.source).name, /main/);
  assert.deepEqual((await program.stack({ startFrame: 200_000, levels: 20 })).stackFrames, []);
});

scene('pages and the whole are the same', async (start) => {
  const program = await start('stack.lua', { stopAt: ['call_150'] });
  await program.stopsAt('call_150');
  await program.setBreakpoints(['deep']);
  await program.continueTo('deep');
  const whole = await program.stack({ startFrame: 0, levels: 0 });
  const again = await program.stack({ levels: 1000 });
  assert.equal(whole.stackFrames.length, whole.totalFrames, 'levels 0 means all');
  const pages = [];
  for (let startFrame = 0; startFrame < whole.totalFrames; startFrame += 20) {
    pages.push(...(await program.stack({ startFrame, levels: 20 })).stackFrames);
  }
  const places = (frames) => frames.map((frame) => [frame.id, frame.line, frame.name]);
  assert.deepEqual(places(pages), places(whole.stackFrames));
  assert.deepEqual(places(again.stackFrames), places(whole.stackFrames));
});

scene('an unknown thread is refused', async (start) => {
  const program = await start('stack.lua', { stopAt: ['start'] });
  await program.stopsAt('start');
  for (const threadId of [0, -1, 999_999]) await program.client.refusal('stackTrace', { threadId });
});

scene('the text of a chunk that is no file comes by request source', async (start) => {
  const program = await start('stack.lua', { stopAt: ['call_chunk'] });
  await program.stopsAt('call_chunk');
  await program.stepIn();
  const [named] = await program.stops('step');
  assert.equal(named.line, 1);
  assert.match(named.source.name, /a chunk/);
  assert.equal(named.source.path, undefined);
  await program.setBreakpoints(['called_by_code']);
  await program.continueTo('called_by_code');
  const { stackFrames } = await program.stack();
  const code = stackFrames.find((frame) => frame.source?.sourceReference > 0);
  assert.equal(code.line, 2);
  const { content } = await program.client.request('source', {
    source: code.source, sourceReference: code.source.sourceReference,
  });
  assert.equal(content, 'local first = 1\nreturn first + (...)()');
  await program.client.refusal('source', { sourceReference: 4711 });
});

scene('the text of a file comes by request source too', async (start) => {
  const program = await start('breakpoints.lua', { stopOnEntry: true });
  const [top] = await program.stops('entry');
  assert.equal(top.source.path, fixturePath('breakpoints.lua'));
  assert.ok(!top.source.sourceReference, 'the editor opens the file itself');
});

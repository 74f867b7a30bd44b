// SPDX-License-Identifier: MIT
// What has been loaded: the request loadedSources and its event.

import assert from 'node:assert/strict';

import { fixturePath } from '../fixture.mjs';
import { initializeArguments, scene, scenes } from './session.mjs';

const script = fixturePath('sources.lua');
const module = fixturePath('lib/module.lua');
const path = `${fixturePath('lib')}/?.lua`;

const announced = (client) => client.messages.filter((m) => m.event === 'loadedSource').map((m) => m.body.source);

async function listed(client) {
  return (await client.request('loadedSources')).sources;
}

scenes('files are listed and announced, each once', async (start, { client }) => {
  const program = await start('sources.lua', { args: [path], stopAt: ['first', 'required', 'last'] });
  await program.stopsAt('first');
  const paths = (sources) => sources.map((source) => source.path).filter(Boolean);
  assert.deepEqual(paths(await listed(client)), [script]);
  await program.continueTo('required');
  await program.continueTo('last');
  assert.deepEqual(paths(await listed(client)).sort(), [module, script].sort());
  await program.continueToEnd();
  assert.equal(paths(announced(client)).filter((p) => p === script).length, 1);
});

scene('an event comes before the stop in the new source', async (start, { client }) => {
  const program = await start('sources.lua', { args: [path], stopOnEntry: true });
  await program.stops('entry');
  await program.setBreakpoints(['module_first'], 'lib/module.lua');
  await program.continue();
  await program.stopsAt('module_first', 'breakpoint', 'lib/module.lua');
  const index = client.messages.findIndex((m) => m.event === 'loadedSource' && m.body.source.path === module);
  const stops = client.messages.flatMap((m, i) => (m.event === 'stopped' ? [i] : []));
  assert.ok(index >= 0 && index < stops.at(-1));
});

scene('a thousand loaded strings are listed, and do not flood', async (start, { client }) => {
  const program = await start('sources.lua', { args: [path], stopAt: ['last'] });
  await program.stopsAt('last');
  const sources = await listed(client);
  assert.ok(sources.length > 1000, `${sources.length} sources`);
  assert.ok(sources.some((source) => source.name === 'named'));
  const code = sources.find((source) => source.sourceReference > 0);
  const { content } = await client.request('source', { sourceReference: code.sourceReference, source: code });
  assert.ok(content);
  assert.ok(announced(client).length <= 110, `${announced(client).length} events`);
});

scene('code that has gone keeps the number and the text that the client knows', async (start, { client }) => {
  const program = await start('sources.lua', { args: [path], stopAt: ['last'] });
  await program.stopsAt('last');
  const before = announced(client).filter((source) => source.sourceReference > 0);
  assert.ok(before.length > 50, `${before.length} pieces of code`);
  await program.evaluate('collectgarbage() collectgarbage()', { context: 'repl' });
  const texts = await Promise.all(before.map(({ sourceReference }) => client.request('source', { sourceReference })));
  assert.equal(new Set(texts.map(({ content }) => content)).size, before.length);
  assert.ok(texts.every(({ content }) => /^(local x = \d+; return \{x\}|return 1 \+ 1)$/.test(content)), texts[0].content);
});

scene('a program that runs tells of what it has loaded', async (start, { client }) => {
  const program = await start('sources.lua', { args: [path, 'wait'] });
  await client.until('the module is announced', () => announced(client).some((source) => source.path === module));
  await client.request('threads');
  assert.ok((await listed(client)).some((source) => source.path === script), 'and can be asked');
  await program.client.request('terminate');
  await client.event('terminated');
});

scene('what was loaded while nobody looked is found by what the modules hold', async (start, { client }) => {
  const program = await start('sources.lua', { args: [path, 'wait'], memory: 'off' });
  await program.prints(/ready/);
  assert.ok(announced(client).length < 2, 'not all of them have been seen by chance');
  await program.pause();
  await program.stops('pause');
  assert.deepEqual((await listed(client)).flatMap((source) => source.path ?? []).sort(), [module, script].sort());
  await client.request('terminate');
  await client.event('terminated');
});

scene('before the launch and after the end nothing is loaded', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  assert.deepEqual(await listed(client), []);
  client.request('launch', { program: script, args: [path] }).catch(() => {});
  await client.request('configurationDone');
  await client.event('terminated');
  assert.deepEqual(await listed(client), []);
});

// SPDX-License-Identifier: MIT
// A program whose files are elsewhere for the client: pathMappings, localRoot and remoteRoot. What the stories know is
// the client's; the program is a copy.

import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scratchFolder } from '../programs.mjs';
import { initializeArguments, scene } from './session.mjs';

const scratch = scratchFolder();
after(() => scratch.remove());

const remoteRoot = join(scratch.path, 'app');
const localRoot = fixturePath('');
mkdirSync(join(remoteRoot, 'lib'), { recursive: true });
for (const name of ['steps.lua', 'sources.lua', 'lib/module.lua']) copyFileSync(fixturePath(name), join(remoteRoot, name));
writeFileSync(join(remoteRoot, 'broken.lua'), 'local x = 1\nlocal = 2\n');
const link = join(scratch.path, 'link');
symlinkSync(remoteRoot, link);

const local = fixturePath('steps.lua');

/** The client has never seen where the program is. */
function assertNothingRemote(client) {
  for (const message of client.messages) {
    if (message.event !== 'process') assert.ok(!JSON.stringify(message).includes(scratch.path), JSON.stringify(message));
  }
}

const isCopy = (pid) => readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(join(scratch.path));

for (const [name, maps] of [
  ['localRoot and remoteRoot', { localRoot, remoteRoot }],
  ['pathMappings', { pathMappings: [{ localRoot: '/elsewhere', remoteRoot: '/' }, { localRoot, remoteRoot: `${remoteRoot}/` }] }],
  ['a remote root that is a link', { localRoot, remoteRoot: link }],
]) {
  scene(`a session with ${name}`, async (start, { client }) => {
    const program = await start('steps.lua', { stopAt: ['start', 'leaf'], cwd: localRoot, ...maps });
    await program.stopsAt('start');
    assert.ok(isCopy(program.pid));
    assert.deepEqual(program.settled(await program.setBreakpoints(['leaf', 'over_recursion'])).map(({ verified }) => verified), [true, true]);
    await program.continueTo('leaf');
    assert.deepEqual((await program.stack()).stackFrames.map(({ source }) => source?.path).filter(Boolean), [local, local, local]);
    await program.stepOutTo('caller_second');
    await program.continueTo('leaf');
    await program.continueTo('over_recursion');
    await program.setBreakpoints([]);
    await program.continueToEnd();
    assertNothingRemote(client);
  });
}

scene('figures, measurements and what is loaded', async (start, { client }) => {
  const maps = { localRoot, remoteRoot };
  const [from, to] = ['start', 'over_tail'].map((mark) => `${local}:${lineOf('steps.lua', mark)}`);
  const program = await start('steps.lua', { stopAt: ['loop'], measurements: [{ name: 'window', from, to }], ...maps });
  await program.stopsAt('loop');
  const line = await program.lineAt('over_sort');
  assert.ok(line.allocated > 0);
  assert.equal(line.source.path, local);
  const { sources } = await client.request('loadedSources');
  assert.deepEqual(sources.filter(({ path }) => path).map(({ path }) => path), [local]);
  const { measurements: [window] } = await client.request('luaheat/measure', {});
  assert.equal(window.name, 'window');
  assert.equal(window.windows, 1);
  const heat = client.messages.findLast(({ event }) => event === 'luaheat/heat').body;
  assert.ok(heat.sources.some(({ source }) => source.path === local));
  const { breakpoints } = await client.request('breakpointLocations', { source: { path: local }, line: lineOf('steps.lua', 'loop') });
  assert.ok(breakpoints.length > 0);
  const set = await client.request('luaheat/memoryBreakpoints', {
    breakpoints: [{ source: { path: local }, line: lineOf('steps.lua', 'loop_body'), growth: '1GB' }] });
  assert.ok(set.breakpoints[0].verified);
  const measured = await client.request('luaheat/measurements', {
    measurements: [{ name: 'body', from: { source: { path: local }, line: lineOf('steps.lua', 'loop_body') } }] });
  assert.ok(measured.measurements[0].verified);
  await program.setBreakpoints([]);
  await program.continueToEnd();
  const { measurements } = await client.request('luaheat/measure', {});
  assert.ok(measurements.find(({ name }) => name === 'body').windows > 0);
  assertNothingRemote(client);
});

scene('an export is written beside the program, and named as the client does', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['loop'], localRoot, remoteRoot });
  await program.stopsAt('loop');
  const path = join(localRoot, 'figures.csv');
  assert.equal((await client.request('luaheat/export', { format: 'csv', path })).path, path);
  assert.ok(existsSync(join(remoteRoot, 'figures.csv')) && !existsSync(path));
  assert.match((await client.refusal('luaheat/export', { format: 'csv', path: local })).error.format, /a source of the program/);
});

scene('a module that is loaded later, and its event', async (start, { client }) => {
  const program = await start('sources.lua', { args: [`${remoteRoot}/lib/?.lua`], stopOnEntry: true, localRoot, remoteRoot });
  await program.stops('entry');
  await program.setBreakpoints(['module_first'], 'lib/module.lua');
  await program.continue();
  await program.stopsAt('module_first', 'breakpoint', 'lib/module.lua');
  const loaded = client.messages.filter(({ event }) => event === 'loadedSource').map(({ body }) => body.source.path);
  assert.ok(loaded.includes(fixturePath('lib/module.lua')));
});

scene('breakpoints that are set before the launch', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  await client.event('initialized');
  const line = lineOf('steps.lua', 'over_tail');
  await client.request('setBreakpoints', { source: { path: local }, breakpoints: [{ line }] });
  const launched = client.request('launch', { program: local, localRoot, remoteRoot });
  await client.request('configurationDone');
  await launched;
  const { threadId } = await client.event('stopped');
  const { stackFrames: [top] } = await client.request('stackTrace', { threadId });
  assert.deepEqual([top.source.path, top.line], [local, line]);
});

scene('a client on Windows', async (start, { client }) => {
  const path = 'C:\\Games\\steps.lua';
  await client.request('initialize', initializeArguments);
  const launched = client.request('launch', { program: 'c:\\games\\steps.lua', cwd: 'C:\\Games', localRoot: 'C:\\Games\\', remoteRoot });
  const line = lineOf('steps.lua', 'bottom');
  await client.request('setBreakpoints', { source: { path: 'c:/Games/steps.lua' }, breakpoints: [{ line }] });
  await client.request('configurationDone');
  await launched;
  const { threadId } = await client.event('stopped');
  const { stackFrames: [top] } = await client.request('stackTrace', { threadId });
  assert.deepEqual([top.source.path, top.source.name, top.line], [path, 'steps.lua', line]);
  const { total } = await client.request('luaheat/lines', { source: { path } });
  assert.ok(total > 0);
});

scene('a restart with other maps keeps the breakpoints', async (start, { client }) => {
  const program = await start('steps.lua', { stopAt: ['loop'], localRoot, remoteRoot });
  await program.stopsAt('loop');
  const restarted = client.request('restart', { arguments: { program: local } });
  await client.request('configurationDone');
  await restarted;
  const { systemProcessId } = await client.event('process');
  await program.stopsAt('loop');
  assert.ok(!isCopy(systemProcessId));
  program.pid = systemProcessId;
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

scene('the way to a syntax error is the client\'s', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  const launched = client.refusal('launch', { program: fixturePath('broken.lua'), localRoot, remoteRoot });
  await client.request('configurationDone');
  assert.equal((await launched).error.url, `file://${fixturePath('broken.lua')}#L2`);
});

for (const [maps, words] of [
  [{ localRoot }, /'localRoot' and 'remoteRoot' need each other/],
  [{ localRoot: 'here', remoteRoot }, /'localRoot' must be an absolute path: 'here'/],
  [{ pathMappings: [{ localRoot }] }, /In 'pathMappings': 'remoteRoot' is missing/],
  [{ pathMappings: { localRoot, remoteRoot } }, /'pathMappings' must be an array/],
]) {
  scene(`told: ${JSON.stringify(maps).slice(0, 60)}`, async (start, { client }) => {
    await client.request('initialize', initializeArguments);
    const { error } = await client.refusal('launch', { program: local, ...maps });
    assert.equal(error.id, 2002);
    assert.match(error.format, words);
  });
}

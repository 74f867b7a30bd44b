// SPDX-License-Identifier: MIT
// Breakpoints on variables that change.
import assert from 'node:assert/strict';

import { initializeArguments, scene, scenes } from './session.mjs';
import { fixturePath } from '../fixture.mjs';

const fixture = 'data.lua';

/** The story at the mark `here`, in the main thread and in a coroutine, with memory exact and off. */
function everywhere(name, story) {
  for (const place of ['main', 'coroutine']) {
    scenes(`${name}, in ${place}`, async (start) => {
      const program = await start(fixture, { args: [place], stopAt: ['here'] });
      await program.stopsAt('here');
      await program.setBreakpoints([]);
      await story(program);
    });
  }
}

const info = (program, args) => program.client.request('dataBreakpointInfo', args);

async function watch(program, dataId, terms = {}) {
  const { breakpoints } = await program.client.request('setDataBreakpoints', {
    breakpoints: [{ dataId, accessType: 'write', ...terms }] });
  assert.equal(breakpoints.length, 1);
  assert.equal(breakpoints[0].verified, true, breakpoints[0].message);
  return breakpoints[0];
}

async function infoOfChild(program, scopeName, path) {
  let [scope] = (await program.scopes()).filter(({ name }) => name === scopeName);
  for (const name of path.slice(0, -1)) {
    const { variables } = await program.client.request('variables', { variablesReference: scope.variablesReference });
    scope = variables.find((child) => child.name === name);
  }
  return info(program, { variablesReference: scope.variablesReference, name: path.at(-1) });
}

async function changes(program, mark, description) {
  await program.continue();
  await program.stopsAt(mark, 'data breakpoint');
  assert.match(program.stop.text, description);
  assert.match(program.stop.description, description);
}

everywhere('a global', async (program) => {
  const found = await infoOfChild(program, 'Globals', ['counter']);
  assert.equal(found.canPersist, true);
  assert.deepEqual(found.accessTypes, ['write']);
  assert.ok(found.description.includes('counter'));
  const breakpoint = await watch(program, found.dataId);
  await changes(program, 'global_written', /counter: 1 → 2/);
  assert.deepEqual(program.stop.hitBreakpointIds, [breakpoint.id]);
  await program.continueToEnd();
});

everywhere('a field by a path of names, followed when a table is replaced', async (program) => {
  const found = await infoOfChild(program, 'Globals', ['config', 'debug', 'level']);
  assert.equal(found.canPersist, true);
  await watch(program, found.dataId);
  await changes(program, 'path_written', /config\.debug\.level: 1 → 2/);
  await changes(program, 'replaced', /config\.debug\.level: 2 → 3/);
  await program.continueToEnd();
});

everywhere('a field of a table that only upvalues lead to, written by rawset too', async (program) => {
  const found = await infoOfChild(program, 'Upvalues', ['private', 'value']);
  assert.equal(found.canPersist, false);
  await watch(program, found.dataId);
  await changes(program, 'field_written', /private\.value: "old" → "new"/);
  await changes(program, 'raw_written', /private\.value: "new" → 1\.5/);
  await program.continueToEnd();
});

everywhere('an item, and a key that is no name', async (program) => {
  const item = await infoOfChild(program, 'Globals', ['config', '[2]']);
  await watch(program, item.dataId);
  await changes(program, 'item_written', /config\[2\]: 20 → 21/);
  const odd = await infoOfChild(program, 'Globals', ['config', '["odd key"]']);
  await watch(program, odd.dataId);
  await changes(program, 'odd_written', /"odd key".*"odd" → nil/);
  await program.continueToEnd();
});

everywhere('a local, written by its function, by a closure and before an error', async (program) => {
  const found = await infoOfChild(program, 'Locals', ['total']);
  assert.equal(found.canPersist, false);
  const { id } = await watch(program, found.dataId);
  await changes(program, 'local_written', /total: 0 → 1/);
  await changes(program, 'added', /total: 1 → 6/);
  await changes(program, 'after_error', /total: 6 → -1/);
  await program.continueToEnd();
  const told = program.client.messages.filter(({ event, body }) => event === 'breakpoint' && body.breakpoint.id === id);
  assert.equal(told.length, 1, 'that its function has returned');
  assert.equal(told[0].body.breakpoint.verified, false);
  assert.match(told[0].body.breakpoint.message, /returned/);
});

everywhere('a local that another of its name hides', async (program) => {
  const found = await infoOfChild(program, 'Locals', ['hidden (shadowed)']);
  assert.equal(found.description, 'hidden');
  await watch(program, found.dataId);
  await changes(program, 'hidden_written', /hidden: 1 → 2/);
  await program.continueToEnd();
});

for (const place of ['main', 'coroutine']) {
  scenes(`a local far below what runs, in ${place}`, async (start) => {
    const program = await start('data_deep.lua', { args: [place], stopAt: ['here'] });
    await program.stopsAt('here');
    await watch(program, (await infoOfChild(program, 'Locals', ['kept'])).dataId);
    await changes(program, 'kept_written', /kept: 1 → 2/);
    await changes(program, 'kept_again', /kept: 2 → 3/);
    await changes(program, 'kept_deep', /kept: 3 → 50000/);
    await changes(program, 'kept_last', /kept: 50000 → 50001/);
    await program.continueToEnd();
  });
}

for (const [next, [before, after, change]] of Object.entries({
  'call': ['again', 'again_written', /again: 1 → 2/],
  '__close handler': ['before_closing', 'closes', /again: 1 → 2/],
})) {
  scenes(`a local whose frame an error takes away is not that of the next ${next}`, async (start, { client }) => {
    const program = await start('data_deep.lua', { stopAt: [before] });
    await program.stopsAt(before);
    const { id } = await watch(program, (await infoOfChild(program, 'Locals', ['again'])).dataId);
    await program.setBreakpoints([]);
    await changes(program, after, change);
    await program.continueToEnd();
    const told = client.messages.filter(({ event }) => event === 'breakpoint').map(({ body }) => body.breakpoint);
    assert.deepEqual(told.filter((one) => one.id === id).map(({ verified }) => verified), [false]);
  });
}

everywhere('an upvalue', async (program) => {
  await program.setBreakpoints(['add']);
  await program.continueTo('add');
  await program.setBreakpoints([]);
  const found = await infoOfChild(program, 'Upvalues', ['total']);
  await watch(program, found.dataId);
  await changes(program, 'added', /total: 1 → 6/);
  await changes(program, 'after_error', /total: 6 → -1/);
  await program.continueToEnd();
});

everywhere('expressions', async (program) => {
  const frameId = await program.frameId();
  const expressions = {
    counter: true, 'config.debug.level': true, not_yet: true, 'config.not_yet': true,
    total: false, 'private.value': false, 'config[2]': false, 'private["value"]': false, private: false,
  };
  for (const [name, canPersist] of Object.entries(expressions)) {
    const found = await info(program, { name, frameId });
    assert.ok(found.dataId, `${name}: ${found.description}`);
    assert.equal(found.canPersist, canPersist, name);
  }
  for (const name of ['1 + 1', 'f()', 'counter.x', 'nothing.at.all', '']) {
    const found = await info(program, { name, frameId });
    assert.equal(found.dataId, null, name);
    assert.ok(found.description);
  }
  await watch(program, (await info(program, { name: 'private["value"]', frameId })).dataId);
  await changes(program, 'field_written', /"old" → "new"/);
});

everywhere('what is written but does not change, does not stop', async (program) => {
  const frameId = await program.frameId();
  await watch(program, (await info(program, { name: 'text', frameId })).dataId);
  await program.continueToEnd();
});

everywhere('conditions and counts', async (program) => {
  const frameId = await program.frameId();
  await watch(program, (await info(program, { name: 'total', frameId })).dataId, { condition: 'total ~= 1', hitCondition: '2' });
  await changes(program, 'after_error', /total: 6 → -1/);
});

scenes('several, and removed', async (start) => {
  const program = await start(fixture, { stopAt: ['here'] });
  await program.stopsAt('here');
  const { dataId: counter } = await info(program, { name: 'counter' });
  const { dataId: level } = await info(program, { name: 'config.debug.level' });
  const { breakpoints } = await program.client.request('setDataBreakpoints', {
    breakpoints: [{ dataId: counter }, { dataId: level }, { dataId: 'variable:99' }, { dataId: counter, accessType: 'read' }] });
  assert.deepEqual(breakpoints.map(({ verified }) => verified), [true, true, false, false]);
  for (const breakpoint of breakpoints.slice(2)) assert.ok(breakpoint.message);
  await changes(program, 'global_written', /^[^,]*counter: 1 → 2$/);
  await program.client.request('setDataBreakpoints', { breakpoints: [] });
  await program.continueToEnd();
});

scene('one that persists is set before the program runs', async (start, session) => {
  const { client } = session;
  await client.request('initialize', initializeArguments);
  await client.event('initialized');
  const launched = client.request('launch', { program: fixturePath(fixture) });
  await client.request('setDataBreakpoints', { breakpoints: [{ dataId: 'global:config.debug.level', accessType: 'write' }] });
  await client.request('configurationDone');
  await launched;
  const stopped = await client.event('stopped');
  assert.equal(stopped.reason, 'data breakpoint');
  assert.match(stopped.text, /config\.debug\.level: nil → 1/);
});

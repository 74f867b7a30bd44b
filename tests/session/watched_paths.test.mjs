// SPDX-License-Identifier: MIT
// What is watched at the end of a path is looked up along it each time.
import assert from 'node:assert/strict';

import { everywhere } from './everywhere.mjs';
import { lineOf } from '../fixture.mjs';

const fixture = 'watched.lua';

async function watch(program, args) {
  const found = await program.client.request('dataBreakpointInfo', args);
  assert.ok(found.dataId, found.description);
  const { breakpoints } = await program.client.request('setDataBreakpoints', { breakpoints: [{ dataId: found.dataId, accessType: 'write' }] });
  assert.equal(breakpoints[0].verified, true);
  return found;
}

/** The variable, unfolded from the scope along the names. */
async function child(program, scopeName, ...names) {
  let { variablesReference } = (await program.scopes()).find(({ name }) => name === scopeName);
  for (const name of names.slice(0, -1)) {
    const { variables } = await program.client.request('variables', { variablesReference });
    ({ variablesReference } = variables.find((variable) => variable.name === name || variable.value === name));
  }
  return { variablesReference, name: names.at(-1) };
}

/** It stops at these marks, in this order, with these changes, and nowhere else. */
async function changes(program, name, expected) {
  await program.setBreakpoints([]);
  for (const [mark, change] of expected) {
    await program.continue();
    await program.stops('data breakpoint');
    const [{ line }] = (await program.stack({ levels: 1 })).stackFrames;
    assert.equal(line, lineOf(fixture, mark), `${program.stop.text} at ${mark}`);
    assert.ok(program.stop.text.endsWith(`${name}: ${change}`), program.stop.text);
  }
  await program.client.request('setDataBreakpoints', { breakpoints: [] });
}

const ofCfg = [['replaced', '1 → 2'], ['written', '2 → 3'], ['missing', '3 → nil'], ['back', 'nil → 4'], ['other_table', '4 → 5']];

for (const [how, name, found] of [
  ['an expression', 'cfg.nested.a.b', async (program) => ({ name: 'cfg.nested.a.b', frameId: await program.frameId() })],
  ['an expression in brackets', ' cfg["nested"].a [\'b\']', async (program) => ({ name: ' cfg["nested"].a [\'b\']', frameId: await program.frameId() })],
  ['an unfolded variable', 'cfg.nested.a.b', (program) => child(program, 'Locals', 'cfg', 'nested', 'a', 'b')],
]) {
  everywhere(`from a local, by ${how}`, fixture, 'here', async (program) => {
    await watch(program, await found(program));
    await changes(program, name, ofCfg);
  });
}

everywhere('from an upvalue', fixture, 'here', async (program) => {
  const found = await watch(program, { name: 'outer.cfg.level', frameId: await program.frameId() });
  assert.equal(found.canPersist, false);
  await changes(program, 'outer.cfg.level', [['upvalue_replaced', '1 → 2'], ['upvalue_written', '2 → 9']]);
});

everywhere('from an upvalue, an item, unfolded', fixture, 'here', async (program) => {
  await watch(program, await child(program, 'Upvalues', 'outer', 'list', '[1]', 'n'));
  await changes(program, 'outer.list[1].n', [['item_replaced', '1 → 2'], ['upvalue_assigned', '2 → 3']]);
});

everywhere('by an __index that is a table', fixture, 'here', async (program) => {
  await watch(program, { name: 'object.settings.volume', frameId: await program.frameId() });
  await changes(program, 'object.settings.volume', [['class_written', '5 → 6'], ['own_written', '6 → 7'], ['last_inherited', '7 → nil']]);
});

everywhere('through a metatable, unfolded', fixture, 'here', async (program) => {
  await watch(program, await child(program, 'Locals', 'object', '(metatable)', 'settings', 'volume'));
  await changes(program, '.settings.volume', [['class_written', '5 → 6'], ['metatable_gone', '6 → nil']]);
});

everywhere('under a key that is a table', fixture, 'here', async (program) => {
  const cfg = await child(program, 'Locals', 'cfg', '');
  const { variables } = await program.client.request('variables', cfg);
  const { variablesReference } = variables.find(({ name }) => name.startsWith('[table:'));
  await watch(program, { variablesReference, name: 'under' });
  await changes(program, 'under', [['other_table', '1 → nil']]);
});

for (const name of ['shared.nested.deep', '_G.shared.nested.deep', '_ENV.shared.nested.deep']) {
  everywhere(`from the globals, as ${name}`, fixture, 'here', async (program) => {
    const found = await watch(program, { name, frameId: await program.frameId() });
    assert.deepEqual([found.canPersist, found.dataId], [true, 'global:shared.nested.deep']);
    await changes(program, 'shared.nested.deep', [['global_replaced', '1 → 2'], ['global_missing', '2 → nil']]);
  });
}

everywhere('from an argument, and the local itself', fixture, 'here', async (program) => {
  const frameId = await program.frameId();
  await watch(program, { name: 'argument.x.y', frameId });
  await changes(program, 'argument.x.y', [['argument_written', '1 → 2']]);
});

everywhere('what is no variable is refused', fixture, 'here', async (program) => {
  const frameId = await program.frameId();
  for (const name of ['cfg.nested.a.b.c', 'cfg.none.x', 'cfg.nested.', 'cfg nested', 'cfg.nested + 1', '#cfg', 'cfg:x', 'x.y', '_ENV.none.x', '()']) {
    const found = await program.client.request('dataBreakpointInfo', { name, frameId });
    assert.equal(found.dataId, null, name);
    assert.match(found.description, /cannot be watched/);
  }
  for (const name of ['cfg.none', 'cfg.nested.a.c', 'outer', 'x', 'class.settings', 'object.settings'])
    assert.ok((await program.client.request('dataBreakpointInfo', { name, frameId })).dataId, name);
  await program.client.request('setDataBreakpoints', { breakpoints: [{ dataId: 'global:shared.nested.deep' }] });
  if (program.isExact) await program.assertFiguresAddUp();
  await program.client.request('setDataBreakpoints', { breakpoints: [] });
});

// SPDX-License-Identifier: MIT
// What leads to a field without running code: the same grammar for data breakpoints, evaluation, hover and completions.

import assert from 'node:assert/strict';

import { lineOf } from '../fixture.mjs';
import { everywhere } from './everywhere.mjs';

const fixture = 'chains.lua';

/** Spellings of one key, for each value of a field. */
const spellings = {
  '{field=1}': ['t["["]', "t['\\91']", 't["\\x5b"]', 't["\\u{5B}"]', 't[ [[[]] ]', 't[ [=[[]=] ]', 't ["\\z\n  ["]', '(t)["["]',
    't --[[ of ]] ["["] -- the bracket', 'shared.t["["]', '_G.shared["t"]["["]', '_ENV.shared [ \'t\' ] ["["]'],
  1: ['t["]"]', 't["a\\nb"]', 't["a\\\nb"]', "t['a\\10b']", 't[ [[a\nb]] ]', 't["\\0x"]', "t['\\x00x']", 't[-1]', 't[- 0x1]', 't[1.5]', 't[15e-1]',
    't[0x1.8p0]', 't[true]', 't["é"]', "t['\\u{e9}']", "t['\\xC3\\xA9']", 't["q\\"q\'"]', "t['q\"q\\'']", 't[""]', 't[ [[]] ]',
    't[-9223372036854775808]', 't[0x8000000000000000]', 't[2]', 't[2.0]', 't[0x2]', 't[size]', 't[i + 1]', 't[key .. "b"]', 't[not false]',
    't[math.mininteger]', '((t).ab)', 't["ab"]'],
};
const nested = ['t.a[1][1]', 't["a"][i][ i ]', 't[key][1][1.0]', '((t[key])[i])[1]', 't[(key)][shared.t.a[1][1]][i]', 't.a[#t.a][i]'];
const refused = ['t["["', 't["["]]', 't[nil]', 't[0/0]', 't["\\400"]', 't["\\q"]', 't.true', 't.a.b.c', 't[tostring(1)]', 't[[a]]', 't:a', 't.a()', '(t', 't.',
  't[', 't[]', 't["a\n"]', 'key[1]', 'size', 'x', '(x)', 'x.y', 't.a, t.ab', '#t', 't["["] --[['];

const info = (program, name, frameId) => program.client.request('dataBreakpointInfo', { name, frameId });

async function watch(program, names) {
  const frameId = await program.frameId();
  const breakpoints = [];
  for (const name of names) {
    const { dataId, description } = await info(program, name, frameId);
    assert.ok(dataId, description);
    breakpoints.push({ dataId, accessType: 'write' });
  }
  const set = await program.client.request('setDataBreakpoints', { breakpoints });
  for (const { verified } of set.breakpoints) assert.equal(verified, true);
  await program.setBreakpoints([]);
  return set.breakpoints.map(({ id }) => id);
}

/** It stops at the marks, each time for some of the breakpoints, until all have stopped it once. */
async function stopsForAll(program, ids, mark) {
  const waiting = new Set(ids);
  while (waiting.size > 0) {
    await program.continue();
    await program.stops('data breakpoint');
    for (const id of program.stop.hitBreakpointIds) waiting.delete(id);
  }
  if (mark !== undefined) assert.equal((await program.stack({ levels: 1 })).stackFrames[0].line, lineOf(fixture, mark));
  await program.client.request('setDataBreakpoints', { breakpoints: [] });
}

everywhere('each spelling is evaluated, shown on hover and watched', fixture, 'here', async (program) => {
  const frameId = await program.frameId();
  for (const [value, expressions] of Object.entries({ ...spellings, '1 ': nested })) {
    for (const expression of expressions) {
      for (const context of ['watch', 'hover', 'clipboard', 'repl']) {
        const { result } = await program.client.request('evaluate', { expression, context, frameId });
        assert.equal(result.replaceAll(/\s/g, '').replace(',}', '}'), value.trim(), `${expression}, ${context}`);
      }
      const { dataId, description } = await info(program, expression, frameId);
      assert.ok(dataId, description);
    }
  }
});

everywhere('a bracket in a string, however it is written', fixture, 'here', async (program) => {
  await stopsForAll(program, await watch(program, spellings['{field=1}']), 'bracket_written');
});

everywhere('keys of all kinds', fixture, 'here', async (program) => {
  await stopsForAll(program, await watch(program, spellings[1]));
});

everywhere('keys that are looked up in their turn', fixture, 'here', async (program) => {
  await stopsForAll(program, await watch(program, nested), 'nested_written');
});

everywhere('what leads to no field of its own is refused', fixture, 'here', async (program) => {
  const frameId = await program.frameId();
  for (const name of refused) {
    const { dataId, description } = await info(program, name, frameId);
    assert.equal(dataId, null, name);
    assert.match(description, /cannot be watched/);
  }
});

everywhere('a constant hides what is outside of it', fixture, 'here', async (program) => {
  const frameId = await program.frameId();
  for (const expression of ['x', ' ( x ) -- it', 'x + 0'])
    for (const context of ['watch', 'hover', 'repl'])
      assert.equal((await program.client.request('evaluate', { expression, context, frameId })).result, '7', `${expression}, ${context}`);
  assert.match(await program.evaluateFails('x.y.z'), /index/);
});

everywhere('completions behind what is in brackets', fixture, 'here', async (program) => {
  const frameId = await program.frameId();
  for (const chain of ['t["["]', "t['\\91']", '(t)["["]', 't [ [[[]] ]', 'shared.t["["]', '((shared.t)["["])', 't[shared and "["]']) {
    const text = `f(${chain}.`;
    const { targets } = await program.client.request('completions', { text, column: text.length + 1, frameId });
    assert.equal(targets.some(({ label }) => label === 'field'), !chain.includes('and'), chain);
  }
});

everywhere('fields that an unfolded table does not have yet', fixture, 'here', async (program) => {
  const { variablesReference: locals } = (await program.scopes()).find(({ name }) => name === 'Upvalues');
  const { variables } = await program.client.request('variables', { variablesReference: locals });
  const { variablesReference } = variables.find(({ name }) => name === 't');
  const breakpoints = [];
  for (const name of ['["new\\nkey"]', '[2.5]']) {
    const { dataId } = await program.client.request('dataBreakpointInfo', { variablesReference, name });
    breakpoints.push({ dataId, accessType: 'write' });
  }
  const set = await program.client.request('setDataBreakpoints', { breakpoints });
  await program.setBreakpoints([]);
  await stopsForAll(program, set.breakpoints.map(({ id }) => id), 'created');
});

// SPDX-License-Identifier: MIT
// Variables like `local size <const> = 4`, which Lua's compiler does away with.

import assert from 'node:assert/strict';

import { fixturePath, lineOf } from '../fixture.mjs';
import { everywhere } from './everywhere.mjs';
import { byName, scenes } from './session.mjs';

const fixture = 'constants.lua';
const values = { unit: '4', size: '13', text: '"say \\"hi\\" -- ä"', shadowed: '2', inner: '-2' };

everywhere('constants are evaluated in every context', fixture, 'body', async (program) => {
  const frameId = await program.frameId();
  for (const context of ['repl', 'watch', 'hover', 'clipboard']) {
    for (const [expression, value] of Object.entries(values)) {
      const { result } = await program.client.request('evaluate', { expression, context, frameId });
      assert.equal(result, value, `${expression}, ${context}`);
    }
  }
  assert.equal(await program.evaluate('here + size * unit, text:upper()'), '53, "SAY \\"HI\\" -- ä"');
  assert.equal(await program.evaluate('local unit = 5 return unit'), '5');
  assert.equal(await program.evaluate('kept'), 'nil', 'a variable of another function is out of reach');
  assert.match(await program.evaluateFails('unit = 5'), /assign to const variable 'unit'/);
});

everywhere('those of the function are among its locals, and cannot be set', fixture, 'body', async (program) => {
  const locals = await program.scope('Locals');
  assert.deepEqual(byName(locals), { n: '1', own: '-1', here: '1', i: '1', inner: '-2', shadowed: '2' });
  const inner = locals.find(({ name }) => name === 'inner');
  assert.equal(inner.type, 'integer <const>');
  assert.deepEqual(inner.presentationHint.attributes, ['readOnly', 'constant']);
  const { variablesReference } = (await program.scopes()).find(({ name }) => name === 'Locals');
  const refused = await program.client.refusal('setVariable', { variablesReference, name: 'inner', value: '1' });
  assert.match(refused.error.format, /declared <const>/);
  const set = await program.client.request('setVariable', { variablesReference, name: 'here', value: 'unit + 1' });
  assert.equal(set.value, '5');
  const { targets } = await program.client.request('completions', {
    text: 'inn', column: 4, frameId: await program.frameId() });
  assert.deepEqual(targets.map(({ label, detail }) => [label, detail]), [['inner', 'integer']]);
});

for (const args of [[], ['coroutine']]) {
  scenes(`conditions and log messages know them${args.map((place) => `, in a ${place}`)}`, async (start) => {
    const program = await start(fixture, { stopOnEntry: true, args });
    await program.stops('entry');
    await program.client.request('setBreakpoints', { source: { path: fixturePath(fixture) }, breakpoints: [
      { line: lineOf(fixture, 'body'), condition: 'i == unit + shadowed' },
      { line: lineOf(fixture, 'last'), logMessage: '{inner} {text}' }] });
    await program.continue();
    await program.stopsAt('body');
    assert.equal((await program.locals()).i, '6');
    await program.continueToEnd();
    assert.equal(program.client.output('console'), '-2 say "hi" -- ä\n');
  });
}

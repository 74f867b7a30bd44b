// SPDX-License-Identifier: MIT
// A program that sets a locale: numbers are Lua source all the same, and names what Lua takes for names.
import assert from 'node:assert/strict';
import { after } from 'node:test';

import { makeLocales } from '../locale.mjs';
import { fixturePath, lineOf } from '../fixture.mjs';
import { byName, scenes } from './session.mjs';

const fixture = 'locale.lua';
const german = 'de_DE.UTF-8', latin = 'de_DE.ISO-8859-1', turkish = 'tr_TR.ISO-8859-9', persian = 'ps_AF.UTF-8';
const locales = makeLocales(german, latin, turkish, persian);
after(locales.remove);

/** Stopped under the locale, which the program's own output shows to be in force. */
async function under(start, locale, options) {
  const program = await start(fixture, { stopAt: ['here'], args: [locale], env: locales.env, ...options });
  await program.stopsAt('here');
  await program.prints(new RegExp(`^${locale}$`, 'm'));
  return program;
}

scenes('values are shown and copied as Lua source', async (start) => {
  const program = await under(start, german);
  assert.equal(await program.evaluate('tostring(x)'), '"1,5"', 'the program itself has the comma');
  const locals = await program.locals();
  assert.equal(locals.x, '1.5');
  assert.equal(locals.t, '{[2.5]="k", [1]=0.25}');
  const many = (await program.scope('Locals')).find(({ name }) => name === 'many');
  const children = await program.children(many);
  assert.deepEqual(byName(children), { '[-1.25]': '"low"', '[0.1]': '"tenth"', deep: '{-0.5, 1e+300, 0.33333333333333}',
    pi: '3.1415926535898', whole: '2.0' });
  for (const { evaluateName, value } of children) assert.equal(await program.evaluate(evaluateName), value, evaluateName);
  assert.equal(await program.evaluate('t', { context: 'clipboard' }), '{\n  0.25,\n  [2.5] = "k",\n}');
  assert.equal(await program.evaluate('x', { context: 'clipboard' }), '1.5');
  const copied = await program.evaluate('many', { context: 'clipboard' });
  assert.equal(await program.evaluate(`(function(a, b) return a.pi == b.pi and a.deep[3] == b.deep[3] and b[0.1] == "tenth"
    and math.type(b.whole) == "float" end)(many, ${copied})`), 'true', copied);
  assert.match(await program.evaluate('x, 2.5, 0.1'), /^1\.5, 2\.5, 0\.1$/);
  assert.equal(await program.evaluate('x + 0.25', { context: 'watch' }), '1.75');
});

scenes('"4,5" is refused, 4.5 is set', async (start) => {
  const program = await under(start, german);
  const scope = (await program.scopes()).find(({ name }) => name === 'Locals');
  const frameId = await program.frameId();
  for (const value of ['4,5', '4\u066b5', '1, 2']) {
    await program.client.refusal('setVariable', { variablesReference: scope.variablesReference, name: 'x', value });
    await program.client.refusal('setExpression', { expression: 'x', value, frameId });
  }
  assert.equal(await program.evaluate('x'), '1.5', 'nothing has changed');
  const set = await program.client.request('setVariable', { variablesReference: scope.variablesReference, name: 'x', value: '4.5' });
  assert.equal(set.value, '4.5');
  const again = await program.client.request('setExpression', { expression: 't[2.5]', value: 'x / 2', frameId });
  assert.equal(again.value, '2.25');
  await program.setBreakpoints([]);
  await program.continueToEnd();
  assert.match(program.client.output('stdout'), /true\n$/);
});

scenes('conditions and log messages', async (start) => {
  const program = await under(start, german);
  await program.client.request('setBreakpoints', { source: { path: fixturePath(fixture) }, breakpoints: [
    { line: lineOf(fixture, 'after'), condition: 'x == 1.5 and t[2.5] == "k"' },
    { line: lineOf(fixture, 'after'), logMessage: '<{x} {t} {0.5}>' }, { line: lineOf(fixture, 'after'), condition: 'x < 4,5' }] })
    .then(({ breakpoints }) => assert.deepEqual(breakpoints.map(({ verified }) => verified), [true, true, false]));
  await program.continueTo('after');
  assert.match(program.client.output('console'), /<1\.5 \{\[2\.5\]="k", \[1\]=0\.25\} 0\.5>/);
});

scenes('a decimal point of several bytes', async (start) => {
  const program = await under(start, persian);
  const locals = await program.locals();
  assert.deepEqual([locals.x, locals.t], ['1.5', '{[2.5]="k", [1]=0.25}']);
  assert.equal(await program.evaluate('x', { context: 'clipboard' }), '1.5');
});

scenes('a letter is what Lua takes for one, whatever the locale does', async (start) => {
  const program = await under(start, latin);
  // ê in UTF-8 is two bytes, both of them letters of Latin-1: à and ª
  assert.match(await program.evaluateFails('\u00ea'), /unexpected symbol/);
  const frameId = await program.frameId();
  const hovered = await program.client.refusal('evaluate', { expression: 'x\u00ea', context: 'hover', frameId });
  assert.ok(hovered.error.format);
  const { targets } = await program.client.request('completions', { text: '\u00eava', column: 4, frameId });
  assert.ok(targets.some(({ label }) => label === 'vain'), 'the letter ê is no part of the name');
  const { breakpoints } = await program.client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'f\u00ea' }] });
  assert.equal(breakpoints[0].verified, false);
  assert.match(breakpoints[0].message, /no function's name/);
});

scenes('capitals are those of ASCII in a Turkish locale', async (start) => {
  const program = await under(start, turkish);
  const frameId = await program.frameId();
  const { targets } = await program.client.request('completions', { text: 'vain.in', column: 8, frameId });
  assert.deepEqual(targets.map(({ label }) => label).sort(), ['INNER', 'Index']);
});

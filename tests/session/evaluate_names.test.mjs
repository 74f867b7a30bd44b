// SPDX-License-Identifier: MIT
// The Lua code that comes with a variable gives that very variable, wherever it is evaluated.
import assert from 'node:assert/strict';

import { scene, scenes } from './session.mjs';

const MOST = 400;

/** Everything that is below the scopes of a frame, to a depth. */
class Walk {
  checked = [];

  constructor(program, frameId) {
    this.program = program;
    this.frameId = frameId;
  }

  async below(variablesReference, depth) {
    const { variables } = await this.program.client.request('variables', { variablesReference });
    for (const variable of variables) {
      if (this.checked.length >= MOST || variable.presentationHint?.lazy) continue;
      if (variable.evaluateName !== undefined) await this.#isNamed(variable);
      const deeper = variable.variablesReference > 0 && depth > 0 && variable.name !== '(standard library)';
      if (deeper) await this.below(variable.variablesReference, depth - 1);
    }
    return this.checked;
  }

  async #isNamed(variable) {
    const { evaluateName: expression } = variable;
    const type = variable.type.replace(/ <.*/, ''); // without the attribute
    this.checked.push(variable);
    for (const context of ['watch', 'clipboard']) {
      const again = await this.program.client.request('evaluate', { expression, frameId: this.frameId, context });
      if (context === 'clipboard' && ['table', 'float'].includes(type)) continue; // it has more of those
      if (context === 'clipboard' && variable.value.includes('…')) continue; // and of long strings
      assert.equal(again.result, variable.value, `${expression} (${context})`);
      assert.equal(again.type.replace(/ <.*/, ''), type, expression);
      if (variable.variablesReference > 0) assert.deepEqual(await this.#names(again), await this.#names(variable), expression);
    }
  }

  async #names({ variablesReference }) {
    if (!(variablesReference > 0)) return [];
    const { variables } = await this.program.client.request('variables', { variablesReference });
    return variables.map(({ name, value }) => `${name} ${value}`);
  }
}

/** Every variable of every frame of every thread at this stop; the code for them. */
async function checkAll(program, depth = 3) {
  const codes = [];
  const { threads } = await program.client.request('threads');
  for (const { id } of threads) {
    const { stackFrames } = await program.client.request('stackTrace', { threadId: id, levels: 4 });
    for (const frame of stackFrames) {
      const { scopes } = await program.client.request('scopes', { frameId: frame.id });
      const walk = new Walk(program, frame.id);
      for (const { name, variablesReference } of scopes) {
        if (name !== 'Memory') await walk.below(variablesReference, depth);
      }
      codes.push(...walk.checked.map(({ evaluateName }) => evaluateName));
    }
  }
  return codes;
}

const places = {
  'names.lua': ['plain', 'hiding', 'without'],
  'environment.lua': ['plain', 'without', 'with_local', 'with_parameter'],
  'inspect.lua': ['here', 'helper'],
  'values.lua': ['inner', 'end'],
  'constants.lua': ['body'],
  'suspended.lua': ['stop', 'in_coroutine'],
  'stack.lua': ['method', 'deep', 'metamethod'],
};

for (const [fixture, marks] of Object.entries(places)) {
  for (const mark of marks) {
    scene(`all variables of ${fixture} at ${mark}`, async (start) => {
      const program = await start(fixture, { stopAt: [mark] });
      await program.stopsAt(mark);
      const codes = await checkAll(program);
      assert.ok(codes.length > 10, `${codes.length} of them`);
    });
  }
}

async function inSandbox(start) {
  const program = await start('names.lua', { stopOnEntry: true });
  await program.stops('entry');
  await program.client.request('setFunctionBreakpoints', { breakpoints: [{ name: 'inside' }] });
  await program.continue();
  await program.stops('function breakpoint');
  return program;
}

scene('all variables in a sandbox without globals, whose debug library lies', async (start) => {
  const program = await inSandbox(start);
  const codes = await checkAll(program);
  assert.ok(codes.some((code) => /registry.*\.shared\.kept/.test(code)), codes.join('\n'));
});

const childrenOf = async (program, list, name) => program.children(list.find((variable) => variable.name === name));
const named = (list, name) => list.find((variable) => variable.name === name);

scenes('what is in the frame of a suspended coroutine is named as such', async (start) => {
  const program = await start('names.lua', { stopAt: ['plain', 'hiding'] });
  for (const mark of ['plain', 'hiding']) {
    if (mark === 'hiding') await program.continue();
    await program.stopsAt(mark);
    const frames = await childrenOf(program, await program.scope('Upvalues'), 'job');
    const locals = await program.children(frames.find(({ value }) => /names\.lua/.test(value)));
    const shadowed = named(locals, 'state (shadowed)'), state = named(locals, 'state');
    for (const { evaluateName, value } of [shadowed, state, named(locals, 'id')])
      assert.equal(await program.evaluate(evaluateName), value, evaluateName);
    assert.equal(shadowed.value, '"of the coroutine"');
    const inner = named(await program.children(state), '[1]');
    assert.equal(await program.evaluate(inner.evaluateName, { context: 'clipboard' }), '"of the coroutine"');
    const metatable = named(await childrenOf(program, locals, 'object'), '(metatable)');
    assert.equal(await program.evaluate(`${metatable.evaluateName}.__index.n`), '2');
    for (const { evaluateName, value } of await childrenOf(program, locals, '...'))
      assert.equal(await program.evaluate(evaluateName), value, evaluateName);
  }
});

scenes('a metatable has a name though debug is hidden, and is itself, whatever __metatable says', async (start) => {
  const program = await start('names.lua', { stopAt: ['hiding'] });
  await program.stopsAt('hiding');
  const { evaluateName } = named(await childrenOf(program, await program.scope('Upvalues'), 'object'), '(metatable)');
  assert.equal(await program.evaluate(`${evaluateName}.__metatable`), '"protected"');
  const frameId = await program.frameId();
  await program.client.request('setExpression', { expression: `${evaluateName}.__index.n`, value: '3', frameId });
  assert.equal(await program.evaluate('object.n'), '3');
  const sandboxed = await program.evaluate('debug');
  assert.equal(sandboxed, 'true');
});

scene('where nothing hides it, the code is that of everybody', async (start) => {
  const program = await start('names.lua', { stopAt: ['plain'] });
  await program.stopsAt('plain');
  const upvalues = await program.scope('Upvalues');
  assert.equal(named(await childrenOf(program, upvalues, 'object'), '(metatable)').evaluateName, 'debug.getmetatable(object)');
  assert.equal(named(await program.scope('Globals'), 'shared').evaluateName, '_G.shared');
});

scene('the table of infinite and least keys', async (start) => {
  const program = await start('names.lua', { stopAt: ['plain'] });
  await program.stopsAt('plain');
  const children = await childrenOf(program, await program.scope('Upvalues'), 'unusual');
  const codes = Object.fromEntries(children.map(({ value, evaluateName }) => [value, evaluateName]));
  assert.equal(codes['"infinite"'], 'unusual[1/0]');
  assert.equal(codes['"low"'], 'unusual[-1/0]');
  assert.equal(codes['"function"'], undefined);
  assert.equal(codes['"huge"'], undefined);
  assert.ok(codes['"least"'] && codes['"tenth"'] && codes['"bytes"'] && codes['"keyword"'], JSON.stringify(codes));
});

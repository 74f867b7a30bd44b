// SPDX-License-Identifier: MIT
// Errors that stop the program where they are thrown, with the stack still there.

import assert from 'node:assert/strict';

import { fixturePath } from '../fixture.mjs';
import { runLua } from '../programs.mjs';
import { scene, scenes } from './session.mjs';

const info = (program) =>
  program.client.request('exceptionInfo', { threadId: program.stop.threadId });

scenes('an uncaught error stops where it is thrown', async (start) => {
  const program = await start('errors.lua', { args: ['uncaught'], errors: ['uncaught'] });
  await program.stopsAt('throw', 'exception');
  assert.equal(program.stop.text, 'nobody catches this');
  assert.equal((await program.locals()).value, '"nobody catches this"');
  const exception = await info(program);
  assert.equal(exception.exceptionId, 'string');
  assert.equal(exception.description, 'nobody catches this');
  assert.equal(exception.breakMode, 'unhandled');
  assert.match(exception.details.stackTrace, /^errors\.lua:\d+: in .*throw/m);
  await program.continueToEnd(1);
});

scenes('an error of Lua itself stops with the frame alive', async (start) => {
  const program = await start('errors.lua', { args: ['runtime'], errors: ['uncaught'] });
  await program.stopsAt('runtime', 'exception');
  assert.equal((await program.locals()).depth, '7');
  assert.match(program.stop.text, /attempt to index a nil value \(field 'field'\)/);
  assert.equal(await program.evaluate('depth * 6'), '42');
  await program.continueToEnd(1);
});

for (const which of ['pcall', 'nested_pcall', 'xpcall', 'resume', 'resume_again', 'wrap', 'in_coroutine', 'yielding', 'load']) {
  scenes(`a caught error stops where it is thrown: ${which}`, async (start) => {
    const program = await start('errors.lua', { args: [which], errors: ['caught'] });
    await program.stopsAt('throw', 'exception');
    assert.equal((await info(program)).breakMode, 'always');
    assert.equal(typeof (await program.locals()).value, 'string');
    await program.continueToEnd(0);
    await program.prints(/end\n$/);
  });

  scene(`and does not stop while only uncaught ones are asked for: ${which}`, async (start) => {
    const program = await start('errors.lua', { args: [which], errors: ['uncaught'] });
    await program.ends(0);
  });
}

scenes('an argument that load refuses is caught by nobody', async (start) => {
  const program = await start('errors.lua', { args: ['load_refuses'], errors: ['uncaught'] });
  await program.stopsAt('load_refuses', 'exception');
  assert.equal((await info(program)).breakMode, 'unhandled');
  await program.continueToEnd(1);
});

scenes('a coroutine that has died throws once, however often it is resumed', async (start, { client }) => {
  const program = await start('errors.lua', { args: ['dead'], errors: ['caught'] });
  for (const text of ['resumed', 'wrapped']) {
    await program.stopsAt('throw', 'exception');
    assert.equal(program.stop.text, text);
    await program.continue();
  }
  await program.stopsAt('calls_dead', 'exception');
  const { stdout } = runLua([fixturePath('errors.lua'), 'dead']);
  const [, text] = /false\t(.*)\nend\n$/.exec(stdout); // Lua 5.4.3 has lost it, and says nil
  assert.equal(program.stop.text, text, 'an error of the call, thrown where it is');
  await program.continueToEnd();
  assert.equal(client.output('stdout'), stdout);
});

scenes('an error that passes through coroutines stops once', async (start) => {
  const program = await start('errors.lua', { args: ['passes_through'], errors: ['caught'] });
  await program.stopsAt('throw', 'exception');
  await program.continue();
  await program.stopsAt('throw', 'exception');
  await program.continueToEnd();
});

scenes('an error that passes through coroutines is asked about once', async (start) => {
  const program = await start('errors.lua', { args: ['passes_through'], errors: [{ filterId: 'caught', condition: 'ask()' }] });
  await program.ends();
  await program.prints(/^asked\t2$/m);
});

scenes('an error that is caught and thrown again stops twice', async (start) => {
  const program = await start('errors.lua', { args: ['rethrown'], errors: ['caught'] });
  for (let i = 0; i < 2; i++) {
    await program.stopsAt('throw', 'exception');
    await program.continue();
  }
  await program.ends();
});

for (const condition of ['false', 'err:find("y")', '#err > 100']) {
  scenes(`thousands of errors that are not wanted cost each the same and leave nothing behind: ${condition}`, async (start, { client }) => {
    const program = await start('errors.lua', { args: ['thousands'], errors: [{ filterId: 'caught', condition }] });
    await program.ends();
    const told = (name) => Number(new RegExp(`^${name}\t(\\S+)$`, 'm').exec(client.output('stdout'))[1]);
    assert.ok(told('kept') < 1000, `${told('kept')} bytes kept of 18,000 errors`);
    assert.ok(told('times') < 30, `8 times as many take ${told('times')} times as long`);
  });
}

scenes('errors of the __close handlers that coroutine.close runs', async (start) => {
  const program = await start('errors.lua', { args: ['close'], errors: [{ filterId: 'caught', condition: 'err ~= "none"' }] });
  for (const name of ['inner', 'outer']) {
    await program.stopsAt('throw', 'exception');
    assert.equal(program.stop.text, `closing ${name}`);
    assert.equal((await program.locals()).value, `"closing ${name}"`);
    assert.equal((await program.upvalues(1)).name, `"${name}"`, 'the frames below are there');
    await program.continue();
  }
  await program.ends(0);
  const { stdout } = runLua([fixturePath('errors.lua'), 'close']); // up to 5.4.2 the first error stays
  await program.client.until('the same output', () => program.client.output('stdout') === stdout);
});

scenes('errors of the __close handlers of a coroutine that an error ends', async (start) => {
  const program = await start('errors.lua', { args: ['close_of_wrap'], errors: ['caught', 'uncaught'] });
  for (const text of ['first', 'closing value']) {
    await program.stopsAt('throw', 'exception');
    assert.equal(program.stop.text, text);
    await program.continue();
  }
  await program.ends(0);
});

scenes('a message handler that fails stops once, not for each time it handles itself', async (start) => {
  const program = await start('errors.lua', { args: ['failing_handler'], errors: ['caught'] });
  for (const text of ['first', 'by the handler']) {
    await program.stopsAt('throw', 'exception');
    assert.equal(program.stop.text, text);
    await program.continue();
  }
  await program.ends(0);
});

for (const how of ['pcall', 'xpcall', 'wrap', 'resume']) {
  scenes(`a filter that is set when ${how} has begun`, async (start) => {
    const program = await start('errors.lua', { args: [`later_${how}`], stopAt: ['begun'] });
    await program.stopsAt('begun');
    await program.setErrorFilters('caught');
    await program.continue();
    await program.stopsAt('throw', 'exception');
    await program.continueToEnd(0);
  });
}

for (const [which, errors] of [['traceback', []], ['traceback', ['uncaught', 'caught']], ['nested_wraps', []]]) {
  scenes(`messages and tracebacks are those of lua5.4: ${which}, filters: ${errors.join() || 'none'}`, async (start, { client }) => {
    const program = await start('errors.lua', { args: [which], errors: errors.map((filterId) => ({ filterId, condition: 'false' })) });
    await program.ends(0);
    assert.equal(client.output('stdout'), runLua([fixturePath('errors.lua'), which]).stdout);
  });
}

scenes('an error that leaves the program through coroutine.wrap stops in the coroutine, once', async (start) => {
  const program = await start('errors.lua', { args: ['wrap_uncaught'], errors: ['uncaught', 'caught'] });
  await program.stopsAt('throw', 'exception');
  assert.equal((await info(program)).breakMode, 'unhandled');
  const { threads } = await program.client.request('threads');
  assert.equal(threads[0].id, program.stop.threadId, 'the coroutine leads');
  await program.continueToEnd(1);
});

scenes('an error that is no string is shown as a value', async (start) => {
  const program = await start('errors.lua', { args: ['object'], errors: ['caught'] });
  await program.stopsAt('throw', 'exception');
  assert.equal((await info(program)).exceptionId, 'table');
  const [error] = await program.scope('Exception');
  assert.equal(error.name, 'err');
  const variables = await program.children(error);
  assert.deepEqual(variables.map(({ name, value }) => [name, value]), [['code', '42']]);
  await program.continueToEnd(0);
});

scenes('an error thrown by a function of C stops at the call', async (start) => {
  const program = await start('errors.lua', { args: ['library'], errors: ['caught'] });
  await program.stops('exception');
  assert.match(program.stop.text, /bad argument #1 to '.*' \(string expected, got no value\)/);
  await program.continueToEnd(0);
});

scenes('a stack overflow stops, and is caught afterwards', async (start) => {
  const program = await start('errors.lua', { args: ['overflow'], errors: ['caught'] });
  await program.stops('exception');
  assert.match(program.stop.text, /stack overflow/);
  await program.continueToEnd(0);
  await program.prints(/false\tstack overflow/);
});

scenes('a condition on the error value chooses', async (start) => {
  const program = await start('errors.lua', {
    args: ['many'], errors: [{ filterId: 'caught', condition: 'err == 3 or value > 8' }],
  });
  for (const value of ['3', '9', '10']) {
    await program.stopsAt('throw', 'exception');
    assert.equal((await program.locals()).value, value);
    await program.continue();
  }
  await program.ends(0);
});

scenes('a condition names the constants of the place that throws', async (start) => {
  const program = await start('errors.lua', { args: ['constants'], errors: [{ filterId: 'caught', condition: 'kind == "second"' }] });
  for (let i = 0; i < 2; i++) {
    await program.stopsAt('second', 'exception');
    await program.continue();
  }
  await program.ends(0);
});

scene('a condition that cannot be compiled is refused, one that fails stops', async (start) => {
  const program = await start('errors.lua', { args: ['many'], stopOnEntry: true });
  await program.stops('entry');
  const breakpoints = await program.setErrorFilters(
    { filterId: 'caught', condition: 'err ==' }, 'none', 'uncaught');
  assert.deepEqual(breakpoints.map((b) => b.verified), [false, false, true]);
  assert.match(breakpoints[0].message, /unexpected symbol/);
  await program.setErrorFilters({ filterId: 'caught', condition: 'err.nothing.there' });
  await program.continue();
  await program.stopsAt('throw', 'exception');
  await program.setErrorFilters();
  await program.continueToEnd(0);
});

scene('without a stop by an error there is nothing to tell', async (start) => {
  const program = await start('errors.lua', { args: ['many'], stopOnEntry: true });
  await program.stops('entry');
  const refused = await program.client.refusal('exceptionInfo', { threadId: program.stop.threadId });
  assert.match(refused.error.format, /not stopped by an error/);
});

scene('an error that a finalizer does not catch is a warning of Lua, and stops nothing; one that it catches stops', async (start, { client }) => {
  const program = await start('finalizer_errors.lua', { errors: ['uncaught', 'caught'], memory: 'off' });
  await program.stops('exception');
  assert.equal(program.stop.text, 'caught');
  await program.continueToEnd();
  assert.match(client.output('stderr'), /^Lua warning: error in __gc(?: metamethod)? \(.*: not caught\)$/m);
  assert.equal(client.output('stdout'), 'after\n');
});

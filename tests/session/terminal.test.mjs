// SPDX-License-Identifier: MIT
// A program that runs in a terminal of the client's.

import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';

import { fixturePath } from '../fixture.mjs';
import { interpreter, lua } from '../programs.mjs';
import { soon } from './dap_client.mjs';
import { initializeArguments, isGone, scene } from './session.mjs';
import { inTerminal, Terminal, terminalScene } from './terminal.mjs';

const CTRL_C = '\x03';

/** Where it was interrupted differs from time to time. */
const interrupted = /\^Clua5\.4: .*interrupted!\nstack traceback:\n(?:\t.*\n)*\t\[C\]: in \?\n$/;

async function interrupt(terminal, how, begun) {
  await terminal.shows(begun);
  if (how === 'wait') await terminal.waits();
  terminal.type(CTRL_C);
}

/** What plain lua5.4 shows in a terminal in which it is interrupted. */
async function underLua(how, begun) {
  const terminal = new Terminal({ args: ['bash', '-c', 'exec -a lua5.4 "$@"', 'bash', lua, fixturePath('terminal.lua'), how], cwd: '/' });
  await interrupt(terminal, how, begun);
  assert.equal(await terminal.exit, 1);
  return terminal.text;
}

terminalScene('what is read and printed is the terminal\'s', async (start, { client }, terminals) => {
  const program = await start('terminal.lua', { args: ['read'], stopAt: ['hello'] });
  await terminals[0].shows(/name\? /);
  terminals[0].type('Lua\n');
  await program.stopsAt('hello');
  assert.equal((await program.locals()).name, '"Lua"');
  await program.continueToEnd();
  await terminals[0].shows(/hello Lua\ndone\n/);
  assert.equal(client.output('stdout') + client.output('stderr') + client.output('console'), '');
});

terminalScene('what the client is asked', async (start, session, terminals, asked) => {
  const program = await start('terminal.lua', { args: ['environment', 'a b'], cwd: '/', env: { ADDED: 'x', REMOVED: null }, luaPath: '/my/?.lua' });
  await program.ends();
  const [{ kind, title, cwd, args, env, ...more }] = asked;
  assert.deepEqual(more, {});
  assert.deepEqual({ kind, title, cwd }, { kind: 'integrated', title: 'Lua: terminal.lua', cwd: '/' });
  assert.deepEqual(args, [realpathSync(interpreter), fixturePath('terminal.lua'), 'environment', 'a b']);
  const { LUAHEAT_CONNECT: path, ...others } = env;
  assert.deepEqual(others, { ADDED: 'x', REMOVED: null, LUA_PATH_5_4: '/my/?.lua' });
  assert.match(path, /^\/.*\.sock$/);
  await terminals[0].shows(/done/);
  assert.match(terminals[0].text, /^LUAHEAT_CONNECT\tnil\nLUAHEAT_LINK\tnil\nADDED\tx\nREMOVED\tnil\n/);
  assert.ok(terminals[0].text.includes(`\narg\tlua5.4\t${fixturePath('terminal.lua')}\ta b\n`), terminals[0].text);
  assert.match(terminals[0].text, /\npath\t\/my\/\?\.lua\n/);
});

terminalScene('an external terminal', async (start, session) => {
  const program = await start('terminal.lua', { console: 'externalTerminal' });
  await program.ends();
  assert.equal(session.client.messages.find(({ command }) => command === 'runInTerminal').arguments.kind, 'external');
});

for (const [how, code] of [['return', 0], ['error', 1], ['exit', 7], ['close', 1]]) {
  terminalScene(`${how}: exit code ${code}`, async (start, session, terminals) => {
    const program = await start('terminal.lua', { args: [how] });
    await program.ends(code);
    assert.equal(await terminals[0].exit, code);
    if (how === 'error') await terminals[0].shows(/^lua5\.4: .*terminal\.lua:\d+: by itself\nstack traceback:/m);
  });
}

for (const [how, begun] of [['compute', /computing\n/], ['wait', /waiting\n/]]) {
  terminalScene(`Ctrl-C while it does this: ${how}`, async (start, session, terminals) => {
    const program = await start('terminal.lua', { args: [how] });
    await interrupt(terminals[0], how, begun);
    await program.ends(1);
    assert.equal(await terminals[0].exit, 1);
    assert.match(terminals[0].text, interrupted);
    assert.match(await underLua(how, begun), interrupted);
  });
}

terminalScene('Ctrl-C is an error that a filter shows', async (start, session, terminals) => {
  const program = await start('terminal.lua', { args: ['compute'], errors: ['uncaught'] });
  await terminals[0].shows(/computing\n/);
  terminals[0].type(CTRL_C);
  await program.stopsAt('compute', 'exception');
  assert.match(program.stop.text, /interrupted!/);
  await program.continueToEnd(1);
});

for (const where of ['running', 'stopped']) {
  terminalScene(`a terminal that is closed ends a program that is ${where}`, async (start, { client }, terminals) => {
    const program = await start('terminal.lua', { args: ['wait'], stopAt: where === 'stopped' ? ['wait'] : [] });
    if (where === 'stopped') await program.stopsAt('wait');
    else await terminals[0].shows(/waiting\n/);
    terminals[0].close();
    await client.event('terminated');
    await program.programIsGone();
    assert.match(client.output('console'), /^The program in the terminal has ended without an exit code/m);
    assert.ok(!client.messages.some(({ event }) => event === 'exited'), 'nobody knows how it has ended');
    const { heap, rows } = await program.lines();
    assert.equal(rows.reduce((sum, row) => sum + row.live, 0), heap.live, 'the last figures are there');
  });
}

terminalScene('terminate ends it', async (start, { client }, terminals) => {
  const program = await start('terminal.lua', { args: ['wait'] });
  await terminals[0].shows(/waiting\n/);
  await client.request('terminate');
  await client.event('terminated');
  await program.programIsGone();
  assert.equal(client.output('console'), '', 'who has asked for it knows');
});

terminalScene('disconnect ends it', async (start, { client }, terminals) => {
  const program = await start('terminal.lua', { args: ['wait'] });
  await terminals[0].shows(/waiting\n/);
  await client.request('disconnect', {});
  await client.ended(soon);
  await program.programIsGone();
});

for (const how of ['wait', 'compute']) {
  terminalScene(`it ends with an adapter that is killed: ${how}`, async (start, { client }, terminals) => {
    const program = await start('terminal.lua', { args: [how] });
    await terminals[0].shows(/waiting\n|computing\n/);
    client.kill();
    await client.ended();
    await isGone(program.pid);
  });
}

terminalScene('a restart opens another', async (start, { client }, terminals) => {
  const program = await start('terminal.lua', { args: ['wait'] });
  await terminals[0].shows(/waiting\n/);
  await client.request('restart', {});
  await isGone(program.pid);
  program.pid = (await client.event('process')).systemProcessId;
  assert.equal(terminals.length, 2);
  await terminals[1].shows(/waiting\n/);
  terminals[1].type('again\n');
  await program.ends();
  await terminals[1].shows(/read\tagain\ndone\n/);
});

terminalScene('what a breakpoint prints goes to the console', async (start, { client }, terminals) => {
  await client.request('initialize', { ...initializeArguments, supportsRunInTerminalRequest: true });
  await client.event('initialized');
  const launched = client.request('launch', { program: fixturePath('terminal.lua'), console: 'integratedTerminal' });
  await client.request('setFunctionBreakpoints', { breakpoints: [] });
  const { breakpoints: [{ id }] } = await client.request('setBreakpoints', {
    source: { path: fixturePath('terminal.lua') }, breakpoints: [{ line: 2, logMessage: 'how={...}' }],
  });
  assert.ok(id);
  await client.request('configurationDone');
  await launched;
  await client.event('terminated');
  assert.match(client.output('console'), /how=/);
});

terminalScene('the process that the client names may be any', async (start, { client }, terminals) => {
  const open = client.answers.runInTerminal;
  client.answers.runInTerminal = (args) => {
    open(args);
    return { processId: process.pid, shellProcessId: process.pid };
  };
  const program = await start('terminal.lua', { args: ['wait'] });
  assert.notEqual(program.pid, process.pid);
  await terminals[0].shows(/waiting\n/);
  await client.request('terminate');
  await client.event('terminated');
  await program.programIsGone();
});

/** How a launch fails whose terminal is opened like that. */
async function failure(client, open, launch = {}) {
  client.answers.runInTerminal = open;
  await client.request('initialize', { ...initializeArguments, supportsRunInTerminalRequest: true });
  await client.event('initialized');
  const refused = client.refusal('launch', { program: fixturePath('terminal.lua'), ...inTerminal(), initialize: undefined, ...launch });
  await client.request('configurationDone').catch(() => {});
  const { error } = await refused;
  await client.event('terminated');
  return error;
}

scene('a client that opens none', async (start, { client }) => {
  const { format, showUser } = await failure(client, () => { throw new Error('no room'); });
  assert.match(format, /has not opened a terminal for the program \(no room\).*internalConsole/);
  assert.ok(showUser);
});

scene('a command that is never run', async (start, { client }) => {
  const { format } = await failure(client, () => ({}), { startTimeout: 200 });
  assert.match(format, /has not come from its terminal in time \('startTimeout'\)/);
});

scene('one that comes too late finds nobody', async (start, { client }) => {
  let wanted;
  await failure(client, (args) => { wanted = args; return {}; }, { startTimeout: 200 });
  const terminal = new Terminal(wanted);
  assert.equal(await terminal.exit, 1);
  assert.match(terminal.text, /cannot use what luaheat handed over: No such file/);
});

scene('a script with an error in it', async (start, { client }) => {
  const terminals = [];
  const { format } = await failure(client, (args) => { terminals.push(new Terminal(args)); return {}; }, { program: fixturePath('broken.lua') });
  assert.match(format, /broken\.lua:\d+: .*near '='/);
  await terminals[0].exit;
});

scene('terminate before the terminal comes', async (start, { client }) => {
  client.answers.runInTerminal = () => new Promise(() => {});
  await client.request('initialize', { ...initializeArguments, supportsRunInTerminalRequest: true });
  await client.event('initialized');
  const refused = client.refusal('launch', { program: fixturePath('terminal.lua'), console: 'integratedTerminal' });
  await client.request('terminate');
  assert.match((await refused).error.format, /ended before its terminal came/);
  await client.event('terminated');
});

scene('disconnect before the terminal comes', async (start, { client }) => {
  client.answers.runInTerminal = () => new Promise(() => {});
  await client.request('initialize', { ...initializeArguments, supportsRunInTerminalRequest: true });
  await client.event('initialized');
  const refused = client.refusal('launch', { program: fixturePath('terminal.lua'), console: 'integratedTerminal' });
  await client.request('disconnect', {});
  await refused;
  assert.deepEqual(await client.ended(soon), { code: 0, signal: null });
});

scene('stdin and a terminal exclude each other', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  const { error } = await client.refusal('launch', { program: fixturePath('terminal.lua'), console: 'integratedTerminal', stdin: '/dev/null' });
  assert.match(error.format, /'stdin' is for "console": "internalConsole" only/);
});

// SPDX-License-Identifier: MIT
// luaheat run --host: a program that is not luaheat-lua. What a script sees of it under a stock Lua: nothing it would mind.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { cleanEnv, lua, measure, runLua, runLuaheat, withSanitizer } from '../programs.mjs';

const script = fixturePath('under_host.lua');

function runHost(args, env = {}) {
  return runLuaheat(['run', '--host', '-o', '/dev/null', '--', ...args], { env: cleanEnv({ ...withSanitizer(), ...env }) });
}

/** What the script prints, but for whether the module is found, which it is. */
function told({ stdout }) {
  return stdout.replace(/^found\ttrue$/m, 'found\tfalse').replace(/^loaded.*\n/m, '');
}

const inits = {
  'no LUA_INIT': {},
  'LUA_INIT': { LUA_INIT: 'inited = "any"' },
  'LUA_INIT_5_4': { LUA_INIT_5_4: 'inited = "this"' },
  'both': { LUA_INIT: 'inited = "any"', LUA_INIT_5_4: 'inited = "this"' },
  'a file': { LUA_INIT: `@${fixturePath('under_host_init.lua')}` },
  'an empty one': { LUA_INIT: 'inited = "any"', LUA_INIT_5_4: '' },
};

for (const [name, env] of Object.entries(inits)) {
  test(`the script finds what it finds under ${lua}: ${name}`, () => {
    const plain = runLua([script, '3', 'b c'], { env: cleanEnv(env), argv0: lua });
    const hosted = runHost([lua, script, '3', 'b c'], env);
    assert.equal(plain.status, 3, plain.stderr);
    assert.match(plain.stdout, /found\tfalse/);
    assert.equal(hosted.status, 3, hosted.stderr);
    assert.match(hosted.stdout, /found\ttrue/);
    assert.equal(told(hosted), told(plain));
  });
}

test('an error is told as it is', () => {
  const plain = runLua([script, 'fail'], { argv0: lua }), hosted = runHost([lua, script, 'fail']);
  assert.equal(hosted.status, plain.status);
  assert.ok(hosted.stderr.includes(plain.stderr), hosted.stderr);
});

for (const [name, init] of Object.entries({ 'a mistake': 'error "mistaken"', 'no Lua': 'a = =', 'no file': '@/no/such/file' })) {
  test(`a LUA_INIT that is ${name} ends the program as ever, in the same words`, () => {
    const plain = runLua([script], { env: cleanEnv({ LUA_INIT: init }), argv0: lua }), hosted = runHost([lua, script], { LUA_INIT: init });
    const [words] = plain.stderr.split('\n');
    assert.equal(hosted.status, plain.status);
    assert.ok(hosted.stderr.startsWith(words), hosted.stderr);
  });
}

test('what a stock Lua starts finds the environment as it was', () => {
  const code = `os.execute('${lua} -e "print(os.getenv [[LUA_INIT_5_4]], os.getenv [[LUAHEAT_FIGURES]])"')`;
  assert.equal(runHost([lua, '-e', code], { LUA_INIT_5_4: 'x = 1' }).stdout, 'x = 1\tnil\n');
});

test('its lines have their growth', () => {
  const { report, status, stderr } = measure(['--host', '--', lua, fixturePath('hundred_tables.lua')], { env: withSanitizer() });
  assert.equal(status, 0, stderr);
  const { growth } = report.lines.find(({ line, source }) => source.endsWith('hundred_tables.lua') && line === lineOf('hundred_tables.lua', 'keep'));
  assert.equal(growth, 100 * (56 + 16) + 128 * 16);
  assert.match(JSON.stringify(report), /"\(before attach\)"/);
});

test('a program that runs no Lua: told, with its exit code', () => {
  const { status, stderr } = runHost(['sh', '-c', 'exit 5']);
  assert.equal(status, 5);
  assert.match(stderr, /no figures.*sh.*require "luaheat"/);
});

test('--cpath is where others find the module', () => {
  const { stdout, status } = runLuaheat(['--cpath']);
  assert.equal(status, 0);
  const env = { ...withSanitizer(), LUA_CPATH: `${stdout.trimEnd()};;` };
  const found = runLua(['-e', 'local module, path = require "luaheat"; print(type(module), path)'], { env });
  assert.equal(found.stdout, `table\t${stdout.trimEnd().replace('?', 'luaheat')}\n`, found.stderr);
});

test('one that is not there', () => {
  const { status, stderr } = runHost(['no-such-program']);
  assert.equal(status, 1);
  assert.match(stderr, /no-such-program/);
});

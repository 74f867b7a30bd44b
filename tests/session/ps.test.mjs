// SPDX-License-Identifier: MIT
// `luaheat ps`: the doors that there are, and what is left of those that were.

import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { test } from 'node:test';

import { runLuaheat } from '../programs.mjs';
import { DoorFolder, leaveStaleSocket } from './fake_door.mjs';

const NO_PROCESS = 2 ** 31 - 2;

function listing(name, story) {
  test(name, async () => {
    const doors = new DoorFolder();
    try {
      await story(doors, (...args) => runLuaheat(['ps', ...args], { env: doors.env }));
    } finally {
      doors.remove();
    }
  });
}

const parsed = ({ status, stdout, stderr }) => {
  assert.equal(stderr, '');
  assert.equal(status, 0);
  return JSON.parse(stdout);
};

listing('programs read them as JSON', async (doors, ps) => {
  const { path } = await doors.open('9', { name: 'worker "one"', program: '/usr/bin/prosody', cwd: '/srv' });
  const [door, ...others] = parsed(ps('--json'));
  assert.deepEqual(others, []);
  assert.ok(['runs', 'waits'].includes(door.does));
  delete door.does;
  assert.deepEqual(door, {
    pid: process.pid, name: 'worker "one"', program: '/usr/bin/prosody', cwd: '/srv', lua: 'Lua 5.4.6', socket: path, attached: false,
  });
});

listing('people read them as a table, in the order of their numbers', async (doors, ps) => {
  await doors.open('a-10', { name: 'tenth' });
  await doors.open('a-2', { name: 'second', program: '/usr/bin/a program' });
  const { status, stdout, stderr } = ps();
  assert.equal(stderr, '');
  assert.equal(status, 0);
  const [titles, ...rows] = stdout.trimEnd().split('\n');
  assert.deepEqual(titles.trim().split(/ +/), ['PID', 'DOES', 'LUA', 'NAME', 'PROGRAM', 'DOOR']);
  assert.deepEqual(rows.map((row) => row.slice(titles.indexOf('NAME')).split(' ')[0]), ['second', 'tenth']);
  assert.ok(rows[0].includes('/usr/bin/a program'));
  assert.ok(rows[0].endsWith(doors.at('a-2.sock')));
});

if (process.platform === 'linux') listing('where somebody is through is told', async (doors, ps) => {
  const door = await doors.open('1', {});
  const stream = createConnection(door.path);
  await once(stream, 'connect');
  stream.write('{}\n');
  await door.meets();
  assert.equal(parsed(ps('--json'))[0].attached, true);
  assert.match(ps().stdout, / attached /);
  stream.destroy();
});

listing('what is left of one that has ended is removed, others stay', async (doors, ps) => {
  await leaveStaleSocket(doors.at('old.sock'));
  doors.describe('old', { pid: NO_PROCESS });
  const { path } = await doors.open('new', {});
  assert.deepEqual(parsed(ps('--json')).map(({ socket }) => socket), [path]);
  assert.ok(!existsSync(doors.at('old.sock')));
  assert.ok(!existsSync(doors.at('old.json')));
});

listing('what is left of one that was killed while it opened its door or closed it is removed', async (doors, ps) => {
  const left = [`${NO_PROCESS}.sock`, `${NO_PROCESS}-2.sock`];
  for (const name of left) await leaveStaleSocket(doors.at(name));
  writeFileSync(doors.at(`${NO_PROCESS}.json.new`), '{');
  const others = [`${process.pid}.sock`, 'worker.sock', `${NO_PROCESS}x.socket`];
  for (const name of others) await leaveStaleSocket(doors.at(name)); // which may just be opened
  const folder = `${NO_PROCESS}-3.sock`;
  mkdirSync(doors.at(folder));
  assert.deepEqual(parsed(ps('--json')), []);
  assert.deepEqual(readdirSync(doors.path).sort(), [...others, folder].sort());
});

listing('where another listens by now stays', async (doors, ps) => {
  const { path } = await doors.open('taken', { pid: NO_PROCESS });
  assert.deepEqual(parsed(ps('--json')), []);
  assert.ok(existsSync(path));
  assert.ok(!existsSync(doors.at('taken.json')));
});

listing('nothing but a socket is ever removed', async (doors, ps) => {
  const file = doors.at('precious.txt');
  writeFileSync(file, 'mine');
  doors.describe('old', { pid: NO_PROCESS, socket: file });
  assert.deepEqual(parsed(ps('--json')), []);
  assert.ok(existsSync(file));
});

listing('what is no description of a door is passed over', async (doors, ps) => {
  for (const [name, text] of Object.entries({ empty: '', half: '{"pid":1,', other: '[1]', pid: '{"pid":"x","socket":"/a"}', relative: '{"pid":1,"socket":"a"}' })) {
    writeFileSync(doors.at(`${name}.json`), text);
  }
  assert.deepEqual(parsed(ps('--json')), []);
});

listing('what a program says cannot harm a terminal', async (doors, ps) => {
  await doors.open('1', { name: '\x1b[2Jx' });
  assert.ok(!ps().stdout.includes('\x1b'));
});

listing('none, and no folder, is said to people', (doors, ps) => {
  for (const prepare of [() => {}, () => rmSync(doors.path, { recursive: true })]) {
    prepare();
    assert.deepEqual(parsed(ps('--json')), []);
    const { status, stdout, stderr } = ps();
    assert.equal(status, 0);
    assert.equal(stdout, '');
    assert.match(stderr, /no program has opened a door; one does with require\("luaheat"\)\.listen\(\)/);
  }
});

listing('a folder that others may change is not believed', (doors, ps) => {
  chmodSync(doors.path, 0o777);
  const { status, stderr } = ps();
  assert.equal(status, 1);
  assert.match(stderr, /not this user's alone/);
});

listing('wrong use is told', (doors, ps) => {
  for (const args of [['here'], ['--', 'here'], ['--yaml']]) assert.equal(ps(...args).status, 2);
});

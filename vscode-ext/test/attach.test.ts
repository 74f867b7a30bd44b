// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { attachTo, attachToPicked, debuggerAddress, doorRow, firstLine, isElsewhere, lacksPort, listenLines, PICKED_PROCESS, processIdFor, readDoors, seesOurFiles, withPicked, withTarget } from '../src/pure/attach.ts';
import type { Door } from '../src/pure/attach.ts';

const server: Door = { pid: 70, name: 'server', program: '/usr/sbin/lighttpd', cwd: '/srv', lua: 'Lua 5.4.4', socket: '/run/luaheat/70.sock', attached: false, suspended: false };
const words = { taken: 'taken', suspended: 'suspended' };
const attach = (own: object): { type: string; request: string; name: string } => ({ type: 'luaheat', request: 'attach', name: 'Attach', ...own });

test('what `luaheat ps` tells is read, and what is odd is nothing', () => {
  assert.deepEqual(readDoors(JSON.stringify([server])), [server]);
  assert.deepEqual(readDoors('[]'), []);
  assert.deepEqual(readDoors('[{"pid":7,"socket":"/7.sock","name":3},{"pid":"7"},{"pid":7},null,5]'), [
    { pid: 7, name: '', program: '', cwd: '', lua: '', socket: '/7.sock', attached: false, suspended: false },
  ]);
  assert.deepEqual(readDoors(JSON.stringify([{ ...server, attached: true }])), [{ ...server, attached: true }]);
  assert.deepEqual(readDoors(JSON.stringify([{ ...server, does: 'suspended' }])), [{ ...server, suspended: true }]);
  assert.deepEqual(readDoors(JSON.stringify([{ ...server, does: 'waits' }])), [server]);
  for (const output of ['', 'no such command', '{}', '[', 'null']) assert.equal(readDoors(output), undefined, output);
});

test('a row of the picker tells name, number, version, program and folder', () => {
  assert.deepEqual(doorRow(server, words), { label: 'server', description: '70 · Lua 5.4.4', detail: '/usr/sbin/lighttpd · /srv' });
  assert.deepEqual(doorRow({ ...server, name: '', lua: '' }, words), { label: 'lighttpd', description: '70', detail: '/usr/sbin/lighttpd · /srv' });
  assert.deepEqual(doorRow({ ...server, name: '', program: '', cwd: '', attached: true }, words), { label: '70.sock', description: '70 · Lua 5.4.4 · taken', detail: '' });
  assert.equal(doorRow({ ...server, suspended: true }, words).description, '70 · Lua 5.4.4 · suspended');
});

test('a process is told by its number, and a state of a process with several by its socket', () => {
  const second = { ...server, socket: '/run/luaheat/70-2.sock' };
  const other = { ...server, pid: 71, socket: '/run/luaheat/71.sock' };
  assert.equal(processIdFor(server, [server, other]), '70');
  assert.equal(processIdFor(second, [server, second, other]), second.socket);
  assert.deepEqual(withPicked(attach({ processId: '70', memory: 'off' })), attach({ processId: 70, memory: 'off' }));
  assert.deepEqual(withPicked(attach({ processId: second.socket })), attach({ socket: second.socket }));
  for (const kept of [{ processId: 70 }, { processId: 'seventy' }, { socket: '/s' }, {}]) assert.deepEqual(withPicked(attach(kept)), attach(kept));
});

test('what a program has to run', () => {
  assert.equal(listenLines('/ext/lib/?.so'), 'package.cpath = package.cpath .. ";/ext/lib/?.so"\nrequire("luaheat").listen()\n');
  assert.equal(listenLines(''), 'require("luaheat").listen()\n');
});

test('whoever says nothing to attach to picks', () => {
  assert.deepEqual(withTarget(attach({})), attach({ processId: PICKED_PROCESS }));
  for (const said of [{ processId: 7 }, { socket: '/s' }, { doorName: 'web' }, { listen: '/s' }, { port: 1 }, { host: 'far' }, { debugServer: 1 }])
    assert.deepEqual(withTarget(attach(said)), attach(said));
  assert.deepEqual(attachToPicked('Attach'), attach({ processId: PICKED_PROCESS }));
  assert.deepEqual(attachTo(server, 'Attach'), attach({ socket: server.socket }));
});

test('a debugger elsewhere has an address', () => {
  assert.deepEqual(debuggerAddress({ port: 8054 }), { host: '127.0.0.1', port: 8054 });
  assert.deepEqual(debuggerAddress({ host: 'far', port: '8054' }), { host: 'far', port: 8054 }, 'a variable is text');
  assert.deepEqual(debuggerAddress({ host: '/run/dap.sock' }), { path: '/run/dap.sock' });
  assert.equal(debuggerAddress({ socket: '/s' }), undefined);
  assert.ok(isElsewhere({ debugServer: 8054 }));
  assert.ok(!isElsewhere({ processId: 7 }));
  assert.equal(firstLine('secret \r\nold\n'), 'secret');
  assert.deepEqual([{ host: 'far' }, { host: 'far', port: 1 }, { host: '/s' }, {}].map(lacksPort), [true, false, false, false]);
});

test('files are those of this machine where the debugger is near and no paths are mapped', () => {
  for (const near of [{}, { processId: 7, pathMappings: [] }, { port: 1 }, { host: '::1', port: 1 }, { host: '/s' }, { debugServer: 1 }])
    assert.ok(seesOurFiles(near), JSON.stringify(near));
  for (const far of [{ host: 'far', port: 1 }, { port: 1, remoteRoot: '/srv' }, { debugServer: 1, pathMappings: [] }])
    assert.ok(!seesOurFiles(far), JSON.stringify(far));
});

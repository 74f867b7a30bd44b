// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { findAdapter, isEmpty, launchOfCurrentFile, runsHost, takesOpenFile, withDefaults } from '../src/pure/launch.ts';

const places = { setting: '', extensionFolder: '/ext', searchPath: '/usr/bin::/opt/bin', isExecutable: () => false };

test('the program is the one that is named, or that came along, or in the PATH', () => {
  const only = (...there: string[]) => (path: string) => there.includes(path);
  assert.deepEqual(findAdapter({ ...places, setting: '/own', isExecutable: only('/own', '/ext/bin/luaheat') }), { found: '/own' });
  assert.deepEqual(findAdapter({ ...places, isExecutable: only('/ext/bin/luaheat', '/opt/bin/luaheat') }), { found: '/ext/bin/luaheat' });
  assert.deepEqual(findAdapter({ ...places, isExecutable: only('/opt/bin/luaheat') }), { found: '/opt/bin/luaheat' });
});

test('a named program that is not there is not silently another', () => {
  assert.deepEqual(findAdapter({ ...places, setting: '/own', isExecutable: (path) => path !== '/own' }), { missing: 'setting', path: '/own' });
  assert.deepEqual(findAdapter(places), { missing: 'everywhere' });
});

test('F5 without a launch.json debugs the open file', () => {
  assert.ok(isEmpty({}));
  assert.ok(!isEmpty({ type: 'luaheat' }));
  const whole = withDefaults(launchOfCurrentFile('Debug'), '/folder');
  assert.equal(whole['program'], '${file}');
  assert.equal(whole['cwd'], '/folder');
  assert.equal(withDefaults(launchOfCurrentFile('Debug'), undefined)['cwd'], '${fileDirname}');
});

test('what the user says stays', () => {
  const own = { type: 'luaheat', request: 'launch', name: 'Own', program: '/a.lua', cwd: '/b' };
  assert.deepEqual(withDefaults(own, '/folder'), own);
  assert.ok(!takesOpenFile(own));
  assert.ok(takesOpenFile(launchOfCurrentFile('Debug')));
  assert.ok(takesOpenFile({ ...own, program: '${fileDirname}/main.lua' }));
  assert.ok(!takesOpenFile({ ...own, program: '${relativeFile}' }), 'it counts from the folder that VS Code gives');
  const host = { type: 'luaheat', request: 'launch', name: 'Host', runtimeExecutable: 'lighttpd', runtimeArgs: ['-D'] };
  assert.deepEqual(withDefaults(host, '/folder'), { ...host, cwd: '/folder' }, 'it is no Lua file that is run');
  assert.ok(runsHost(host) && !takesOpenFile(host) && !runsHost({ ...host, program: '/a.lua' }));
  const attach = { type: 'luaheat', request: 'attach', name: 'Attach', port: 8054 };
  assert.deepEqual(withDefaults(attach, '/folder'), attach);
});

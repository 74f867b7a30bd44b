// SPDX-License-Identifier: MIT
// What cannot work is said, with a way out.

import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const FILE = 'growth.lua';
const LAUNCH = {
  version: '0.2.0',
  configurations: [{ type: 'luaheat', request: 'launch', name: 'Missing', program: '${workspaceFolder}/missing.lua' }],
};

scene('the setting names no program', {
  files: [FILE], open: FILE, machineSettings: { 'luaheat.adapterPath': '/no/such/luaheat' },
}, async ({ workbench, editor, sample, luaheat }) => {
  await editor.clickGutter(sample.line(FILE, 'between'));
  await workbench.press('F5');
  const { text, buttons } = await workbench.message();
  assert.match(text, /'luaheat\.adapterPath' names \/no\/such\/luaheat/);
  assert.deepEqual(buttons, ['Choose Debugger...', 'Open Settings']);
  await workbench.pressButton('Open Settings');
  await workbench.settings('Adapter Path');
  await workbench.press('Escape');

  // Another one is chosen: it is the one that is used.
  const own = join(sample.folder, 'bin/luaheat');
  mkdirSync(dirname(own));
  writeFileSync(own, `#!/bin/sh\ntouch "${sample.folder}/used"\nexec "${luaheat}" "$@"\n`);
  chmodSync(own, 0o755);
  await workbench.openFile(FILE);
  await workbench.press('F5');
  await workbench.pressButton('Choose Debugger...');
  await workbench.answerFile(own);
  await workbench.stopsAt(sample.line(FILE, 'between'));
  await eventually(async () => (await editor.figures())[sample.line(FILE, 'empty')] !== undefined);
  assert.ok(existsSync(join(sample.folder, 'used')));
});

scene('no program anywhere', { files: [FILE], open: FILE }, async ({ workbench, editor, sample, server }) => {
  const putBack = server.replaceProgram('luaheat');
  try {
    await editor.clickGutter(sample.line(FILE, 'between'));
    await workbench.press('F5');
    const { text, buttons } = await workbench.message();
    assert.match(text, /debugger is missing.*no program 'luaheat' in the PATH.*Install/);
    assert.deepEqual(buttons, ['Choose Debugger...', 'Open Settings']);
  } finally {
    putBack();
  }
});

scene('the C library is too old', { files: [FILE], open: FILE }, async ({ workbench, server }) => {
  const problem = "luaheat-lua: /lib/x86_64-linux-gnu/libc.so.6: version 'GLIBC_2.31' not found";
  const putBack = server.replaceProgram('luaheat-lua', `#!/bin/sh\necho "${problem}" >&2\nexit 127\n`);
  try {
    await workbench.press('F5');
    const { text, buttons } = await workbench.message();
    assert.ok(text.includes(`does not start: ${problem}.`), text);
    assert.match(text, /needs Linux with glibc 2\.31 or newer/);
    assert.deepEqual(buttons, ['Choose Debugger...', 'Open Settings']);
  } finally {
    putBack();
  }
});

scene('no such file, and a launch.json that says why', {
  files: [FILE],
  texts: { '.vscode/launch.json': JSON.stringify(LAUNCH) },
  open: FILE,
}, async ({ workbench, sample }) => {
  await workbench.press('F5');
  const { text, buttons } = await workbench.message();
  assert.equal(text, `There is no Lua file ${sample.path('missing.lua')}. Check 'program' and 'cwd' in the launch configuration.`);
  assert.deepEqual(buttons, ['Open launch.json']);
  await workbench.pressButton('Open launch.json');
  await workbench.tab('launch.json');
});

scene('a syntax error leads to its line', {
  texts: { 'broken (1).lua': 'local fine = 1\nlocal = 2 --@error\n' }, open: 'broken (1).lua',
}, async ({ workbench, editor, sample }) => {
  const line = sample.line('broken (1).lua', 'error');
  await workbench.press('F5');
  const { text, buttons } = await workbench.message();
  assert.match(text, /broken \(1\)\.lua:\d+: .* near '='/);
  assert.deepEqual(buttons.filter((button) => button !== 'Cancel'), [`Go to Line ${line}`]);
  await workbench.pressButton(`Go to Line ${line}`);
  await eventually(async () => (await editor.cursorLine()) === line);
});

scene('a file that was never saved', { files: [FILE], open: FILE }, async ({ workbench, editor }) => {
  await workbench.press('Control+Alt+N'); // in browsers; Control+N elsewhere
  await workbench.tab('Untitled-1');
  await workbench.command('Change Language Mode');
  await workbench.find('Lua');
  await editor.focus();
  await workbench.type('local t = {}\nfor i = 1, 1000 do t[i] = {} end\n');
  await workbench.press('F5'); // VS Code itself asks for a name first
  await workbench.acceptFile();
  await eventually(async () => (await editor.levels())[2] === 5);
});

// SPDX-License-Identifier: MIT
// A workspace of several folders: a program runs in that of its file.

import assert from 'node:assert/strict';

import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const tell = 'print("in " .. io.open("name"):read("l"))\n';
const folder = (name) => ({ [`${name}/${name}.lua`]: tell, [`${name}/name`]: `${name}\n` });
const WORKSPACE = {
  ...folder('one'), ...folder('two'), ...folder('three'),
  'two/.vscode/settings.json': JSON.stringify({ 'luaheat.adapterPath': '/no/such/program/of/two' }),
  'one/.vscode/launch.json': JSON.stringify({
    version: '0.2.0',
    configurations: [
      { type: 'luaheat', request: 'launch', name: 'The open file', program: '${file}' },
      { type: 'luaheat', request: 'launch', name: 'One', program: 'one.lua' },
    ],
  }),
};

/** The console has a line of its own for each run. */
function printed(workbench, ...lines) {
  return eventually(async () => {
    const rows = (await workbench.console()).map((row) => row.trim().split(/\s{2,}|\n/)[0]);
    return assert.deepEqual(rows.filter((row) => row.startsWith('in ')), lines) ?? true;
  });
}

async function start(workbench, configuration) {
  await workbench.choose('Debug: Select and Start Debugging', configuration);
}

scene('F5 without a launch.json', {
  texts: { ...folder('one'), ...folder('two') }, workspace: ['one', 'two'], open: 'two/two.lua',
}, async ({ workbench }) => {
  await workbench.command('Debug Console: Focus on Debug Console View');
  await workbench.openFile('two.lua');
  await workbench.press('F5');
  await printed(workbench, 'in two');
  await workbench.ends();
  await workbench.openFile('one.lua');
  await workbench.press('F5');
  await eventually(async () => (await workbench.console()).some((row) => row.includes('in one')));
});

scene('a launch.json of another folder, and settings of each', {
  texts: WORKSPACE, workspace: ['one', 'two', 'three'], open: 'three/three.lua',
}, async ({ workbench }) => {
  await workbench.command('Debug Console: Focus on Debug Console View');
  await workbench.openFile('three.lua');
  await start(workbench, 'The open file');
  await printed(workbench, 'in three');
  await workbench.ends();

  // A program that the configuration names is its folder's, whatever is open.
  await workbench.openFile('two.lua');
  await start(workbench, 'One');
  await eventually(async () => (await workbench.console()).some((row) => row.includes('in one')));
  await workbench.ends();

  // The settings of the folder it runs in are asked.
  await workbench.openFile('two.lua');
  await start(workbench, 'The open file');
  await workbench.message(/'luaheat\.adapterPath' names \/no\/such\/program\/of\/two/);
});

// SPDX-License-Identifier: MIT
// A program in VS Code's terminal: it reads what its user types there.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const FILE = 'greeting.lua';
const LAUNCH = {
  version: '0.2.0',
  configurations: [{ type: 'luaheat', request: 'launch', name: 'Greeting', program: `\${workspaceFolder}/${FILE}`, console: 'integratedTerminal' }],
};

scene('what is typed in the terminal is read', {
  texts: {
    [FILE]: [
      'io.write("Your name? "):flush()',
      'local name = io.read()',
      'local greetings = {}',
      'for i = 1, 1000 do greetings[i] = { name } end --@hot',
      'print("Hello " .. name .. "!") --@stop',
      'io.open("greeted", "w"):write(name):close()',
      '',
    ].join('\n'),
    '.vscode/launch.json': JSON.stringify(LAUNCH),
  },
  settings: { 'terminal.integrated.gpuAcceleration': 'off', 'terminal.integrated.shellIntegration.enabled': false },
  open: FILE,
}, async ({ workbench, editor, sample }) => {
  const [hot, stop] = ['hot', 'stop'].map((mark) => sample.line(FILE, mark));
  await editor.clickGutter(stop);
  await editor.clickLineNumberMenu(hot, 'Lap Here');
  await workbench.press('F5');
  await eventually(async () => (await workbench.terminal()).some((row) => row.includes('Your name?')));
  await workbench.typeInTerminal('Lua\n');
  await workbench.stopsAt(stop);
  await eventually(async () => (await editor.figures())[hot] !== undefined);
  await workbench.memory.rowsOf('Measurements', ([first]) => first?.cells.Measured === `${FILE}:${hot}` && /^\d+ windows$/.test(first.cells.details));
  await workbench.memory.close();
  await workbench.continue();
  await workbench.ends();
  assert.equal(readFileSync(sample.path('greeted'), 'utf8'), 'Lua');
  await workbench.command('Terminal: Focus on Terminal View');
  await eventually(async () => (await workbench.terminal()).some((row) => row.includes('Hello Lua!')));
});

scene('a terminal that is closed ends its session', {
  texts: { 'waiting.lua': 'print("waiting")\nio.read()\nio.open("went on", "w"):close()\n', '.vscode/launch.json': JSON.stringify(LAUNCH).replace(FILE, 'waiting.lua') },
  settings: { 'terminal.integrated.gpuAcceleration': 'off', 'terminal.integrated.confirmOnKill': 'never', 'terminal.integrated.shellIntegration.enabled': false },
  open: 'waiting.lua',
}, async ({ workbench, sample }) => {
  await workbench.press('F5');
  await eventually(async () => (await workbench.terminal()).some((row) => row === 'waiting'));
  await workbench.command('Terminal: Kill the Active Terminal Instance');
  await workbench.ends();
  assert.ok(!existsSync(sample.path('went on')));
});

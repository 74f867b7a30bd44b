// SPDX-License-Identifier: MIT
// A program that runs already: found, attached to, looked at, and left running.

import assert from 'node:assert/strict';

import { eventually } from './eventually.mjs';
import { Listening, rounds } from './listening.mjs';
import { scene } from './scene.mjs';

const ATTACH = 'Luaheat: Attach to Lua Program...';
const PICKED = {
  version: '0.2.0',
  configurations: [{ type: 'luaheat', request: 'attach', name: 'Server', processId: '${command:pickLuaProcess}' }],
};
const HOW_TO = 'How a program can be attached to';

const labelOf = async (workbench, pid) =>
  (await workbench.pickableTexts()).map(([label]) => label).find((label) => label.includes(String(pid)));

scene('a program is picked, attached to and left running', {
  texts: {
    'server.lua': rounds('  kept[number % 100 + 1] = { number } --@hot\n  return number --@stop'),
    '.vscode/launch.json': JSON.stringify(PICKED),
  },
  open: 'server.lua',
}, async ({ workbench, editor, sample, server }) => {
  const [hot, stop] = ['hot', 'stop'].map((mark) => sample.line('server.lua', mark));

  // Nobody is there yet: it is told what to do.
  await workbench.command(ATTACH);
  await eventually(async () => assert.deepEqual((await workbench.pickableTexts())[0].slice(1), ['It has to run: require("luaheat").listen()']) ?? true);
  assert.ok((await workbench.pickable())[0].includes(HOW_TO));

  const program = new Listening(sample, 'server.lua', server.doors);
  try {
    await program.goesOn();
    const label = await eventually(async () => {
      await workbench.clickPickerButton('Look again');
      return labelOf(workbench, program.pid);
    });
    assert.match(label, /^lua5\.4/);
    await workbench.pick((await workbench.pickable())[0]);

    // It runs on, and its heat is seen.
    await eventually(async () => (await editor.figures())[hot]?.startsWith('+'));
    assert.equal(await editor.stoppedLine(), null, 'to attach does not stop it');
    await program.goesOn();

    // What a round costs, measured while it runs.
    await editor.clickLineNumberMenu(stop, 'Lap Here');
    await workbench.memory.rowsOf('Measurements', ([first]) => first?.cells.Measured === `server.lua:${stop}` && /windows$/.test(first.cells.details));
    await editor.clickLineNumberMenu(stop, 'Remove Measurement');
    await workbench.memory.close();

    // A breakpoint, set while it runs.
    await editor.clickGutter(stop);
    await workbench.stopsAt(stop);
    await workbench.closeViews('Variables', 'Watch', 'Breakpoints', 'Call Stack');
    await eventually(async () => (await workbench.rows('Memory')).some(([row]) => row.includes('server.lua')));
    await workbench.memory.rowsOf('Stops', (rows) => rows.length === 1);

    // Left while it is stopped, it runs on without us. The figures stay.
    await workbench.press('Shift+F5');
    await workbench.ends();
    await program.goesOn();
    assert.notEqual((await editor.figures())[hot], undefined);

    // With a configuration, by the picker: the breakpoint is there still.
    await workbench.press('F5');
    await eventually(async () => labelOf(workbench, program.pid));
    await workbench.pick((await workbench.pickable())[0]);
    await workbench.stopsAt(stop);

    // Suspended it is found where it was left.
    await workbench.command('Debug: Disconnect and Suspend');
    await workbench.ends();
    await workbench.command(ATTACH);
    await eventually(async () => labelOf(workbench, program.pid));
    assert.match(await labelOf(workbench, program.pid), /suspended/);
    await workbench.pick((await workbench.pickable())[0]);
    await workbench.stopsAt(stop);
    await workbench.continueTo(stop);
    await workbench.press('Shift+F5');
    await workbench.ends();
    await program.goesOn();
  } finally {
    await program.end();
  }
});

scene('two programs at once, each with its heat', {
  texts: {
    'one.lua': rounds('  kept[number % 100 + 1] = { number } --@hot'),
    'two.lua': rounds('  kept[number % 100 + 1] = {}\n  kept.text = number .. "" --@hot'),
  },
  open: 'one.lua',
}, async ({ workbench, editor, sample, server }) => {
  const programs = Object.fromEntries(['one.lua', 'two.lua'].map((file) => [file, new Listening(sample, file, server.doors)]));
  try {
    for (const [file, program] of Object.entries(programs)) {
      await program.goesOn();
      await workbench.openFile(file);
      await workbench.command(ATTACH);
      const index = await eventually(async () => {
        const rows = (await workbench.pickableTexts()).map(([label]) => label);
        return rows.length === 2 && String(rows.findIndex((label) => label.includes(String(program.pid))));
      });
      await workbench.pickAt(Number(index));
      await eventually(async () => (await editor.figures())[sample.line(file, 'hot')] !== undefined);
    }
    await workbench.openFile('one.lua');
    await eventually(async () => (await editor.figures())[sample.line('one.lua', 'hot')] !== undefined);
    await workbench.press('Control+Shift+D');
    await workbench.closeViews('Variables', 'Watch', 'Breakpoints');
    for (const [file, program] of Object.entries(programs)) {
      await workbench.clickSession(String(program.pid));
      await eventually(async () => {
        const files = (await workbench.rows('Memory')).map(([label]) => label.split(':')[0]);
        assert.deepEqual([...new Set(files)], [file]);
        return true;
      });
    }

    // One is killed: its session ends, the other's does not.
    await programs['two.lua'].end();
    await workbench.clickSession(String(programs['one.lua'].pid));
    await programs['one.lua'].goesOn();
    await workbench.press('Shift+F5');
    await workbench.ends();
    await programs['one.lua'].goesOn();
  } finally {
    for (const program of Object.values(programs)) await program.end();
  }
});

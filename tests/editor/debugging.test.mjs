// SPDX-License-Identifier: MIT
// What every debugger has: ways to start, inline values, a console that completes.

import assert from 'node:assert/strict';

import { shortChange } from '../../vscode-ext/src/pure/units.ts';
import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

const PROGRAM = {
  'main.lua': 'local enemies = { "one", "two" }\nlocal title = "both"\nprint(title, #enemies) --@stop\n',
};

scene('inline values, and a console that completes', { texts: PROGRAM, open: 'main.lua' }, async ({ workbench, editor, sample }) => {
  const stop = sample.line('main.lua', 'stop');
  await editor.clickGutter(stop);
  await workbench.press('F5');
  await workbench.stopsAt(stop);
  const text = await eventually(async () => {
    const found = (await editor.texts())[stop];
    return found.includes('title = "both"') && found;
  });
  assert.ok(text.includes('enemies = {"one", "two"}'), text);
  await workbench.completeInConsole('ene', 'enemies');
  await eventually(async () => (await workbench.console()).some((row) => row.includes('{"one", "two"}')));
});

scene('configurations are offered', { texts: { ...PROGRAM, 'sub/main.lua': 'print("sub")\n' }, open: 'main.lua' }, async ({ workbench }) => {
  await workbench.choose('Debug: Select and Start Debugging', 'Lua (Luaheat)...');
  await eventually(async () =>
    assert.deepEqual(await workbench.pickable(), ['Debug current Lua file', 'Debug main.lua', 'Debug sub/main.lua', 'Attach to a Lua program']) ?? true);
  await workbench.pick('Debug sub/main.lua');
  await workbench.command('Debug Console: Focus on Debug Console View');
  await eventually(async () => (await workbench.console()).some((row) => row.trim().startsWith('sub')));
});

scene('launch.json is written with snippets', {
  texts: { ...PROGRAM, '.vscode/launch.json': '{\n  "version": "0.2.0",\n  "configurations": []\n}\n' },
  open: 'main.lua',
}, async ({ workbench }) => {
  await workbench.command('Debug: Add Configuration...');
  const own = new Set(); // the list shows as many as fit
  await eventually(async () => {
    const all = (await workbench.suggestions()).filter((label) => label.startsWith('Luaheat'));
    for (const label of all) own.add(label);
    if (own.size >= 7) return true;
    await (all.length > 0 ? workbench.press('PageDown') : workbench.press('Escape', 'Control+Space')); // it was asked for too early
    return false;
  });
  assert.deepEqual([...own].sort(), [
    'Luaheat: Attach elsewhere', 'Luaheat: Attach to a program', 'Luaheat: Attach to a server', 'Luaheat: Debug a program', 'Luaheat: Debug a program that runs Lua', 'Luaheat: Debug current Lua file', 'Luaheat: Measure a program',
  ]);
});

const GARBAGE = {
  'main.lua': 'collectgarbage("stop")\nfor i = 1, 10000 do local dropped = { i } end\nprint("kept") --@stop\n',
};

scene('garbage is collected when the user wants it, and all that is shown is fresh', { texts: GARBAGE, open: 'main.lua' }, async ({ workbench, editor, sample }) => {
  const stop = sample.line('main.lua', 'stop');
  await editor.clickGutter(stop);
  await workbench.press('F5');
  await workbench.stopsAt(stop);
  const line = stop - 1;
  const lost = 10_000 * (56 + 16);
  await eventually(async () => (await editor.figures())[line]?.startsWith(shortChange(lost, 'decimal')));
  await workbench.command('Luaheat: Collect Garbage Now');
  await eventually(async () => !(await editor.figures())[line]?.startsWith(shortChange(lost, 'decimal')));
  await workbench.enterInConsole('luaheat.top(3)');
  const printed = await eventually(async () => (await workbench.console()).find((row) => row.includes('growth')));
  assert.match(printed, /allocs +live/);
});

// SPDX-License-Identifier: MIT
// The debugger is elsewhere, where the program and its files are: at a `luaheat dap --listen` that wants a token. What the
// user sees are the files here.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

import { Server } from '../session/listening.mjs';
import { eventually } from './eventually.mjs';
import { Listening, rounds } from './listening.mjs';
import { scene } from './scene.mjs';

const TOKEN = 'a-token-that-is-long-enough';
const FILES = {
  'game.lua': [
    'local kept = {}',
    'for i = 1, 1000 do kept[i] = { i } end --@hot',
    'print(#kept) --@stop',
    'io.open("ran", "w"):close()',
    '',
  ].join('\n'),
  'server.lua': rounds('  kept[number % 100 + 1] = { number } --@hot\n  return number --@stop'),
};

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'luaheat-elsewhere-')));
const remoteRoot = join(folder, 'app');
const doors = join(folder, 'doors');
const tokenFile = join(folder, 'token');
mkdirSync(remoteRoot);
for (const [name, text] of Object.entries(FILES)) writeFileSync(join(remoteRoot, name), text);
writeFileSync(tokenFile, `${TOKEN}\n`, { mode: 0o600 });

const there = { folder: remoteRoot, path: (name) => join(remoteRoot, name) };
const adapter = new Server(['--listen', '0', '--token-file', tokenFile], { LUAHEAT_DOORS: doors });
await adapter.listens();
const { host, port } = adapter.place;

after(() => {
  adapter.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** A folder with the same files here, and a configuration for those there. */
const here = (open, configuration) => ({
  open,
  texts: {
    [open]: FILES[open],
    '.vscode/launch.json': JSON.stringify({ version: '0.2.0', configurations: [{ type: 'luaheat', name: 'There', ...configuration }] }),
  },
});

scene('a program is launched there, by host and port, a file with the token and a list of maps', here('game.lua', {
  request: 'launch', program: '${workspaceFolder}/game.lua', host, port, tokenFile,
  pathMappings: [{ localRoot: '/usr/share/lua', remoteRoot: '/usr/share/lua' }, { localRoot: '${workspaceFolder}', remoteRoot }],
}), async ({ workbench, editor, sample }) => {
  const [hot, stop] = ['hot', 'stop'].map((mark) => sample.line('game.lua', mark));
  await editor.clickGutter(stop);
  await workbench.press('F5');
  await workbench.stopsAt(stop);
  await eventually(async () => (await editor.figures())[hot]?.startsWith('+'));
  await workbench.continue();
  await workbench.ends();
  assert.ok(existsSync(join(remoteRoot, 'ran')));
  assert.ok(!existsSync(sample.path('ran')));
});

scene('a program is attached to there, by debugServer, the token and two roots', here('server.lua', {
  request: 'attach', debugServer: port, token: TOKEN, localRoot: '${workspaceFolder}', remoteRoot,
}), async ({ workbench, editor, sample }) => {
  const [hot, stop] = ['hot', 'stop'].map((mark) => sample.line('server.lua', mark));
  const program = new Listening(there, 'server.lua', doors);
  try {
    await program.goesOn();
    await workbench.press('F5');
    await eventually(async () => (await editor.figures())[hot]?.startsWith('+'));
    await program.goesOn();
    await editor.clickGutter(stop);
    await workbench.stopsAt(stop);

    // It stays there, and is found there again.
    await workbench.command('Debug: Disconnect and Suspend');
    await workbench.ends();
    const { round } = program;
    await workbench.press('F5');
    await workbench.stopsAt(stop);
    assert.equal(program.round, round);
    await workbench.press('Shift+F5');
    await workbench.ends();
    await program.goesOn();
  } finally {
    await program.end();
  }
});

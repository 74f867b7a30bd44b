// SPDX-License-Identifier: MIT
// docs/editors.md, of a program in a container, in VS Code: its launch.json, with an adapter that listens and sees the files elsewhere.

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { interpreter, testsDir } from '../programs.mjs';
import { Server } from '../session/listening.mjs';
import { scene } from './scene.mjs';
import { freePort } from './server.mjs';

const document = readFileSync(join(testsDir, '../docs/editors.md'), 'utf8');
const [, settings] = /^VS Code, in `launch.json`:\n\n```json\n(.*?)^```/ms.exec(document);

/** What is `/app` in there. */
const inside = realpathSync(mkdtempSync(join(tmpdir(), 'luaheat-inside-')));
const port = await freePort();
const launch = Object.entries({ '/app': inside, '4711': String(port), '${userHome}/.luaheat-token': 'token' })
  .reduce((text, [there, here]) => text.replaceAll(there, here), settings);

scene('a program in a container, and what it starts', {
  texts: {
    'main.lua': `local kept = {}\nfor i = 1, 100 do kept[i] = { i } end\nos.execute("${interpreter} started.lua") --@main\nprint(#kept)\n`,
    'started.lua': 'local made = {}\nmade[1] = 1 --@started\nprint(#made)\n',
    '.vscode/launch.json': launch,
    token: 'a-token-of-24-characters\n',
  },
  open: 'started.lua',
}, async ({ workbench, editor, sample }) => {
  for (const file of ['main.lua', 'started.lua']) copyFileSync(sample.path(file), join(inside, file));
  const token = join(inside, 'token');
  writeFileSync(token, readFileSync(sample.path('token')), { mode: 0o600 });
  const server = new Server(['--listen', `127.0.0.1:${port}`, '--token-file', token]);
  try {
    await server.listens();
    await editor.clickGutter(sample.line('started.lua', 'started'));
    await workbench.openFile('main.lua');
    await editor.clickGutter(sample.line('main.lua', 'main'));
    await workbench.press('F5');
    await workbench.stopsAt(sample.line('main.lua', 'main'));
    assert.ok(server.children.length > 0, 'it runs in there');
    await workbench.continue();
    await workbench.stopsAt(sample.line('started.lua', 'started'));
    assert.ok(server.children.length > 1, 'and what it has started, too');
    await workbench.continue();
    await workbench.ends();
    await server.end();
  } finally {
    server.kill();
    rmSync(inside, { recursive: true, force: true });
  }
});

// SPDX-License-Identifier: MIT
// VS Code opens what `--export heapprofile` writes, by itself.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { pictures, scene } from './scene.mjs';

const sampleText = readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../docs/sample.lua'), 'utf8');

scene('a heap profile is a table of functions', { texts: { 'game.lua': sampleText }, open: 'game.lua' },
  async ({ workbench, sample, luaheat }) => {
    const run = spawnSync(luaheat, ['run', '--format', 'json', '-o', 'report.json', '--export', 'heapprofile=game.heapprofile', 'game.lua'],
      { cwd: sample.folder, env: { ...process.env, LUAHEAT_SAMPLING: '1:1' } });
    assert.equal(run.status, 0, String(run.stderr));
    const { lines } = JSON.parse(readFileSync(sample.path('report.json'), 'utf8'));
    const live = (line) => lines.find((row) => row.source === sample.path('game.lua') && row.line === line).live;
    const line = (text) => sampleText.split('\n').findIndex((one) => one.includes(text)) + 1;
    const rows = await workbench.openProfile('game.heapprofile');
    await workbench.picture(join(pictures, 'heapprofile.png'));
    const rowAt = (number) => rows.find((row) => row.endsWith(`game.lua:${number}`)).split('\n');
    const kB = (bytes) => `${Math.round(bytes / 1000)}kB`;
    const caller = line('= spawn('), own = line('graveyard[#');
    assert.deepEqual(rowAt(caller), [kB(live(caller)), kB(live(caller) + live(line('return { name'))), 'main chunk <game.lua>', `${sample.path('game.lua')}:${caller}`]);
    assert.deepEqual(rowAt(own).slice(0, 2), [kB(live(own)), kB(live(own))]);
  });

// SPDX-License-Identifier: MIT
// The figures in files of other formats, exported from the editor.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { eventually } from './eventually.mjs';
import { runFigures } from './sample.mjs';
import { pictures, scene } from './scene.mjs';

const FILE = 'growth.lua';

const documented = () =>
  [...readFileSync(new URL('../../docs/exports.md', import.meta.url), 'utf8').matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);

/** Exports under the name that is proposed; the message that tells of it. */
async function exportAs(workbench, format) {
  await workbench.choose('Luaheat: Export Memory Profile...', format);
  await workbench.acceptFile();
  return workbench.message(/The memory profile is in /);
}

// Every block is sampled: what the profiles hold is no matter of luck.
const launch = {
  type: 'luaheat', request: 'launch', name: 'All', program: `\${workspaceFolder}/${FILE}`, env: { LUAHEAT_SAMPLING: '1' },
};

scene('a profile of a stopped program, and what opens it', {
  files: [FILE], texts: { '.vscode/launch.json': JSON.stringify({ version: '0.2.0', configurations: [launch] }) }, open: FILE,
}, async ({ workbench, editor, sample }) => {
  const end = sample.line(FILE, 'end');
  await editor.clickGutter(end);
  await workbench.press('F5');
  await workbench.stopsAt(end);
  await eventually(async () => (await workbench.status()) !== undefined);

  await workbench.command('Luaheat: Export Memory Profile...');
  const formats = ['html', ...documented().filter((name) => name !== 'html')];
  await eventually(async () => assert.deepEqual(await workbench.pickable(), formats) ?? true);
  await workbench.picture(join(pictures, 'export-formats.png'));
  await workbench.press('Escape');

  const page = await exportAs(workbench, 'html');
  assert.deepEqual(page.buttons, ['Open']);
  await workbench.pressButton('Open');
  await workbench.tab('Memory: growth.html');
  assert.match((await workbench.page()).text, /growth\.lua/);
  for (const [name, theme, background] of [['dark', 'Dark Modern', 'rgb(27, 27, 29)'], ['light', 'Light Modern', 'rgb(255, 255, 255)']]) {
    await workbench.setTheme(theme);
    await eventually(async () => (await workbench.page()).background === background);
    await workbench.picture(join(pictures, `export-page-${name}.png`));
  }
  await workbench.closeMessages();

  const { buttons } = await exportAs(workbench, 'pprof');
  assert.deepEqual(buttons, ['Copy Command']);
  await workbench.pressButton('Copy Command');
  const path = sample.path('growth.pb.gz');
  await eventually(async () => (await workbench.clipboard()) === `go tool pprof -http=: ${path}`);
  assert.ok(gunzipSync(readFileSync(path)).includes('alloc_space'));
  await workbench.closeMessages();

  await exportAs(workbench, 'heapprofile');
  await workbench.pressButton('Open');
  await workbench.tab('growth.heapprofile');
  const rows = await workbench.profileRows();
  assert.ok(rows.some((row) => row.includes('main chunk')), rows.join('\n'));
});

scene('a profile of a program that runs', {
  texts: { 'busy.lua': 'local t = {}\nwhile true do\n  t[#t % 1000 + 1] = {} --@hot\nend\n' }, open: 'busy.lua',
}, async ({ workbench, editor, sample }) => {
  await workbench.press('F5');
  await eventually(async () => (await editor.figures())[sample.line('busy.lua', 'hot')] !== undefined);
  await exportAs(workbench, 'json');
  const { lines } = JSON.parse(readFileSync(sample.path('busy.json'), 'utf8'));
  assert.ok(lines.some(({ line, allocations }) => line === sample.line('busy.lua', 'hot') && allocations > 1000));
  assert.equal(await editor.stoppedLine(), null, 'it still runs');
});

scene('a profile of a program that has ended', { files: [FILE], open: FILE }, async ({ workbench, sample, luaheat }) => {
  await workbench.press('F5');
  await eventually(async () => (await workbench.status()) !== undefined);
  await workbench.ends();
  await exportAs(workbench, 'json');
  const { lines } = JSON.parse(readFileSync(sample.path('growth.json'), 'utf8'));
  const byLine = (rows) => [...rows].sort((one, other) => one.line - other.line);
  assert.deepEqual(byLine(lines.filter(({ source }) => source === sample.path(FILE))),
    byLine(Object.values(runFigures(luaheat, sample.path(FILE), sample.folder).lines)));
});

scene('a debugger that is gone exports nothing', {
  texts: {
    'kill.lua': [
      'print("begin") --@stop',
      'local debugger = io.open("/proc/self/stat"):read("a"):match("%) %S (%d+)")',
      'os.execute("kill -9 " .. debugger)',
      '',
    ].join('\n'),
  },
  open: 'kill.lua',
}, async ({ workbench, editor, sample }) => {
  await editor.clickGutter(sample.line('kill.lua', 'stop'));
  await workbench.press('F5');
  await workbench.stopsAt(sample.line('kill.lua', 'stop'));
  await eventually(async () => (await workbench.status()) !== undefined);
  await workbench.continue();
  await workbench.ends();
  await workbench.closeMessages();
  await workbench.choose('Luaheat: Export Memory Profile...', 'csv');
  await workbench.acceptFile();
  await workbench.message(/The program has ended, and the debugger with it/);
  assert.ok(!existsSync(sample.path('kill.csv')));
});

scene('the heap of a stopped program, as a snapshot', { files: [FILE], open: FILE }, async ({ workbench, editor, sample }) => {
  const end = sample.line(FILE, 'end');
  await editor.clickGutter(end);
  await workbench.press('F5');
  await workbench.stopsAt(end);
  await eventually(async () => (await workbench.status()) !== undefined);
  await workbench.command('Luaheat: Save Heap Snapshot...');
  await workbench.acceptFile();
  await workbench.message();
  const { snapshot, nodes } = JSON.parse(readFileSync(join(sample.folder, 'growth.heapsnapshot'), 'utf8'));
  assert.equal(nodes.length, snapshot.node_count * snapshot.meta.node_fields.length);
  assert.ok(snapshot.node_count > 100);
});

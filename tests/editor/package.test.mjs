// SPDX-License-Identifier: MIT
// What users get: the package, and `./dev code`.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { startBrowser } from './browser.mjs';
import { eventually } from './eventually.mjs';
import { CodeServer } from './server.mjs';
import { Workbench } from './workbench.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { LUAHEAT_EDITOR_BED: bed, LUAHEAT_TREE: tree, LUAHEAT_VSIX: vsix, LUAHEAT: luaheat } = process.env;
const MOST_BYTES = 2_000_000;
const MOST_BUNDLED = 400_000;

function filesBelow(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
}

test('the package is small, and no file is missing or too much', async () => {
  const server = new CodeServer(bed);
  try {
    server.install(vsix);
    const { extension } = server;
    const files = filesBelow(extension);
    const { contributes } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
    const pictures = contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.image ?? media.markdown));
    assert.ok(pictures.length > 0);
    const programs = filesBelow(tree).filter((name) => /^(bin|lib)\//.test(name));
    assert.ok(programs.includes('lib/lua/5.4/luaheat.so'));
    const licences = existsSync(join(tree, 'share/doc/luaheat/THIRD-PARTY')) ? ['THIRD-PARTY'] : [];
    assert.deepEqual(files.filter((name) => name !== '.vsixmanifest').sort(), [
      'LICENSE.txt', ...licences, ...programs, 'changelog.md', 'dist/THIRD-PARTY.txt', 'dist/extension.cjs', 'dist/page.css', 'dist/page.js',
      'images/icon.png', ...pictures, 'walkthrough/leak.lua', 'l10n/bundle.l10n.json', 'package.json', 'package.nls.json', 'readme.md',
    ].sort());
    for (const name of programs) {
      assert.ok(readFileSync(join(extension, name)).equals(readFileSync(join(tree, name))), name);
      if (name.startsWith('bin/')) accessSync(join(extension, name), constants.X_OK);
    }
    const bundled = readFileSync(join(extension, 'dist/THIRD-PARTY.txt'), 'utf8');
    for (const holder of ['Leon Sorokin', 'Kevin Decker', 'Jason Miller', 'Tanner Linsley']) assert.ok(bundled.includes(holder), holder); // of uPlot, diff, Preact, TanStack Table
    assert.ok(statSync(vsix).size < MOST_BYTES);
    const bundles = files.filter((name) => /^dist\/.*js$/.test(name)).reduce((sum, name) => sum + statSync(join(extension, name)).size, 0);
    assert.ok(bundles < MOST_BUNDLED, `${bundles} bytes`);
  } finally {
    await server.stop();
  }
});

test('`./dev code` is ready for F5', async () => {
  const code = spawn(join(here, 'code'), [dirname(dirname(luaheat))], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(code, 'exit');
  const browser = await startBrowser(bed);
  try {
    let said = '';
    code.stdout.setEncoding('utf8').on('data', (text) => (said += text));
    const address = await eventually(() => /http:\S+/.exec(said)?.[0], 600_000);
    const workbench = await Workbench.openAt(await browser.newContext(), address, 'game.lua');
    await workbench.press('F5');
    await eventually(async () => Object.keys(await workbench.editor.figures()).length > 0);
  } finally {
    await browser.close();
    code.kill('SIGTERM');
  }
  assert.deepEqual(await ended, [0, null]);
});

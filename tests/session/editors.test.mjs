// SPDX-License-Identifier: MIT
// docs/editors.md for editors whose DAP clients are not here: what it says is followed by who speaks as they do. (Those of Emacs
// are here, dape where Emacs is new enough: emacs.test.mjs.)

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';

import { fixturePath } from '../fixture.mjs';
import { inScratchFolder, lua, luaheat, testsDir } from '../programs.mjs';
import { commands, debugs, document, packaging, settings } from './editors.mjs';
import { vimspector } from './vimspector.mjs';

test('the document shows the files', () => {
  const files = {
    nvim: 'nvim-dap.lua', nvimHeat: 'nvim-heat.lua', vimspector: 'vimspector.json', dapMode: 'dap-mode.el', dapModeHeat: 'dap-mode-heat.el', dape: 'dape.el',
  };
  for (const [editor, name] of Object.entries(files))
    assert.equal(settings[editor][0], readFileSync(join(packaging, name), 'utf8').replace(/^(?:(?:--|;;) .*\n)+\n/, ''), name);
  for (const [, linked] of document.matchAll(/\]\(\.\.\/packaging\/([\w.-]+)\)/g)) assert.ok(Object.values(files).includes(linked), linked);
});

/** Each way that an editor debugs; `names` are the configurations'. */
function ways(editor, [launch, attach], [launchThere, attachThere], story) {
  debugs(editor, {}, (scenery) => story(scenery, launch));
  debugs(editor, { attach: true }, (scenery) => story(scenery, attach));
  debugs(editor, { contained: true }, (scenery) => story(scenery, launchThere));
  debugs(editor, { contained: true, attach: true }, (scenery) => story(scenery, attachThere));
}

const NAMES = [['Debug this file', 'Attach'], ['In the container', 'Attach in the container']];

ways('nvim-dap, in Neovim', ...NAMES, (scenery, NAME) =>
  scenery.tells('nvim', ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', scenery.program, '-c', `luafile ${join(testsDir, 'session/nvim_dap.lua')}`],
    scenery.contained ? 'the end' : 'ended with 0', { NAME, CONFIGURATION: scenery.settings(settings.nvim) }));

debugs('heat in Neovim', {}, async (scenery) => {
  const env = { NAME: NAMES[0][0], CONFIGURATION: scenery.settings(settings.nvim), HEAT: scenery.settings(settings.nvimHeat, 'heat') };
  scenery.holdsHeat(await scenery.tells('nvim', ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', scenery.program, '-c',
    `luafile ${join(testsDir, 'session/nvim_dap.lua')}`], 'ended with 0', env));
});

ways('dape, in Emacs', ['luaheat', 'luaheat-attach'], ['luaheat-container', 'luaheat-container-attach'], (scenery, NAME) =>
  scenery.tells('emacs', ['--batch', '-Q', '-l', scenery.settings(settings.dape), '-l', join(testsDir, 'session/dape.el'), '-f', 'tell-story'],
    scenery.contained ? 'the end' : 'ended with 0', { NAME }));

ways('Vimspector, without Vim', ...NAMES, vimspector);

test('the command that installs puts what belongs together into one folder', () => inScratchFolder((folder) => {
  const command = commands.install.trim();
  assert.equal(command, 'meson install -C build');
  const build = dirname(dirname(luaheat));
  const installed = spawnSync('meson', ['install', '-C', build, '--no-rebuild', '--destdir', folder], { cwd: join(testsDir, '..'), encoding: 'utf8' });
  assert.equal(installed.status, 0, installed.stdout + installed.stderr);
  const [, place] = /puts both into `([^`]+)`/.exec(document);
  const { status, stdout, stderr } = spawnSync(join(folder, place, basename(luaheat)), ['run', fixturePath('coroutines.lua')], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.equal(stdout, spawnSync(lua, [fixturePath('coroutines.lua')], { encoding: 'utf8' }).stdout);
}));

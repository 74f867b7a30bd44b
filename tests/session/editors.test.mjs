// SPDX-License-Identifier: MIT
// The files in packaging/ for editors whose DAP clients are not here: each starts an adapter, to a breakpoint and to the end.
// (Emacs' dap-mode is here: emacs.test.mjs.)

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';

import { lineOf } from '../fixture.mjs';
import { inScratchFolder, lua, luaheat, testsDir } from '../programs.mjs';
import { packaging, program, tells } from './editors.mjs';
import { initializeArguments, scene } from './session.mjs';

const document = readFileSync(join(testsDir, '../docs/editors.md'), 'utf8');
const read = (name) => readFileSync(join(packaging, name), 'utf8');

test('the document shows the files', () => {
  const shown = [...document.matchAll(/\]\(\.\.\/packaging\/([\w.-]+)\)[^`]*(?:`[^`]+`:\n\n)?[^`]*```\w+\n(.*?)^```/gms)].map(([, name, text]) => [name, text]);
  assert.deepEqual(shown.map(([name]) => name), ['nvim-dap.lua', 'vimspector.json', 'dap-mode.el', 'dape.el']);
  for (const [name, text] of shown) assert.equal(text, read(name).replace(/^(?:(?:--|;;) .*\n)+\n/, ''), name);
});

test('nvim-dap.lua, in Neovim', () => {
  tells('nvim', ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', program, '-c', `luafile ${join(testsDir, 'session/nvim_dap.lua')}`],
    'ended with 0', { CONFIGURATION: join(packaging, 'nvim-dap.lua') });
});

test('dape.el, in Emacs', () => {
  tells('emacs', ['--batch', '-Q', '-l', join(packaging, 'dape.el'), '-l', join(testsDir, 'session/dape.el'), '-f', 'tell-story'], 'ended with 0');
});

const vimspector = JSON.parse(read('vimspector.json'));

test('vimspector.json keeps the rules of Vimspector', () => {
  const { adapters, configurations, ...rest } = vimspector;
  assert.deepEqual(rest, {});
  for (const { command, ...more } of Object.values(adapters)) {
    assert.ok(command.every((word) => typeof word === 'string'));
    assert.deepEqual(more, {});
  }
  for (const { adapter, filetypes, configuration, breakpoints, ...more } of Object.values(configurations)) {
    assert.ok(adapter in adapters);
    assert.deepEqual(filetypes, ['lua']);
    assert.match(configuration.request, /^(launch|attach)$/);
    for (const answer of Object.values(breakpoints.exception)) assert.match(answer, /^[YN]?$/);
    assert.deepEqual(more, {});
  }
});

const [{ configuration, breakpoints }] = Object.values(vimspector.configurations);
const variables = { file: program, workspaceRoot: dirname(program) };

scene('vimspector.json', async (start, { client }) => {
  assert.deepEqual(vimspector.adapters.luaheat.command, [basename(luaheat), 'dap'], 'which is what has been started');
  const { exceptionBreakpointFilters } = await client.request('initialize', initializeArguments);
  const usual = exceptionBreakpointFilters.map((filter) => [filter.filter, filter.default ? 'Y' : 'N']);
  assert.deepEqual(breakpoints.exception, Object.fromEntries(usual), 'no question is left, and each has its usual answer');
  await client.event('initialized');
  const launched = client.request('launch', JSON.parse(JSON.stringify(configuration).replaceAll(/\$\{(\w+)\}/g, (all, name) => variables[name])));
  await client.request('setExceptionBreakpoints', { filters: Object.keys(breakpoints.exception).filter((filter) => breakpoints.exception[filter] === 'Y') });
  await client.request('setBreakpoints', { source: { path: program }, breakpoints: [{ line: lineOf('coroutines.lua', 'body') }] });
  await client.request('configurationDone');
  await launched;
  const { threadId } = await client.event('stopped');
  const { stackFrames: [frame] } = await client.request('stackTrace', { threadId });
  assert.equal(frame.line, lineOf('coroutines.lua', 'body'));
  assert.equal((await client.request('evaluate', { expression: "io.popen('pwd'):read('l')", frameId: frame.id, context: 'repl' })).result, `"${dirname(program)}"`);
  await client.request('setBreakpoints', { source: { path: program }, breakpoints: [] });
  await client.request('continue', { threadId });
  await client.event('terminated');
});

test('the command that installs puts what belongs together into one folder', () => inScratchFolder((folder) => {
  const command = /^```sh\n(.*?)^```/ms.exec(document)[1].trim();
  assert.equal(command, 'meson install -C build');
  const build = dirname(dirname(luaheat));
  const installed = spawnSync('meson', ['install', '-C', build, '--no-rebuild', '--destdir', folder], { cwd: join(testsDir, '..'), encoding: 'utf8' });
  assert.equal(installed.status, 0, installed.stdout + installed.stderr);
  const [, place] = /puts both into `([^`]+)`/.exec(document);
  const { status, stdout, stderr } = spawnSync(join(folder, place, basename(luaheat)), ['run', program], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.equal(stdout, spawnSync(lua, [program], { encoding: 'utf8' }).stdout);
}));

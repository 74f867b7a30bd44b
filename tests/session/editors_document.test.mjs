// SPDX-License-Identifier: MIT
// The settings in docs/editors.md, for editors that are not here: what they tell the adapter is what it takes. (Emacs is: emacs.test.mjs.)

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';

import { fixturePath } from '../fixture.mjs';
import { inScratchFolder, lua, luaheat, testsDir } from '../programs.mjs';
import { initializeArguments, scene } from './session.mjs';

const text = readFileSync(join(testsDir, '../docs/editors.md'), 'utf8');
const block = (language) => new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(text)[1];
const program = fixturePath('loops.lua');

/** With the variables of the editors replaced. */
function replaced(value) {
  return JSON.parse(JSON.stringify(value).replaceAll('${file}', program).replaceAll(/\$\{workspace(Folder|Root)\}/g, dirname(program)));
}

/** nvim-dap's tables after the settings of Neovim were run, as JSON. */
function neovim() {
  const code = `local dap = { adapters = {}, configurations = {} }
    package.loaded.dap = dap
    ${block('lua')}
    local function json(value)
      if type(value) ~= "table" then return ("%q"):format(value) end
      local parts = {}
      for i, v in ipairs(value) do parts[i] = json(v) end
      if #parts > 0 then return "[" .. table.concat(parts, ",") .. "]" end
      for k, v in pairs(value) do parts[#parts + 1] = json(k) .. ":" .. json(v) end
      return "{" .. table.concat(parts, ",") .. "}"
    end
    print(json({ adapter = dap.adapters.luaheat, configuration = dap.configurations.lua[1] }))`;
  const { stdout, stderr, status } = spawnSync(lua, ['-'], { input: code, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

async function runs(client, configuration) {
  await client.request('initialize', initializeArguments);
  const launched = client.request('launch', replaced(configuration));
  await client.event('initialized');
  await client.request('configurationDone');
  await launched;
  await client.event('terminated');
}

scene('Neovim', async (start, { client }) => {
  const { adapter, configuration } = neovim();
  assert.deepEqual(adapter, { type: 'executable', command: 'luaheat', args: ['dap'] });
  assert.equal(configuration.type, 'luaheat');
  await runs(client, configuration);
});

scene('Vimspector, which has no question left', async (start, { client }) => {
  const { adapters, configurations: { 'Debug this file': { adapter, configuration, breakpoints } } } = JSON.parse(block('json'));
  assert.deepEqual(adapters[adapter], { command: ['luaheat', 'dap'] });
  const { exceptionBreakpointFilters } = await client.request('initialize', initializeArguments);
  const answers = exceptionBreakpointFilters.map((filter) => [filter.filter, filter.default ? 'Y' : 'N']);
  assert.deepEqual(breakpoints, { exception: Object.fromEntries(answers) }, 'each filter has its usual answer');
  assert.equal(configuration.request, 'launch');
});

scene('what Vimspector is told to launch', async (start, { client }) => {
  await runs(client, JSON.parse(block('json')).configurations['Debug this file'].configuration);
});

test('the command that installs puts what belongs together into one folder', () => inScratchFolder((folder) => {
  const command = block('sh').trim();
  assert.equal(command, 'meson install -C build');
  const build = dirname(dirname(luaheat));
  const installed = spawnSync('meson', ['install', '-C', build, '--no-rebuild', '--destdir', folder], { cwd: join(testsDir, '..'), encoding: 'utf8' });
  assert.equal(installed.status, 0, installed.stdout + installed.stderr);
  const [, place] = /puts both into `([^`]+)`/.exec(text);
  const { status, stdout, stderr } = spawnSync(join(folder, place, basename(luaheat)), ['run', program], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.equal(stdout, spawnSync(lua, [program], { encoding: 'utf8' }).stdout);
}));

// SPDX-License-Identifier: MIT
// The table of requests in docs/dap.md says what the code says.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { testsDir } from '../programs.mjs';
import { initializeArguments, scene } from './session.mjs';

const root = join(testsDir, '..');
const sources = join(root, 'adapter/dap');

/** [{ command, when, capabilities }] of the document, the lists sorted. */
function documented() {
  const lines = readFileSync(join(root, 'docs/dap.md'), 'utf8').split('\n');
  const rows = lines.map((line) => /^\| `([^`]+)` \| (\w[^|`]*) \| ([^|]*)\|$/.exec(line)).filter(Boolean);
  return rows.map(([, command, when, capabilities]) => ({
    command, when: when.trim().split(', ').sort(), capabilities: [...capabilities.matchAll(/`([^`]+)`/g)].map(([, c]) => c).sort(),
  }));
}

const started = ['running', 'stopped', 'ended'];
const initialized = ['configuring', ...started];
const states = {
  STATE_ANY: ['new', ...initialized], STATE_INITIALIZED: initialized, STATE_STARTED: started, STATE_NEW: ['new'],
  STATE_CONFIGURING: ['configuring'], STATE_RUNNING: ['running'], STATE_STOPPED: ['stopped'], STATE_ENDED: ['ended'],
};

/** The same of the tables that end the topic files. */
function declared() {
  const rows = [];
  for (const file of readdirSync(sources, { recursive: true }).filter((name) => name.endsWith('.c'))) {
    const text = readFileSync(join(sources, file), 'utf8');
    for (const [, table] of text.matchAll(/const struct request_entry \w+\[\] = \{(.*?)\n\};/gs)) {
      for (const [, command, when, list] of table.matchAll(/\{\s*"([^"]+)",\s*([A-Z_|\s]+),\s*\w+,\s*\{([^}]*)\}/g)) {
        rows.push({
          command, when: when.split('|').flatMap((state) => states[state.trim()]).sort(),
          capabilities: [...list.matchAll(/"([^"]+)"/g)].map(([, c]) => c).sort(),
        });
      }
    }
  }
  return rows;
}

const byCommand = (rows) => [...rows].sort((a, b) => (a.command < b.command ? -1 : 1));

test('docs/dap.md: a row for each request, with its states and capabilities', () => {
  assert.ok(declared().length >= 25, 'the tables are found');
  assert.deepEqual(byCommand(documented()), byCommand(declared()));
});

scene('docs/dap.md: the capabilities are those of the initialize response', async (start, { client }) => {
  const { luaheat, ...capabilities } = await client.request('initialize', initializeArguments);
  const lit = (flags) => Object.entries(flags).filter(([, value]) => value === true).map(([name]) => name);
  const ours = lit(luaheat).map((name) => `luaheat/${name}`);
  assert.deepEqual(documented().flatMap((row) => row.capabilities).sort(), [...lit(capabilities), ...ours].sort());
});

scene('docs/exports.md: a row for each format that clients are told', async (start, { client }) => {
  const { luaheat: { exportFormats } } = await client.request('initialize', initializeArguments);
  const document = readFileSync(new URL('../../docs/exports.md', import.meta.url), 'utf8');
  assert.deepEqual([...document.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name), exportFormats.map(({ format }) => format));
  for (const { format, extension, description } of exportFormats) {
    assert.match(extension, /^[a-z.]+$/, format);
    assert.ok(description.length > 5, format);
  }
});

scene('docs/dap.md: what is in the table is known, what is not is refused as unknown', async (start, { client }) => {
  await client.request('initialize', initializeArguments);
  const others = ['attach', 'stepBack', 'reverseContinue', 'restartFrame', 'goto', 'gotoTargets', 'disassemble', 'modules',
    'setInstructionBreakpoints', 'luaheat/nothing'];
  const known = documented().map((row) => row.command);
  for (const command of [...others, ...known.filter((name) => name !== 'disconnect')]) {
    const { error } = await client.request(command, {}).then(() => ({}), (refused) => refused);
    assert.equal(error?.id === 1002, !known.includes(command), command);
  }
});

// SPDX-License-Identifier: MIT
// docs/attach.md, of a program that runs already, as it is written: the program, the command that starts it, the configuration.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';

import { cleanEnv, luaheat, scratchFolder, testsDir, withSanitizer } from '../programs.mjs';
import { DapClient, patience } from './dap_client.mjs';
import { initializeArguments } from './session.mjs';

const [, section] = readFileSync(join(testsDir, '../docs/attach.md'), 'utf8').split('## One that runs already\n');
const block = (language) => new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'ms').exec(section)[1];

const program = block('lua'), command = block('sh').trim(), configuration = JSON.parse(block('json'));
const [, file] = /lua5\.4 (\S+)$/.exec(command);
const line = program.split('\n').findIndex((text) => text.includes('kept[')) + 1;

async function isVisited(client, path) {
  await client.request('initialize', initializeArguments);
  await client.event('initialized');
  const attached = client.request(configuration.request, configuration);
  await client.request('setBreakpoints', { source: { path }, breakpoints: [{ line }] });
  await client.request('configurationDone');
  await attached;
  const { threadId } = await client.event('stopped');
  const { stackFrames: [frame] } = await client.request('stackTrace', { threadId });
  assert.deepEqual([frame.source.path, frame.line], [path, line]);
  await client.request('disconnect', {});
  client.closeInput();
  assert.deepEqual(await client.ended(), { code: 0, signal: null });
  client.assertClean();
}

test('docs/attach.md: one that runs already', { timeout: 6 * patience }, async () => {
  const scratch = scratchFolder(), path = join(scratch.path, file);
  const env = { LUAHEAT_DOORS: join(scratch.path, 'doors'), PATH: [dirname(luaheat), process.env.PATH].join(delimiter) };
  writeFileSync(path, program);
  const worker = spawn('sh', ['-c', command], { cwd: scratch.path, env: cleanEnv({ ...env, ...withSanitizer() }), stdio: 'inherit', detached: true });
  const closed = once(worker, 'close');
  const client = new DapClient(['dap'], env);
  try {
    await isVisited(client, path);
    assert.equal(worker.exitCode ?? worker.signalCode, null, 'it runs on');
  } finally {
    client.kill();
    if (worker.exitCode === null) process.kill(-worker.pid, 'SIGKILL');
    await closed;
    scratch.remove();
  }
});

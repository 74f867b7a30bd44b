// SPDX-License-Identifier: MIT
// tests/hosts/peer: comes to doors as the adapter does, faster and worse.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';

import { luaheat } from '../programs.mjs';

const program = join(dirname(dirname(luaheat)), 'tests/hosts/peer');

/** What it has printed; it must end well. */
export async function peer(path, args) {
  const process = spawn(program, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  process.stdout.on('data', (bytes) => { text += bytes; });
  const [code] = await once(process, 'close');
  assert.equal(code, 0, text);
  return text;
}

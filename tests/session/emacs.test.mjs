// SPDX-License-Identifier: MIT
// The same scenario with Emacs' dap-mode (Debian: emacs-nox, elpa-dap-mode), if it is there, as packaging/dap-mode.el sets it up.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

import { testsDir } from '../programs.mjs';
import { packaging, tells } from './editors.mjs';

const installed = spawnSync('emacs', ['--batch', '--eval', "(progn (package-initialize) (require 'dap-mode))"], { timeout: 60_000 }).status === 0;

test("breakpoints, steps, variables, evaluate, a request of ours, with Emacs' dap-mode", { skip: !installed }, () => {
  // In a terminal, which `script` makes.
  const files = [join(packaging, 'dap-mode.el'), join(testsDir, 'session/dap_mode.el')];
  const command = ['emacs', '-nw', '-q', '-f', 'package-initialize', ...files.flatMap((file) => ['-l', file])].map((word) => `'${word}'`).join(' ');
  const facts = tells('script', ['-qec', command, '/dev/null'], 'the end', { TERM: 'xterm' }).join('\n');
  assert.match(facts, /^total [1-9]/m);
  assert.doesNotMatch(facts, /No message handler|error in process filter/);
});

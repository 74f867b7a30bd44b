// SPDX-License-Identifier: MIT
// The same scenario with Emacs' dap-mode (Debian: emacs-nox, elpa-dap-mode), if it is there, as docs/editors.md sets it up.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { cleanEnv, inScratchFolder, luaheat, testsDir } from '../programs.mjs';

function emacs(args, env) {
  return spawnSync('emacs', ['--batch', ...args], { env: cleanEnv(env), encoding: 'utf8', timeout: 60_000 });
}

/** What users of Emacs are told to write. */
function documented() {
  return /^```elisp\n(.*?)^```/ms.exec(readFileSync(join(testsDir, '../docs/editors.md'), 'utf8'))[1];
}

const installed = emacs(['--eval', "(progn (package-initialize) (require 'dap-mode))"]).status === 0;

test("breakpoints, steps, variables, evaluate, a request of ours, with Emacs' dap-mode", { skip: !installed }, () =>
  inScratchFolder((folder) => {
    const fixture = 'coroutines.lua', configuration = join(folder, 'luaheat.el');
    writeFileSync(configuration, documented());
    const { status, stdout, stderr } = emacs(['-l', join(testsDir, 'session/dap_mode.el')], {
      CONFIGURATION: configuration, FIXTURE: fixturePath(fixture), LINE: String(lineOf(fixture, 'body')), SCRATCH: folder, HOME: folder,
      PATH: [dirname(luaheat), process.env.PATH].join(delimiter),
    });
    assert.equal(status, 0, stdout + stderr);
    const facts = stdout.trimEnd().split('\n');
    assert.deepEqual(facts.filter((fact) => /^line /.test(fact)),
      [`line ${lineOf(fixture, 'body')}`, `line ${lineOf(fixture, 'yield')}`]);
    for (const fact of ['variable n = 1', 'variable first = 2', 'result 42', 'the end']) {
      assert.ok(facts.includes(fact), `${fact}: ${stdout}${stderr}`);
    }
    assert.match(stdout, /^total [1-9]/m);
  }));

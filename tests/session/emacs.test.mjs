// SPDX-License-Identifier: MIT
// The same scenario with Emacs' dap-mode (Debian: emacs-nox, elpa-dap-mode), if it is there, as docs/editors.md sets it up.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { cleanEnv, inScratchFolder, luaheat, testsDir } from '../programs.mjs';

/** What users of Emacs are told to write, and nothing else but where packages are. */
function documented() {
  const [, code] = /^```elisp\n(.*?)^```/ms.exec(readFileSync(join(testsDir, '../docs/editors.md'), 'utf8'));
  return `(package-initialize)\n${code}`;
}

/** Emacs in a terminal, which `script` makes. */
function emacs(args, env) {
  const command = ['emacs', '-nw', '-q', ...args.flatMap((file) => ['-l', file])].map((word) => `'${word}'`).join(' ');
  return spawnSync('script', ['-qec', command, '/dev/null'], { env: cleanEnv({ TERM: 'xterm', ...env }), input: '', encoding: 'utf8', timeout: 90_000 });
}

const installed = spawnSync('emacs', ['--batch', '--eval', "(progn (package-initialize) (require 'dap-mode))"], { timeout: 60_000 }).status === 0;

test("breakpoints, steps, variables, evaluate, a request of ours, with Emacs' dap-mode", { skip: !installed }, () =>
  inScratchFolder((folder) => {
    const fixture = 'coroutines.lua', configuration = join(folder, 'luaheat.el'), told = join(folder, 'facts');
    writeFileSync(configuration, documented());
    const { status, stdout } = emacs([configuration, join(testsDir, 'session/dap_mode.el')], {
      FACTS: told, FIXTURE: fixturePath(fixture), LINE: String(lineOf(fixture, 'body')), SCRATCH: folder, HOME: folder,
      PATH: [dirname(luaheat), process.env.PATH].join(delimiter),
    });
    assert.equal(status, 0, stdout);
    const facts = readFileSync(told, 'utf8').trimEnd().split('\n');
    assert.deepEqual(facts.filter((fact) => /^line /.test(fact)),
      [`line ${lineOf(fixture, 'body')}`, `line ${lineOf(fixture, 'yield')}`], facts.join('\n'));
    for (const fact of ['variable n = 1', 'variable first = 2', 'result 42', `folder "${dirname(fixturePath(fixture))}"`, 'the end'])
      assert.ok(facts.includes(fact), `${fact}: ${facts.join('\n')}`);
    assert.match(facts.join('\n'), /^total [1-9]/m);
    assert.doesNotMatch(facts.join('\n'), /No message handler|error in process filter/);
  }));

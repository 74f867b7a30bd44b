// SPDX-License-Identifier: MIT
// A session that an editor tells: the same story for each, of which it writes a line per fact.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { fixturePath, lineOf } from '../fixture.mjs';
import { cleanEnv, inScratchFolder, luaheat, testsDir } from '../programs.mjs';

export const packaging = join(testsDir, '../packaging');
const fixture = 'coroutines.lua';
export const program = fixturePath(fixture);

/** Runs the editor in the program's folder and looks at its facts, which it returns. `last` is what it says at the end. */
export function tells(command, args, last, env) {
  return inScratchFolder((folder) => {
    const told = join(folder, 'facts');
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      cwd: dirname(program), input: '', encoding: 'utf8', timeout: 90_000,
      env: cleanEnv({
        ...env, FACTS: told, FIXTURE: program, LINE: String(lineOf(fixture, 'body')), SCRATCH: folder, HOME: folder,
        XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, PATH: [dirname(luaheat), process.env.PATH].join(delimiter),
      }),
    });
    assert.equal(error, undefined, `${command}: ${error}`);
    assert.equal(status, 0, stdout + stderr);
    assert.ok(existsSync(told), stdout + stderr);
    const facts = readFileSync(told, 'utf8').trimEnd().split('\n'), all = facts.join('\n') + stderr;
    assert.deepEqual(facts.filter((fact) => /^line /.test(fact)), [`line ${lineOf(fixture, 'body')}`, `line ${lineOf(fixture, 'yield')}`], all);
    for (const fact of ['variable n = 1', 'variable first = 2', 'result 42', `folder "${dirname(program)}"`, last]) assert.ok(facts.includes(fact), `${fact}: ${all}`);
    assert.doesNotMatch(all, /^problem/m);
    return facts;
  });
}

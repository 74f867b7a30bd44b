// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { EXPORT_FORMATS, exportName, shellWord } from '../src/pure/exportFormats.ts';

test('the formats are those of the debugger', () => {
  const document = readFileSync(join(import.meta.dirname, '../../docs/exports.md'), 'utf8');
  const documented = [...document.matchAll(/^\| `(\w+)` \|/gm)].map(([, id]) => id);
  assert.deepEqual(EXPORT_FORMATS.map(({ id }) => id).sort(), documented.sort());
});

test('an export is called after the program', () => {
  const names = (program: string): string[] => EXPORT_FORMATS.map((format) => exportName(program, format));
  assert.deepEqual(names('/a/game.lua').slice(0, 3), ['game.html', 'game.heapprofile', 'game.pb.gz']);
  assert.equal(exportName('', { extension: 'csv' }), 'memory.csv');
  assert.equal(new Set(names('x')).size, EXPORT_FORMATS.length);
});

test('commands name the file, whatever it is called', () => {
  for (const path of ['/a/game.pb.gz', '/it is/$(here)\'s "file".txt', '-x'])
    assert.equal(execFileSync('sh', ['-c', `printf %s ${shellWord(path)}`], { encoding: 'utf8' }), path);
  assert.equal(shellWord('/a/game.pb.gz'), '/a/game.pb.gz', 'as a user would write it');
  const collapsed = EXPORT_FORMATS.find(({ id }) => id === 'collapsed');
  assert.match(collapsed?.command?.('/a b/game.txt') ?? '', /'\/a b\/game.txt' > '\/a b\/game.svg'$/);
});

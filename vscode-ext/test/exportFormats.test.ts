// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

import { commandFor, exportName, opensIn, readExportFormats, shellWord } from '../src/pure/exportFormats.ts';
import type { ExportFormat } from '../src/pure/exportFormats.ts';

const format = (id: string, extension = id): ExportFormat => ({ id, extension, description: '' });

test('the formats are those that the adapter tells, pages first', () => {
  const told = [{ format: 'new', extension: 'new.gz', description: 'a new one' }, { format: 'html', extension: 'html', description: 'a page' }];
  assert.deepEqual(readExportFormats(told), [
    { id: 'html', extension: 'html', description: 'A page' },
    { id: 'new', extension: 'new.gz', description: 'A new one' },
  ]);
  for (const odd of [undefined, 'csv', ['csv'], {}]) assert.deepEqual(readExportFormats(odd), []);
});

test('pages open in the browser, text in an editor, what is compressed nowhere', () => {
  assert.deepEqual([format('html'), format('speedscope', 'speedscope.json'), format('pprof', 'pb.gz')].map(opensIn), ['browser', 'editor', undefined]);
});

test('an export is called after the program', () => {
  assert.equal(exportName('/a/game.lua', format('pprof', 'pb.gz')), 'game.pb.gz');
  assert.equal(exportName('', { extension: 'csv' }), 'memory.csv');
});

test('commands name the file, whatever it is called', () => {
  for (const path of ['/a/game.pb.gz', '/it is/$(here)\'s "file".txt', '-x'])
    assert.equal(execFileSync('sh', ['-c', `printf %s ${shellWord(path)}`], { encoding: 'utf8' }), path);
  assert.equal(shellWord('/a/game.pb.gz'), '/a/game.pb.gz', 'as a user would write it');
  assert.match(commandFor(format('collapsed', 'txt'), '/a b/game.txt') ?? '', /'\/a b\/game.txt' > '\/a b\/game.svg'$/);
  assert.equal(commandFor(format('massif', 'massif.out'), '/a b.massif.out'), "ms_print '/a b.massif.out'");
  assert.equal(commandFor(format('new'), '/a'), undefined);
});

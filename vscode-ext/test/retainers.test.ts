// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { questionOfLine, readPaths, readRetainers } from '../src/pure/retainers.ts';

test('holders are read, with the steps to what they hold', () => {
  const source = { name: 'leaks.lua', path: '/leaks.lua' };
  const path = [{ kind: 'local', text: 'local cache (main chunk, leaks.lua)', source, line: 62 }, { kind: 'field', text: '[17]' }];
  const holder = { count: 200, holder: 'cache', value: 'table: 0x1', text: 'local cache → [17]', path };
  assert.deepEqual(readRetainers({ walked: 2367, found: 200, groups: 1, unseenFrames: 3, holders: [holder] }), {
    walked: 2367, found: 200, groups: 1, unseenFrames: 3, shapeCount: 0, shapes: [],
    holders: [{
      count: 200, name: 'cache', value: 'table: 0x1', text: 'local cache → [17]',
      steps: [
        { kind: 'local', text: 'local cache (main chunk, leaks.lua)', place: { ...source, line: 62 } },
        { kind: 'field', text: '[17]', place: undefined },
      ],
    }],
  });
});

test('shapes are read, and the paths of one that is opened', () => {
  const path = [{ kind: 'global', text: 'global world' }, { kind: 'field', text: '[*]' }];
  const shape = { count: 60, bytes: 3360, retained: 9600, paths: 50, text: 'world[*]', path };
  const read = { count: 60, bytes: 3360, paths: 50, text: 'world[*]', steps: path.map((step) => ({ ...step, place: undefined })) };
  assert.deepEqual(readRetainers({ shapes: [shape] }).shapes, [read]);
  assert.deepEqual(readPaths({ paths: [shape] }), [read]);
  assert.deepEqual(readPaths(undefined), []);
});

test('odd answers hold nothing', () => {
  const nothing = { walked: 0, found: 0, groups: 0, unseenFrames: 0, shapeCount: 0, shapes: [], holders: [] };
  for (const odd of [undefined, null, 7, [], {}, { holders: 7, found: 'x' }]) assert.deepEqual(readRetainers(odd), nothing);
  assert.deepEqual(readRetainers({ holders: [null, {}] }).holders.map(({ count, value, steps }) => [count, value, steps]), [[0, '', []]]);
});

test('a line is asked for by its file, or by the name of its chunk', () => {
  assert.deepEqual(questionOfLine({ name: 'a.lua', path: '/a.lua', line: 3 }), { source: { name: 'a.lua', path: '/a.lua' }, line: 3 });
  assert.deepEqual(questionOfLine({ name: 'made', path: undefined, line: 3 }), { source: { name: 'made' }, line: 3 });
});

// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { commandLink } from '../src/pure/commandLink.ts';
import { plainText } from '../src/pure/plainText.ts';
import { tableRow } from '../src/pure/tableRow.ts';

const link = (path: string, title = 'Go', tip = 'there'): string => commandLink({ icon: 'flame', title, tip, command: 'luaheat.go', given: [path, 7] });

/** As VS Code does: once as a part of the address, once more as arguments. */
function argumentsOf(markdown: string): unknown {
  const [, query = ''] = /\]\(command:luaheat\.go\?([^() "]*) "there"\)$/.exec(markdown) ?? [];
  return JSON.parse(decodeURIComponent(decodeURIComponent(query)));
}

test('a link keeps whatever a path holds', () => {
  for (const name of ['a.lua', 'a (1).lua', ')(.lua', 'a]b[c].lua', 'a b.lua', '#1?x=2&y.lua', '100%.lua', '%41%20.lua', 'straße 火.lua', '"quoted" \'s.lua', 'a|b<c>.lua', 'a\\b*_~!.lua', '$(flame).lua', 'a\nb.lua'])
    assert.deepEqual(argumentsOf(link(`/tmp/${name}`)), [`/tmp/${name}`, 7], name);
});

test('the words of a link are no Markdown', () => {
  const written = link('/a.lua', 'a] (b) **c** $(x)', 'say "hello" \\');
  assert.ok(written.startsWith('[$(flame) a\\] \\(b\\) \\*\\*c\\*\\* \\$\\(x\\)]('), written);
  assert.ok(written.endsWith(' "say \\"hello\\" \\\\")'), written);
});

test('a cell of a table is one cell', () => {
  assert.equal(tableRow(['a|b', '*c*']), '| a\\|b | *c* |');
  assert.equal(tableRow([plainText('a|b')]), '| a\\|b |', 'once');
});

// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { commandLink, linkToProblemLine, plainText } from '../src/pure/commandLinks.ts';
import { tableRow } from '../src/pure/tables.ts';

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

const refusal = (url: unknown) => ({ success: false, command: 'launch', body: { error: { id: 2005, format: 'a.lua:3: why', url, urlLabel: 'Go to line 3' } } });

function led(message: unknown): unknown {
  linkToProblemLine(message, (line) => `Zeile ${line}`);
  return message;
}

test('a line is led to by a command', () => {
  assert.deepEqual(led(refusal('file:///tmp/a%20%231.lua#L3')), {
    success: false,
    command: 'launch',
    body: { error: { id: 2005, format: 'a.lua:3: why', url: `command:luaheat.goToLine?${encodeURIComponent('["/tmp/a #1.lua",3]')}`, urlLabel: 'Zeile 3' } },
  });
});

test('what leads to no line stays', () => {
  for (const url of [undefined, 7, 'https://example.org/#L3', 'file:///a.lua', 'file:///%FF.lua#L3'])
    assert.deepEqual(led(refusal(url)), refusal(url));
  const answer = { success: true, body: { error: { url: 'file:///a.lua#L3' } } };
  assert.deepEqual(led(structuredClone(answer)), answer);
  for (const odd of [undefined, null, [], { success: false }, { success: false, body: { error: 'x' } }]) assert.deepEqual(led(odd), odd);
});

// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { linkToProblemLine } from '../src/pure/problemLine.ts';

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

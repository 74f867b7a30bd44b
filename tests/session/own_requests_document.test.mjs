// SPDX-License-Identifier: MIT
// docs/dap.md tells all of our own requests and events: their arguments, columns and fields are those of the code and of its answers.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { testsDir } from '../programs.mjs';
import { scene } from './session.mjs';

const root = join(testsDir, '..');
const sources = join(root, 'adapter/dap');
const code = readdirSync(sources, { recursive: true }).filter((name) => name.endsWith('.c')).map((name) => readFileSync(join(sources, name), 'utf8'));
const read = (name) => readFileSync(join(root, 'docs', name), 'utf8');

const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found);
const sorted = (names) => [...new Set(names)].sort();

/** The parts of the document by the request or event they tell of. */
const parts = new Map(read('dap.md').split(/^### /m).slice(1).map((part) => [/`(luaheat\/\w+)`/.exec(part)[1], part]));

/** The first cells of its tables, split into names. */
function firstCells(part, heading) {
  const [, table = ''] = new RegExp(`^\\| ${heading} \\|.*\\n\\|[-|]+\\n((?:\\|.*\\n)*)`, 'm').exec(part) ?? [];
  return all(table, /^\| ([^|]*) \|/gm).flatMap((cell) => all(cell, /`([^`]+)`/g));
}

test('each of our requests and events has a part', () => {
  const requests = code.flatMap((text) => all(text, /\{\s*"(luaheat\/\w+)",\s*STATE_/g));
  const events = code.flatMap((text) => all(text, /client_event\([^"]*"(luaheat\/\w+)"/g));
  assert.ok(requests.length >= 7 && events.length >= 1, 'the code is understood');
  assert.deepEqual(sorted(parts.keys()), sorted([...requests, ...events]));
});

for (const text of code) {
  const requests = all(text, /\{\s*"(luaheat\/\w+)",\s*STATE_/g);
  if (requests.length > 0)
    test(`the arguments of ${requests.join(' and ')} are those that are read`, () => {
      const named = all(text, /arguments_(?!reject|type|of|finish)\w+\(\s*&?(?:request->)?arguments,\s*"(\w+)"/g);
      const source = text.includes('wanted_source_read(') ? ['source'] : [];
      const documented = requests.flatMap((request) => firstCells(parts.get(request), 'argument'));
      assert.deepEqual(sorted(documented), sorted([...named, ...source]));
    });
}

/** All names of fields but those of kinds of objects, which are in rows too. */
function fieldsOf(value, found = new Set()) {
  if (Array.isArray(value)) for (const one of value) fieldsOf(one, found);
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) {
      found.add(name);
      if (name === 'kinds') for (const kind of Object.values(one)) fieldsOf(kind, found);
      else if (name !== 'rows') fieldsOf(one, found);
    }
  return found;
}

function assertTold(command, body) {
  const text = parts.get(command) + read('measure.md');
  const untold = [...fieldsOf(body)].filter((name) => !text.includes(`"${name}"`) && !text.includes(`\`${name}\``) && !text.includes(`heap.${name}\``));
  assert.deepEqual(untold, [], command);
}

scene('the columns and fields are those of the answers', async (start, { client }) => {
  const program = await start('coroutines.lua', { stopAt: ['body'], measurements: [] });
  await program.stopsAt('body');
  const ask = async (command, given) => {
    const body = await client.request(command, given);
    assertTold(command, body);
    return body;
  };
  await ask('luaheat/measure', { action: 'start', name: 'x' });
  const first = await ask('luaheat/snapshot', { name: 'first' });
  await program.nextTo('yield');
  await ask('luaheat/measure', { action: 'stop', name: 'x' });
  await ask('luaheat/measure', {});
  await ask('luaheat/snapshots', {});
  await ask('luaheat/collect', {});
  await ask('luaheat/largestTables', {});
  await ask('luaheat/stacks', {});
  await program.evaluate('equal = { ("x"):rep(50), ("x"):rep(50) }');
  await ask('luaheat/equalStrings', {});
  const now = await ask('luaheat/lines', {});
  const since = await ask('luaheat/lines', { since: first.id });
  const heat = client.messages.filter(({ event }) => event === 'luaheat/heat').map(({ body }) => body);
  assert.ok(heat.length > 0);
  for (const body of heat) {
    assertTold('luaheat/heat', { stop: body.stop, since: body.since });
    assert.deepEqual(body.columns, now.columns);
  }
  assert.deepEqual(sorted(firstCells(parts.get('luaheat/lines'), 'column')), sorted([...now.columns, ...since.columns]));
  const [, example] = /^```json\n(.*?)^```/ms.exec(parts.get('luaheat/lines'));
  assert.deepEqual(JSON.parse(example).columns, now.columns);
  assert.deepEqual(Object.keys(JSON.parse(example)).sort(), Object.keys(now).sort());
  assert.deepEqual(Object.keys(JSON.parse(example).heap).sort(), Object.keys(now.heap).sort());
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

test('the examples are what they say', () => {
  for (const [request, part] of parts)
    for (const example of all(part, /^```json\n(.*?)^```/gms)) {
      const body = JSON.parse(example);
      const rows = [...(body.sources ?? []).flatMap((source) => source.rows ?? []), ...(body.calls ?? [])];
      for (const row of rows) assert.equal(row.length, body.columns.length, request);
    }
});

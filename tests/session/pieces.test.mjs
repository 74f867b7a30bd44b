// SPDX-License-Identifier: MIT
// Pages of a table too large to be sorted as a whole, after what may change the table between them.

import assert from 'node:assert/strict';

import { scenes } from './session.mjs';

const isPlain = ({ name }) => !/^\(/.test(name);

async function local(program, name) {
  return (await program.scope('Locals')).find((variable) => variable.name === name);
}

/** Every key of the page leads to its number, and they are in order. */
function check(page) {
  const names = page.map(({ name }) => name);
  assert.ok(page.length > 90 && page.every(({ name, value }) => name === `key${value}`), JSON.stringify(page.map(({ name, value }) => [name, value])));
  assert.deepEqual(names, names.toSorted());
  return new Set(names);
}

scenes('pages of a piece follow what is done between them', async (start) => {
  const program = await start('pieces.lua', { stopAt: ['here'] });
  await program.stopsAt('here');
  const table = await local(program, 't');
  const rows = await program.children(table);
  const groups = rows.filter(isPlain);
  assert.equal(groups.length, 20);
  const group = groups[7];
  const first = check(await program.children(group));
  for (const other of groups) check(await program.children(other));
  assert.deepEqual(check(await program.children(group)), first, 'the same again');

  const [assigned, evaluated] = [...first].filter((_, index) => index === 10 || index === 20);
  await program.client.request('setVariable', { variablesReference: group.variablesReference, name: assigned, value: 'nil' });
  assert.ok(!check(await program.children(group)).has(assigned));
  await program.evaluate(`t.${evaluated} = nil`);
  const last = check(await program.children(group));
  assert.ok(!last.has(assigned) && !last.has(evaluated));

  // Behind the piece there is another, which begins where the first one ended.
  const more = (await program.children(rows.find(({ name }) => name === '(more)'))).filter(isPlain);
  assert.equal(more.length, 20);
  assert.ok([...check(await program.children(more[0]))].every((name) => !first.has(name)));
  check(await program.children(group));
});

scenes('a collection empties a piece', async (start) => {
  const program = await start('pieces.lua', { stopAt: ['here'] });
  await program.stopsAt('here');
  const weak = await local(program, 'weak');
  assert.equal((await program.children(weak)).filter(isPlain).length, 3);
  const group = (await program.children(weak)).find(isPlain);
  assert.equal((await program.children(group)).length, 100);
  await program.evaluate('collectgarbage()');
  assert.equal((await program.children(group)).length, 0);
  assert.equal((await program.children(weak)).filter(isPlain).length, 0);
});

/** All entries of a table of several pages. */
async function entries(program, variable) {
  const groups = (await program.children(variable)).filter(isPlain);
  return (await Promise.all(groups.map((group) => program.children(group)))).flat();
}

const text = ({ value }) => JSON.parse(value);
const nameOf = ({ name }) => name.replace(/^\[(true|false)\]$/, '$1');

scenes('whatever its keys are, each has its value, and nothing is allocated for them', async (start) => {
  const program = await start('pieces.lua', { stopAt: ['here'] });
  await program.stopsAt('here');
  const counted = async () => Number(await program.evaluate("collectgarbage 'count'"));
  await counted();
  const before = [await counted(), await counted()]; // to ask takes some, too
  for (const [table, count] of [['short', 450], ['numbers', 902], ['long', 450], ['mixed', 1350]]) {
    const all = await entries(program, await local(program, table));
    assert.equal(all.length, count, table);
    for (const row of all) {
      if (text(row) === 'table') assert.match(row.name, /^\[table: 0x/);
      else assert.equal(nameOf(row), text(row));
    }
    assert.equal(new Set(all.map(({ name }) => name)).size, count, table);
  }
  assert.equal(await counted() - before[1], before[1] - before[0]);
});

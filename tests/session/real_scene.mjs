// SPDX-License-Identifier: MIT
// Stories of programs that a distribution ships.

import assert from 'node:assert/strict';

import { get } from '../real_hosts.mjs';
import { sanitizer, scratchFolder } from '../programs.mjs';
import { initializeArguments, scene } from './session.mjs';

export const TABLE = 56, VALUE = 16;

/** Bytes of a list of so many tables, each of one value, that was filled one by one. */
export const listOfTables = (count) => count * (TABLE + VALUE) + 2 ** Math.ceil(Math.log2(count)) * VALUE;

/** Those are not sanitized, so what is cannot be loaded into them. */
export function realScene(name, story) {
  if (sanitizer !== undefined) return;
  scene(name, async (start, session) => {
    const folder = scratchFolder();
    try {
      await story(start, session, folder.path);
    } finally {
      folder.remove();
    }
  });
}

/**
 * A server is told what a client wants when it runs Lua code: it is asked again and again until that is so. Gives a function
 * for the last answer, which may be still to come.
 */
export async function asksUntil(socket, promise) {
  let done = false, answer;
  const settled = promise.finally(() => { done = true; });
  while (!done) await Promise.race([answer = get(socket, '/again'), settled]);
  await settled;
  return () => answer;
}

/** Attaches to a process, which runs no Lua code meanwhile. */
export async function attach(session, processId, mark) {
  await session.client.request('initialize', initializeArguments);
  const attached = session.client.request('attach', { processId });
  await session.client.event('initialized');
  await session.setBreakpoints([mark]);
  await session.client.request('configurationDone');
  await attached;
}

/**
 * A server that keeps a table of each answer, stopped at its first (`first`: a promise of it): the line that keeps them
 * has all their bytes.
 */
export async function keepsItsAnswers(session, socket, first) {
  assert.deepEqual(await session.trace(), ['@answer', '@asked']);
  assert.equal((await session.locals()).path, '"/first"');
  assert.equal(await session.evaluate('#kept'), '1');
  await session.setBreakpoints([]);
  await session.continue();
  assert.equal(await first, '/first is 1');
  for (let i = 2; i < 10; i++) assert.equal(await get(socket, '/more'), `/more is ${i}`);
  const last = await asksUntil(socket, Promise.all([session.setBreakpoints(['answer']), session.stopsAt('answer')]));
  const count = Number(await session.evaluate('#kept')), { live } = await session.lineAt('keep');
  assert.ok(count >= 10);
  assert.equal(live, listOfTables(count), 'tables of one value, and their list');
  await session.continue();
  assert.equal(await last(), `/again is ${count}`);
}

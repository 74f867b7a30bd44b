// SPDX-License-Identifier: MIT
// luaheat/outputShown: a client that shows less than it reads is not flooded, and figures are not behind what is printed.

import assert from 'node:assert/strict';

import { scene } from './session.mjs';

const fixture = 'printing.lua';
const MOST = 8 + 1; // events, and what was held back when the last of them was sent

const outputs = ({ messages }) => messages.filter(({ event }) => event === 'output').length;
const shown = (client, count = outputs(client)) => client.request('luaheat/outputShown', { count });

scene('no more than has been shown, while figures go on', async (start, { client }) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  await shown(client);
  const before = outputs(client);
  await program.continue();
  await client.event('luaheat/heat'); // of the stop, and of what has run since: the program waits then
  await client.event('luaheat/heat');
  assert.ok(outputs(client) - before <= MOST, `${outputs(client) - before} events`);
  const held = outputs(client);
  await shown(client);
  await client.event('output');
  while (outputs(client) <= held) await client.event('output');
  await program.pause();
  await program.stops('pause');
  await program.evaluate('stop = true');
  await program.continue();
  const pump = setInterval(() => shown(client).catch(() => {}), 10);
  await program.ends().finally(() => clearInterval(pump));
  const lines = client.output('stdout').trimEnd().split('\n');
  lines.forEach((line, index) => assert.equal(line, `round\t${index + 1}`));
});

scene('a client that does not say so gets all', async (start, { client }) => {
  const program = await start(fixture);
  while (outputs(client) <= 3 * MOST) await client.event('output');
  await program.pause();
  await program.stops('pause');
});

scene('what cannot be is refused', async (start, { client }) => {
  const program = await start(fixture, { stopOnEntry: true });
  await program.stops('entry');
  await shown(client, 0);
  for (const count of [undefined, -1, 'all', 1e6]) assert.equal((await client.refusal('luaheat/outputShown', { count })).error.id, 1004);
});

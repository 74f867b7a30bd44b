// SPDX-License-Identifier: MIT
// Debian 13's nmap, debugged.

import assert from 'node:assert/strict';

import { fixturePath } from '../fixture.mjs';
import { listOfTables, realScene } from '../session/real_scene.mjs';

realScene('nmap is launched, a script of it stops, and its leak has a line', async (start, session) => {
  await start('leaky.nse', {
    program: undefined, runtimeExecutable: 'nmap', runtimeArgs: ['-n', '-sL', '--script', fixturePath('leaky.nse'), '127.0.0.1'],
    stopAt: ['kept', 'enough'],
  });
  await session.stopsAt('kept');
  assert.deepEqual(await session.trace(), ['@kept', '@round']);
  assert.equal((await session.locals()).round, '1');
  assert.equal(await session.evaluate('#kept'), '1');
  await session.setBreakpoints(['enough']);
  await session.stepOutTo('round');
  await session.continueTo('enough');
  const { live } = await session.lineAt('keep');
  assert.equal(live, listOfTables(100), 'a hundred tables of one value, and a list with room for 128');
  await session.continue();
  await session.prints(/kept 100/);
  assert.equal((await session.client.event('exited')).exitCode, 0);
});

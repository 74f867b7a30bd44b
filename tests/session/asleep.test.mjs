// SPDX-License-Identifier: MIT
// What the program does while a function that holds breakpoints waits for another that holds none.

import assert from 'node:assert/strict';

import { scenes } from './session.mjs';

/** It may not have come there yet. */
async function pausesIn(program, name) {
  for (;;) {
    await program.pause();
    const [top] = await program.stops('pause');
    if (top.name === name) return;
    await program.continue();
  }
}

const turns = async (program) => Number(await program.evaluate('turns'));

scenes('each of its lines stops, whatever ran between', async (start) => {
  const marks = ['turn', 'after', 'thrown'];
  const program = await start('asleep.lua', { stopAt: marks });
  for (let turn = 1; turn <= 5; turn++) {
    for (const mark of marks) {
      await program.stopsAt(mark);
      await program.continue();
    }
  }
  await program.stopsAt('turn');
  assert.equal(await turns(program), 5);
  await program.letGo();
});

scenes('a function that holds one is called by one that holds none, and by one that does', async (start) => {
  const program = await start('asleep.lua', { stopAt: ['inner', 'turn'] });
  for (let turn = 1; turn <= 3; turn++) {
    await program.stopsAt('turn');
    assert.equal(await turns(program), turn - 1);
    await program.continueTo('inner');
    await program.continue();
  }
  await program.stopsAt('turn');
  await program.letGo();
});

scenes('a pause meanwhile, and steps out of it', async (start) => {
  const program = await start('asleep.lua', { stopAt: ['turn'] });
  await program.stopsAt('turn');
  await program.evaluate('endless = true');
  await program.continue();
  await pausesIn(program, 'work');
  await program.evaluate('endless = false');
  await program.evaluate('lines = 0');
  await program.stepOutTo('after');
  await program.next();
  await program.stops('step');
  await program.nextTo('thrown');
  await program.continueTo('turn');
  await program.letGo();
});

scenes('breakpoints that are set meanwhile', async (start) => {
  const program = await start('asleep.lua', { stopAt: ['turn'] });
  await program.stopsAt('turn');
  await program.evaluate('endless = true');
  await program.continue();
  await program.setBreakpoints(['turn', 'work']);
  await program.stopsAt('work');
  await program.continueTo('work');
  await program.setBreakpoints(['after']);
  await program.evaluate('endless = false');
  await program.evaluate('lines = 0');
  await program.continueTo('after');
  await program.letGo();
});

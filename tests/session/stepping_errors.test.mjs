// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';

import { scenes } from './session.mjs';

scenes('next over a line whose callee throws stops where the error is caught', async (start) => {
  const program = await start('step_errors.lua', { stopAt: ['start'] });
  await program.stopsAt('start');
  await program.nextTo('over_xpcall');
  await program.nextTo('over_closes');
  await program.next();
  await program.stops('step');
});

scenes('next in a frame that an error takes away stops in who caught it', async (start) => {
  const program = await start('step_errors.lua', { stopAt: ['deeper'] });
  await program.stopsAt('deeper');
  await program.setBreakpoints([]);
  await program.next();
  await program.stopsAt('caught', 'step');
});

scenes('step out of a frame that an error takes away does so too', async (start) => {
  const program = await start('step_errors.lua', { stopAt: ['throws'] });
  await program.stopsAt('throws');
  await program.setBreakpoints([]);
  await program.stepOut();
  await program.stopsAt('caught', 'step');
});

scenes('next over pcall in the frame that catches', async (start) => {
  const program = await start('step_errors.lua', { stopAt: ['catches'] });
  await program.stopsAt('catches');
  await program.nextTo('caught');
  assert.equal((await program.locals()).ok, 'false');
});

scenes('a message handler can be stopped in, with the stack of the error', async (start) => {
  const program = await start('step_errors.lua', { stopAt: ['handler'] });
  await program.stopsAt('handler');
  assert.deepEqual(await program.trace(), ['@handler', '@throws', '@deeper', '@over_xpcall']);
});

scenes('a __close that an error runs can be stopped in', async (start) => {
  const program = await start('step_errors.lua', { stopAt: ['closing'] });
  await program.stopsAt('closing');
  await program.continue();
  await program.ends(1);
});

scenes('next over a resume or a wrap that fails stays in its frame', async (start) => {
  const program = await start('step_errors.lua', { stopAt: ['over_failing_resume'] });
  await program.stopsAt('over_failing_resume');
  await program.next();
  await program.stops('step');
  assert.equal((await program.locals()).d, 'false');
  const { stackFrames } = await program.stack();
  assert.ok(stackFrames[0].name.includes('main'), stackFrames[0].name);
  await program.setBreakpoints(['over_c_error']);
  await program.continueTo('over_c_error');
  assert.equal((await program.locals()).e, 'false');
  await program.nextTo('uncaught');
});

scenes('next over the call of an uncaught error ends the program', async (start) => {
  const program = await start('step_errors.lua', { stopAt: ['uncaught'] });
  await program.stopsAt('uncaught');
  await program.next();
  await program.ends(1);
  await program.prints(/thrown\nstack traceback:\n/, 'stderr');
});

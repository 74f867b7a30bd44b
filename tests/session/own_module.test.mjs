// SPDX-License-Identifier: MIT
// A program that is debugged finds the module `luaheat` without a path, wherever Luaheat has been put.

import assert from 'node:assert/strict';

import { scenes } from './session.mjs';

scenes('require "luaheat" in a session', async (start, session) => {
  const program = await start('own_module.lua', { stopAt: ['required', 'stop'] });
  await program.stopsAt('required');
  assert.equal(await program.evaluate("select(2, require 'luaheat')"), '":luaheat-lua:"');
  await program.continueTo('stop');
  const { window } = await program.locals();
  assert.equal(window !== 'nil', session.isExact, window);
  await program.continueToEnd();
});

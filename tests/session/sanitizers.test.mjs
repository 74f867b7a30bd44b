// SPDX-License-Identifier: MIT
// In a build with sanitizers a leak in a program that is debugged is seen when the program ends; in another nothing is.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { sanitizer, scratchFolder, withModules } from '../programs.mjs';
import { scene } from './session.mjs';

for (const how of ['return', 'exit']) {
  scene(`a leak is reported: ${how}`, async (start) => {
    const folder = scratchFolder();
    try {
      const env = { ...withModules, ASAN_OPTIONS: `detect_leaks=1:exitcode=23:log_path=${join(folder.path, 'report')}` };
      const program = await start('leaky.lua', { args: [how], env, stopAt: ['leak'] });
      await program.stopsAt('leak');
      await program.continueToEnd(sanitizer ? 23 : 0);
      const reports = readdirSync(folder.path).map((name) => readFileSync(join(folder.path, name), 'utf8'));
      assert.equal(reports.length, sanitizer ? 1 : 0);
      for (const report of reports) assert.match(report, /leak of 1000 byte/);
    } finally {
      folder.remove();
    }
  });
}

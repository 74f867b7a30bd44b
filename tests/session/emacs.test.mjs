// SPDX-License-Identifier: MIT
// docs/editors.md with the DAP clients of Emacs themselves, as far as they are there (Debian: emacs-nox, elpa-dap-mode; since
// Debian 13 elpa-dape).

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { testsDir } from '../programs.mjs';
import { debugs, settings } from './editors.mjs';

const has = (client) => spawnSync('emacs', ['--batch', '--eval', `(progn (package-initialize) (require '${client}))`], { timeout: 60_000 }).status === 0;

/** In a terminal, which `script` makes. */
async function inEmacs(scenery, name, story, settingsOf, env = {}) {
  const files = [scenery.settings(settingsOf, 'init.el'), ...Object.values(env), join(testsDir, 'session', story)];
  const command = ['emacs', '-nw', '-q', '-f', 'package-initialize', ...files.flatMap((file) => ['-l', file])].map((word) => `'${word}'`).join(' ');
  return (await scenery.tells('script', ['-qec', command, '/dev/null'], 'the end', { NAME: name, TERM: 'xterm', ...env })).join('\n');
}

const WAYS = [{}, { attach: true }, { contained: true }, { contained: true, attach: true }];

const withoutDapMode = !has('dap-mode');
for (const way of WAYS) {
  debugs("Emacs' dap-mode", { ...way, skip: withoutDapMode }, async (scenery) => {
    const name = way.contained ? (way.attach ? 'Attach in the container' : 'In the container') : way.attach ? 'Attach' : 'Debug this file';
    const facts = await inEmacs(scenery, name, 'dap_mode.el', settings.dapMode);
    assert.match(facts, /^total [1-9]/m);
    assert.doesNotMatch(facts, /No message handler|error in process filter/);
  });
}

debugs("heat in Emacs' dap-mode", { skip: withoutDapMode }, async (scenery) => {
  const facts = await inEmacs(scenery, 'Debug this file', 'dap_mode.el', settings.dapMode, { HEAT: scenery.settings(settings.dapModeHeat, 'heat.el') });
  scenery.holdsHeat(facts.split('\n'));
});

const withoutDape = !has('dape');
for (const way of WAYS) {
  debugs("Emacs' dape", { ...way, skip: withoutDape }, async (scenery) => {
    const name = `luaheat${way.contained ? '-container' : ''}${way.attach ? '-attach' : ''}`;
    await inEmacs(scenery, name, 'real_dape.el', settings.dape);
  });
}

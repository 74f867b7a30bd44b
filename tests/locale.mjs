// SPDX-License-Identifier: MIT
// Locales that the machine need not have, made of the sources that the package `locales` brings.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { scratchFolder } from './programs.mjs';

/** Makes them in a folder: what a program finds them by (`env`), and a function that removes it. */
export function makeLocales(...names) {
  const { path, remove } = scratchFolder();
  for (const name of names) {
    const [source, charset] = name.split('.');
    execFileSync('localedef', ['--no-archive', '-c', '-i', source, '-f', charset, join(path, name)], { stdio: 'ignore' });
  }
  return { env: { LOCPATH: path, LC_ALL: '' }, remove };
}

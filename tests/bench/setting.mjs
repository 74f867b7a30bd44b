// SPDX-License-Identifier: MIT
// What is measured, with what, and how often: the same for all groups.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { interpreter, lua, luaheat } from '../programs.mjs';

export const benchDir = dirname(fileURLToPath(import.meta.url));
export const build = join(dirname(luaheat), '..');
export { interpreter, lua, luaheat };

/** `tiny`: all is small and done once, to see that it works. */
export const setting = { pairs: 7, tiny: false, counts: true };

/** How large something is to be; a thousandth of it if all is tiny. */
export function size(whole) {
  return setting.tiny ? Math.max(10, Math.ceil(whole / 1000)) : whole;
}

/** How often a request is repeated that takes no longer than milliseconds. */
export const repeats = () => (setting.tiny ? 2 : setting.pairs * 20);

/** A measurement that is made once for each pair. */
export function paired(measure) {
  return async () => {
    const samples = [];
    for (let i = 0; i < setting.pairs; i++) samples.push(await measure());
    return samples;
  };
}

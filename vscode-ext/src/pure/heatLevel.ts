// SPDX-License-Identifier: MIT
// How hot a line is among others, in five steps. The same scale as in the report of `luaheat run`:
// logarithmic, each level holds figures up to four times those of the one below.

export const LEVELS = 5;
const STEP = 4;

/** 1 to LEVELS; 0 for nothing. The hottest line, whose figure is `max`, has the last level. */
export function heatLevel(bytes: number, max: number): number {
  if (bytes <= 0) return 0;
  let level = LEVELS;
  for (let bound = max / STEP; level > 1 && bytes <= bound; bound /= STEP) level--;
  return level;
}

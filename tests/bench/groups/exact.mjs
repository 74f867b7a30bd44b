// SPDX-License-Identifier: MIT
// What exact figures cost: `luaheat run` over plain lua5.4.

import { measured, plain } from '../ways.mjs';
import { programsGroup } from './programs_group.mjs';

export const exact = programsGroup({
  name: 'exact', title: 'exact memory, no breakpoint, over lua5.4', way: measured, other: plain,
  toReach: { mean: 1.2, countedMean: 1.15, countedWorst: 1.4, countedIdle: 1 },
});

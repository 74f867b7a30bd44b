// SPDX-License-Identifier: MIT
// What the old trick costs: debug.sethook and collectgarbage("count"), over plain lua5.4. For comparison: there is
// nothing to reach, and counting takes its time.

import { plain, tricked } from '../ways.mjs';
import { programsGroup } from './programs_group.mjs';

export const trick = programsGroup({ name: 'trick', title: 'the old trick, over lua5.4', way: tricked, other: plain, share: 1 / 20, isCounted: false });

// SPDX-License-Identifier: MIT
// All that can be measured, in the order of the table. A group is { name, title, cases, summaries }; a case has a name and
// a unit, `samples` that gives numbers, if instructions tell something `count` that gives their ratio, and what is to be
// reached: at most `toReach` (or `atLeast`) and `countedToReach`. A summary is made `of` the rows of all programs.

import { breakpoints } from './groups/breakpoints.mjs';
import { exact } from './groups/exact.mjs';
import { figures } from './groups/figures.mjs';
import { off } from './groups/off.mjs';
import { session } from './groups/session.mjs';
import { space } from './groups/space.mjs';
import { trick } from './groups/trick.mjs';

export const groups = [exact, space, off, breakpoints, session, figures, trick];

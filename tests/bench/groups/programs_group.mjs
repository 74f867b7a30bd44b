// SPDX-License-Identifier: MIT
// Groups of one row for each program, one way over another, with the geometric mean and the worst of them.

import { countedRatio, ratio } from '../ways.mjs';
import { counted, programs, timed } from '../programs.mjs';
import { paired } from '../setting.mjs';
import { geometricMean } from '../statistics.mjs';

/** `toReach`: { mean, worst, each } of time, with `counted` in front those of instructions; `share`: of the usual rounds. */
export function programsGroup({ name, title, way, other, share, isCounted = true, toReach = {} }) {
  const cases = programs.map((program) => ({
    name: program.name,
    unit: 'x',
    toReach: toReach.each,
    countedToReach: program.buildsNothing ? toReach.countedIdle ?? toReach.countedEach : toReach.countedEach,
    samples: paired(() => ratio(way, other, timed(program, share))),
    count: isCounted ? () => countedRatio(way, other, counted(program)) : undefined,
    isProgram: true,
  }));
  return { name, title, cases, summaries: [
    { name: 'geometric mean', of: geometricMean, toReach: toReach.mean, countedToReach: toReach.countedMean },
    { name: 'worst', of: (values) => Math.max(...values), toReach: toReach.worst, countedToReach: toReach.countedWorst },
  ] };
}

// SPDX-License-Identifier: MIT
// What a session without figures and breakpoints costs, and how soon the program hears of either.

import { fixturePath, lineOf } from '../../fixture.mjs';
import { paired, repeats } from '../setting.mjs';
import { debugged, plain } from '../ways.mjs';
import { inSession, timing } from '../client.mjs';
import { programsGroup } from './programs_group.mjs';

const busy = fixturePath('busy.lua');
const loops = [
  { name: 'a loop without calls', args: [], mark: 'loop' },
  { name: 'a loop over short coroutines', args: ['generating'], mark: 'yields' },
];

const running = (args, story) => inSession({ program: busy, args, memory: 'off' }, async (client) => {
  await client.prints('busy');
  return story(client);
});

const pause = (client) => timing(async () => {
  await client.request('pause', { threadId: 1 });
  await client.event('stopped');
});

const breakpoint = (mark) => (client) => timing(async () => {
  await client.setBreakpoints(busy, [{ line: lineOf('busy.lua', mark) }]);
  await client.event('stopped');
});

async function pauses(client) {
  const samples = [];
  for (let i = 0; i < repeats(); i++) {
    samples.push(await pause(client));
    await client.request('continue', { threadId: 1 });
  }
  return samples;
}

const programs = programsGroup({
  name: 'off', title: 'memory off, no breakpoint, over lua5.4', way: debugged(), other: plain,
  toReach: { each: 1.02, countedEach: 1.02, worst: 1.02, countedWorst: 1.02 },
});

export const off = { ...programs, cases: [
  ...programs.cases,
  ...loops.flatMap(({ name, args, mark }) => [
    { name: `pause in ${name}`, unit: 'ms', toReach: 50, samples: () => running(args, pauses) },
    { name: `a new breakpoint in ${name} stops`, unit: 'ms', toReach: 50, samples: paired(() => running(args, breakpoint(mark))) },
  ]),
] };

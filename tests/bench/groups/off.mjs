// SPDX-License-Identifier: MIT
// What a session without figures and breakpoints costs, and how soon the program hears of either.

import { fixturePath, lineOf } from '../../fixture.mjs';
import { paired, repeats } from '../setting.mjs';
import { debugged, plain } from '../ways.mjs';
import { inSession, timing } from '../client.mjs';
import { programsGroup } from './programs_group.mjs';

const busy = fixturePath('busy.lua'); // a loop without calls
const loop = lineOf('busy.lua', 'loop');

const running = (story) => inSession({ program: busy, memory: 'off' }, async (client) => {
  await client.prints('busy');
  return story(client);
});

const pause = (client) => timing(async () => {
  await client.request('pause', { threadId: 1 });
  await client.event('stopped');
});

const breakpoint = (client) => timing(async () => {
  await client.setBreakpoints(busy, [{ line: loop }]);
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
  { name: 'pause in a loop without calls', unit: 'ms', toReach: 50, samples: () => running(pauses) },
  { name: 'a new breakpoint in it stops', unit: 'ms', toReach: 50, samples: paired(() => running(breakpoint)) },
] };

// SPDX-License-Identifier: MIT
// What the figures of ten thousand lines take to be asked for, and breakpoints on a thousand.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { scratchFolder } from '../../programs.mjs';
import { inSession, timing } from '../client.mjs';
import { paired, repeats, size } from '../setting.mjs';

const LINES = 10_000, BREAKPOINTS = 1000;

const FOREVER = ['while true do', '  t[1] = { 3 }', 'end'];

/** A program of so many lines that each allocate, then two where it stops, then what it does until it is told to end. */
function write(path, loop) {
  const lines = Array.from({ length: size(LINES) }, () => 't[#t + 1] = { 1 }');
  writeFileSync(path, ['local t = {}', ...lines, 'print(#t)', 't[1] = { 2 }', 'print("loops")', ...loop].join('\n'));
  return { first: 2, stops: [lines.length + 2, lines.length + 3, lines.length + 4] };
}

/** A story with a session of that program. */
async function withLines(breakpointsAt, story, loop = FOREVER) {
  const folder = scratchFolder();
  const program = join(folder.path, 'lines.lua');
  try {
    const places = write(program, loop);
    const breakpoints = breakpointsAt(places).map((line) => ({ line }));
    return await inSession({ program, breakpoints }, (client) => story(client, { program, ...places }));
  } finally {
    folder.remove();
  }
}

async function stop(client) {
  const { threadId } = await client.event('stopped');
  return threadId;
}

async function lines(client, args) {
  const taken = [];
  for (let i = 0; i < Math.ceil(repeats() / 10); i++) taken.push(await timing(() => client.request('luaheat/lines', args())));
  return taken;
}

const ofNow = () => withLines(({ stops }) => stops.slice(0, 1), async (client) => {
  await stop(client);
  return lines(client, () => ({}));
});

/** From before the lines to after them. */
const betweenStops = () => withLines(({ first, stops }) => [first, stops[0]], async (client) => {
  const threadId = await stop(client);
  await client.request('continue', { threadId });
  await stop(client);
  const { stops } = await client.request('luaheat/snapshots');
  const [since, until] = stops.slice(-2).map(({ id }) => id);
  return lines(client, () => ({ since, until }));
});

/** KB of the event at the first stop after all lines have run (0), and at the next one, a line later (1). */
const heatAt = (which) => () => withLines(({ stops }) => stops.slice(0, 2), async (client) => {
  for (let i = 0; ; i++) {
    const threadId = await stop(client);
    let heat;
    do heat = await client.sizedEvent('luaheat/heat'); while (heat.message.body.stop === undefined);
    if (i === which) return heat.bytes / 1024;
    await client.request('continue', { threadId });
  }
});

const breakpoints = () => withLines(() => [], async (client, { program, first }) => {
  await client.prints('loops');
  const wanted = Array.from({ length: size(BREAKPOINTS) }, (_, i) => ({ line: first + i }));
  const taken = [];
  for (let i = 0; i < repeats(); i++) taken.push(await timing(() => client.setBreakpoints(program, wanted)));
  return taken;
});

/** For a second it looks how long it has not come to look, in ms of its own time: what others do on its core is not in it. */
const WATCHFUL = ['collectgarbage("stop")', 'local longest, last, over = 0, os.clock(), os.clock() + 1',
  'for round = 1, math.huge do',
  '  if round % 1000 == 0 then t[1] = { 3 } end',
  '  local now = os.clock()',
  '  if now - last > longest then longest = now - last end',
  '  last = now',
  '  if now > over then break end',
  'end', 'print(("longest %.3f ms"):format(1000 * longest))'];

/** `asks`: lines are asked for as long as the program runs. */
const longestPause = (asks) => () => withLines(() => [], async (client) => {
  await client.prints('loops');
  let isOver = false;
  const told = client.prints(/longest (\S+) ms/).then(([, longest]) => {
    isOver = true;
    return Number(longest);
  });
  while (asks && !isOver) await client.request('luaheat/lines').catch(() => {}); // the last may come too late
  return told;
}, WATCHFUL);

export const figures = { name: 'figures', title: 'ten thousand lines', cases: [
  { name: 'luaheat/lines of 10,000 lines', unit: 'ms', toReach: 10, samples: ofNow },
  { name: 'the same between two stops', unit: 'ms', toReach: 15, samples: betweenStops },
  { name: 'longest pause of a program whose lines are asked for', unit: 'ms', toReach: 1, samples: paired(longestPause(true)) },
  { name: 'the same with nobody asking', unit: 'ms', samples: paired(longestPause(false)) },
  { name: 'heat event at the stop after all 10,000', unit: 'KB', toReach: 100, samples: paired(heatAt(0)) },
  { name: 'heat event at the stop one line later', unit: 'KB', toReach: 100, samples: paired(heatAt(1)) },
  { name: 'setBreakpoints of 1,000 lines while it runs', unit: 'ms', toReach: 5, samples: breakpoints },
] };

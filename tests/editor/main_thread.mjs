// SPDX-License-Identifier: MIT
// What the main thread of a window does in a story, task by task, in ms of processor time: what else the machine does
// makes a task last longer, but no more work.

const CATEGORY = 'toplevel'; // of Chromium's tracing: each task of a thread as a whole
const TASK = 'ThreadControllerImpl::RunTask';

/** The tasks of the story, the heaviest first. */
export async function tasksOf(page, story) {
  const client = await page.context().newCDPSession(page);
  const events = [];
  client.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const told = new Promise((resolve) => client.once('Tracing.tracingComplete', resolve));
  await client.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: [CATEGORY] } });
  await story();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))); // the last frame is over
  await client.send('Tracing.end');
  await told;
  await client.detach();
  return tasksOfBusiest(events);
}

/** Views of extensions have threads of that name, too, and less to do. */
function tasksOfBusiest(events) {
  const idOf = ({ pid, tid }) => `${pid} ${tid}`;
  const mains = new Map(events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map((event) => [idOf(event), []]));
  for (const event of events) if (event.name === TASK && event.tdur !== undefined) mains.get(idOf(event))?.push(event.tdur / 1000);
  const [busiest] = [...mains.values()].toSorted((one, other) => sum(other) - sum(one));
  return busiest.toSorted((one, other) => other - one);
}

export function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

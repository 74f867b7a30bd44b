// SPDX-License-Identifier: MIT
// The texts of the page Memory. Those of the rest: texts.ts.

import { l10n } from 'vscode';

import type { FlameWords } from './pure/flame.ts';
import type { ComparisonWords } from './pure/page/comparison.ts';
import type { LargestWords } from './pure/page/largest.ts';
import type { LinesWords } from './pure/page/lines.ts';
import type { MeasurementsWords } from './pure/page/measurements.ts';
import type { PageWords } from './pure/page/page.ts';
import type { RetainersWords } from './pure/page/retainers.ts';
import type { StopsWords } from './pure/page/stops.ts';
import type { TimelineWords } from './pure/timeline.ts';
import { shortBytes } from './pure/units.ts';
import type { Units } from './pure/units.ts';
import { texts } from './texts.ts';

export const pageTexts = {
  pageWords: (): PageWords => ({
    title: l10n.t('Memory'),
    tabs: {
      lines: l10n.t('Lines'),
      measurements: l10n.t('Measurements'),
      stops: l10n.t('Stops'),
      comparison: l10n.t('Compare'),
      retainers: l10n.t('Who Holds It'),
      largest: l10n.t('Largest Tables'),
      strings: l10n.t('Equal Strings'),
      timeline: l10n.t('Timeline'),
      flame: l10n.t('Flame Graph'),
    },
    filter: l10n.t('Filter'),
    byFile: l10n.t('By file'),
    nothingFound: l10n.t('No matching rows.'),
  }),

  shows: () => l10n.t('Shows'),
  whyAlive: () => l10n.t('Who holds it?'),
  breakOnGrowth: () => l10n.t('Break when it grows'),

  linesWords: (metric: string, isMeasured: boolean): LinesWords => ({
    title: l10n.t('Lines'),
    line: l10n.t('Line'),
    text: l10n.t('Text'),
    own: l10n.t('own'),
    ownTip: metric,
    withCallees: l10n.t('with callees'),
    withCalleesTip: l10n.t('What the line did itself, and what happened in the calls that it made. An estimate; it is exact with "stacks": "all" in the launch configuration.'),
    retained: l10n.t('retained'),
    retainedTip: l10n.t('Allocated since the previous stop and still alive'),
    allocations: l10n.t('allocations'),
    nothing: isMeasured ? texts.nothingGrew() : l10n.t('Press F5 in a Lua file. Its lines are listed here, those that take most memory first.'),
  }),

  measurementsWords: (units: Units): MeasurementsWords => ({
    title: l10n.t('Measurements'),
    name: l10n.t('Measured'),
    retained: l10n.t('retained'),
    retainedTip: l10n.t('Allocated in a window and still alive at its end (the median of all windows). For a suspected leak: what each window leaves behind'),
    growth: l10n.t('growth'),
    allocated: l10n.t('allocated'),
    freed: l10n.t('freed'),
    trend: l10n.t('trend'),
    trendTip: l10n.t('By how much the growth rises from one window to the next'),
    course: l10n.t('over time'),
    note: l10n.t('details'),
    nothing: l10n.t('Nothing is measured yet. Right-click the number of a line and choose Lap Here: each time the program comes to the line one window ends and the next begins.'),
    otherLines: l10n.t('Other lines'),
    windows: l10n.t('Last windows'),
    heldNowhere: texts.suspect(),
    windowsOf: (windows, open) =>
      windows === 0 ? texts.measurementWithoutWindow(open) : windows === 1 ? l10n.t('1 window') : l10n.t('{0} windows', windows),
    windowName: (window) => l10n.t('Window {0}', window),
    windowHeap: (heap) => l10n.t('heap {0}', shortBytes(heap, units)),
    confidence: (word) => `${texts.suspect()}, ${texts.confidence(word)}`,
    lap: l10n.t('Lap now'),
    forget: l10n.t('Clear'),
  }),

  stopsWords: (): StopsWords => ({
    title: l10n.t('Stops'),
    stop: l10n.t('Stop'),
    reason: l10n.t('reason'),
    change: l10n.t('change'),
    heap: l10n.t('heap'),
    peak: l10n.t('peak'),
    nothing: l10n.t('No stop yet. Set a breakpoint or pause the program: each stop is listed here, to compare with others.'),
    compare: l10n.t('Compare...'),
    reasonOf: (reason) => texts.stopReason(reason),
  }),

  comparisonWords: (): ComparisonWords => ({
    title: l10n.t('Compare'),
    line: l10n.t('Line'),
    growth: l10n.t('growth'),
    born: l10n.t('new'),
    survived: l10n.t('survived'),
    gone: l10n.t('gone'),
    allocated: l10n.t('allocated'),
    freed: l10n.t('freed'),
    allocations: l10n.t('allocations'),
    text: l10n.t('Text'),
  }),
  since: () => l10n.t('From'),
  until: () => l10n.t('to'),

  nothingAsked: () => l10n.t('Stop the program, then choose "Who holds it?" in the row of a line, in its hover or in the menu of a variable.'),
  retainersWords: (): RetainersWords => ({
    title: l10n.t('Who Holds It'),
    path: l10n.t('Held by'),
    objects: l10n.t('objects'),
    bytes: l10n.t('bytes'),
    bytesTip: l10n.t('What the line has allocated in these objects'),
    value: l10n.t('value'),
    place: l10n.t('place'),
  }),

  largestWords: (): LargestWords => ({
    tables: l10n.t('Largest Tables'),
    strings: l10n.t('Equal Strings'),
    path: l10n.t('Path'),
    retained: l10n.t('retained'),
    retainedTip: l10n.t('Bytes that would be freed with the table'),
    own: l10n.t('itself'),
    entries: l10n.t('entries'),
    place: l10n.t('made by'),
    value: l10n.t('String'),
    saved: l10n.t('wasted'),
    savedTip: l10n.t('Bytes saved if there were only one copy'),
    count: l10n.t('how many'),
    each: l10n.t('each'),
  }),
  lookAgain: () => l10n.t('Look again'),
  ofStop: (stop: number) => l10n.t('At stop {0}.', stop),
  nothingLarge: () => l10n.t('Nothing found.'),
  noHeap: () => l10n.t('Debug a Lua program and stop it to see here what fills its heap.'),

  timelineWords: (): TimelineWords => ({
    heap: l10n.t('Heap'),
    time: l10n.t('Time'),
    stop: l10n.t('Stop'),
    stops: l10n.t('Stops'),
    line: l10n.t('Live bytes of'),
    noLine: l10n.t('no line'),
    zoomIn: l10n.t('Zoom in'),
    zoomOut: l10n.t('Zoom out'),
    zoomAll: l10n.t('Show all'),
    empty: l10n.t('Nothing measured yet'),
  }),

  flameWords: (): FlameWords => ({
    title: l10n.t('Who called whom to allocate memory'),
    metric: l10n.t('Figure'),
    metrics: { allocated: l10n.t('Allocated'), live: l10n.t('Live'), growth: l10n.t('Growth') },
    order: l10n.t('Order'),
    orders: { callees: l10n.t('With callees'), own: l10n.t('Own, by caller') },
    search: l10n.t('Find a function or file'),
    found: l10n.t('{0} found, {1} % of all'),
    all: l10n.t('All'),
    other: l10n.t('(smaller calls)'),
    own: l10n.t('itself {0}'),
    ofAll: l10n.t('{0} % of all'),
    zoomIn: l10n.t('Zoom in'),
    zoomOut: l10n.t('Zoom out'),
    goToLine: l10n.t('Go to line'),
    estimates: l10n.t('Estimated from {0} samples'),
    exact: l10n.t('Exact'),
    nothing: l10n.t('Nothing of this kind.'),
  }),
  flameNothingYet: () => l10n.t('Debug a Lua program: who called whom to allocate memory is drawn here.'),
  flameTooOld: () => l10n.t('This version of luaheat has no flame graph. Install a newer one.'),
  flameTooLate: () => l10n.t('The session ended before the flame graph was read. Run the program again.'),
  flameComing: () => l10n.t('One moment...'),
  flameOff: () => l10n.t('There is no flame graph: "stacks" is "off" in the launch configuration. Set it to "sampled" or "all".'),
};

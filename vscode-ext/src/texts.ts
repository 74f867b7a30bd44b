// SPDX-License-Identifier: MIT
// Every text a user can see that is not in package.nls.json. Translations: l10n/bundle.l10n.<language>.json.

import { l10n } from 'vscode';

import { plainText } from './pure/commandLinks.ts';
import type { HoverWords } from './pure/tables.ts';

export const texts = {
  debugCurrentFile: () => l10n.t('Debug current Lua file'),
  debugFile: (file: string) => l10n.t('Debug {0}', file),

  noLuaFile: () => l10n.t('There is no Lua file to debug: open one, then press F5 again.'),
  openFile: () => l10n.t('Open File...'),
  unsavedFile: () => l10n.t('The file must be saved before it can be debugged.'),
  save: () => l10n.t('Save...'),
  attachToProcess: () => l10n.t('Attach to a Lua program'),
  attachedTo: (name: string, pid: number) => l10n.t('Attach to {0} ({1})', name, String(pid)),
  pickDoor: () => l10n.t('Attach to which Lua program?'),
  doorHint: () => l10n.t('Name, process ID or path of a program that can be attached to'),
  noDoor: () => l10n.t('No Lua program of yours can be attached to now.'),
  takenDoor: () => l10n.t('already attached'),
  suspendedDoor: () => l10n.t('suspended'),
  refreshDoors: () => l10n.t('Look again'),
  howToAttach: () => l10n.t('How a program can be attached to'),
  opensDoor: () => l10n.t('It has to run: require("luaheat").listen()'),
  adapterSays: (reason: string) => l10n.t("Attaching cannot be prepared: Luaheat's debugger failed. {0}", reason),
  listenCopied: () => l10n.t('Copied: the program has to run these lines once, and can be attached to from then on.'),
  noPort: () => l10n.t("The launch configuration names a 'host' without a 'port'."),
  tokenUnreadable: (reason: string) => l10n.t("The file that 'tokenFile' names cannot be read: {0}", reason),
  noProgram: () => l10n.t("The launch configuration does not say which Lua file to run: it has no 'program'."),
  programMissing: (path: string) => l10n.t('There is no Lua file {0}. Check \'program\' and \'cwd\' in the launch configuration.', path),
  goToLine: (line: number) => l10n.t('Go to Line {0}', line),
  openLaunchConfiguration: () => l10n.t('Open launch.json'),

  adapterMissing: (platform: string) =>
    l10n.t(
      "Luaheat's debugger is missing: this package of the extension has none for {0}, and there is no program 'luaheat' in the PATH. Install the package of the extension for your platform, or build Luaheat and choose its program 'luaheat' ('luaheat-lua' must stand beside it).",
      platform,
    ),
  adapterWrong: (path: string) => l10n.t("The setting 'luaheat.adapterPath' names {0}, which cannot be run. Choose another program, or clear the setting.", path),
  adapterBroken: (reason: string) =>
    l10n.t(
      "Luaheat's debugger does not start: {0}. It needs Linux with glibc 2.31 or newer. Another build of it can be chosen ('luaheat-lua' must stand beside its 'luaheat').",
      reason,
    ),
  copyCommand: () => l10n.t('Copy Command'),
  chooseAdapter: () => l10n.t('Choose Debugger...'),
  chooseAdapterTitle: () => l10n.t("Choose the program 'luaheat'"),
  openSettings: () => l10n.t('Open Settings'),

  showLines: () => l10n.t('Show Lines'),
  endedWithoutStop: (place: string, bytes: string) =>
    l10n.t('The program has ended. Most of the memory still in use came from {0}: {1}. The heat beside the lines shows the rest.', place, bytes),

  older: () => l10n.t('file edited'),
  earlier: () => l10n.t('earlier'),
  hoverEarlier: () => l10n.t('Nothing has grown since the previous stop. These figures are from before it.'),
  level: (level: number) => l10n.t('heat {0} of 5', level),
  hoverTitle: (bytes: string, metric: string) => l10n.t('**{0}** · {1}', bytes, metric),
  below: (bytes: string) => l10n.t('↳ {0} in calls', bytes),
  hoverBelow: (bytes: string) => l10n.t('{0} in the calls this line makes', bytes),
  hoverOlder: () => l10n.t('This file was edited after the program loaded it. The figures belong to the loaded text.'),
  hoverReveal: () => l10n.t('Hottest lines'),
  hoverRevealTip: () => l10n.t('Show this line among the hottest lines'),
  hoverBreakpoint: () => l10n.t('Breakpoint'),
  hoverBreakpointTip: () => l10n.t('Set a breakpoint on this line, or take it away'),
  hoverTimeline: () => l10n.t('Heap timeline'),
  hoverTimelineTip: () => l10n.t('Show how the heap went, with the stops'),
  hoverMeasure: () => l10n.t('Measure from here'),
  hoverMeasureTip: () => l10n.t('Measure from this line to the next time the program comes here, or to the line where you choose Measure to Here'),
  hoverMeasureTo: () => l10n.t('Measure to here'),
  hoverMeasureToTip: () => l10n.t('End the measurement at this line'),
  hoverLap: () => l10n.t('Lap here'),
  hoverLapTip: () => l10n.t('Measure every round: from this line to the next time the program comes here'),

  suspect: () => l10n.t('suspected leak'),
  hoverSuspect: () => l10n.t('**Suspected leak**'),
  heldBy: (holder: string) => l10n.t('held by {0}', holder),
  evidence: (measurement: string, perWindow: string, kept: string, confidence: string) =>
    l10n.t('{0} keeps {1} B of each window, {2} B in all; {3}', measurement, perWindow, kept, confidence),
  confidence: (word: string) => (word === 'certain' ? l10n.t('certain') : l10n.t('likely')),

  measurementWithoutWindow: (open: number) => (open > 0 ? l10n.t('the first window has not ended') : l10n.t('no window yet')),
  measuredLabel: (place: string, bytes: string) => l10n.t('{0}: {1}', place, bytes),
  measurementName: () => l10n.t('Name of the measurement. Its window ends now, and the next begins.'),
  newMeasurement: () => l10n.t('lap'),
  clearMeasurement: () => l10n.t('Clear the windows of which measurement?'),
  measuredFromHere: (place: string) => l10n.t('Measures from {0} to the next time there. Measure to Here sets another end.', place),
  measuredLaps: (place: string) => l10n.t('Measures each round from {0}', place),
  measuredBetween: (from: string, to: string) => l10n.t('Measures from {0} to {1}', from, to),
  measuredNoMore: () => l10n.t('No longer measured'),
  nothingToEnd: () => l10n.t('Choose where to measure from first: Measure from Here.'),
  pickMeasurementToEnd: () => l10n.t('Which measurement ends here?'),
  removeMeasuredTitle: () => l10n.t('Which measurement is to be removed?'),
  showMeasurements: () => l10n.t('Measurements'),
  showMeasurementsTip: () => l10n.t('Show what has been measured'),
  removeMeasured: () => l10n.t('Remove'),
  removeMeasuredTip: () => l10n.t('Stop measuring here'),

  nothingGrew: () => l10n.t('No line grew.'),
  lineTip: (source: string, line: number) => l10n.t('{0}, line {1}', source, line),

  stopLabel: (number: number, place: string) => l10n.t('{0}: {1}', number, place),
  endLabel: (code: number) => l10n.t('Ended with exit code {0}', code),
  endByUser: () => l10n.t('Ended by its user'),
  endByLeaving: () => l10n.t('Disconnected'),
  stopReason: (reason: string) => stopReasons()[reason] ?? reason,

  statusName: () => l10n.t('Luaheat: heap'),
  heapNow: (heap: string, change: string) => l10n.t('{0} ({1})', heap, change),
  statusTip: (heap: string, change: string, peak: string) => l10n.t('Heap: {0}\n\nChange since the previous stop: {1}\n\nPeak: {2}', heap, change, peak),
  statusAccessible: (heap: string, change: string) => l10n.t('Heap {0}, change since the previous stop {1}', heap, change),

  actions: () => l10n.t('Memory figures'),
  threshold: () => l10n.t('Least number of bytes that makes a line hot, such as 500 or 10 KB'),
  noHotLine: () => l10n.t('This file has no hot line.'),
  linesCopied: (count: number) => l10n.t('{0} lines copied.', count),

  hoverWhyAlive: () => l10n.t('Who holds it?'),
  hoverWhyAliveTip: () => l10n.t('Show who holds what this line has allocated'),
  onlyStopped: () => l10n.t('The program must be stopped for this: pause it, or set a breakpoint.'),
  noLineOfProgram: () => l10n.t('Stop a Lua program, put the cursor on a line that it has run, and choose Who Holds It? again.'),
  noExpression: (name: string) => l10n.t('The debugger cannot look up {0}. Try the variable that contains it.', name),
  lookingForHolders: () => l10n.t('Searching the heap...'),
  heldObjects: (found: number, groups: number) => l10n.t('Alive objects of this line: {0}. Holders: {1}.', found, groups),
  heldObject: (groups: number) => l10n.t('Holders of this object: {0}.', groups),
  heldByNobody: (isOfLine: boolean) =>
    isOfLine
      ? l10n.t('Nothing holds an object made by this line. What is still live is garbage not yet collected, or compiled code.')
      : l10n.t('Nothing but the debugger holds this object.'),
  moreHolders: (count: number) => l10n.t('{0} more are not listed.', count),
  unseenFrames: (count: number) => l10n.t('The stack is so deep that {0} of its frames were not looked at.', count),

  hoverBreakOnGrowth: () => l10n.t('Break when it grows'),
  hoverBreakOnGrowthTip: () => l10n.t('Stop the program when this line\'s memory grows by more than a size you choose'),
  breakOnGrowthTitle: (file: string, line: number) => l10n.t('Break when {0}:{1} grows', file, line),
  breakOnGrowthPrompt: () => l10n.t('Stop when the line\'s memory has grown by more than this since the previous stop. Examples: 500, 100 KB, 1.5 MiB'),
  sizeWrong: () => l10n.t('Type a number of bytes of at least 1, such as 500, 10 KB or 1.5 MiB.'),
  noFileToBreakIn: () => l10n.t('Memory breakpoints and measurements need a line of a file: put the cursor on one first.'),
  aboveGrowth: (bytes: string) => l10n.t('grows by more than {0}', bytes),
  memoryBreakpointTip: (path: string, line: number, bytes: string) =>
    l10n.t('{0}, line {1}\nStops the program when the line\'s memory has grown by more than {2} since the previous stop', path, line, bytes),

  comparedHeap: (before: string, after: string, change: string) => l10n.t('Heap: {0} → {1} ({2})', before, after, change),
  nothingChanged: () => l10n.t('No line has changed.'),
  notCompared: () => l10n.t('The debugger cannot compare stops.'),
  noStops: () => l10n.t('There are no stops to compare: debug a Lua program and stop it first.'),
  compareTooLate: () => l10n.t('The program has ended, so its stops cannot be compared. Run it again, and compare before it ends.'),
  pickStop: () => l10n.t('Compare which stop?'),
  pickOtherStop: (number: number) => l10n.t('Compare stop {0} with which other?', number),
  startOfProgram: () => l10n.t('Start of the program'),

  nothingToCollect: () => l10n.t('No Lua program is being debugged whose garbage could be collected.'),
  collected: (bytes: string) => l10n.t('{0} of garbage collected', bytes),

  nothingToExport: () => l10n.t('There are no memory figures to export: debug a Lua program first.'),
  heapSnapshotTitle: () => l10n.t('Save the heap snapshot'),
  nothingStopped: () => l10n.t('To save the heap, stop the program first: pause it, or set a breakpoint.'),
  exportTitle: () => l10n.t('Export the memory profile'),
  exportTooLate: () => l10n.t('The program has ended, and the debugger with it, before the profile was written. Run the program again to export it.'),
  exportOverSource: (path: string) => l10n.t('Cannot export to {0}: that is a source file of the program. Choose another name.', path),
  exported: (path: string) => l10n.t('The memory profile is in {0}.', path),
  exportedElsewhere: (path: string, host: string) => l10n.t('The memory profile is in {0} on {1}, where the debugger is.', path, host),
  openExport: () => l10n.t('Open'),
  exportPage: (file: string) => l10n.t('Memory: {0}', file),

  hoverWords: (): HoverWords => ({
    sinceStop: l10n.t('this stop'),
    wholeRun: l10n.t('whole run'),
    growth: l10n.t('growth'),
    allocated: l10n.t('allocated'),
    freed: l10n.t('freed'),
    live: l10n.t('live'),
    retained: l10n.t('retained'),
    atPeak: l10n.t('at peak'),
    allocations: l10n.t('allocations'),
    averageSize: l10n.t('average size'),
    growthWithCallees: l10n.t('growth with callees'),
    allocatedWithCallees: l10n.t('allocated with callees'),
    kind: (kind) => `*${plainText(kinds()[kind] ?? kind)}*`,
  }),
  kind: (kind: string) => kinds()[kind] ?? kind,

};

function kinds(): Readonly<Record<string, string>> {
  return {
    string: l10n.t('strings'),
    table: l10n.t('tables'),
    function: l10n.t('functions'),
    userdata: l10n.t('userdata'),
    thread: l10n.t('threads'),
    upvalue: l10n.t('upvalues'),
    proto: l10n.t('compiled code'),
    buffer: l10n.t('buffers'),
  };
}

function stopReasons(): Readonly<Record<string, string>> {
  return {
    breakpoint: l10n.t('breakpoint'),
    step: l10n.t('step'),
    pause: l10n.t('pause'),
    entry: l10n.t('entry'),
    exception: l10n.t('error'),
    'memory limit': l10n.t('memory limit'),
  };
}

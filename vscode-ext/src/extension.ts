// SPDX-License-Identifier: MIT
// Where VS Code comes in: makes the parts, introduces them to one another and registers them.

import { debug, DebugConfigurationProviderTriggerKind, languages, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext, Memento } from 'vscode';

import { MemoryBreakpoints } from './breakpoints/memoryBreakpoints.ts';
import { memoryBreakpointCommands } from './breakpoints/memoryBreakpointCommands.ts';
import { sourceBreakpointCommands } from './breakpoints/sourceBreakpoints.ts';
import { generalCommands, registerCommands } from './commands.ts';
import type { Commands } from './commands.ts';
import { exportCommands } from './export/exportCommand.ts';
import { Exporting } from './export/exporting.ts';
import { choiceCommands, lineCommands } from './heat/commands.ts';
import { HeatDecorations } from './heat/decorations.ts';
import { DocumentHeats } from './heat/documentHeat.ts';
import { pointedAt } from './heat/expressions.ts';
import { HeatHover } from './heat/hover.ts';
import { HeatInlayHints, InlineValues } from './heat/inline.ts';
import { LinesTab } from './heat/linesTab.ts';
import { adapterCommands, AdapterFactory } from './launch/adapter.ts';
import { ConfigurationProvider, DynamicConfigurations, launchCommands } from './launch/configurations.ts';
import { attachCommands } from './launch/picker.ts';
import { MeasuredGlyphs } from './measuring/glyphs.ts';
import { KeptMeasuredLines, measuredLineCommands } from './measuring/measuredLines.ts';
import { MeasurementsTab } from './measuring/measurementsTab.ts';
import { measurementCommands, Measuring } from './measuring/measuring.ts';
import { DEBUG_TYPE } from './pure/launch.ts';
import type { TabId } from './pure/page/page.ts';
import { Refresh } from './refresh.ts';
import { Sessions } from './sessions/sessions.ts';
import { SourceLines } from './sessions/sourceLines.ts';
import { CurrentTexts } from './sessions/sourceTexts.ts';
import { readSettings, SECTION } from './settings.ts';
import type { Settings } from './settings.ts';
import { FirstContact, sampleCommands } from './sideBar/firstContact.ts';
import { SummaryView } from './sideBar/summaryView.ts';
import { comparisonCommands, ComparisonTab } from './stops/comparisonTab.ts';
import { EQUAL_STRINGS, LARGEST_TABLES, largestCommands, LargestTab } from './stops/largestTab.ts';
import { retainerCommands, RetainersTab } from './stops/retainersTab.ts';
import { StopsTab } from './stops/stopsTab.ts';
import { FlameTab } from './views/flameTab.ts';
import { HeapStatus } from './views/heap.ts';
import { memoryCommands, MemoryPage } from './views/memoryPage.ts';
import { timelineCommands, TimelineTab } from './views/timelineTab.ts';

/** Documents that may have heat: files, and code without a file, which VS Code has from the session. */
const HEATED = [{ scheme: 'file' }, { scheme: 'debug' }];

export function activate(context: ExtensionContext): void {
  const start = process.cpuUsage();
  let settings = readSettings();
  const parts = makeParts(context, () => settings);
  const { log, refresh } = parts;
  context.subscriptions.push(
    log,
    ...watched(parts).flatMap((part) => part.watch()),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(SECTION)) return;
      settings = readSettings();
      refresh.now();
    }),
    ...debuggerOf(parts),
    ...editorFeaturesOf(parts),
    ...registerCommands({ ...commandsOf(parts), ...sampleCommands(context) }),
  );
  const { user, system } = process.cpuUsage(start);
  log.debug(`activated in ${((user + system) / 1000).toFixed(2)} ms of processor time`);
}

type Parts = ReturnType<typeof makeParts>;

function makeParts({ extensionUri, globalState, workspaceState }: ExtensionContext, settings: () => Settings) {
  const log = window.createOutputChannel('Luaheat', { log: true });
  const sessions = new Sessions();
  const currentTexts = new CurrentTexts();
  const sources = new SourceLines(sessions, currentTexts);
  const heats = new DocumentHeats(sources, settings);
  const decorations = new HeatDecorations(heats, settings, log);
  const hints = new HeatInlayHints(heats, settings);
  const inlineValues = new InlineValues(heats, settings);
  const memoryBreakpoints = new MemoryBreakpoints(sessions, workspaceState);
  const tabs = makeTabs(sessions, sources, settings);
  const memory = new MemoryPage(tabs, sessions, settings, extensionUri);
  const summary = new SummaryView({ sessions, sources, breakpoints: memoryBreakpoints, settings });
  const status = new HeapStatus(sessions, settings);
  return {
    log,
    sessions,
    currentTexts,
    sources,
    heats,
    decorations,
    hints,
    inlineValues,
    memoryBreakpoints,
    tabs,
    memory,
    summary,
    status,
    settings,
    firstContact: new FirstContact({ sessions, sources, settings, state: globalState, show: (tab) => memory.show(tab) }),
    ...makeMeasuring(sessions, workspaceState),
    exporting: new Exporting(sessions),
    adapters: new AdapterFactory(extensionUri.fsPath),
    refresh: new Refresh({ sessions, sources, heats, currentTexts, decorations, log, views: [hints, inlineValues, summary, memory, status] }),
  };
}

function makeMeasuring(sessions: Sessions, state: Memento) {
  const measured = new KeptMeasuredLines(sessions, state);
  return { measuring: new Measuring(sessions), measured, glyphs: new MeasuredGlyphs(measured) };
}

function makeTabs(sessions: Sessions, sources: SourceLines, settings: () => Settings) {
  return {
    lines: new LinesTab(sessions, sources, settings),
    measurements: new MeasurementsTab(sessions, sources, settings),
    stops: new StopsTab(sessions, sources),
    comparison: new ComparisonTab(sessions, sources, settings),
    retainers: new RetainersTab(sessions, sources),
    largest: new LargestTab(sessions, sources, LARGEST_TABLES),
    strings: new LargestTab(sessions, sources, EQUAL_STRINGS),
    timeline: new TimelineTab(sessions, settings),
    flame: new FlameTab(sessions),
  };
}

/** Those that follow what happens in VS Code, or have something to dispose of. */
function watched({ sessions, currentTexts, firstContact, measuring, exporting, memoryBreakpoints, measured, glyphs, decorations, summary, tabs, memory, status, refresh }: Parts): readonly { watch(): Disposable[] }[] {
  return [sessions, currentTexts, measuring, firstContact, exporting, memoryBreakpoints, measured, glyphs, decorations, summary, tabs.flame, memory, status, refresh];
}

function debuggerOf({ adapters, sessions }: Parts): Disposable[] {
  const { Dynamic } = DebugConfigurationProviderTriggerKind;
  return [
    debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, adapters),
    debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, sessions),
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, new ConfigurationProvider((scope) => adapters.ensure(scope))),
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, new DynamicConfigurations(), Dynamic),
  ];
}

function editorFeaturesOf({ heats, hints, inlineValues }: Parts): Disposable[] {
  return [
    languages.registerHoverProvider(HEATED, new HeatHover(heats)),
    languages.registerInlayHintsProvider(HEATED, hints),
    languages.registerInlineValuesProvider({ language: 'lua' }, inlineValues),
    languages.registerEvaluatableExpressionProvider({ language: 'lua' }, pointedAt),
  ];
}

function commandsOf({ adapters, sessions, sources, heats, settings, tabs, memory, measuring, exporting, memoryBreakpoints, measured }: Parts): Commands {
  const show = (tab: TabId, row?: string): Promise<void> => memory.show(tab, row);
  return {
    ...choiceCommands(sessions),
    ...comparisonCommands({ sessions, sources, comparison: tabs.comparison, show }),
    ...exportCommands(sessions, exporting),
    ...largestCommands({ largest: tabs.largest, strings: tabs.strings, show }),
    ...lineCommands({ sources, heats, lines: tabs.lines, show, settings }),
    ...measurementCommands(sessions, measuring),
    ...measuredLineCommands({ measured, sessions, sources }),
    ...memoryBreakpointCommands({ breakpoints: memoryBreakpoints, sessions, sources }),
    ...retainerCommands({ sessions, sources, retainers: tabs.retainers, show }),
    ...memoryCommands(memory),
    ...timelineCommands(tabs.timeline),
    ...sourceBreakpointCommands(),
    ...launchCommands(),
    ...attachCommands(adapters),
    ...adapterCommands(),
    ...generalCommands(sessions),
  };
}

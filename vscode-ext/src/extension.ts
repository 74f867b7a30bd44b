// SPDX-License-Identifier: MIT
// Where VS Code comes in: makes the parts, introduces them to one another and registers them.

import { debug, DebugConfigurationProviderTriggerKind, languages, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext } from 'vscode';

import { MemoryBreakpoints } from './breakpoints/memoryBreakpoints.ts';
import { memoryBreakpointCommands, MemoryBreakpointsView } from './breakpoints/memoryBreakpointsView.ts';
import { sourceBreakpointCommands } from './breakpoints/sourceBreakpoints.ts';
import { generalCommands, registerCommands } from './commands.ts';
import type { Commands } from './commands.ts';
import { exportCommands } from './export/exportCommand.ts';
import { Exporting } from './export/exporting.ts';
import { choiceCommands, lineCommands } from './heat/commands.ts';
import { HeatDecorations } from './heat/decorations.ts';
import { DocumentHeats } from './heat/documentHeat.ts';
import { HottestLinesView } from './heat/hottestLinesView.ts';
import { HeatHover } from './heat/hover.ts';
import { HeatInlayHints, InlineValues } from './heat/inline.ts';
import { adapterCommands, AdapterFactory } from './launch/adapter.ts';
import { ConfigurationProvider, DynamicConfigurations, launchCommands } from './launch/configurations.ts';
import { attachCommands } from './launch/picker.ts';
import { MeasurementsView } from './measuring/measurementsView.ts';
import { measurementCommands, Measuring } from './measuring/measuring.ts';
import { DEBUG_TYPE } from './pure/launch.ts';
import { Refresh } from './refresh.ts';
import { Sessions } from './sessions/sessions.ts';
import { SourceLines } from './sessions/sourceLines.ts';
import { CurrentTexts } from './sessions/sourceTexts.ts';
import { readSettings, SECTION } from './settings.ts';
import type { Settings } from './settings.ts';
import { comparisonCommands, ComparisonView } from './stops/comparison.ts';
import { largestCommands } from './stops/largest.ts';
import { retainerCommands, RetainersView } from './stops/retainers.ts';
import { StopsView } from './stops/stopsView.ts';
import { HeapStatus, TimelineView } from './views/heap.ts';

export function activate(context: ExtensionContext): void {
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
    ...registerCommands(commandsOf(parts)),
  );
}

type Parts = ReturnType<typeof makeParts>;

function makeParts({ extensionUri, workspaceState }: ExtensionContext, settings: () => Settings) {
  const log = window.createOutputChannel('Luaheat', { log: true });
  const sessions = new Sessions();
  const currentTexts = new CurrentTexts();
  const sources = new SourceLines(sessions, currentTexts);
  const heats = new DocumentHeats(sources, settings);
  const decorations = new HeatDecorations(heats, settings, log);
  const hints = new HeatInlayHints(heats, settings);
  const memoryBreakpoints = new MemoryBreakpoints(sessions, workspaceState);
  const sideBar = {
    hottest: new HottestLinesView(sessions, sources, settings),
    measurements: new MeasurementsView(sessions, sources, settings),
    stops: new StopsView(sessions, sources, settings),
    comparison: new ComparisonView(sessions, sources, settings),
    retainers: new RetainersView(sessions, sources),
    memoryBreakpoints: new MemoryBreakpointsView(memoryBreakpoints, sessions, sources, settings),
  };
  const status = new HeapStatus(sessions, settings);
  const timeline = new TimelineView(sessions, settings, extensionUri);
  return {
    log,
    sessions,
    currentTexts,
    sources,
    heats,
    decorations,
    hints,
    memoryBreakpoints,
    sideBar,
    status,
    timeline,
    settings,
    measuring: new Measuring(sessions),
    exporting: new Exporting(sessions),
    adapters: new AdapterFactory(extensionUri.fsPath),
    refresh: new Refresh({ sessions, sources, heats, currentTexts, decorations, log, views: [hints, ...Object.values(sideBar), status, timeline] }),
  };
}

/** Those that follow what happens in VS Code, or have something to dispose of. */
function watched({ sessions, currentTexts, measuring, exporting, memoryBreakpoints, decorations, sideBar, status, timeline, refresh }: Parts): readonly { watch(): Disposable[] }[] {
  return [sessions, currentTexts, measuring, exporting, memoryBreakpoints, decorations, ...Object.values(sideBar), status, timeline, refresh];
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

function editorFeaturesOf({ heats, hints, timeline }: Parts): Disposable[] {
  return [
    languages.registerHoverProvider({ scheme: 'file' }, new HeatHover(heats)),
    languages.registerInlayHintsProvider({ scheme: 'file' }, hints),
    languages.registerInlineValuesProvider({ language: 'lua' }, new InlineValues()),
    window.registerWebviewViewProvider('luaheat.timeline', timeline),
  ];
}

function commandsOf({ adapters, sessions, sources, heats, settings, sideBar, measuring, exporting, memoryBreakpoints }: Parts): Commands {
  return {
    ...choiceCommands(sessions),
    ...comparisonCommands(sessions, sources, sideBar.comparison),
    ...exportCommands(sessions, exporting),
    ...largestCommands(sessions, sources),
    ...lineCommands({ sources, heats, hottest: sideBar.hottest, settings }),
    ...measurementCommands(sessions, measuring),
    ...memoryBreakpointCommands({ breakpoints: memoryBreakpoints, sessions, sources }),
    ...retainerCommands({ sessions, sources, retainers: sideBar.retainers }),
    ...sourceBreakpointCommands(),
    ...launchCommands(),
    ...attachCommands(adapters),
    ...adapterCommands(),
    ...generalCommands(sessions),
  };
}

// SPDX-License-Identifier: MIT
// Where VS Code comes in: makes the parts, introduces them to one another and registers them.

import { debug, DebugConfigurationProviderTriggerKind, languages, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext } from 'vscode';

import { adapterCommands, AdapterFactory } from './adapterFactory.ts';
import { choiceCommands } from './commands/choices.ts';
import { comparisonCommands } from './commands/comparison.ts';
import { exportCommands } from './commands/exports.ts';
import { lineCommands } from './commands/lines.ts';
import { measurementCommands } from './commands/measurements.ts';
import { memoryBreakpointCommands } from './commands/memoryBreakpoints.ts';
import { retainerCommands } from './commands/retainers.ts';
import { generalCommands, registerCommands } from './commands.ts';
import type { Commands } from './commands.ts';
import { ComparisonView } from './comparisonView.ts';
import { ConfigurationProvider, DynamicConfigurations } from './configurationProvider.ts';
import { launchCommands } from './debugFile.ts';
import { DocumentHeats } from './documentHeat.ts';
import { Exporting } from './exporting.ts';
import { HeatDecorations } from './heatDecorations.ts';
import { HottestLinesView } from './hottestLinesView.ts';
import { HeatHover } from './hover.ts';
import { HeatInlayHints } from './inlayHints.ts';
import { InlineValues } from './inlineValues.ts';
import { MeasurementsView } from './measurementsView.ts';
import { Measuring } from './measuring.ts';
import { MemoryBreakpoints } from './memoryBreakpoints.ts';
import { MemoryBreakpointsView } from './memoryBreakpointsView.ts';
import { DEBUG_TYPE } from './pure/launchConfiguration.ts';
import { Refresh } from './refresh.ts';
import { RetainersView } from './retainersView.ts';
import { Sessions } from './sessions.ts';
import { readSettings, SECTION } from './settings.ts';
import type { Settings } from './settings.ts';
import { sourceBreakpointCommands } from './sourceBreakpoints.ts';
import { SourceLines } from './sourceLines.ts';
import { HeapStatus } from './statusBar.ts';
import { StopsView } from './stopsView.ts';
import { CurrentTexts } from './currentTexts.ts';
import { TimelineView } from './timelineView.ts';

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

function commandsOf({ sessions, sources, heats, settings, sideBar, measuring, exporting, memoryBreakpoints }: Parts): Commands {
  return {
    ...choiceCommands(sessions),
    ...comparisonCommands(sessions, sources, sideBar.comparison),
    ...exportCommands(sessions, exporting),
    ...lineCommands({ sources, heats, hottest: sideBar.hottest, settings }),
    ...measurementCommands(sessions, measuring),
    ...memoryBreakpointCommands({ breakpoints: memoryBreakpoints, sessions, sources }),
    ...retainerCommands({ sessions, sources, retainers: sideBar.retainers }),
    ...sourceBreakpointCommands(),
    ...launchCommands(),
    ...adapterCommands(),
    ...generalCommands(sessions),
  };
}

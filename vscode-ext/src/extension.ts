// SPDX-License-Identifier: MIT
// Where VS Code comes in: makes the parts, introduces them to one another and registers them.

import { commands, debug, DebugConfigurationProviderTriggerKind, languages, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext } from 'vscode';

import { AdapterFactory } from './adapterFactory.ts';
import { choiceCommands } from './commands/choices.ts';
import { comparisonCommands } from './commands/comparison.ts';
import { exportCommands } from './commands/exports.ts';
import { lineCommands } from './commands/lines.ts';
import { measurementCommands } from './commands/measurements.ts';
import { memoryBreakpointCommands } from './commands/memoryBreakpoints.ts';
import { retainerCommands } from './commands/retainers.ts';
import { sessionCommands } from './commands/session.ts';
import { ComparisonView } from './comparisonView.ts';
import { ConfigurationProvider, DynamicConfigurations } from './configurationProvider.ts';
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
import { HeapStatus } from './statusBar.ts';
import { StopsView } from './stopsView.ts';
import { TextsNow } from './textsNow.ts';
import { TimelineView } from './timelineView.ts';

export function activate({ subscriptions, extensionUri, workspaceState }: ExtensionContext): void {
  let settings = readSettings();
  const chosen = (): Settings => settings;

  const log = window.createOutputChannel('Luaheat', { log: true });
  const sessions = new Sessions();
  const measuring = new Measuring(sessions);
  const exporting = new Exporting(sessions);
  const memoryBreakpoints = new MemoryBreakpoints(sessions, workspaceState);
  const adapters = new AdapterFactory(extensionUri.fsPath);
  const textsNow = new TextsNow();
  const heats = new DocumentHeats(sessions, textsNow, chosen);
  const decorations = new HeatDecorations(heats, chosen, log);
  const hints = new HeatInlayHints(heats, chosen);
  const views = sideBar({ sessions, heats, memoryBreakpoints, settings: chosen });
  const status = new HeapStatus(sessions, chosen);
  const timeline = new TimelineView(sessions, chosen, extensionUri);
  const refresh = new Refresh({ sessions, heats, textsNow, decorations, log, parts: [hints, ...Object.values(views), status, timeline] });

  subscriptions.push(
    log,
    ...[sessions, textsNow, measuring, exporting, memoryBreakpoints, decorations, ...Object.values(views), status, timeline, refresh].flatMap((part) => part.watch()),
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(SECTION)) return;
      settings = readSettings();
      refresh.now();
    }),
    ...debuggerOf(adapters, sessions),
    languages.registerHoverProvider({ scheme: 'file' }, new HeatHover(heats)),
    languages.registerInlayHintsProvider({ scheme: 'file' }, hints),
    languages.registerInlineValuesProvider({ language: 'lua' }, new InlineValues()),
    window.registerWebviewViewProvider('luaheat.timeline', timeline),
    ...Object.entries({
      ...choiceCommands(sessions),
      ...comparisonCommands(sessions, heats, views.comparison),
      ...exportCommands(sessions, exporting),
      ...lineCommands({ heats, hottest: views.hottest, settings: chosen }),
      ...measurementCommands(sessions, measuring),
      ...memoryBreakpointCommands({ breakpoints: memoryBreakpoints, sessions, heats }),
      ...retainerCommands({ sessions, heats, retainers: views.retainers }),
      ...sessionCommands(sessions),
    }).map(([name, command]) => commands.registerCommand(name, command)),
  );
}

interface SideBarNeeds {
  readonly sessions: Sessions;
  readonly heats: DocumentHeats;
  readonly memoryBreakpoints: MemoryBreakpoints;
  readonly settings: () => Settings;
}

function sideBar({ sessions, heats, memoryBreakpoints, settings }: SideBarNeeds) {
  return {
    hottest: new HottestLinesView(sessions, heats, settings),
    measurements: new MeasurementsView(sessions, heats, settings),
    stops: new StopsView(sessions, heats, settings),
    comparison: new ComparisonView(sessions, heats, settings),
    retainers: new RetainersView(sessions, heats),
    memoryBreakpoints: new MemoryBreakpointsView(memoryBreakpoints, sessions, heats, settings),
  };
}

function debuggerOf(adapters: AdapterFactory, sessions: Sessions): Disposable[] {
  const { Dynamic } = DebugConfigurationProviderTriggerKind;
  return [
    debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, adapters),
    debug.registerDebugAdapterTrackerFactory(DEBUG_TYPE, sessions),
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, new ConfigurationProvider(adapters)),
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, new DynamicConfigurations(), Dynamic),
  ];
}

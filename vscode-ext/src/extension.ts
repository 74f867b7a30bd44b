// SPDX-License-Identifier: MIT
// Where VS Code comes in: makes the parts, introduces them to one another and registers them.

import { commands, debug, DebugConfigurationProviderTriggerKind, languages } from 'vscode';
import type { Disposable, ExtensionContext } from 'vscode';

import { AdapterFactory } from './adapterFactory.ts';
import { sessionCommands } from './commands/session.ts';
import { ConfigurationProvider, DynamicConfigurations } from './configurationProvider.ts';
import { InlineValues } from './inlineValues.ts';
import { DEBUG_TYPE } from './pure/launchConfiguration.ts';

export function activate({ subscriptions, extensionUri }: ExtensionContext): void {
  subscriptions.push(
    ...debuggerOf(new AdapterFactory(extensionUri.fsPath)),
    languages.registerInlineValuesProvider({ language: 'lua' }, new InlineValues()),
    ...Object.entries(sessionCommands()).map(([name, command]) => commands.registerCommand(name, command)),
  );
}

function debuggerOf(adapters: AdapterFactory): Disposable[] {
  const { Dynamic } = DebugConfigurationProviderTriggerKind;
  return [
    debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, adapters),
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, new ConfigurationProvider(adapters)),
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, new DynamicConfigurations(), Dynamic),
  ];
}

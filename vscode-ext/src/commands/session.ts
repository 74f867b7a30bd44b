// SPDX-License-Identifier: MIT
// Commands about a whole session, and the list of all commands behind the status bar.

import { basename, dirname } from 'node:path';

import { commands, debug, window, workspace } from 'vscode';
import type { DebugConfiguration, Uri } from 'vscode';

import { chooseAdapter } from '../adapterFactory.ts';
import { launchOfCurrentFile } from '../pure/launchConfiguration.ts';
import type { Sessions } from '../sessions.ts';
import { commandTitles } from '../settingTitles.ts';
import { texts } from '../texts.ts';

type Command = (...given: never[]) => Promise<void>;

const NOT_LISTED = new Set([
  'luaheat.showActions',
  'luaheat.debugFile',
  'luaheat.chooseAdapter',
  // Not always possible, and in their view:
  'luaheat.whyAlive',
  'luaheat.breakOnGrowth',
  'luaheat.removeMemoryBreakpoint',
  'luaheat.compareStops',
  'luaheat.lapMeasurement',
  'luaheat.clearMeasurement',
  'luaheat.refreshMeasurements',
]);

export function sessionCommands(sessions: Sessions): Readonly<Record<string, Command>> {
  return {
    'luaheat.debugFile': debugFile,
    'luaheat.clear': () => {
      sessions.clear();
      return Promise.resolve();
    },
    'luaheat.showTimeline': showTimeline,
    'luaheat.showActions': showActions,
    'luaheat.chooseAdapter': async () => {
      await chooseAdapter();
    },
  };
}

async function debugFile(uri?: Uri): Promise<void> {
  const file = uri ?? window.activeTextEditor?.document.uri;
  const folder = file && workspace.getWorkspaceFolder(file);
  await debug.startDebugging(folder, launchOf(file));
}

/** Named after its file, so that two of them may run at once. */
function launchOf(file: Uri | undefined): DebugConfiguration {
  if (file?.scheme !== 'file') return launchOfCurrentFile(texts.debugCurrentFile());
  const folder = workspace.getWorkspaceFolder(file)?.uri.fsPath ?? dirname(file.fsPath);
  return { ...launchOfCurrentFile(texts.debugFile(basename(file.fsPath))), program: file.fsPath, cwd: folder };
}

async function showTimeline(): Promise<void> {
  await commands.executeCommand('luaheat.timeline.focus');
}

async function showActions(): Promise<void> {
  const items = commandTitles()
    .filter(({ command }) => !NOT_LISTED.has(command))
    .map(({ command, title, icon }) => ({ command, label: `${icon} ${title}` }));
  const picked = await window.showQuickPick(items, { title: texts.actions() });
  if (picked !== undefined) await commands.executeCommand(picked.command);
}

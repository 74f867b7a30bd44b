// SPDX-License-Identifier: MIT
// The commands: how they are registered, and the list of them behind the status bar.

import { commands, window } from 'vscode';
import type { Disposable } from 'vscode';

import { readCollection } from './pure/answers.ts';
import { exactBytes } from './pure/units.ts';
import type { Sessions } from './sessions/sessions.ts';
import { commandTitles } from './settings.ts';
import { texts } from './texts.ts';

/** By their names in package.json. Given is what VS Code passes: a row of a view, the argument of a link, or nothing. */
export type Commands = Readonly<Record<string, (...given: never[]) => unknown>>;

const NOT_LISTED = new Set([
  'luaheat.showActions',
  'luaheat.debugFile',
  'luaheat.attach',
  'luaheat.chooseAdapter',
  // Not always possible, and in their view:
  'luaheat.collect',
  'luaheat.saveHeapSnapshot',
  'luaheat.largestTables',
  'luaheat.equalStrings',
  'luaheat.whyAlive',
  'luaheat.breakOnGrowth',
  'luaheat.removeMemoryBreakpoint',
  'luaheat.compareStops',
  'luaheat.lapMeasurement',
  'luaheat.clearMeasurement',
]);

/** What cannot be done is told as a message: the adapter's reason, or ours. */
export function registerCommands(all: Commands): Disposable[] {
  return Object.entries(all).map(([name, command]) =>
    commands.registerCommand(name, async (...given: never[]) => {
      try {
        return await command(...given);
      } catch (error) {
        void window.showErrorMessage(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    }),
  );
}

export function generalCommands(sessions: Sessions): Commands {
  return {
    'luaheat.clear': () => sessions.clear(),
    'luaheat.collect': () => collect(sessions),
    'luaheat.showActions': showActions,
  };
}

/** The adapter tells the figures anew, and so all views are fresh. */
async function collect({ shown }: Sessions): Promise<void> {
  if (shown === undefined || shown.hasEnded) throw new Error(texts.nothingToCollect());
  const { before, after } = readCollection(await shown.session.customRequest('luaheat/collect'));
  window.setStatusBarMessage(texts.collected(exactBytes(Math.max(before - after, 0))), 5000);
}

async function showActions(): Promise<void> {
  const items = commandTitles()
    .filter(({ command }) => !NOT_LISTED.has(command))
    .map(({ command, title, icon }) => ({ command, label: `${icon} ${title}` }));
  const picked = await window.showQuickPick(items, { title: texts.actions() });
  if (picked !== undefined) await commands.executeCommand(picked.command);
}

// SPDX-License-Identifier: MIT
// What takes the room: the commands that list the largest tables and equal strings, and go to the line of one.

import { commands, window } from 'vscode';
import type { QuickPickItem } from 'vscode';

import type { Commands } from '../commands.ts';
import type { Place } from '../pure/answers.ts';
import { readEqualStrings, readLargestTables } from '../pure/largest.ts';
import type { EqualString, LargeTable } from '../pure/largest.ts';
import { count, exactBytes } from '../pure/units.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import { texts } from '../texts.ts';

const LISTED = 100;

interface Item extends QuickPickItem {
  readonly place: Place | undefined;
}

export function largestCommands(sessions: Sessions, sources: SourceLines): Commands {
  const detailOf = (run: Run, { place }: { readonly place: Place | undefined }): { detail?: string } =>
    place === undefined ? {} : { detail: `${place.name}:${sources.lineNow(run, place).line}` };
  return {
    'luaheat.largestTables': () =>
      pick(sessions, 'luaheat/largestTables', texts.largestTables(), (run, answer) =>
        readLargestTables(answer).map((table) => ({ ...tableItem(table), ...detailOf(run, table) }))),
    'luaheat.equalStrings': () =>
      pick(sessions, 'luaheat/equalStrings', texts.equalStrings(), (run, answer) =>
        readEqualStrings(answer).map((string) => ({ ...stringItem(string), ...detailOf(run, string) }))),
  };
}

/** While the program is stopped; a large heap takes a while. Goes to the line of the one that is picked, if it is in a file. */
async function pick({ shown }: Sessions, request: string, title: string, itemsOf: (run: Run, answer: unknown) => Item[]): Promise<void> {
  if (shown?.isStopped !== true || shown.hasEnded) throw new Error(texts.onlyStopped());
  const answer: unknown = await shown.session.customRequest(request, { limit: LISTED });
  const items = itemsOf(shown, answer);
  if (items.length === 0) {
    void window.showInformationMessage(texts.noEqualStrings());
    return;
  }
  const picked = await window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true });
  if (picked?.place?.path !== undefined) await commands.executeCommand('luaheat.goToLine', picked.place.path, picked.place.line);
}

function tableItem({ text, bytes, retained, entries, place }: LargeTable): Item {
  return { label: text, description: texts.tableFigures(exactBytes(retained), exactBytes(bytes), count(entries)), place };
}

function stringItem({ value, text, each, saved, count: strings, place }: EqualString): Item {
  return { label: value, description: texts.stringFigures(exactBytes(saved), count(strings), exactBytes(each), text), place };
}

// SPDX-License-Identifier: MIT
// Which line a command about a line is about. Given nothing, it is the one with the cursor.

import { Uri, window } from 'vscode';

import type { Place } from '../pure/answers.ts';
import type { FileLine } from '../pure/measuredLines.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import { diskPath } from '../sessions/sourceTexts.ts';
import { texts } from '../texts.ts';

/** What a command is given: a row of a view, the argument of a link, or what VS Code gives to the menu of line numbers. */
export type LineTarget =
  | undefined
  | { readonly place: Place } // of the text that the program loaded
  | { readonly uri: Uri; readonly lineNumber: number }
  | FileLine;

export interface LineTargetsNeed {
  readonly sessions: Sessions;
  readonly sources: SourceLines;
}

/** The line of a file as it is now. */
export function lineTargets({ sessions, sources }: LineTargetsNeed): (given: LineTarget) => FileLine {
  return (given) => {
    if (given === undefined) return lineOfCursor();
    if ('place' in given) return onDisk(given.place.path, sources.lineNow(sessions.shown, given.place).line);
    return 'uri' in given ? onDisk(diskPath(Uri.from(given.uri)), given.lineNumber) : { path: given.path, line: given.line };
  };
}

function lineOfCursor(): FileLine {
  const editor = window.activeTextEditor;
  return onDisk(editor && diskPath(editor.document.uri), (editor?.selection.active.line ?? 0) + 1);
}

function onDisk(path: string | undefined, line: number): FileLine {
  if (path === undefined) throw new Error(texts.noFileToBreakIn());
  return { path, line };
}

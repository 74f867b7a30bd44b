// SPDX-License-Identifier: MIT
// Commands about memory breakpoints. Given is a row of a view, the argument of a link, or what VS Code
// gives to the menu of line numbers; nothing: the line with the cursor.

import { basename } from 'node:path';

import { Uri, window } from 'vscode';

import { diskPath } from '../diskPath.ts';
import type { DocumentHeats } from '../documentHeat.ts';
import type { MemoryBreakpoints } from '../memoryBreakpoints.ts';
import type { MemoryBreakpoint } from '../pure/memoryBreakpoints.ts';
import { parseBytes } from '../pure/parseBytes.ts';
import type { Place } from '../pure/sessionFigures.ts';
import type { Sessions } from '../sessions.ts';
import { texts } from '../texts.ts';
import { orTell } from './orTell.ts';

interface Line {
  readonly path: string;
  readonly line: number; // from 1, in the file as it is now
}

type Given =
  | undefined
  | { readonly place: Place } // of the text that the program loaded
  | { readonly uri: Uri; readonly lineNumber: number }
  | MemoryBreakpoint;

type Command = (given?: never) => Promise<void>;

const USUAL = '100 KB';

export interface MemoryBreakpointCommandsNeed {
  readonly breakpoints: MemoryBreakpoints;
  readonly sessions: Sessions;
  readonly heats: DocumentHeats;
}

export function memoryBreakpointCommands({ breakpoints, sessions, heats }: MemoryBreakpointCommandsNeed): Readonly<Record<string, Command>> {
  const now = ({ place }: { readonly place: Place }): Line => lineOnDisk(place.path, heats.lineNow(sessions.shown, place).line);
  const at = (given: Given, work: (line: Line) => Promise<void>): Promise<void> =>
    orTell(() => work(given !== undefined && 'place' in given ? now(given) : lineOf(given)));
  return {
    'luaheat.breakOnGrowth': (given) => at(given, (line) => set(breakpoints, line)),
    'luaheat.removeMemoryBreakpoint': (given) => at(given, ({ path, line }) => breakpoints.remove({ path, line, growth: 0 })),
  };
}

function lineOf(given: Exclude<Given, { readonly place: Place }>): Line {
  if (given === undefined) return lineOfCursor();
  return 'uri' in given ? lineOnDisk(diskPath(Uri.from(given.uri)), given.lineNumber) : given;
}

function lineOfCursor(): Line {
  const editor = window.activeTextEditor;
  if (editor === undefined) throw new Error(texts.noFileToBreakIn());
  return lineOnDisk(diskPath(editor.document.uri), editor.selection.active.line + 1);
}

function lineOnDisk(path: string | undefined, line: number): Line {
  if (path === undefined) throw new Error(texts.noFileToBreakIn());
  return { path, line };
}

async function set(breakpoints: MemoryBreakpoints, { path, line }: Line): Promise<void> {
  const there = breakpoints.at(path, line);
  const typed = await window.showInputBox({
    title: texts.breakOnGrowthTitle(basename(path), line),
    prompt: texts.breakOnGrowthPrompt(),
    value: there === undefined ? USUAL : String(there.growth),
    validateInput: (text) => (parseBytes(text) === undefined ? texts.sizeWrong() : undefined),
  });
  const growth = typed === undefined ? undefined : parseBytes(typed);
  if (growth !== undefined) await breakpoints.set({ path, line, growth });
}

// SPDX-License-Identifier: MIT
// The commands that set memory breakpoints and take them away. Given nothing, they are about the line with the cursor.

import { basename } from 'node:path';

import { Uri, window } from 'vscode';

import type { Commands } from '../commands.ts';
import type { Place } from '../pure/answers.ts';
import type { MemoryBreakpoint } from '../pure/memoryBreakpointList.ts';
import { parseBytes } from '../pure/units.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import { diskPath } from '../sessions/sourceTexts.ts';
import { texts } from '../texts.ts';
import type { MemoryBreakpoints } from './memoryBreakpoints.ts';

interface Line {
  readonly path: string;
  readonly line: number; // from 1, in the file as it is now
}

/** What a command is given: a row of a view, the argument of a link, or what VS Code gives to the menu of line numbers. */
type Target =
  | undefined
  | { readonly place: Place } // of the text that the program loaded
  | { readonly uri: Uri; readonly lineNumber: number }
  | MemoryBreakpoint;

const USUAL_GROWTH = '100 KB';

export interface MemoryBreakpointCommandsNeed {
  readonly breakpoints: MemoryBreakpoints;
  readonly sessions: Sessions;
  readonly sources: SourceLines;
}

export function memoryBreakpointCommands({ breakpoints, sessions, sources }: MemoryBreakpointCommandsNeed): Commands {
  const now = ({ place }: { readonly place: Place }): Line => lineOnDisk(place.path, sources.lineNow(sessions.shown, place).line);
  const target = (given: Target): Line => (given !== undefined && 'place' in given ? now(given) : lineOf(given));
  return {
    'luaheat.breakOnGrowth': (given?: Target) => set(breakpoints, target(given)),
    'luaheat.removeMemoryBreakpoint': (given?: Target) => breakpoints.remove({ ...target(given), growth: 0 }),
  };
}

function lineOf(given: Exclude<Target, { readonly place: Place }>): Line {
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
    value: there === undefined ? USUAL_GROWTH : String(there.growth),
    validateInput: (text) => (parseBytes(text) === undefined ? texts.sizeWrong() : undefined),
  });
  const growth = typed === undefined ? undefined : parseBytes(typed);
  if (growth !== undefined) await breakpoints.set({ path, line, growth });
}

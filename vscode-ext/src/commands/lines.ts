// SPDX-License-Identifier: MIT
// Commands about lines: go to one, from one hot line to the next, breakpoints, copying.

import { debug, env, Location, Position, Range, Selection, SourceBreakpoint, TextEditorRevealType, Uri, window, workspace } from 'vscode';

import type { DocumentHeats } from '../documentHeat.ts';
import type { HottestLinesView } from '../hottestLinesView.ts';
import { deservesText } from '../pure/lineText.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';

export interface LineCommandsNeed {
  readonly heats: DocumentHeats;
  readonly hottest: HottestLinesView;
  readonly settings: () => Settings;
}

type Command = (...given: never[]) => Promise<void>;

export function lineCommands({ heats, hottest, settings }: LineCommandsNeed): Readonly<Record<string, Command>> {
  return {
    'luaheat.goToLine': (path: string, line: number) => goToLine(heats, path, line),
    'luaheat.revealLine': (path: string | undefined, line: number) => hottest.reveal(path, line),
    'luaheat.toggleBreakpoint': toggleBreakpoint,
    'luaheat.nextHotLine': () => goToHotLine(heats, settings, 1),
    'luaheat.previousHotLine': () => goToHotLine(heats, settings, -1),
    'luaheat.copyLines': () => copyLines(hottest),
  };
}

/** `line` is of the text the program loaded, from 1. */
async function goToLine(heats: DocumentHeats, path: string, line: number): Promise<void> {
  const document = await workspace.openTextDocument(Uri.file(path));
  const now = heats.lineIn(document, line);
  const position = new Position(Math.min(now, document.lineCount) - 1, 0);
  await window.showTextDocument(document, { selection: new Range(position, position) });
}

/** `uri` comes out of a link, as plain JSON. */
async function toggleBreakpoint(uri: Uri, line: number): Promise<void> {
  const location = new Location(Uri.from(uri), new Position(line, 0));
  const there = breakpointsAt(location);
  if (there.length > 0) debug.removeBreakpoints(there);
  else debug.addBreakpoints([new SourceBreakpoint(location)]);
  await Promise.resolve();
}

/** Those on its line. */
export function breakpointsAt({ uri, range }: Location): SourceBreakpoint[] {
  return debug.breakpoints.filter(
    (breakpoint) =>
      breakpoint instanceof SourceBreakpoint &&
      breakpoint.location.uri.toString() === uri.toString() &&
      breakpoint.location.range.start.line === range.start.line,
  ) as SourceBreakpoint[];
}

async function goToHotLine(heats: DocumentHeats, settings: () => Settings, direction: 1 | -1): Promise<void> {
  const editor = window.activeTextEditor;
  const heat = editor && heats.of(editor.document);
  const lines = [...(heat?.hotLines() ?? [])]
    .filter(([line, hot]) => line <= (editor?.document.lineCount ?? 0) && hot.level > 0 && deservesText(hot, settings().textFromLevel))
    .map(([line]) => line)
    .sort((one, other) => (one - other) * direction);
  if (editor === undefined || lines.length === 0) {
    window.setStatusBarMessage(texts.noHotLine(), 3000);
    return;
  }
  const here = editor.selection.active.line + 1;
  const line = lines.find((other) => (other - here) * direction > 0) ?? lines[0] ?? here;
  const position = new Position(line - 1, editor.document.lineAt(line - 1).firstNonWhitespaceCharacterIndex);
  editor.selection = new Selection(position, position);
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
  await Promise.resolve();
}

async function copyLines(hottest: HottestLinesView): Promise<void> {
  const lines = hottest.asText();
  await env.clipboard.writeText(lines.join('\n'));
  window.setStatusBarMessage(texts.linesCopied(lines.length), 3000);
}


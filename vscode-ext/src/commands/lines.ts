// SPDX-License-Identifier: MIT
// Commands about lines: go to one, from one hot line to the next, copying.

import { env, Position, Range, Selection, TextEditorRevealType, Uri, window, workspace } from 'vscode';

import type { Commands } from '../commands.ts';
import type { DocumentHeats } from '../documentHeat.ts';
import type { HottestLinesView } from '../hottestLinesView.ts';
import { deservesText } from '../pure/lineText.ts';
import type { Settings } from '../settings.ts';
import type { SourceLines } from '../sourceLines.ts';
import { texts } from '../texts.ts';

export interface LineCommandsNeed {
  readonly sources: SourceLines;
  readonly heats: DocumentHeats;
  readonly hottest: HottestLinesView;
  readonly settings: () => Settings;
}

export function lineCommands({ sources, heats, hottest, settings }: LineCommandsNeed): Commands {
  return {
    'luaheat.goToLine': (path: string, line: number) => goToLine(sources, path, line),
    'luaheat.revealLine': (path: string | undefined, line: number) => hottest.reveal(path, line),
    'luaheat.nextHotLine': () => goToHotLine(heats, settings, 1),
    'luaheat.previousHotLine': () => goToHotLine(heats, settings, -1),
    'luaheat.copyLines': () => copyLines(hottest),
  };
}

/** `line` is of the text the program loaded, from 1. */
async function goToLine(sources: SourceLines, path: string, line: number): Promise<void> {
  const document = await workspace.openTextDocument(Uri.file(path));
  const now = sources.lineIn(document, line);
  const position = new Position(Math.min(now, document.lineCount) - 1, 0);
  await window.showTextDocument(document, { selection: new Range(position, position) });
}

function goToHotLine(heats: DocumentHeats, settings: () => Settings, direction: 1 | -1): void {
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
}

async function copyLines(hottest: HottestLinesView): Promise<void> {
  const lines = hottest.asText();
  await env.clipboard.writeText(lines.join('\n'));
  window.setStatusBarMessage(texts.linesCopied(lines.length), 3000);
}

// SPDX-License-Identifier: MIT
// Commands about heat: what it shows, each choice without opening the settings, and its lines: go to one,
// from one hot line to the next, copying.

import { ConfigurationTarget, env, Position, Range, Selection, TextEditorRevealType, Uri, window, workspace } from 'vscode';

import type { Commands } from '../commands.ts';
import { deservesText } from '../pure/heat.ts';
import { offeredMetrics } from '../pure/metrics.ts';
import { rowOfLine } from '../pure/page/lines.ts';
import type { TabId } from '../pure/page/page.ts';
import { parseBytes } from '../pure/units.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import { choicesOf, readSettings, SECTION } from '../settings.ts';
import type { Choice, Settings } from '../settings.ts';
import { texts } from '../texts.ts';
import type { DocumentHeats } from './documentHeat.ts';
import type { LinesTab } from './linesTab.ts';

export function choiceCommands(sessions: Sessions): Commands {
  const isOffered = ({ value }: Choice): boolean =>
    offeredMetrics(sessions.shown?.figures).some(({ id }) => id === value);
  return {
    'luaheat.toggleHeat': toggleHeat,
    'luaheat.chooseMetric': () => choose('heat.metric', isOffered),
    'luaheat.setMetric': (metric: string) => change('heat.metric', metric),
    'luaheat.chooseRelativeTo': () => choose('heat.relativeTo'),
    'luaheat.chooseText': () => choose('text.show'),
    'luaheat.chooseUnits': () => choose('text.units'),
    'luaheat.chooseThreshold': chooseThreshold,
  };
}

async function toggleHeat(): Promise<void> {
  await change('heat.show', !readSettings().showHeat);
}

async function choose(setting: string, isOffered: (choice: Choice) => boolean = () => true): Promise<void> {
  const current = workspace.getConfiguration(SECTION).get<string>(setting);
  const items = choicesOf(`${SECTION}.${setting}`)
    .filter(isOffered)
    .map(({ value, title, description }) => ({
      value,
      label: `$(${value === current ? 'check' : 'blank'}) ${title}`,
      detail: plain(description),
    }));
  const picked = await window.showQuickPick(items);
  if (picked !== undefined) await change(setting, picked.value);
}

async function chooseThreshold(): Promise<void> {
  const typed = await window.showInputBox({
    prompt: texts.threshold(),
    value: String(readSettings().threshold),
    validateInput: (text) => (parseBytes(text) === undefined ? texts.sizeWrong() : undefined),
  });
  const bytes = typed === undefined ? undefined : parseBytes(typed);
  if (bytes !== undefined) await change('heat.threshold', bytes);
}

/** Where the user has set it already; else for all folders. */
async function change(setting: string, value: unknown): Promise<void> {
  const section = workspace.getConfiguration(SECTION);
  const isOfWorkspace = section.inspect(setting)?.workspaceValue !== undefined;
  await section.update(setting, value, isOfWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global);
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}

export interface LineCommandsNeed {
  readonly sources: SourceLines;
  readonly heats: DocumentHeats;
  readonly lines: LinesTab;
  readonly show: (tab: TabId, row?: string) => Promise<void>;
  readonly settings: () => Settings;
}

export function lineCommands({ sources, heats, lines, show, settings }: LineCommandsNeed): Commands {
  return {
    'luaheat.goToLine': (path: string, line: number) => goToLine(sources, path, line),
    'luaheat.revealLine': (path: string | undefined, line: number) => show('lines', rowOfLine({ path, name: '', line })),
    'luaheat.nextHotLine': () => goToHotLine(heats, settings, 1),
    'luaheat.previousHotLine': () => goToHotLine(heats, settings, -1),
    'luaheat.copyLines': () => copyLines(lines),
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

async function copyLines(tab: LinesTab): Promise<void> {
  const lines = tab.asText();
  await env.clipboard.writeText(lines.join('\n'));
  window.setStatusBarMessage(texts.linesCopied(lines.length), 3000);
}

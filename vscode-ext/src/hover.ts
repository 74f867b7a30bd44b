// SPDX-License-Identifier: MIT
// The hover of a line with figures: all of them, exact, and what one can do about the line.

import { Hover, MarkdownString } from 'vscode';
import type { HoverProvider, Position, TextDocument, Uri } from 'vscode';

import type { DocumentHeat, DocumentHeats } from './documentHeat.ts';
import type { HotLine } from './pure/heatMap.ts';
import { hasHappened, hoverTable } from './pure/hoverTable.ts';
import { exactBytes, exactChange } from './pure/units.ts';
import { metricTitle } from './settingTitles.ts';
import { texts } from './texts.ts';

const COMMANDS = ['luaheat.revealLine', 'luaheat.toggleBreakpoint', 'luaheat.showTimeline'];

export class HeatHover implements HoverProvider {
  readonly #heats: DocumentHeats;

  constructor(heats: DocumentHeats) {
    this.#heats = heats;
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const heat = this.#heats.of(document);
    const hot = heat?.at(position.line + 1);
    if (heat === undefined || hot === undefined || !hasHappened(hot.figures.now)) return undefined;
    return new Hover(hoverText(heat, hot, document.uri, position.line), document.lineAt(position.line).range);
  }
}

function hoverText(heat: DocumentHeat, hot: HotLine, uri: Uri, line: number): MarkdownString {
  const text = new MarkdownString('', true);
  text.isTrusted = { enabledCommands: COMMANDS };
  const bytes = heat.metric.isChange ? exactChange(hot.bytes) : exactBytes(hot.bytes);
  text.appendMarkdown(`$(flame) ${texts.hoverTitle(bytes, metricTitle(heat.metric.id))}\n\n`);
  if (heat.isOlder) text.appendMarkdown(`$(warning) ${texts.hoverOlder()}\n\n`);
  text.appendMarkdown(`${links(heat, hot, uri, line).join(' &nbsp; ')}\n\n`);
  text.appendMarkdown(hoverTable(hot.figures, texts.hoverWords()));
  return text;
}

function links(heat: DocumentHeat, hot: HotLine, uri: Uri, line: number): string[] {
  return [
    link('list-ordered', texts.hoverReveal(), texts.hoverRevealTip(), 'luaheat.revealLine', [heat.source.path, hot.line]),
    link('debug-breakpoint', texts.hoverBreakpoint(), texts.hoverBreakpointTip(), 'luaheat.toggleBreakpoint', [uri, line]),
    link('graph-line', texts.hoverTimeline(), texts.hoverTimelineTip(), 'luaheat.showTimeline', []),
  ];
}

function link(icon: string, title: string, tip: string, command: string, commandArguments: unknown[]): string {
  const encoded = encodeURIComponent(JSON.stringify(commandArguments));
  return `[$(${icon}) ${title}](command:${command}?${encoded} "${tip}")`;
}

// SPDX-License-Identifier: MIT
// The hover of a line with figures: all of them, exact, and what one can do about the line.

import { Hover, MarkdownString } from 'vscode';
import type { HoverProvider, Position, TextDocument } from 'vscode';

import type { DocumentHeat, DocumentHeats } from './documentHeat.ts';
import type { HotLine } from './pure/heatMap.ts';
import { hasHappened, hoverTable } from './pure/hoverTable.ts';
import { exactBytes, exactChange } from './pure/units.ts';
import { metricTitle } from './settingTitles.ts';
import { texts } from './texts.ts';

export class HeatHover implements HoverProvider {
  readonly #heats: DocumentHeats;

  constructor(heats: DocumentHeats) {
    this.#heats = heats;
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const heat = this.#heats.of(document);
    const hot = heat?.at(position.line + 1);
    if (heat === undefined || hot === undefined || !hasHappened(hot.figures.now)) return undefined;
    return new Hover(hoverText(heat, hot), document.lineAt(position.line).range);
  }
}

function hoverText(heat: DocumentHeat, hot: HotLine): MarkdownString {
  const text = new MarkdownString('', true);
  const bytes = heat.metric.isChange ? exactChange(hot.bytes) : exactBytes(hot.bytes);
  text.appendMarkdown(`$(flame) ${texts.hoverTitle(bytes, metricTitle(heat.metric.id))}\n\n`);
  if (heat.isOlder) text.appendMarkdown(`$(warning) ${texts.hoverOlder()}\n\n`);
  text.appendMarkdown(hoverTable(hot.figures, texts.hoverWords()));
  return text;
}

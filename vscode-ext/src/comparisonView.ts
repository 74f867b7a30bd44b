// SPDX-License-Identifier: MIT
// The view that compares two stops: what each line grew by, and what of it is new, survived and is gone.

import { MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';

import { AnswerTree } from './answerTree.ts';
import { heatColour } from './decorationTypes.ts';
import type { SourceLines } from './sourceLines.ts';
import { asLine, comparedTable, readComparison } from './pure/comparison.ts';
import type { ComparedLine, ComparedSource, Comparison } from './pure/comparison.ts';
import { heatLevel } from './pure/heatLevel.ts';
import { lineText } from './pure/lineText.ts';
import { METRICS } from './pure/metrics.ts';
import type { Stop } from './pure/sessionFigures.ts';
import { exactBytes, exactChange, shortBytes, shortChange } from './pure/units.ts';
import type { Run, Sessions } from './sessions.ts';
import type { Settings } from './settings.ts';
import { texts } from './texts.ts';
import { LINE_ROW, linkTo, sourceItem } from './tree.ts';

/** undefined stands for the start of the program. */
export type Moment = Stop | undefined;

type Node = (ComparedSource & { readonly kind: 'source' }) | (ComparedLine & { readonly kind: 'line'; readonly level: number });

const [GROWTH] = METRICS;

export class ComparisonView extends AnswerTree<Comparison, Node> {
  readonly #sources: SourceLines;
  readonly #settings: () => Settings;

  constructor(sessions: Sessions, sources: SourceLines, settings: () => Settings) {
    super('luaheat.comparison', 'luaheat.hasComparison', sessions);
    this.#sources = sources;
    this.#settings = settings;
  }

  /** While the adapter is there. Rejects with its reason. */
  async compare(run: Run, since: Moment, until: Stop): Promise<void> {
    await this.ask(run, texts.compared(since?.number ?? 0, until.number), async () => {
      const span = { ...(since?.id !== undefined && { since: since.id }), until: until.id };
      const found = readComparison(await run.session.customRequest('luaheat/lines', span));
      if (found === undefined) throw new Error(texts.notCompared());
      return found;
    });
  }

  getChildren(node?: Node): Node[] {
    const sources = this.answer?.found?.sources ?? [];
    if (node === undefined) return sources.map((source) => ({ kind: 'source', ...source }));
    if (node.kind === 'line') return [];
    const max = Math.max(0, ...sources.filter(({ isPseudo }) => !isPseudo).map(({ lines }) => lines[0]?.figures.growth ?? 0));
    return node.lines.map((line) => ({ kind: 'line', ...line, level: heatLevel(line.figures.growth, max) }));
  }

  protected override itemOf(node: Node): TreeItem {
    return node.kind === 'source' ? this.#sourceItem(node) : this.#lineItem(node, node.level);
  }

  protected messageOf(found: Comparison | undefined): string {
    if (found === undefined) return '';
    const { before, after } = found.heap;
    const { units } = this.#settings();
    const heap = texts.comparedHeap(shortBytes(before, units), shortBytes(after, units), shortChange(after - before, units));
    return found.sources.length === 0 ? `${heap} ${texts.nothingChanged()}` : heap;
  }

  #sourceItem(source: ComparedSource): TreeItem {
    const { name, path, growth, isPseudo } = source;
    const item = sourceItem(source, isPseudo ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded);
    item.description = shortChange(growth, this.#settings().units);
    item.tooltip = texts.sourceTip(path ?? name, exactChange(growth), texts.comparedWords().growth);
    return item;
  }

  #lineItem(compared: ComparedLine, level: number): TreeItem {
    const { place, figures } = compared;
    const { units } = this.#settings();
    const { line, text } = this.#sources.lineNow(this.answer?.run, place);
    const growth = GROWTH === undefined ? '' : lineText({ line: place.line, bytes: figures.growth, level, figures: asLine(compared) }, GROWTH, units);
    const item = new TreeItem(line > 0 ? texts.lineLabel(line, growth) : growth);
    item.id = `${place.path ?? `:${place.name}`}:${place.line}`;
    item.contextValue = LINE_ROW;
    item.description = [...turnoverTexts(figures, (bytes) => shortBytes(bytes, units)), text].filter((part) => part !== '').join(' · ');
    item.tooltip = new MarkdownString(comparedTable(figures, texts.comparedWords()));
    item.iconPath = level > 0 ? new ThemeIcon('circle-filled', heatColour(level)) : new ThemeIcon('circle-outline');
    item.accessibilityInformation = { label: [line > 0 ? texts.lineAccessible(line, growth, text) : `${place.name}, ${growth}`, ...turnoverTexts(figures, exactBytes)].join(', ') };
    return linkTo(item, place);
  }
}

/** What is new and what is gone: what survived has not changed. */
function turnoverTexts({ turnover }: ComparedLine['figures'], bytes: (bytes: number) => string): string[] {
  return [
    ...(turnover !== undefined && turnover.born > 0 ? [texts.comparedNew(bytes(turnover.born))] : []),
    ...(turnover !== undefined && turnover.gone > 0 ? [texts.comparedGone(bytes(turnover.gone))] : []),
  ];
}

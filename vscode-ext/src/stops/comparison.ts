// SPDX-License-Identifier: MIT
// Two stops compared: what each line grew by, and what of it is new, survived and is gone. The view, and
// the command that asks for it.

import { MarkdownString, ThemeIcon, TreeItem, TreeItemCollapsibleState, window } from 'vscode';

import type { Commands } from '../commands.ts';
import { heatColour } from '../heat/decorations.ts';
import { asLine, readComparison } from '../pure/comparison.ts';
import type { ComparedLine, ComparedSource, Comparison } from '../pure/comparison.ts';
import { heatLevel, lineText } from '../pure/heat.ts';
import { METRICS } from '../pure/metrics.ts';
import type { Stop } from '../pure/sessionFigures.ts';
import { comparedTable } from '../pure/tables.ts';
import { exactBytes, exactChange, shortBytes, shortChange } from '../pure/units.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';
import { AnswerTree, LINE_ROW, linkTo, sourceItem } from '../views/tree.ts';
import { stopLabel } from './stopsView.ts';

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

// ---- The command: the two stops that are selected, that of a row with another, or two that one picks. ----

export function comparisonCommands(sessions: Sessions, sources: SourceLines, comparison: ComparisonView): Commands {
  return {
    'luaheat.compareStops': (stop?: Stop, selected?: readonly Stop[]) => compare(sessions.shown, sources, comparison, stop, selected),
  };
}

async function compare(run: Run | undefined, sources: SourceLines, comparison: ComparisonView, stop?: Stop, selected: readonly Stop[] = []): Promise<void> {
  const named = (each: Stop): string => stopLabel(run, sources, each);
  const stops = comparable(run);
  if (stop !== undefined && stop.id === undefined) throw new Error(texts.noStopToCompare());
  const one = stop ?? (await pick(texts.pickStop(), stops, named))?.moment;
  if (run === undefined || one === undefined) return;
  const others = (selected.length === 2 ? selected : stops).filter((each) => each !== one);
  const other = others.length === 1 && selected.length === 2 ? { moment: others[0] } : await pick(texts.pickOtherStop(one.number), others, named, true);
  if (other !== undefined) await inOrder(run, comparison, one, other.moment);
}

/** Those of which the adapter has figures. */
function comparable(run: Run | undefined): readonly Stop[] {
  const stops = (run?.figures.stops ?? []).filter(({ id }) => id !== undefined);
  if (stops.length === 0) throw new Error(texts.noStops());
  if (run?.hasEnded === true) throw new Error(texts.compareTooLate());
  return stops;
}

async function inOrder(run: Run, comparison: ComparisonView, one: Stop, other: Moment): Promise<void> {
  if (other === undefined || other.number < one.number) await comparison.compare(run, other, one);
  else await comparison.compare(run, one, other);
}

/** The last one first; `withStart`: the start of the program is offered too. */
async function pick(title: string, stops: readonly Stop[], named: (stop: Stop) => string, withStart = false): Promise<{ readonly moment: Moment } | undefined> {
  const items: { moment: Moment; label: string; description?: string }[] = [...stops].reverse().map((stop) => ({ moment: stop, label: named(stop) }));
  if (withStart) items.push({ moment: undefined, label: texts.startOfProgram() });
  return window.showQuickPick(items, { title });
}

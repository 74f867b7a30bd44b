// SPDX-License-Identifier: MIT
// The view of the hottest lines, grouped by file.

import { ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';

import type { Place } from '../pure/answers.ts';
import { heatLevel, hottestLines, lineText } from '../pure/heat.ts';
import type { HottestLine, HottestSource } from '../pure/heat.ts';
import { bytesText, metricOf } from '../pure/metrics.ts';
import type { Metric } from '../pure/metrics.ts';
import type { SourceFigures } from '../pure/sessionFigures.ts';
import { exactBytes } from '../pure/units.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { LineNow, SourceLines } from '../sessions/sourceLines.ts';
import { metricTitle } from '../settings.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';
import { LINE_ROW, linkTo, sourceItem, Tree } from '../views/tree.ts';
import { heatColour } from './decorations.ts';

interface SourceNode {
  readonly kind: 'source';
  readonly entry: HottestSource;
  readonly children: readonly LineNode[];
}

interface LineNode {
  readonly kind: 'line';
  readonly source: SourceFigures;
  readonly place: Place;
  readonly entry: HottestLine;
  readonly level: number;
}

type Node = SourceNode | LineNode;

export class HottestLinesView extends Tree<Node> {
  readonly #sessions: Sessions;
  readonly #sources: SourceLines;
  readonly #settings: () => Settings;
  #roots: readonly SourceNode[] = [];

  constructor(sessions: Sessions, sources: SourceLines, settings: () => Settings) {
    super('luaheat.hottestLines');
    this.#sessions = sessions;
    this.#sources = sources;
    this.#settings = settings;
  }

  override refresh(): void {
    const metric = this.#metric();
    this.#roots = this.#nodes(metric);
    const isEmpty = this.#sessions.shown !== undefined && this.#roots.length === 0;
    this.view.message = isEmpty ? texts.nothingGrew() : '';
    this.view.description = metricTitle(metric.id);
    super.refresh();
  }

  /** Opens the view at that line, if it is there. */
  async reveal(path: string | undefined, line: number): Promise<void> {
    const root = this.#roots.find(({ entry }) => entry.source.path === path);
    const node = root?.children.find(({ entry }) => entry.figures.line === line) ?? root;
    if (node !== undefined) await this.view.reveal(node, { select: true, focus: true, expand: true });
  }

  /** As text, a line each: bytes, allocations, source, line. */
  asText(): readonly string[] {
    const metric = this.#metric();
    return this.#roots.flatMap(({ children }) =>
      children.map(({ source, place, entry }) => {
        const allocations = metric.allocations(entry.figures) ?? '';
        return [entry.bytes, allocations, source.path ?? source.name, this.#now(place).line].join('\t');
      }),
    );
  }

  getChildren(node?: Node): Node[] {
    const children = node === undefined ? this.#roots : node.kind === 'source' ? node.children : [];
    return [...children];
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'line' ? this.#roots.find(({ entry }) => entry.source === node.source) : undefined;
  }

  protected override itemOf(node: Node): TreeItem {
    return node.kind === 'source' ? this.#sourceItem(node) : this.#lineItem(node);
  }

  #metric(): Metric {
    return metricOf(this.#settings().metric, this.#sessions.shown?.figures);
  }

  #nodes(metric: Metric): readonly SourceNode[] {
    const figures = this.#sessions.shown?.figures;
    if (figures === undefined) return [];
    const groups = hottestLines(figures, metric, this.#settings().threshold);
    const own = groups.filter(({ source }) => !source.isPseudo);
    const max = Math.max(0, ...own.map(({ lines }) => lines[0]?.bytes ?? 0));
    return groups.map((entry) => ({
      kind: 'source',
      entry,
      children: entry.lines.map((line) => ({
        kind: 'line',
        source: entry.source,
        place: { name: entry.source.name, path: entry.source.path, line: line.figures.line },
        entry: line,
        level: entry.source.isPseudo ? 0 : heatLevel(line.bytes, max),
      })),
    }));
  }

  #sourceItem({ entry: { source, bytes } }: SourceNode): TreeItem {
    const metric = this.#metric();
    const item = sourceItem(source, source.isPseudo ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Expanded);
    item.description = bytesText(bytes, metric, this.#settings().units);
    item.tooltip = texts.sourceTip(source.path ?? source.name, exactBytes(bytes), metricTitle(metric.id));
    return item;
  }

  #lineItem({ source, place, entry, level }: LineNode): TreeItem {
    const { figures, bytes } = entry;
    const metric = this.#metric();
    const { line, text } = this.#now(place);
    const own = lineText({ line: figures.line, bytes, level, figures }, metric, this.#settings().units);
    const item = new TreeItem(texts.lineLabel(line, own), TreeItemCollapsibleState.None);
    item.id = `${source.path ?? `:${source.name}`}:${figures.line}`;
    item.contextValue = LINE_ROW;
    item.description = text;
    item.tooltip = texts.lineTip(source.path ?? source.name, line);
    item.iconPath = new ThemeIcon('circle-filled', heatColour(Math.max(1, level)));
    item.accessibilityInformation = { label: texts.lineAccessible(line, own, text) };
    return linkTo(item, place);
  }

  #now(place: Place): LineNow {
    return this.#sources.lineNow(this.#sessions.shown, place);
  }
}

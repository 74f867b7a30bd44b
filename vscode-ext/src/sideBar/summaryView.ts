// SPDX-License-Identifier: MIT
// The one short view of the debug side bar: what is suspected to leak, the lines that are hottest, and the memory
// breakpoints. All else is on the page Memory.

import { basename } from 'node:path';

import { commands, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { Disposable } from 'vscode';

import type { MemoryBreakpoints } from '../breakpoints/memoryBreakpoints.ts';
import { heatColour } from '../heat/decorationTypes.ts';
import { suspicionText } from '../measuring/measuring.ts';
import type { Place } from '../pure/answers.ts';
import { heatLevel, hottestOfAll, lineText } from '../pure/heat.ts';
import type { Cause } from '../pure/measurements.ts';
import type { MemoryBreakpoint } from '../pure/memoryBreakpointList.ts';
import { metricOf } from '../pure/metrics.ts';
import { exactBytes, shortBytes } from '../pure/units.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import { metricTitle } from '../settings.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';
import { placeTexts } from '../views/lineButtons.ts';
import { LINE_ROW, linkTo, Tree } from '../views/tree.ts';

/** `place` and the members of a memory breakpoint are what commands take of a row. */
interface Node extends Partial<MemoryBreakpoint> {
  readonly item: TreeItem;
  readonly place?: Place;
}

export interface SummaryNeeds {
  readonly sessions: Sessions;
  readonly sources: SourceLines;
  readonly breakpoints: MemoryBreakpoints;
  readonly settings: () => Settings;
}

const LISTED = 5; // lines, causes

export class SummaryView extends Tree<Node> {
  readonly #needs: SummaryNeeds;
  #nodes: readonly Node[] = [];

  constructor(needs: SummaryNeeds) {
    super('luaheat.summary');
    this.#needs = needs;
  }

  override watch(): Disposable[] {
    this.refresh();
    return [...super.watch(), this.#needs.breakpoints.onDidChange(() => this.refresh())];
  }

  override refresh(): void {
    const { sessions, breakpoints } = this.#needs;
    const run = sessions.shown;
    const lines = run === undefined ? [] : this.#lines(run);
    this.#nodes = [...(run === undefined ? [] : this.#causes(run)), ...lines, ...breakpoints.all.map((breakpoint) => this.#breakpoint(breakpoint))];
    this.view.message = run !== undefined && lines.length === 0 ? texts.nothingGrew() : '';
    this.view.description = run === undefined ? '' : metricTitle(metricOf(this.#needs.settings().metric, run.figures).id, run.figures);
    void commands.executeCommand('setContext', 'luaheat.hasMemoryBreakpoints', breakpoints.all.length > 0);
    super.refresh();
  }

  getChildren(node?: Node): Node[] {
    return node === undefined ? [...this.#nodes] : [];
  }

  protected override itemOf({ item }: Node): TreeItem {
    return item;
  }

  #causes(run: Run): Node[] {
    const causes = run.measurements.flatMap(({ name, causes: own }) => own.map((cause) => ({ name, cause })));
    return causes.slice(0, LISTED).map(({ name, cause }) => this.#cause(run, name, cause));
  }

  #cause(run: Run, measurement: string, { holder, perWindow, confidence, lines }: Cause): Node {
    const [first] = lines;
    const where = holder ?? (first === undefined ? '' : placeTexts(this.#needs.sources, run)(first));
    const item = new TreeItem(texts.measuredLabel(where, shortBytes(perWindow, this.#needs.settings().units)), TreeItemCollapsibleState.None);
    item.id = `cause ${measurement} ${where}`;
    item.description = [texts.suspect(), texts.confidence(confidence)].join(', ');
    item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
    if (first?.evidence !== undefined) item.tooltip = new MarkdownString(suspicionText({ measurement, evidence: first.evidence }), true);
    item.command = { command: 'luaheat.showMeasurements', title: '' };
    return { item };
  }

  #lines(run: Run): Node[] {
    const { settings, sources } = this.#needs;
    const { metric: id, threshold, units } = settings();
    const metric = metricOf(id, run.figures);
    const all = hottestOfAll(run.figures, metric, threshold, LISTED);
    const max = all[0]?.bytes ?? 0;
    return all.map(({ source: { name, path }, figures, bytes }) => {
      const place = { name, path, line: figures.line };
      const level = heatLevel(bytes, max);
      const own = lineText({ line: figures.line, bytes, level, figures }, metric, units);
      const { line, text } = sources.lineNow(run, place);
      const item = new TreeItem(texts.measuredLabel(`${name}:${line}`, own));
      item.id = `line ${path ?? name}:${figures.line}`;
      item.contextValue = LINE_ROW;
      item.description = text;
      item.tooltip = texts.lineTip(path ?? name, line);
      item.iconPath = new ThemeIcon('circle-filled', heatColour(Math.max(1, level)));
      return { item: linkTo(item, place), place };
    });
  }

  #breakpoint(breakpoint: MemoryBreakpoint): Node {
    const { sessions, sources, settings } = this.#needs;
    const { path, line, growth } = breakpoint;
    const item = new TreeItem(`${basename(path)}:${line}`);
    const text = sources.textAt(sessions.shown, path, line);
    item.id = `breakpoint ${path}:${line}`;
    item.contextValue = 'luaheat.memoryBreakpoint';
    item.description = [texts.aboveGrowth(shortBytes(growth, settings().units)), text].filter((part) => part !== '').join(' · ');
    item.tooltip = texts.memoryBreakpointTip(path, line, exactBytes(growth));
    item.iconPath = new ThemeIcon('debug-breakpoint-conditional');
    return { item: linkTo(item, breakpoint), ...breakpoint };
  }
}

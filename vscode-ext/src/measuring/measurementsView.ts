// SPDX-License-Identifier: MIT
// The view of the measurements: what a window costs, which lines are suspected to leak, what the
// others grew by.

import { MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';

import { isSuspect, sparkline } from '../pure/measurements.ts';
import type { Cause, MeasuredLine, MeasuredWindow, Measurement } from '../pure/measurements.ts';
import { measuredTable } from '../pure/tables.ts';
import { exactBytes, exactChange, shortBytes, shortChange } from '../pure/units.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';
import { LINE_ROW, linkTo, Tree } from '../views/tree.ts';
import { suspicionText } from './measuring.ts';

type Node =
  | { readonly kind: 'measurement'; readonly measurement: Measurement }
  | { readonly kind: 'summary'; readonly measurement: Measurement }
  | { readonly kind: 'suspects'; readonly measurement: Measurement }
  | { readonly kind: 'cause'; readonly measurement: Measurement; readonly cause: Cause }
  | { readonly kind: 'windows'; readonly measurement: Measurement }
  | { readonly kind: 'window'; readonly measurement: Measurement; readonly window: MeasuredWindow }
  | { readonly kind: 'line'; readonly measurement: Measurement; readonly place: MeasuredLine };

const CHARTED = 8; // windows, beside a line: its text must have room

export class MeasurementsView extends Tree<Node> {
  readonly #sessions: Sessions;
  readonly #sources: SourceLines;
  readonly #settings: () => Settings;

  constructor(sessions: Sessions, sources: SourceLines, settings: () => Settings) {
    super('luaheat.measurements');
    this.#sessions = sessions;
    this.#sources = sources;
    this.#settings = settings;
  }

  getChildren(node?: Node): Node[] {
    switch (node?.kind) {
      case undefined:
        return (this.#sessions.shown?.measurements ?? []).map((measurement) => ({ kind: 'measurement', measurement }));
      case 'measurement':
        return [...summaryOf(node.measurement), ...suspectsOf(node.measurement), ...windowsOf(node.measurement), ...linesOf(node.measurement, (line) => !isSuspect(line))];
      case 'suspects':
        return causesOf(node.measurement);
      case 'cause':
        return node.cause.lines.map((place) => ({ kind: 'line', measurement: node.measurement, place }));
      case 'windows':
        return node.measurement.recent.map((window): Node => ({ kind: 'window', measurement: node.measurement, window })).reverse();
      case 'summary':
      case 'window':
      case 'line':
        return [];
    }
  }

  protected override itemOf(node: Node): TreeItem {
    switch (node.kind) {
      case 'measurement':
        return this.#measurementItem(node.measurement);
      case 'summary':
        return summaryItem(node.measurement);
      case 'suspects':
        return suspectsItem(node.measurement);
      case 'cause':
        return this.#causeItem(node.measurement, node.cause);
      case 'windows':
        return windowsItem(node.measurement);
      case 'window':
        return this.#windowItem(node.measurement, node.window);
      case 'line':
        return this.#lineItem(node.measurement, node.place);
    }
  }

  #measurementItem({ name, windows, open, judged, figures }: Measurement): TreeItem {
    const { units } = this.#settings();
    const { growth } = figures;
    const item = new TreeItem(name, TreeItemCollapsibleState.Expanded);
    item.id = name;
    item.contextValue = 'luaheat.measurement';
    item.description =
      windows === 0
        ? texts.measurementWithoutWindow(open)
        : texts.measurementFigures(windows, shortChange(growth.median, units), shortChange(growth.trend, units));
    item.iconPath = new ThemeIcon('watch');
    item.tooltip = new MarkdownString(measuredTable(figures, texts.measuredWords()));
    item.tooltip.appendMarkdown(`\n\n${texts.measurementTip(windows, open, judged)}`);
    return item;
  }

  #causeItem({ name }: Measurement, { holder, perWindow, kept, confidence }: Cause): TreeItem {
    const { units } = this.#settings();
    const item = new TreeItem(texts.measuredLabel(shortBytes(perWindow, units), holder ?? ''), TreeItemCollapsibleState.Expanded);
    item.id = `${name}\n\n${holder}`;
    item.description = texts.confidence(confidence);
    item.tooltip = [holder, texts.evidence(name, exactBytes(perWindow), exactBytes(kept), texts.confidence(confidence))].join('\n');
    item.iconPath = new ThemeIcon('references');
    return item;
  }

  #windowItem({ name }: Measurement, { window, growth, allocated, freed, retained, heap }: MeasuredWindow): TreeItem {
    const { units } = this.#settings();
    const item = new TreeItem(texts.windowLabel(window, shortChange(growth, units)));
    const kept = retained === undefined ? [] : [texts.measuredFigures(shortBytes(retained, units))];
    item.id = `${name}\n\n${window}`;
    item.description = [...kept, texts.windowHeap(shortBytes(heap, units))].join(' · ');
    item.tooltip = texts.windowTip(exactBytes(allocated), exactBytes(freed), exactChange(growth), exactBytes(heap));
    item.iconPath = new ThemeIcon('circle-small-filled');
    return item;
  }

  #lineItem({ name }: Measurement, line: MeasuredLine): TreeItem {
    const now = this.#sources.lineNow(this.#sessions.shown, line);
    const place = now.line > 0 ? `${line.name}:${now.line}` : line.name;
    const { units } = this.#settings();
    const { evidence } = line;
    const { growth, retained } = line.figures;
    const bytes = evidence === undefined ? shortChange(growth.median, units) : shortBytes(evidence.perWindow, units);
    const figures =
      evidence === undefined
        ? [sparkline(line.recent.slice(-CHARTED)), texts.measuredFigures(shortBytes(retained.median, units))]
        : [sparkline(lastOf(evidence.living)), texts.confidence(evidence.confidence)];
    const item = new TreeItem(texts.measuredLabel(place, bytes), TreeItemCollapsibleState.None);
    item.id = `${name}\n${line.path ?? line.name}\n${line.line}`;
    item.description = [...figures, now.text].filter((text) => text !== '').join(' · ');
    item.contextValue = LINE_ROW;
    item.iconPath = iconOf(line);
    item.tooltip = tooltip(name, line);
    item.accessibilityInformation = { label: accessible(line, place) };
    return linkTo(item, line);
  }
}

function lastOf(values: readonly number[]): readonly number[] {
  return values.slice(-CHARTED);
}

function summaryOf(measurement: Measurement): Node[] {
  return measurement.windows > 0 && measurement.summary !== '' ? [{ kind: 'summary', measurement }] : [];
}

function summaryItem({ name, summary }: Measurement): TreeItem {
  const item = new TreeItem(summary);
  item.id = `${name}\n\nsummary`;
  item.tooltip = summary;
  item.iconPath = new ThemeIcon('info');
  return item;
}

function suspectsOf(measurement: Measurement): Node[] {
  return measurement.lines.some(isSuspect) ? [{ kind: 'suspects', measurement }] : [];
}

/** A line whose holder is not known stands for itself. */
function causesOf(measurement: Measurement): Node[] {
  return measurement.causes.flatMap((cause): Node[] =>
    cause.holder === undefined ? cause.lines.map((place) => ({ kind: 'line', measurement, place })) : [{ kind: 'cause', measurement, cause }]);
}

function windowsOf(measurement: Measurement): Node[] {
  return measurement.recent.length > 0 ? [{ kind: 'windows', measurement }] : [];
}

function windowsItem({ name, recent }: Measurement): TreeItem {
  const item = new TreeItem(texts.windows(), TreeItemCollapsibleState.Collapsed);
  item.id = `${name}\n\n`;
  item.description = sparkline(recent.map(({ growth }) => growth));
  item.accessibilityInformation = { label: [texts.windows(), ...recent.map(({ growth }) => exactChange(growth))].join(', ') };
  item.iconPath = new ThemeIcon('history');
  return item;
}

function linesOf(measurement: Measurement, isOne: (line: MeasuredLine) => boolean): Node[] {
  return measurement.lines.filter(isOne).map((place) => ({ kind: 'line', measurement, place }));
}

function suspectsItem({ name }: Measurement): TreeItem {
  const item = new TreeItem(texts.suspects(), TreeItemCollapsibleState.Expanded);
  item.id = `${name}\n`;
  item.description = texts.suspectsFigure();
  item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  return item;
}

function iconOf({ line }: MeasuredLine): ThemeIcon {
  return new ThemeIcon(line > 0 ? 'circle-filled' : 'circle-outline');
}

function tooltip(measurement: string, line: MeasuredLine): MarkdownString {
  const { figures, evidence } = line;
  const table = measuredTable(figures, texts.measuredWords());
  return new MarkdownString(evidence !== undefined ? `${suspicionText({ measurement, evidence })}\n\n${table}` : table, true);
}

function accessible(measured: MeasuredLine, place: string): string {
  const { figures, evidence } = measured;
  const growth = exactChange(figures.growth.median);
  return evidence !== undefined
    ? texts.suspectAccessible(place, growth, exactBytes(evidence.perWindow), texts.confidence(evidence.confidence))
    : texts.measuredAccessible(place, growth, exactBytes(figures.retained.median));
}

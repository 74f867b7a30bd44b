// SPDX-License-Identifier: MIT
// All figures of a line, of one between two stops, and of what was measured, as tables with exact bytes.
// Markdown.

import { calls, estimateText } from './callees.ts';
import { kindsSince, NOTHING } from './figures.ts';
import type { Figures, KindFigures } from './figures.ts';
import { MEASURED } from './measurements.ts';
import type { MeasuredFigures, Spread } from './measurements.ts';
import type { LineFigures } from './sessionFigures.ts';
import { count, exactBytes, exactChange } from './units.ts';

/** The cells are Markdown. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
}

// ---- A line: at this stop, and in the whole run. ----

export interface HoverWords {
  readonly sinceStop: string;
  readonly wholeRun: string;
  readonly growth: string;
  readonly allocated: string;
  readonly freed: string;
  readonly live: string;
  readonly retained: string;
  readonly atPeak: string;
  readonly allocations: string;
  readonly averageSize: string;
  readonly growthWithCallees: string;
  readonly allocatedWithCallees: string;
  readonly kind: (kind: string) => string;
}

type Row = readonly [name: string, sinceStop: string, wholeRun: string];

const NONE = '–';
const GAP = '&nbsp;'.repeat(4); // keeps the columns apart

export function hoverTable(line: LineFigures, words: HoverWords): string {
  const rows = [...figureRows(line, words), ...calleesRows(line, words), ...kindRows(line, words)];
  const heading: Row = ['', GAP + words.sinceStop, GAP + words.wholeRun];
  return [tableRow(heading), '|:--|--:|--:|', ...rows.map(tableRow)].join('\n');
}

function figureRows({ now, before }: LineFigures, words: HoverWords): Row[] {
  const allocations = now.allocations - before.allocations;
  const allocated = now.allocated - before.allocated;
  const rows: Row[] = [
    [words.growth, exactChange(now.growth), exactChange(now.live)],
    [words.allocated, exactBytes(allocated), exactBytes(now.allocated)],
    [words.freed, exactBytes(now.freed - before.freed), exactBytes(now.freed)],
    [words.live, NONE, exactBytes(now.live)],
  ];
  if (now.retained !== undefined) rows.push([words.retained, exactBytes(now.retained), NONE]);
  rows.push(
    [words.atPeak, NONE, exactBytes(now.atPeak)],
    [words.allocations, count(allocations), count(now.allocations)],
    [words.averageSize, average(allocated, allocations), average(now.allocated, now.allocations)],
  );
  return rows;
}

/** The same with what happened in the calls of the line, if it made any. */
function calleesRows(line: LineFigures, words: HoverWords): Row[] {
  const { withCallees } = line.now;
  if (withCallees === undefined || !calls(line)) return [];
  const { growth, live, allocated } = withCallees;
  return [
    [words.growthWithCallees, estimateText(growth, exactChange), estimateText(live, exactChange)],
    [words.allocatedWithCallees, NONE, estimateText(allocated, exactBytes)],
  ];
}

/** A row for each kind of object the line has made. */
function kindRows({ now, before }: LineFigures, words: HoverWords): Row[] {
  const sinceStop = kindsSince(before, now);
  return [...kindsSince(NOTHING, now)]
    .sort(([, one], [, other]) => other.allocated - one.allocated)
    .map(([kind, whole]) => [words.kind(kind), kindCell(sinceStop.get(kind)), kindCell(whole)]);
}

function kindCell(figures: KindFigures | undefined): string {
  if (figures === undefined || figures.allocations === 0) return NONE;
  return `${GAP}${exactBytes(figures.allocated)} · ${count(figures.allocations)}x`;
}

function average(bytes: number, allocations: number): string {
  if (allocations === 0) return NONE;
  return `${(bytes / allocations).toLocaleString('en-US', { maximumFractionDigits: 1 })} B`;
}

// ---- A line between two stops. ----

export interface ComparedWords {
  readonly growth: string;
  readonly allocated: string;
  readonly freed: string;
  readonly allocations: string;
  readonly born: string;
  readonly survived: string;
  readonly gone: string;
  readonly kind: (kind: string) => string;
}

/** All figures of a line, exact, and those of the kinds of its objects. Markdown. */
export function comparedTable(figures: Figures, words: ComparedWords): string {
  const kinds = [...figures.kinds].sort(([, one], [, other]) => other.allocated - one.allocated);
  const columns: readonly KindFigures[] = [figures, ...kinds.map(([, own]) => own)];
  const row = (name: string, cell: (own: KindFigures) => string): string => tableRow([name, ...columns.map(cell)]);
  const hasTurnover = columns.every(({ turnover }) => turnover !== undefined);
  return [
    tableRow(['', '', ...kinds.map(([kind]) => words.kind(kind))]),
    tableRow([':--', '--:', ...kinds.map(() => '--:')]),
    row(words.growth, ({ allocated, freed }) => exactChange(allocated - freed)),
    row(words.allocated, ({ allocated }) => exactBytes(allocated)),
    row(words.freed, ({ freed }) => exactBytes(freed)),
    row(words.allocations, ({ allocations }) => count(allocations)),
    ...(hasTurnover ? (['born', 'survived', 'gone'] as const).map((name) => row(words[name], ({ turnover }) => exactBytes(turnover?.[name] ?? 0))) : []),
  ].join('\n');
}

// ---- A measurement, or one of its lines. ----

export type MeasuredWords = Readonly<Record<keyof MeasuredFigures | keyof Spread, string>>;

const COLUMNS = ['last', 'min', 'median', 'max', 'trend'] as const;

export function measuredTable(figures: MeasuredFigures, words: MeasuredWords): string {
  return [
    tableRow(['', ...COLUMNS.map((column) => words[column])]),
    '|:--|--:|--:|--:|--:|--:|',
    ...MEASURED.map((name) => tableRow([words[name], ...COLUMNS.map((column) => cell(figures[name], name, column))])),
  ].join('\n');
}

function cell(spread: Spread, name: keyof MeasuredFigures, column: keyof Spread): string {
  const isChange = name === 'growth' || column === 'trend';
  return (isChange ? exactChange : exactBytes)(spread[column]);
}

// SPDX-License-Identifier: MIT
// All figures of a line as a table with exact bytes: at this stop, and in the whole run. Markdown.

import { calls, estimateText } from './callees.ts';
import { kindsSince, NOTHING } from './figures.ts';
import type { KindFigures } from './figures.ts';
import type { LineFigures } from './sessionFigures.ts';
import { count, exactBytes, exactChange } from './units.ts';

/** The cells are Markdown. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
}

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

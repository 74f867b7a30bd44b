// SPDX-License-Identifier: MIT
// The figures of a measurement or of one of its lines as a table, with exact bytes. Markdown.

import { MEASURED } from './measurements.ts';
import type { MeasuredFigures, Spread } from './measurements.ts';
import { tableRow } from './tableRow.ts';
import { exactBytes, exactChange } from './units.ts';

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

// SPDX-License-Identifier: MIT
// One cell of a table: a figure with a bar behind it, a text, or a small chart.

import type { Cell, Column, Row, Table } from '../pure/page/table.ts';
import { count, exactBytes, exactChange, shortBytes, shortChange } from '../pure/units.ts';
import type { Units } from '../pure/units.ts';

/** How long the bars of a table's columns are: groups have none, and the largest figure of the other rows has the longest. */
export class Bars {
  readonly #largest = new Map<string, number>();

  constructor({ columns, rows }: Table) {
    for (const { id } of columns.filter(({ hasBars }) => hasBars)) this.#largest.set(id, largest(rows, id));
  }

  /** 0 to 1. */
  share(column: string, figure: number): number {
    const all = this.#largest.get(column) ?? 0;
    return all === 0 ? 0 : Math.min(1, Math.max(0, figure / all));
  }
}

function largest(rows: readonly Row[], column: string): number {
  return rows.reduce((most, row) => Math.max(most, hasBar(row) ? Number(row.cells[column] ?? 0) : 0, largest(row.rows ?? [], column)), 0);
}

function hasBar({ mark }: Row): boolean {
  return mark !== 'group';
}

interface Props {
  readonly column: Column;
  readonly row: Row;
  readonly bars: Bars;
  readonly units: Units;
}

export function CellView({ column: { id, kind, hasBars }, row, bars, units }: Props) {
  const cell = row.cells[id];
  if (cell === undefined) return null;
  if (kind === 'chart') return <Chart values={cell} />;
  if (typeof cell !== 'number') return <span class="label" title={String(cell)}>{cell}</span>;
  return (
    <>
      {hasBars === true && hasBar(row) && <span class={`bar level${row.level ?? 0}`} style={{ width: `calc(${bars.share(id, cell)} * (100% - 8px))` }} />}
      <span class="figure" title={exact(kind, cell)}>{short(kind, cell, units)}</span>
    </>
  );
}

function short(kind: Column['kind'], figure: number, units: Units): string {
  if (kind === 'count') return count(figure);
  return kind === 'change' ? shortChange(figure, units) : shortBytes(figure, units);
}

function exact(kind: Column['kind'], figure: number): string {
  if (kind === 'count') return count(figure);
  return kind === 'change' ? exactChange(figure) : exactBytes(figure);
}

const BAR = 5; // pixels, with the gap

/** A bar for each value, from 0 (or less) to the largest. */
function Chart({ values }: { readonly values: Cell }) {
  if (typeof values !== 'object') return null;
  const max = Math.max(1, ...values);
  return (
    <svg class="chart" role="img" aria-label={values.map(exactBytes).join(', ')} width={values.length * BAR} height="14">
      {values.map((value, at) => {
        const height = Math.max(1, Math.round((Math.max(0, value) / max) * 14));
        return <rect key={at} x={at * BAR} y={14 - height} width={BAR - 1} height={height} />;
      })}
    </svg>
  );
}

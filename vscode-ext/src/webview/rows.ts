// SPDX-License-Identifier: MIT
// The rows of a table that are to be seen: filtered, in order, and those below open ones.

import {
  columnFilteringFeature, constructTable, createExpandedRowModel, createFilteredRowModel, createSortedRowModel, globalFilteringFeature,
  rowExpandingFeature, rowSortingFeature, sortFn_alphanumeric, sortFn_basic, tableFeatures,
} from '@tanstack/table-core';
import { storeReactivityBindings } from '@tanstack/table-core/store-reactivity-bindings';

import type { Cell, Row, Sort, Table } from '../pure/page/table.ts';

/** What the user has chosen. */
export interface TableState {
  readonly filter: string;
  readonly sort?: Sort;
  readonly isFlat?: boolean;
  readonly toggled: readonly string[]; // rows that are open and were not, or the other way round
  readonly active?: string; // the row with the focus
}

export interface SeenRow {
  readonly row: Row;
  readonly depth: number;
  readonly canOpen: boolean;
  readonly isOpen: boolean;
}

const features = tableFeatures({
  coreReactivityFeature: storeReactivityBindings(),
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  rowExpandingFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
  expandedRowModel: createExpandedRowModel(),
  sortFns: { basic: sortFn_basic, alphanumeric: sortFn_alphanumeric },
});

export function seenRows({ columns, rows, sort, byFile }: Table, state: TableState): readonly SeenRow[] {
  const data = byFile && state.isFlat === true ? rows.flatMap((row) => row.rows ?? [row]) : rows;
  const order = state.sort ?? sort;
  const table = constructTable({
    features,
    data: [...data],
    columns: columns.map(({ id, kind }) => ({
      id,
      accessorFn: ({ cells, isAside }: Row): Cell => (isAside === true ? undefined : sortable(cells[id])),
      sortFn: kind === 'name' || kind === 'text' ? ('alphanumeric' as const) : ('basic' as const),
      sortUndefined: 'last' as const,
    })),
    getRowId: ({ id }) => id,
    getSubRows: (row) => row.rows && [...row.rows],
    globalFilterFn: (row, _column, text: string) => textOf(row.original).includes(text.toLowerCase()),
    getColumnCanGlobalFilter: ({ id }) => id === columns[0]?.id,
    filterFromLeafRows: true,
    initialState: {
      sorting: order === undefined ? [] : [{ id: order.column, desc: order.descending }],
      globalFilter: state.filter,
      expanded: state.filter !== '' ? true : openRows(data, new Set(state.toggled)),
    },
  });
  return table.getRowModel().rows.map((row) => ({
    row: row.original,
    depth: row.depth,
    canOpen: canOpen(row.original),
    isOpen: row.getIsExpanded(),
  }));
}

function sortable(cell: Cell): Cell {
  return typeof cell === 'object' ? cell.at(-1) : cell;
}

function textOf({ cells }: Row): string {
  return Object.values(cells).filter((cell) => typeof cell === 'string').join(' ').toLowerCase();
}

export function canOpen({ rows, opensLater }: Row): boolean {
  return opensLater === true || (rows !== undefined && rows.length > 0);
}

function openRows(rows: readonly Row[], toggled: ReadonlySet<string>): Record<string, boolean> {
  const open: Record<string, boolean> = {};
  const visit = (row: Row): void => {
    if ((row.isOpen === true) !== toggled.has(row.id)) open[row.id] = true;
    row.rows?.forEach(visit);
  };
  rows.forEach(visit);
  return open;
}

// SPDX-License-Identifier: MIT
// A table of the page Memory, as data: columns, and rows that may have rows below them. What is shown of
// it (order, filter, what is open) is the page's.

import type { Place } from '../answers.ts';

export type ColumnKind =
  | 'name' // what the row is; the first
  | 'text'
  | 'bytes'
  | 'change' // bytes with a sign
  | 'count'
  | 'chart'; // a small one, of numbers

export interface Column {
  readonly id: string;
  readonly title: string;
  readonly kind: ColumnKind;
  readonly tip?: string;
  readonly isWide?: boolean; // of a name: it is a path
  readonly hasBars?: boolean; // as long as the figures are large
}

export type Cell = string | number | readonly number[] | undefined;

/** What a button or a row does: a command of the extension with what it is given. */
export interface Act {
  readonly command: string;
  readonly given: readonly unknown[];
}

export interface Button extends Act {
  readonly title: string;
}

export interface Row {
  readonly id: string; // of no other row of the table
  readonly cells: Readonly<Record<string, Cell>>; // by column
  readonly level?: number; // of heat, 1 to 5
  readonly mark?: 'suspect' | 'group';
  readonly isAside?: boolean; // last, whatever the order
  readonly tip?: string;
  readonly act?: Act; // of a click and of Enter
  readonly buttons?: readonly Button[];
  readonly rows?: readonly Row[];
  readonly isOpen?: boolean; // at first
  readonly opensLater?: boolean; // its rows are asked for when it is opened
}

/** A choice above the table. Picking a value does its command with the values of all choices. */
export interface Choice {
  readonly id: string;
  readonly title: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly title: string }[];
}

export interface Choices {
  readonly command: string;
  readonly all: readonly Choice[];
}

export interface Table {
  readonly title: string; // for screen readers
  readonly message: string; // above it
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly sort: Sort | undefined; // at first; undefined: as the rows come
  readonly byFile: boolean; // its rows are files with their lines below, and can be shown flat
  readonly buttons: readonly Button[];
  readonly choices?: Choices;
}

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** "main.lua:5", as it is now. */
export type PlaceText = (place: Place) => string;

/** Goes to the line, if that is in a file. */
export function goTo({ path, line }: Pick<Place, 'path' | 'line'>): Pick<Row, 'act'> {
  return path === undefined || line < 1 ? {} : { act: { command: 'luaheat.goToLine', given: [path, line] } };
}

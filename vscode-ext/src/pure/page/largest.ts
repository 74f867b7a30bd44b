// SPDX-License-Identifier: MIT
// What takes the room of the heap: the largest tables, and equal strings.

import type { EqualString, LargeTable } from '../largest.ts';
import { goTo } from './table.ts';
import type { Button, PlaceText, Table } from './table.ts';

export interface LargestWords {
  readonly tables: string;
  readonly strings: string;
  readonly path: string;
  readonly retained: string;
  readonly retainedTip: string;
  readonly own: string;
  readonly entries: string;
  readonly place: string;
  readonly value: string;
  readonly saved: string;
  readonly savedTip: string;
  readonly count: string;
  readonly each: string;
}

export function largestTable(tables: readonly LargeTable[], message: string, buttons: readonly Button[], words: LargestWords, placeText: PlaceText): Table {
  return {
    title: words.tables,
    message,
    columns: tables.length === 0 ? [] : [
      { id: 'name', title: words.path, kind: 'name', isWide: true },
      { id: 'retained', title: words.retained, kind: 'bytes', tip: words.retainedTip, hasBars: true },
      { id: 'bytes', title: words.own, kind: 'bytes' },
      { id: 'entries', title: words.entries, kind: 'count' },
      { id: 'place', title: words.place, kind: 'text' },
    ],
    rows: tables.map(({ text, retained, bytes, entries, place }, index) => ({ id: String(index), cells: { name: text, retained, bytes, entries, place: place && placeText(place) }, tip: text, ...(place !== undefined && goTo(place)) })),
    sort: { column: 'retained', descending: true },
    byFile: false,
    buttons,
  };
}

export function stringsTable(strings: readonly EqualString[], message: string, buttons: readonly Button[], words: LargestWords, placeText: PlaceText): Table {
  return {
    title: words.strings,
    message,
    columns: strings.length === 0 ? [] : [
      { id: 'name', title: words.value, kind: 'name' },
      { id: 'saved', title: words.saved, kind: 'bytes', tip: words.savedTip, hasBars: true },
      { id: 'count', title: words.count, kind: 'count' },
      { id: 'each', title: words.each, kind: 'bytes' },
      { id: 'path', title: words.path, kind: 'text' },
      { id: 'place', title: words.place, kind: 'text' },
    ],
    rows: strings.map(({ value, saved, count, each, text, place }, index) => ({ id: String(index), cells: { name: value, saved, count, each, path: text, place: place && placeText(place) }, tip: value, ...(place !== undefined && goTo(place)) })),
    sort: { column: 'saved', descending: true },
    byFile: false,
    buttons,
  };
}

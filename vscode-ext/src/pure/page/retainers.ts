// SPDX-License-Identifier: MIT
// Who holds what is alive: paths that are alike, or the holders of one object, each with the steps of its path.

import type { Holder, Shape, Step } from '../retainers.ts';
import { goTo } from './table.ts';
import type { PlaceText, Row, Table } from './table.ts';

export interface RetainersWords {
  readonly title: string;
  readonly path: string;
  readonly objects: string;
  readonly bytes: string;
  readonly bytesTip: string;
  readonly value: string;
  readonly place: string;
}

/** Paths that are alike, each with its single ones below (once they are known), or else holders. */
export interface RetainersFound {
  readonly shapes: readonly Shape[];
  readonly paths: ReadonlyMap<number, readonly Shape[]>; // by the index of the shape
  readonly holders: readonly Holder[];
}

export function retainersTable({ shapes, paths, holders }: RetainersFound, message: string, words: RetainersWords, placeText: PlaceText): Table {
  const isOfLine = shapes.length > 0;
  const rows = isOfLine ? shapes.map((shape, index) => shapeRow(shape, index, paths.get(index), placeText)) : holders.map((holder, index) => holderRow(holder, index, holders.length === 1, placeText));
  return {
    title: words.title,
    message,
    columns: rows.length === 0 ? [] : [
      { id: 'name', title: words.path, kind: 'name', isWide: true },
      { id: 'objects', title: words.objects, kind: 'count' },
      ...(isOfLine ? [{ id: 'bytes', title: words.bytes, kind: 'bytes', tip: words.bytesTip, hasBars: true } as const] : [{ id: 'value', title: words.value, kind: 'text' } as const]),
      { id: 'place', title: words.place, kind: 'text' },
    ],
    rows,
    sort: undefined,
    byFile: false,
    buttons: [],
  };
}

function shapeRow({ text, count, bytes, paths, steps }: Shape, index: number, single: readonly Shape[] | undefined, placeText: PlaceText): Row {
  const row = { id: `shape ${index}`, cells: { name: text, objects: count, bytes }, tip: text };
  if (paths === 1) return { ...row, rows: stepRows(`shape ${index}`, steps, placeText) };
  if (single === undefined) return { ...row, opensLater: true };
  return {
    ...row,
    rows: single.map((path, at) => {
      const id = `shape ${index} ${at}`;
      return { id, cells: { name: path.text, objects: path.count, bytes: path.bytes }, tip: path.text, rows: stepRows(id, path.steps, placeText) };
    }),
  };
}

function holderRow({ name, count, value, text, steps }: Holder, index: number, isOpen: boolean, placeText: PlaceText): Row {
  const id = `holder ${index}`;
  return { id, cells: { name, objects: count, value }, tip: text, isOpen, rows: stepRows(id, steps, placeText) };
}

function stepRows(id: string, steps: readonly Step[], placeText: PlaceText): Row[] {
  return steps.map(({ text, place }, at) => ({
    id: `${id} step ${at}`,
    cells: { name: text, place: place && placeText(place) },
    tip: text,
    ...(place !== undefined && goTo(place)),
  }));
}

/** The index of the shape that a row opens. */
export function shapeOf(row: string): number | undefined {
  const [, index] = /^shape (\d+)$/.exec(row) ?? [];
  return index === undefined ? undefined : Number(index);
}

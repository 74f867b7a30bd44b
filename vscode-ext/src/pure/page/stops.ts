// SPDX-License-Identifier: MIT
// The stops of a program, the last one first.

import type { Stop } from '../sessionFigures.ts';
import { goTo } from './table.ts';
import type { Row, Table } from './table.ts';

export interface StopsWords {
  readonly title: string;
  readonly stop: string;
  readonly reason: string;
  readonly change: string;
  readonly heap: string;
  readonly peak: string;
  readonly nothing: string;
  readonly compare: string;
  readonly reasonOf: (reason: string) => string;
}

/** `nameOf` says where it is. */
export function stopsTable(stops: readonly Stop[], nameOf: (stop: Stop) => string, canCompare: boolean, words: StopsWords): Table {
  return {
    title: words.title,
    message: stops.length === 0 ? words.nothing : '',
    columns: stops.length === 0 ? [] : [
      { id: 'name', title: words.stop, kind: 'name' },
      { id: 'change', title: words.change, kind: 'change', hasBars: true },
      { id: 'heap', title: words.heap, kind: 'bytes' },
      { id: 'peak', title: words.peak, kind: 'bytes' },
      { id: 'reason', title: words.reason, kind: 'text' },
    ],
    rows: [...stops].reverse().map((stop) => stopRow(stop, nameOf(stop), canCompare, words)),
    sort: undefined,
    byFile: false,
    buttons: [],
  };
}

function stopRow(stop: Stop, name: string, canCompare: boolean, { compare, reasonOf }: StopsWords): Row {
  const { number, change, heap, reason, place, id } = stop;
  return {
    id: String(number),
    cells: { name, change, heap: heap.live, peak: heap.peak, reason: reasonOf(reason) },
    ...(place !== undefined && goTo(place)),
    ...(canCompare && id !== undefined && { buttons: [{ title: compare, command: 'luaheat.compareStops', given: [stop] }] }),
  };
}

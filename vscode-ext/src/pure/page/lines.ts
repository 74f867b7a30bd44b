// SPDX-License-Identifier: MIT
// The lines of a program by file, with what each grew by itself and with callees.

import type { Place } from '../answers.ts';
import { heatLevel, hottestLines } from '../heat.ts';
import type { HottestLine, HottestSource } from '../heat.ts';
import type { Metric } from '../metrics.ts';
import type { SessionFigures, SourceFigures } from '../sessionFigures.ts';
import { goTo } from './table.ts';
import type { Button, Choices, Column, Row, Table } from './table.ts';

export interface LinesWords {
  readonly title: string;
  readonly line: string;
  readonly text: string;
  readonly own: string;
  readonly ownTip: string; // the metric
  readonly withCallees: string;
  readonly withCalleesTip: string;
  readonly retained: string;
  readonly retainedTip: string;
  readonly allocations: string;
  readonly nothing: string;
}

export interface LinesSeen {
  readonly metric: Metric;
  readonly threshold: number; // bytes
  readonly words: LinesWords;
  /** As it is now. */
  readonly lineNow: (place: Place) => { readonly line: number; readonly text: string };
  readonly buttonsOf: (place: Place) => readonly Button[];
  readonly isSuspect: (place: Place) => boolean;
  readonly choices: Choices;
}

const ROOM = 1000; // lines: the hottest

export function linesTable(session: SessionFigures, seen: LinesSeen): Table {
  const { metric, words, threshold } = seen;
  const groups = hottestLines(session, metric, threshold, ROOM);
  const max = Math.max(0, ...groups.filter(({ source }) => !source.isPseudo).map(({ lines }) => lines[0]?.bytes ?? 0));
  return {
    title: words.title,
    message: groups.length === 0 ? words.nothing : '',
    columns: columns(session, seen),
    rows: groups.map((group) => sourceRow(group, max, seen)),
    sort: { column: 'own', descending: true },
    byFile: true,
    buttons: [],
    choices: seen.choices,
  };
}

function columns(session: SessionFigures, { metric, words }: LinesSeen): readonly Column[] {
  const kind = metric.isChange ? 'change' : 'bytes';
  return [
    { id: 'name', title: words.line, kind: 'name' },
    { id: 'own', title: words.own, kind, tip: words.ownTip, hasBars: true },
    ...(metric.withCallees === undefined ? [] : [{ id: 'withCallees', title: words.withCallees, kind, tip: words.withCalleesTip, hasBars: true } as const]),
    ...(session.has('retained') && metric.id !== 'retained' ? [{ id: 'retained', title: words.retained, kind: 'bytes', tip: words.retainedTip } as const] : []),
    { id: 'allocations', title: words.allocations, kind: 'count' },
    { id: 'text', title: words.text, kind: 'text' },
  ];
}

function sourceRow({ source, bytes, lines }: HottestSource, max: number, seen: LinesSeen): Row {
  const id = source.path ?? `:${source.name}`;
  if (source.isPseudo) return { id, cells: { name: source.name, own: bytes }, mark: 'group', isAside: true };
  const rows = lines.map((line) => lineRow(source, line, heatLevel(line.bytes, max), seen));
  const sum = (column: string): number => rows.reduce((all, { cells }) => all + Number(cells[column] ?? 0), 0);
  return {
    id,
    cells: { name: source.name, own: bytes, retained: sum('retained'), allocations: sum('allocations') },
    mark: 'group',
    tip: source.path ?? source.name,
    isOpen: true,
    rows,
  };
}

/** The id of its row. */
export function rowOfLine({ path, name, line }: Place): string {
  return `${path ?? `:${name}`}:${line}`;
}

function lineRow(source: SourceFigures, { figures, bytes }: HottestLine, level: number, { metric, lineNow, buttonsOf, isSuspect }: LinesSeen): Row {
  const place = { name: source.name, path: source.path, line: figures.line };
  const { line, text } = lineNow(place);
  return {
    id: rowOfLine(place),
    cells: {
      name: `${source.name}:${line}`,
      own: bytes,
      withCallees: metric.withCallees?.(figures)?.bytes,
      retained: figures.now.retained,
      allocations: metric.allocations(figures),
      text,
    },
    level,
    ...(isSuspect(place) && { mark: 'suspect' }),
    ...goTo(place),
    buttons: buttonsOf(place),
  };
}

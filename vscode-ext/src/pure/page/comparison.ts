// SPDX-License-Identifier: MIT
// Two stops compared line by line: what each grew by, and what of it is new, survived and is gone.

import type { Place } from '../answers.ts';
import type { ComparedLine, ComparedSource, Comparison } from '../comparison.ts';
import type { KindFigures } from '../figures.ts';
import { heatLevel } from '../heat.ts';
import { goTo } from './table.ts';
import type { Button, Cell, Choices, Row, Table } from './table.ts';

export interface ComparisonWords {
  readonly title: string;
  readonly line: string;
  readonly growth: string;
  readonly born: string;
  readonly survived: string;
  readonly gone: string;
  readonly allocated: string;
  readonly freed: string;
  readonly allocations: string;
  readonly text: string;
}

export interface ComparisonSeen {
  readonly words: ComparisonWords;
  readonly message: string;
  readonly choices: Choices;
  readonly lineNow: (place: Place) => { readonly line: number; readonly text: string };
  readonly buttonsOf: (place: Place) => readonly Button[];
  readonly kindName: (kind: string) => string;
}

export function comparisonTable(comparison: Comparison | undefined, seen: ComparisonSeen): Table {
  const { words, message, choices } = seen;
  const sources = comparison?.sources ?? [];
  const max = Math.max(0, ...sources.filter(({ isPseudo }) => !isPseudo).map(({ lines }) => lines[0]?.figures.growth ?? 0));
  return {
    title: words.title,
    message,
    columns: sources.length === 0 ? [] : [
      { id: 'name', title: words.line, kind: 'name' },
      { id: 'growth', title: words.growth, kind: 'change', hasBars: true },
      { id: 'born', title: words.born, kind: 'bytes' },
      { id: 'survived', title: words.survived, kind: 'bytes' },
      { id: 'gone', title: words.gone, kind: 'bytes' },
      { id: 'allocated', title: words.allocated, kind: 'bytes' },
      { id: 'freed', title: words.freed, kind: 'bytes' },
      { id: 'allocations', title: words.allocations, kind: 'count' },
      { id: 'text', title: words.text, kind: 'text' },
    ],
    rows: sources.map((source) => sourceRow(source, max, seen)),
    sort: { column: 'growth', descending: true },
    byFile: true,
    buttons: [],
    choices,
  };
}

function sourceRow({ name, path, isPseudo, growth, lines }: ComparedSource, max: number, seen: ComparisonSeen): Row {
  const rows = lines.map((line) => lineRow(line, isPseudo ? 0 : heatLevel(line.figures.growth, max), seen));
  return { id: path ?? `:${name}`, cells: { name, growth }, mark: 'group', isAside: isPseudo, tip: path ?? name, isOpen: !isPseudo, rows };
}

function lineRow({ place, figures }: ComparedLine, level: number, { lineNow, buttonsOf, kindName }: ComparisonSeen): Row {
  const { line, text } = lineNow(place);
  const id = `${place.path ?? `:${place.name}`}:${place.line}`;
  return {
    id,
    cells: { name: line > 0 ? `${place.name}:${line}` : place.name, ...cellsOf(figures), text },
    level,
    ...goTo(place),
    buttons: buttonsOf(place),
    rows: [...figures.kinds].map(([kind, own]) => ({ id: `${id} ${kind}`, cells: { name: kindName(kind), ...cellsOf(own) }, mark: 'group' })),
  };
}

function cellsOf({ allocated, freed, allocations, turnover }: KindFigures): Readonly<Record<string, Cell>> {
  return { growth: allocated - freed, ...turnover, allocated, freed, allocations };
}

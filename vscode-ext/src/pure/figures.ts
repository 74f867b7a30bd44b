// SPDX-License-Identifier: MIT
// The figures of one line, and how the adapter sends them: rows of numbers under named columns, in
// the event luaheat/heat and the answer to luaheat/lines alike. What the words mean stands in
// docs/figures.md. Bytes, unless they are called allocations.

import { isObject, number, objects } from './answers.ts';

export interface KindFigures {
  readonly allocations: number;
  readonly allocated: number;
  readonly freed: number;
  readonly turnover?: Turnover | undefined;
}

/** What became of what lives, from one moment to another. */
export interface Turnover {
  readonly born: number; // the column `new`
  readonly survived: number;
  readonly gone: number;
}

/** The truth is at most `error` away, in 95 of 100 cases; 0: it is exact. */
export interface Estimate {
  readonly bytes: number;
  readonly error: number;
}

/** What a line did itself, and what happened in the calls that it made. */
export interface WithCallees {
  readonly allocated: Estimate;
  readonly live: Estimate;
  readonly growth: Estimate;
}

export interface Figures {
  readonly allocations: number;
  readonly allocated: number;
  readonly freed: number;
  readonly live: number;
  readonly growth: number;
  readonly atPeak: number;
  readonly retained: number | undefined; // undefined: the adapter does not know it
  readonly kinds: ReadonlyMap<string, KindFigures>;
  readonly withCallees: WithCallees | undefined; // undefined: no stacks are looked at
  readonly turnover: Turnover | undefined; // undefined: not between two moments, or not known any more
}

export interface Heap {
  readonly live: number;
  readonly growth: number; // of all lines together
  readonly peak: number;
}

/** Of the heap, at the earlier and at the later of two moments. */
export interface Between {
  readonly before: number;
  readonly after: number;
}

export interface ReadRow {
  readonly line: number; // from 1; 0 for pseudo-lines
  readonly figures: Figures;
}

export interface ReadSource {
  readonly name: string;
  readonly path: string | undefined; // undefined: no file, such as (startup) or a chunk of load()
  readonly isPseudo: boolean;
  readonly rows: readonly ReadRow[];
}

export interface Reading {
  readonly heap: Heap;
  readonly kinds: ReadonlyMap<string, number>; // live bytes of the whole heap, by kind of object
  readonly between: Between | undefined; // undefined: it is not between two moments
  readonly stop: number | undefined; // the adapter's number of the stop that it was sent for
  readonly since: number | undefined; // that of the stop from which growth counts; undefined: the start
  readonly columns: readonly string[];
  readonly sources: readonly ReadSource[];
}

export const NOTHING: Figures = {
  allocations: 0,
  allocated: 0,
  freed: 0,
  live: 0,
  growth: 0,
  atPeak: 0,
  retained: undefined,
  kinds: new Map(),
  withCallees: undefined,
  turnover: undefined,
};

/** The body of luaheat/heat or luaheat/lines; undefined if it is nothing of the kind. */
export function readFigures(body: unknown): Reading | undefined {
  if (!isObject(body) || !isObject(body['heap']) || !Array.isArray(body['columns'])) return undefined;
  const columns = body['columns'].map(String);
  const { live, growth, peak, before, after } = body['heap'];
  return {
    heap: { live: number(live), growth: number(growth), peak: number(peak) },
    kinds: readHeapKinds(body['kinds']),
    between: after === undefined ? undefined : { before: number(before), after: number(after) },
    stop: typeof body['stop'] === 'number' ? body['stop'] : undefined,
    since: typeof body['since'] === 'number' ? body['since'] : undefined,
    columns,
    sources: objects(body['sources']).map((source) => readSource(source, columns)),
  };
}

function readHeapKinds(kinds: unknown): ReadonlyMap<string, number> {
  if (!isObject(kinds)) return new Map();
  return new Map(Object.entries(kinds).map(([kind, figures]) => [kind, isObject(figures) ? number(figures['live']) : 0]));
}

function readSource(entry: Record<string, unknown>, columns: readonly string[]): ReadSource {
  const source = isObject(entry['source']) ? entry['source'] : {};
  const path = source['path'];
  const rows = Array.isArray(entry['rows']) ? entry['rows'].filter((row) => Array.isArray(row)) : [];
  return {
    name: typeof source['name'] === 'string' ? source['name'] : '',
    path: typeof path === 'string' ? path : undefined,
    isPseudo: source['presentationHint'] === 'deemphasize',
    rows: rows.flatMap((row: readonly unknown[]) => readRow(row, columns)),
  };
}

/** One for each line: those with the same figures come together. */
function readRow(row: readonly unknown[], columns: readonly string[]): ReadRow[] {
  const column = (name: string): unknown => row[columns.indexOf(name)];
  const figures: Figures = {
    allocations: number(column('allocations')),
    allocated: number(column('allocated')),
    freed: number(column('freed')),
    live: number(column('live')),
    growth: number(column('growth')),
    atPeak: number(column('atPeak')),
    retained: columns.includes('retained') ? number(column('retained')) : undefined,
    kinds: readKinds(column('kinds')),
    withCallees: columns.includes('allocatedWithCallees') ? readWithCallees(column) : undefined,
    turnover: columns.includes('new') ? readTurnover([column('new'), column('survived'), column('gone')]) : undefined,
  };
  return [column('line')].flat().map((line) => ({ line: number(line), figures }));
}

function readWithCallees(column: (name: string) => unknown): WithCallees {
  const estimate = (name: string): Estimate => ({ bytes: number(column(name)), error: number(column(`${name}Error`)) });
  return { allocated: estimate('allocatedWithCallees'), live: estimate('liveWithCallees'), growth: estimate('growthWithCallees') };
}

function readKinds(kinds: unknown): ReadonlyMap<string, KindFigures> {
  if (!isObject(kinds)) return new Map();
  return new Map(
    Object.entries(kinds).map(([kind, numbers]) => {
      const [allocations, allocated, freed, , ...turnover] = Array.isArray(numbers) ? (numbers as unknown[]) : [];
      const figures = { allocations: number(allocations), allocated: number(allocated), freed: number(freed) };
      return [kind, turnover.length === 3 ? { ...figures, turnover: readTurnover(turnover) } : figures];
    }),
  );
}

function readTurnover([born, survived, gone]: readonly unknown[]): Turnover {
  return { born: number(born), survived: number(survived), gone: number(gone) };
}

/** What happened from `before` to `now`, by kind; kinds of which nothing happened are left out. */
export function kindsSince(before: Figures, now: Figures): ReadonlyMap<string, KindFigures> {
  const changes = new Map<string, KindFigures>();
  for (const [kind, to] of now.kinds) {
    const from = before.kinds.get(kind) ?? { allocations: 0, allocated: 0, freed: 0 };
    const change = {
      allocations: to.allocations - from.allocations,
      allocated: to.allocated - from.allocated,
      freed: to.freed - from.freed,
    };
    if (change.allocations !== 0 || change.freed !== 0) changes.set(kind, change);
  }
  return changes;
}

export function hasHappened(figures: Figures): boolean {
  return figures.allocations > 0 || figures.freed > 0;
}

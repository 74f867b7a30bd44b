// SPDX-License-Identifier: MIT
// All that one debug session has told of its memory: the figures of every line, the stops, and how
// the heap went. Knows neither DAP nor VS Code.
//
// A line's figures are kept twice: as they are now, and as they were when the program last went on,
// so that everything of "since the last stop" is their difference. Growth is the adapter's own, and so
// is the change of the heap, which is the sum of it: one interval has one figure everywhere. A stop is
// as it was when the program went on: the adapter tells it again if something has changed it.

import type { Place } from './answers.ts';
import { NOTHING } from './figures.ts';
import type { Figures, Heap, Reading, ReadRow, ReadSource } from './figures.ts';
import { HeapHistory } from './timeline.ts';

export interface LineFigures {
  readonly line: number;
  readonly now: Figures;
  readonly before: Figures;
}

export interface SourceFigures {
  readonly name: string;
  readonly path: string | undefined;
  readonly isPseudo: boolean;
  readonly lines: ReadonlyMap<number, LineFigures>;
  /** As they were at the end of the last interval from stop to stop, before this one, in which the program's lines grew. */
  readonly earlierLines: ReadonlyMap<number, LineFigures>;
}

export interface Stop {
  readonly number: number; // from 1
  readonly id: number | undefined; // the adapter's number; undefined: it keeps no figures of it
  readonly reason: string; // DAP's word; 'exited' for the end, 'left' for that of the session alone
  readonly heap: Heap;
  readonly change: number; // of the heap since the stop before, or since the start
  readonly exitCode: number | undefined; // undefined at the end: its user has ended it
  readonly place: Place | undefined; // undefined until the stack is known, and at the end
}

/** The program was there no longer, or we were not. */
export function isEnd({ reason }: Pick<Stop, 'reason'>): boolean {
  return reason === 'exited' || reason === 'left';
}

interface StoredSource extends SourceFigures {
  lines: Map<number, LineFigures>;
  earlierLines: ReadonlyMap<number, LineFigures>;
}

/** By the signals that end it when its user asks: SIGTERM and, after a while, SIGKILL. */
const TERMINATED: ReadonlySet<number> = new Set([128 + 15, 128 + 9]);

export class SessionFigures {
  readonly history = new HeapHistory();
  readonly #sources = new Map<string, StoredSource>();
  readonly #stops: Stop[] = [];
  #heap: Heap | undefined;
  #columns: readonly string[] = [];
  #runs = true;
  #since: number | undefined; // the adapter's number of the stop from which growth counts
  #isTerminating = false;
  #awaited: Pick<Stop, 'reason' | 'exitCode'> | undefined; // the stop whose reading is to come

  /** undefined before the first reading. */
  get heap(): Heap | undefined {
    return this.#heap;
  }

  get sources(): Iterable<SourceFigures> {
    return this.#sources.values();
  }

  get stops(): readonly Stop[] {
    return this.#stops;
  }

  /** Change of the heap since the last stop (before any: since the start). */
  get heapChange(): number {
    return this.#heap?.growth ?? 0;
  }

  /** Growth counts from the start of the program: it has not gone on from a stop yet. */
  get growsFromStart(): boolean {
    return this.#since === undefined;
  }

  has(column: string): boolean {
    return this.#columns.includes(column);
  }

  /** The program has stopped or ended; the reading that belongs to it follows. */
  stopped(reason: string, exitCode?: number): void {
    this.#awaited = { reason, exitCode };
  }

  resumed(): void {
    this.#runs = true;
  }

  /** Where the last stop is. False: that was known. */
  located(place: Place): boolean {
    const last = this.#stops.at(-1);
    if (last === undefined || last.place !== undefined || isEnd(last)) return false;
    this.#stops[this.#stops.length - 1] = { ...last, place };
    return true;
  }

  /** Forgets all figures; what comes later is shown. */
  clear(): void {
    this.#sources.clear();
    this.#stops.length = 0;
    this.#heap = undefined;
    this.history.clear();
  }

  /** Takes in the lines that changed. `time` is in milliseconds, from any moment on. */
  read(reading: Reading, time: number): void {
    if (reading.since !== this.#since) this.#rebase(reading.since);
    this.#columns = reading.columns;
    for (const source of reading.sources) this.#readSource(source, time);
    this.history.lines.settle();
    this.#heap = reading.heap;
    this.history.add({ time, live: reading.heap.live, kinds: reading.kinds });
    if (this.#awaited !== undefined) this.#addStop({ ...this.#awaited, id: reading.stop }, reading.heap, time);
    else if (reading.stop !== undefined) this.#changeStop(reading.stop, reading.heap, time);
  }

  /** The program's user has asked it to end. */
  terminating(): void {
    this.#isTerminating = true;
  }

  /** The program has ended; figures came with the end, or not at all. */
  ended(exitCode: number, time: number): void {
    const byUser = this.#isTerminating && TERMINATED.has(exitCode);
    const end = { reason: 'exited', exitCode: byUser ? undefined : exitCode, id: undefined };
    if (this.#heap !== undefined) this.#addStop(end, this.#heap, time);
  }

  /** We are not attached to it any more; whether it goes on is not known. */
  left(time: number): void {
    if (this.#heap !== undefined) this.#addStop({ reason: 'left', exitCode: undefined, id: undefined }, this.#heap, time);
  }

  #addStop(stop: Pick<Stop, 'reason' | 'exitCode' | 'id'>, heap: Heap, time: number): void {
    const change = this.#runs ? heap.growth : 0;
    this.#runs = false;
    const number = this.#stops.length + 1;
    this.#stops.push({ ...stop, number, heap, change, place: undefined });
    if (!isEnd(stop)) this.history.mark({ time, live: heap.live, stop: number });
    this.#awaited = undefined;
  }

  #changeStop(id: number, heap: Heap, time: number): void {
    const last = this.#stops.at(-1);
    if (last?.id !== id) return;
    this.#stops[this.#stops.length - 1] = { ...last, heap, change: heap.growth };
    this.history.mark({ time, live: heap.live, stop: last.number });
  }

  /** The program has gone on from another stop: all figures are counted from where they are now. */
  #rebase(since: number | undefined): void {
    this.#since = since;
    const sources = [...this.#sources.values()];
    const hasGrown = sources.some(({ isPseudo, lines }) => !isPseudo && [...lines.values()].some(({ now }) => now.growth > 0));
    for (const source of sources) {
      if (hasGrown) source.earlierLines = source.lines;
      source.lines = new Map([...source.lines].map(([line, { now }]) => [line, { line, now: withoutGrowth(now), before: now }]));
    }
  }

  #readSource(read: ReadSource, time: number): void {
    const { name, path } = read;
    const key = path ?? `:${name}`;
    let source = this.#sources.get(key);
    if (source === undefined) {
      source = { name: read.name, path: read.path, isPseudo: read.isPseudo, lines: new Map(), earlierLines: new Map() };
      this.#sources.set(key, source);
    }
    for (const row of read.rows) {
      const { line, figures: { live } } = row;
      this.history.lines.add({ name, path, line }, { time, live }, !source.lines.has(line));
      readLine(source.lines, row);
    }
  }
}

function withoutGrowth(figures: Figures): Figures {
  const { retained, withCallees } = figures;
  return {
    ...figures,
    growth: 0,
    retained: retained === undefined ? undefined : 0,
    withCallees: withCallees === undefined ? undefined : { ...withCallees, growth: { bytes: 0, error: 0 } },
  };
}

function readLine(lines: Map<number, LineFigures>, { line, figures }: ReadRow): void {
  lines.set(line, { line, now: figures, before: lines.get(line)?.before ?? NOTHING });
}

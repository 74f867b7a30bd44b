// SPDX-License-Identifier: MIT
// The heap over time: how it went, what the timeline's page is told of that, and which part it shows.
// ---- How the heap went: at most so many samples, however long the program runs. When the room is full
// every second sample goes, which keeps the shape of the curve. Stops always stay. ----

import type { Place } from './answers.ts';
import { everySecond, keyOf, LineHistories } from './lineHistories.ts';
import type { LineHistory } from './lineHistories.ts';

export interface Sample {
  readonly time: number; // milliseconds
  readonly live: number; // bytes
  readonly kinds: ReadonlyMap<string, number>; // of them, by kind of object
}

export interface Mark {
  readonly time: number; // milliseconds
  readonly live: number; // bytes
  readonly stop: number;
}

const ROOM = 4096;

export class HeapHistory {
  readonly lines = new LineHistories();
  #samples: Sample[] = [];
  readonly #marks = new Map<number, Mark>(); // by their stops
  readonly #room: number;

  constructor(room = ROOM) {
    this.#room = room;
  }

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  get marks(): readonly Mark[] {
    return [...this.#marks.values()];
  }

  add(sample: Sample): void {
    if (this.#samples.length >= this.#room) this.#samples = everySecond(this.#samples);
    this.#samples.push(sample);
  }

  clear(): void {
    this.#samples = [];
    this.#marks.clear();
    this.lines.clear();
  }

  /** One that is there moves. */
  mark(mark: Mark): void {
    this.#marks.set(mark.stop, mark);
  }
}

// ---- What the page is told: numbers for the chart, and its words in the user's language. ----

export interface TimelineSeries {
  readonly id: string; // heap, line, or a kind of object
  readonly label: string;
  readonly values: readonly (number | null)[]; // bytes at each of the times; null: not known
}

export interface TimelineMark {
  readonly time: number; // seconds
  readonly live: number; // bytes
  readonly stop: number;
  readonly place: Place | undefined;
}

/** A line that can be drawn. */
export interface TimelineLine {
  readonly key: string;
  readonly label: string;
}

export interface TimelineWords {
  readonly heap: string;
  readonly time: string;
  readonly stop: string;
  readonly stops: string;
  readonly line: string;
  readonly noLine: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly zoomAll: string;
  readonly empty: string;
}

export interface TimelineData {
  readonly times: readonly number[]; // seconds since the session began
  readonly series: readonly TimelineSeries[]; // the heap first, then the line if one is drawn, then kinds
  readonly marks: readonly TimelineMark[];
  readonly lines: readonly TimelineLine[]; // the largest first
  readonly line: string; // the key of the one that is drawn; '': none
  readonly units: string;
  readonly words: TimelineWords;
}

export interface TimelineShown {
  readonly line: string | undefined; // the key of the chosen one; undefined: the largest is drawn
  readonly units: string;
  readonly words: TimelineWords;
  readonly kind: (kind: string) => string; // its name
}

const SHARE_OF_KIND = 0.01; // of the largest heap; smaller kinds are told as nothing

/** `places`: where the stops are, from the first on. */
export function timelineData(history: HeapHistory, places: readonly (Place | undefined)[], shown: TimelineShown): TimelineData {
  const { samples, marks } = history;
  const lines = history.lines.largest;
  const drawn = lines.find(({ place }) => (shown.line === undefined ? place.path !== undefined : keyOf(place) === shown.line));
  return {
    times: samples.map(({ time }) => time / 1000),
    series: [
      { id: 'heap', label: shown.words.heap, values: samples.map(({ live }) => live) },
      ...(drawn === undefined ? [] : [{ id: 'line', label: labelOf(drawn), values: valuesAt(samples, drawn) }]),
      ...kindSeries(samples, shown.kind),
    ],
    marks: marks.map(({ time, live, stop }) => ({ time: time / 1000, live, stop, place: places[stop - 1] })),
    lines: lines.map((line) => ({ key: keyOf(line.place), label: labelOf(line) })),
    line: drawn === undefined ? '' : keyOf(drawn.place),
    units: shown.units,
    words: shown.words,
  };
}

function labelOf({ place: { name, line } }: LineHistory): string {
  return line === 0 ? name : `${name}:${line}`;
}

/** Those that ever were a part of the heap worth drawing, the largest first. */
function kindSeries(samples: readonly Sample[], nameOf: (kind: string) => string): TimelineSeries[] {
  const most = new Map<string, number>();
  let heap = 0;
  for (const { live, kinds } of samples) {
    heap = Math.max(heap, live);
    for (const [kind, bytes] of kinds) most.set(kind, Math.max(most.get(kind) ?? 0, bytes));
  }
  return [...most]
    .filter(([, bytes]) => bytes >= heap * SHARE_OF_KIND)
    .sort(([, one], [, other]) => other - one)
    .map(([kind]) => ({ id: kind, label: nameOf(kind), values: samples.map(({ kinds }) => kinds.get(kind) ?? 0) }));
}

/** What a line held when the samples were taken. */
function valuesAt(samples: readonly Sample[], { points }: LineHistory): (number | null)[] {
  let next = 0;
  return samples.map(({ time }) => {
    while (next < points.length && (points[next]?.time ?? 0) <= time) next++;
    return points[next - 1]?.live ?? null;
  });
}

// ---- Which part of the time it shows. ----

export interface TimeRange {
  readonly min: number; // seconds
  readonly max: number;
}

/** From the start to a bit after the last of the times. */
export function wholeRange(times: ArrayLike<number>): TimeRange {
  return { min: 0, max: Math.max(0.001, (times[times.length - 1] ?? 0) * 1.02) };
}

/** What is shown where the chart asks for a range: all, if that is what it takes from the times by itself. */
export function rangeAskedFor(times: ArrayLike<number>, min: number, max: number): TimeRange {
  const isAll = min === times[0] && max === times[times.length - 1];
  return isAll ? wholeRange(times) : { min, max };
}

/** What the user has zoomed to; undefined: all is shown. */
export function zoomOf(times: ArrayLike<number>, { min, max }: Partial<TimeRange>): TimeRange | undefined {
  const whole = wholeRange(times);
  if (min === undefined || max === undefined || (min === whole.min && max === whole.max)) return undefined;
  return { min, max };
}

/** A factor below 1 is nearer. The moment stays where it is; nothing is shown that is not of the whole. */
export function zoomBy(range: TimeRange, whole: TimeRange, factor: number, around = (range.min + range.max) / 2): TimeRange {
  return within(whole, { min: around - (around - range.min) * factor, max: around + (range.max - around) * factor });
}

/** Aside, by a part of what is shown. */
export function moveBy(range: TimeRange, whole: TimeRange, part: number): TimeRange {
  const width = range.max - range.min;
  const min = Math.min(Math.max(whole.min, range.min + part * width), whole.max - width);
  return { min, max: min + width };
}

function within(whole: TimeRange, { min, max }: TimeRange): TimeRange {
  return { min: Math.max(whole.min, min), max: Math.min(whole.max, max) };
}

/** The stop that is marked nearest to a moment, if that is no further away than `most`. */
export function nearestMark(marks: readonly TimelineMark[], time: number, most: number): TimelineMark | undefined {
  const [nearest] = [...marks].sort((one, other) => Math.abs(one.time - time) - Math.abs(other.time - time));
  return nearest !== undefined && Math.abs(nearest.time - time) <= most ? nearest : undefined;
}

// ---- Which of the series are drawn. ----

const KINDS_AT_FIRST = 2;

/** `toggled`: those of which the user wants the other. */
export function drawnSeries(series: readonly TimelineSeries[], toggled: readonly string[]): ReadonlySet<string> {
  const kinds = series.filter(({ id }) => id !== 'heap' && id !== 'line');
  const atFirst = (id: string): boolean => kinds.findIndex((kind) => kind.id === id) < KINDS_AT_FIRST;
  return new Set(series.map(({ id }) => id).filter((id) => atFirst(id) !== toggled.includes(id)));
}

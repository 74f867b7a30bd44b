// SPDX-License-Identifier: MIT
// The heap over time: how it went, what the timeline's page is told of that, and which part it shows.
// ---- How the heap went: at most so many samples, however long the program runs. When the room is full
// every second sample goes, which keeps the shape of the curve. Stops always stay. ----

import { everySecond, LineHistories } from './lineHistories.ts';

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

export interface TimelineMark {
  readonly time: number; // seconds
  readonly live: number; // bytes
  readonly stop: number;
}

export interface TimelineWords {
  readonly heap: string;
  readonly time: string;
  readonly stop: string;
  readonly empty: string;
}

export interface TimelineData {
  readonly times: readonly number[]; // seconds since the session began
  readonly heap: readonly number[]; // bytes
  readonly marks: readonly TimelineMark[];
  readonly units: string;
  readonly words: TimelineWords;
}

export function timelineData(
  history: HeapHistory | undefined,
  units: string,
  words: TimelineWords,
): TimelineData {
  const samples = history?.samples ?? [];
  const marks = history?.marks ?? [];
  return {
    times: samples.map(({ time }) => time / 1000),
    heap: samples.map(({ live }) => live),
    marks: marks.map(({ time, live, stop }) => ({ time: time / 1000, live, stop })),
    units,
    words,
  };
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

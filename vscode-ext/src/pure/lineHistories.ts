// SPDX-License-Identifier: MIT
// The live bytes of lines over time: what of a line's memory is retained. However long a program runs and however many
// lines it has, so many lines are kept and so many points of each: those lines that hold most, as what may be a leak
// is among them sooner or later, and points only where something changed. A line that is pushed out and comes back
// begins anew: what it did in between is not known.

import type { Place } from './answers.ts';

export interface LinePoint {
  readonly time: number; // milliseconds
  readonly live: number; // bytes
}

export interface LineHistory {
  readonly place: Place;
  readonly points: readonly LinePoint[]; // each holds until the next
}

interface StoredHistory {
  readonly place: Place;
  points: LinePoint[];
}

export class LineHistories {
  readonly #room: { readonly lines: number; readonly points: number };
  readonly #sources = new Map<string, Map<number, StoredHistory>>(); // what is kept, by line
  #kept: StoredHistory[] = [];
  #candidates: StoredHistory[] = [];
  #least = -1; // who holds no more is no candidate

  constructor(room = { lines: 128, points: 128 }) {
    this.#room = room;
  }

  /** Those that hold most now come first. */
  get largest(): readonly LineHistory[] {
    return [...this.#kept].sort(byLive);
  }

  /** `isNew`: it held nothing before. What is not kept yet may be so once all of the same moment are there. */
  add(place: Place, point: LinePoint, isNew: boolean): void {
    const kept = this.#sources.get(sourceOf(place))?.get(place.line);
    if (kept !== undefined) this.#go(kept, point);
    else if (point.live > this.#least) this.#candidates.push({ place, points: isNew ? [{ time: 0, live: 0 }, point] : [point] });
  }

  /** All of one moment are there. */
  settle(): void {
    if (this.#candidates.length === 0) return;
    const all = [...this.#kept, ...this.#candidates].sort(byLive);
    for (const candidate of this.#candidates) this.#linesOf(candidate.place).set(candidate.place.line, candidate);
    for (const { place } of all.slice(this.#room.lines)) this.#linesOf(place).delete(place.line);
    this.#kept = all.slice(0, this.#room.lines);
    this.#candidates = [];
    this.#least = this.#kept.length < this.#room.lines ? -1 : liveOf(this.#kept.at(-1));
  }

  clear(): void {
    this.#sources.clear();
    this.#kept = [];
    this.#candidates = [];
    this.#least = -1;
  }

  #linesOf(place: Place): Map<number, StoredHistory> {
    const key = sourceOf(place);
    const lines = this.#sources.get(key) ?? new Map<number, StoredHistory>();
    this.#sources.set(key, lines);
    return lines;
  }

  #go(kept: StoredHistory, point: LinePoint): void {
    if (liveOf(kept) === point.live) return;
    this.#least = Math.min(this.#least, point.live);
    if (kept.points.length >= this.#room.points) kept.points = everySecond(kept.points);
    kept.points.push(point);
  }
}

/** What keeps the shape of a curve in half the room. */
export function everySecond<T>(points: readonly T[]): T[] {
  return points.filter((_, index) => index % 2 === 0);
}

export function keyOf(place: Place): string {
  return `${sourceOf(place)}:${place.line}`;
}

function sourceOf({ name, path }: Place): string {
  return path ?? `:${name}`;
}

function byLive(one: LineHistory, other: LineHistory): number {
  return liveOf(other) - liveOf(one);
}

function liveOf(history: LineHistory | undefined): number {
  return history?.points.at(-1)?.live ?? 0;
}

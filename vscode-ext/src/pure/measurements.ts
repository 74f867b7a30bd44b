// SPDX-License-Identifier: MIT
// What measurements have found, as the adapter answers `luaheat/measure` (docs/measure.md). Bytes,
// unless they are called windows.
// A small chart in a line of text.

import { isObject, number, numbers, objects, readPlace } from './answers.ts';
import type { Place } from './answers.ts';

/** Of one figure over the windows that count. */
export interface Spread {
  readonly last: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
  readonly trend: number; // by how much it rises from window to window
}

export const MEASURED = ['growth', 'allocated', 'freed', 'retained'] as const;

export type MeasuredFigures = Readonly<Record<(typeof MEASURED)[number], Spread>>;

/** One of the last that count. */
export interface MeasuredWindow {
  readonly window: number; // as they were opened, from 1
  readonly growth: number;
  readonly allocated: number;
  readonly freed: number;
  readonly retained: number | undefined; // undefined: it is not known any more
  readonly heap: number; // when it closed
}

export interface MeasuredLine extends Place {
  readonly figures: MeasuredFigures;
  readonly recent: readonly number[]; // what it grew by in each of the measurement's last windows
  readonly evidence: Evidence | undefined; // of a suspected leak
}

/** What stands against a line. */
export interface Evidence {
  readonly confidence: string; // certain, likely
  readonly kept: number;
  readonly perWindow: number;
  readonly holder: string | undefined; // where the objects are held; undefined: it is not known
  readonly living: readonly number[]; // at moments spread over the run, the oldest first, garbage apart
}

/** Suspects whose objects are held at one place; one alone, if it is not known where. */
export interface Cause {
  readonly holder: string | undefined;
  readonly confidence: string;
  readonly kept: number;
  readonly perWindow: number;
  readonly lines: readonly MeasuredLine[];
}

export interface Measurement {
  readonly name: string;
  readonly summary: string; // what was found, as a sentence
  readonly windows: number;
  readonly open: number; // windows that have not ended
  readonly judged: number; // moments; with too few there are no suspects
  readonly figures: MeasuredFigures;
  readonly recent: readonly MeasuredWindow[]; // the oldest first
  readonly lines: readonly MeasuredLine[]; // suspects first, then by growth
  readonly causes: readonly Cause[]; // those that keep most of a window first
}

/** Of one line and one measurement. */
export interface Suspicion {
  readonly measurement: string;
  readonly evidence: Evidence;
}

export function isSuspect({ evidence }: MeasuredLine): boolean {
  return evidence !== undefined;
}

export function readMeasurements(body: unknown): readonly Measurement[] {
  return isObject(body) ? objects(body['measurements']).map(readMeasurement) : [];
}

/** The suspected leaks of a source by line. */
export function suspicionsOf(measurements: readonly Measurement[], { name: called, path }: Pick<Place, 'name' | 'path'>): ReadonlyMap<number, readonly Suspicion[]> {
  const found = new Map<number, Suspicion[]>();
  for (const { name, lines } of measurements)
    for (const { name: ownName, path: own, line, evidence } of lines)
      if (own === path && (path !== undefined || ownName === called) && evidence !== undefined)
        found.set(line, [...(found.get(line) ?? []), { measurement: name, evidence }]);
  return found;
}

function readMeasurement(entry: Record<string, unknown>): Measurement {
  const holders = readHolders(entry);
  const suspects = objects(entry['suspects']).map((suspect, index) => ({ place: readPlace(suspect), evidence: readEvidence(suspect, holders.get(index)) }));
  const lines = objects(entry['lines']).map((line) => {
    const place = readPlace(line);
    const suspect = suspects.find((one) => isSame(one.place, place));
    return { ...place, figures: readMeasured(line), recent: numbers(line['recent']), evidence: suspect?.evidence };
  });
  const suspected = suspects.map(({ place }) => lines.find((line) => isSame(line, place)));
  return {
    name: String(entry['name']),
    summary: typeof entry['summary'] === 'string' ? entry['summary'] : '',
    windows: number(entry['windows']),
    open: number(entry['open']),
    judged: number(entry['judged']),
    figures: readMeasured(entry),
    recent: objects(entry['recent']).map(readWindow),
    lines,
    causes: objects(entry['causes']).map((cause) => readCause(cause, suspected)),
  };
}

function readCause(cause: Record<string, unknown>, suspected: readonly (MeasuredLine | undefined)[]): Cause {
  const { holder, confidence, kept, perWindow, suspects } = cause;
  return {
    holder: typeof holder === 'string' ? holder : undefined,
    confidence: String(confidence),
    kept: number(kept),
    perWindow: number(perWindow),
    lines: numbers(suspects).flatMap((index) => suspected[index] ?? []),
  };
}

/** By the index of the suspect. */
function readHolders(entry: Record<string, unknown>): ReadonlyMap<number, string> {
  const holders = new Map<number, string>();
  for (const { holder, suspects } of objects(entry['causes'])) if (typeof holder === 'string') for (const index of numbers(suspects)) holders.set(index, holder);
  return holders;
}

function readEvidence({ confidence, kept, perWindow, living }: Record<string, unknown>, holder: string | undefined): Evidence {
  return { confidence: String(confidence), kept: number(kept), perWindow: number(perWindow), holder, living: numbers(living) };
}

function readWindow({ window, growth, allocated, freed, retained, heap }: Record<string, unknown>): MeasuredWindow {
  return {
    window: number(window),
    growth: number(growth),
    allocated: number(allocated),
    freed: number(freed),
    retained: retained === undefined ? undefined : number(retained),
    heap: number(heap),
  };
}

function isSame(one: Place, other: Place): boolean {
  return one.line === other.line && one.path === other.path && one.name === other.name;
}

function readMeasured(entry: Record<string, unknown>): MeasuredFigures {
  return {
    growth: readSpread(entry['growth']),
    allocated: readSpread(entry['allocated']),
    freed: readSpread(entry['freed']),
    retained: readSpread(entry['retained']),
  };
}

function readSpread(value: unknown): Spread {
  const spread = isObject(value) ? value : {};
  return {
    last: number(spread['last']),
    min: number(spread['min']),
    median: number(spread['median']),
    max: number(spread['max']),
    trend: number(spread['trend']),
  };
}

// ---- A small chart in a line of text. ----

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇']; // a full block would grow together with the line above

/** A bar for each value, from 0 (or less) to the largest. */
export function sparkline(values: readonly number[]): string {
  const max = Math.max(0, ...values);
  const bar = (value: number): number => (max === 0 ? 0 : Math.round((Math.max(0, value) / max) * (BARS.length - 1)));
  return values.map((value) => BARS[bar(value)] ?? '').join('');
}

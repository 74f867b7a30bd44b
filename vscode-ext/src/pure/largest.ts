// SPDX-License-Identifier: MIT
// What takes the room, as the adapter answers `luaheat/largestTables` and `luaheat/equalStrings` (docs/measure.md).

import { isObject, number, objects, readPlace } from './answers.ts';
import type { Place } from './answers.ts';

interface Found {
  readonly text: string; // how it is reached
  readonly place: Place | undefined; // the line that made it
}

export interface LargeTable extends Found {
  readonly bytes: number; // its own
  readonly retained: number;
  readonly entries: number;
}

/** One content, of which there are several strings. */
export interface EqualString extends Found {
  readonly value: string; // as a literal, cut
  readonly count: number;
  readonly each: number; // bytes
  readonly saved: number; // if there was one of them
}

export function readLargestTables(body: unknown): LargeTable[] {
  return listOf(body, 'tables').map((table) => ({
    ...readFound(table),
    bytes: number(table['bytes']),
    retained: number(table['retained']),
    entries: number(table['entries']),
  }));
}

export function readEqualStrings(body: unknown): EqualString[] {
  return listOf(body, 'strings').map((string) => ({
    ...readFound(string),
    value: typeof string['value'] === 'string' ? string['value'] : '',
    count: number(string['count']),
    each: number(string['each']),
    saved: number(string['saved']),
  }));
}

function listOf(body: unknown, name: string): Record<string, unknown>[] {
  return objects(isObject(body) ? body[name] : undefined);
}

function readFound(found: Record<string, unknown>): Found {
  const { text } = found;
  return { text: typeof text === 'string' ? text : '', place: isObject(found['source']) ? readPlace(found) : undefined };
}

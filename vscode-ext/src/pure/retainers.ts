// SPDX-License-Identifier: MIT
// Who holds what is alive, as the adapter answers `luaheat/retainers` (docs/measure.md).

import { isObject, number, objects, readPlace } from './answers.ts';
import type { Place } from './answers.ts';

export interface Step {
  readonly kind: string;
  readonly text: string;
  readonly place: Place | undefined; // of frames and functions
}

export interface Holder {
  readonly count: number; // of objects that it holds
  readonly name: string;
  readonly value: string; // "table: 0x..."
  readonly text: string; // all steps
  readonly steps: readonly Step[]; // to the first of the objects
}

/** Paths that are alike, or one of them. */
export interface Shape {
  readonly count: number; // of objects
  readonly bytes: number; // that the line has allocated, in these
  readonly paths: number; // that are alike
  readonly text: string;
  readonly steps: readonly Step[];
}

export interface Retainers {
  readonly walked: number; // objects that can be reached
  readonly found: number; // of those asked for
  readonly groups: number; // holders, those that were not listed too
  readonly unseenFrames: number;
  readonly shapeCount: number; // those that were not listed too
  readonly shapes: readonly Shape[];
  readonly holders: readonly Holder[];
}

/** What is asked: all that a line has allocated, or one object. */
export type Question =
  | { readonly source: { readonly name: string; readonly path?: string }; readonly line: number }
  | { readonly expression: string; readonly frameId?: number };

export function questionOfLine({ name, path, line }: Place): Question {
  return { source: path === undefined ? { name } : { name, path }, line };
}

export function readRetainers(body: unknown): Retainers {
  const answer = isObject(body) ? body : {};
  return {
    walked: number(answer['walked']),
    found: number(answer['found']),
    groups: number(answer['groups']),
    unseenFrames: number(answer['unseenFrames']),
    shapeCount: number(answer['shapeCount']),
    shapes: objects(answer['shapes']).map(readShape),
    holders: objects(answer['holders']).map(readHolder),
  };
}

/** Of an answer that opens a shape. */
export function readPaths(body: unknown): Shape[] {
  return objects(isObject(body) ? body['paths'] : undefined).map(readShape);
}

function readShape({ count, bytes, paths, text, path }: Record<string, unknown>): Shape {
  return { count: number(count), bytes: number(bytes), paths: number(paths), text: String(text), steps: objects(path).map(readStep) };
}

function readHolder({ count, holder, value, text, path }: Record<string, unknown>): Holder {
  return { count: number(count), name: String(holder), value: typeof value === 'string' ? value : '', text: String(text), steps: objects(path).map(readStep) };
}

function readStep(step: Record<string, unknown>): Step {
  return { kind: String(step['kind']), text: String(step['text']), place: isObject(step['source']) ? readPlace(step) : undefined };
}

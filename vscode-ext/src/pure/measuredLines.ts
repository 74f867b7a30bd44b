// SPDX-License-Identifier: MIT
// The lines between which the user measures: from each time a program comes to one until it comes to the
// other or, without an end, there again. A value; what follows edits and what is stored are told here too.

import { isObject, number, objects } from './answers.ts';
import { lineAfter } from './edits.ts';
import type { Edit } from './edits.ts';

export interface FileLine {
  readonly path: string;
  readonly line: number; // from 1
}

export interface MeasuredLines {
  readonly from: FileLine;
  readonly to: FileLine | undefined;
  readonly laps: boolean; // it has no end, and is to have none
}

/** In the order in which they were set. A line has one of their points at most. */
export type MeasuredList = readonly MeasuredLines[];

export type PointKind = 'from' | 'to' | 'lap';

export interface Point extends FileLine {
  readonly kind: PointKind;
  readonly of: MeasuredLines;
}

// ---- Set and taken away. ----

export function withFrom(all: MeasuredList, { path, line }: FileLine): MeasuredList {
  return [...without(all, { path, line }), { from: { path, line }, to: undefined, laps: false }];
}

export function withLap(all: MeasuredList, { path, line }: FileLine): MeasuredList {
  return [...without(all, { path, line }), { from: { path, line }, to: undefined, laps: true }];
}

/** Of the one that begins there. Where it begins it ends as a lap. */
export function withTo(all: MeasuredList, begin: FileLine, { path, line }: FileLine): MeasuredList {
  const laps = isSame(begin, { path, line });
  const others = laps ? all : without(all, { path, line });
  return others.map((one) => (isSame(one.from, begin) ? { from: one.from, to: laps ? undefined : { path, line }, laps } : one));
}

/** Without its beginning there is nothing to measure. */
export function without(all: MeasuredList, line: FileLine): MeasuredList {
  return all
    .filter(({ from }) => !isSame(from, line))
    .map((one) => (one.to !== undefined && isSame(one.to, line) ? { ...one, to: undefined } : one));
}

/** Those that a line could end, the last one first: those that have no end, else all whose end may move. */
export function endable(all: MeasuredList): MeasuredList {
  const open = all.filter(({ to, laps }) => to === undefined && !laps);
  return (open.length > 0 ? open : all.filter(({ laps }) => !laps)).toReversed();
}

// ---- Asked. ----

export function pointsIn(all: MeasuredList, path: string): readonly Point[] {
  return all.flatMap(pointsOf).filter((point) => point.path === path);
}

export function pointAt(all: MeasuredList, line: FileLine): Point | undefined {
  return all.flatMap(pointsOf).find((point) => isSame(point, line));
}

function pointsOf(of: MeasuredLines): Point[] {
  const { from, to, laps } = of;
  const begin: Point = { ...from, kind: laps ? 'lap' : 'from', of };
  return to === undefined ? [begin] : [begin, { ...to, kind: 'to', of }];
}

/** By the place of its beginning, with as many folders as make it another one's no more. */
export function nameOf(all: MeasuredList, { from: { path, line } }: MeasuredLines): string {
  const parts = path.split('/');
  const named = (count: number, of: string): string => of.split('/').slice(-count).join('/');
  const others = all.map(({ from }) => from).filter((other) => other.path !== path && other.line === line);
  const count = parts.findIndex((_, index) => others.every((other) => named(index + 1, other.path) !== named(index + 1, path)));
  return `${named(count < 0 ? parts.length : count + 1, path)}:${line}`;
}

// ---- Told to a program, kept, and moved with edits. ----

/** The arguments of luaheat/measurements. */
export function requestOf(all: MeasuredList): { measurements: object[] } {
  const place = ({ path, line }: FileLine): object => ({ source: { path }, line });
  return { measurements: all.map((one) => ({ name: nameOf(all, one), from: place(one.from), ...(one.to !== undefined && { to: place(one.to) }) })) };
}

/** What has been stored, by whatever version. */
export function readMeasuredLines(stored: unknown): MeasuredList {
  return objects(stored).flatMap(({ from, to, laps }) => {
    const [begin, end] = [readLine(from), readLine(to)];
    return begin === undefined ? [] : [{ from: begin, to: end, laps: laps === true && end === undefined }];
  });
}

function readLine(value: unknown): FileLine | undefined {
  const { path, line } = isObject(value) ? value : {};
  return typeof path === 'string' && path !== '' && number(line) > 0 ? { path, line: number(line) } : undefined;
}

/** Those of a file after an edit: the same list if nothing has moved. Of two points on one line the last one stays. */
export function afterEdit(all: MeasuredList, path: string, edit: Edit): MeasuredList {
  const moved = (at: FileLine): FileLine => (at.path === path ? { path, line: lineAfter(edit, at.line) } : at);
  const isMoved = all.flatMap(pointsOf).some((point) => moved(point).line !== point.line);
  return isMoved ? all.reduce<MeasuredList>((done, one) => withMoved(done, one, moved), []) : all;
}

function withMoved(done: MeasuredList, { from, to, laps }: MeasuredLines, moved: (at: FileLine) => FileLine): MeasuredList {
  const begun = (laps ? withLap : withFrom)(done, moved(from));
  return to === undefined ? begun : withTo(begun, moved(from), moved(to));
}

function isSame(one: FileLine, other: FileLine): boolean {
  return one.line === other.line && one.path === other.path;
}

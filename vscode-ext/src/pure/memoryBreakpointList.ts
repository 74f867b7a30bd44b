// SPDX-License-Identifier: MIT
// Memory breakpoints: lines that stop the program when they grow by more than a figure. A value; what
// follows edits and what is stored are told here too.

import { number, objects } from './answers.ts';
import { lineAfter } from './edits.ts';
import type { Edit } from './edits.ts';

export interface MemoryBreakpoint {
  readonly path: string;
  readonly line: number; // from 1
  readonly growth: number; // bytes
}

export type MemoryBreakpointList = readonly MemoryBreakpoint[];

type Line = Pick<MemoryBreakpoint, 'path' | 'line'>;

/** One line has at most one: it takes the place of that. In the order of files and lines. */
export function withBreakpoint(all: MemoryBreakpointList, added: MemoryBreakpoint): MemoryBreakpointList {
  return [...without(all, added), added].sort((one, other) => compare(one.path, other.path) || one.line - other.line);
}

export function without(all: MemoryBreakpointList, { path, line }: Line): MemoryBreakpointList {
  return all.filter((one) => one.path !== path || one.line !== line);
}

export function breakpointAt(all: MemoryBreakpointList, { path, line }: Line): MemoryBreakpoint | undefined {
  return all.find((one) => one.path === path && one.line === line);
}

/** What has been stored, by whatever version. */
export function readBreakpoints(stored: unknown): MemoryBreakpointList {
  return objects(stored)
    .map(({ path, line, growth }) => ({ path: typeof path === 'string' ? path : '', line: number(line), growth: number(growth) }))
    .filter(({ path, line, growth }) => path !== '' && line > 0 && growth > 0);
}

/** The arguments of luaheat/memoryBreakpoints. */
export function requestOf(all: MemoryBreakpointList): { breakpoints: object[] } {
  return { breakpoints: all.map(({ path, line, growth }) => ({ source: { path }, line, growth })) };
}

/** Those of a file after an edit: the same list if none has moved. Two on one line are one. */
export function afterEdit(all: MemoryBreakpointList, path: string, edit: Edit): MemoryBreakpointList {
  const moved = (one: MemoryBreakpoint): MemoryBreakpoint => (one.path === path ? { ...one, line: lineAfter(edit, one.line) } : one);
  if (all.every((one) => moved(one).line === one.line)) return all;
  return all.reduce<MemoryBreakpointList>((done, one) => withBreakpoint(done, moved(one)), []);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

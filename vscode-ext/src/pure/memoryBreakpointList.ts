// SPDX-License-Identifier: MIT
// Memory breakpoints: lines that stop the program when they grow by more than a figure. A value; what
// follows edits and what is stored are told here too.

import { number, objects } from './answers.ts';

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

/** A change of text, in VS Code's shape: lines and characters are from 0. */
export interface Edit {
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number; readonly character: number } };
  readonly text: string;
}

/** Those of a file after an edit. One whose line is gone stays where it was; two on one line are one. */
export function afterEdit(all: MemoryBreakpointList, path: string, { range: { start, end }, text }: Edit): MemoryBreakpointList {
  const isBefore = end.character === 0; // the line of the end is whole: it moves
  const added = text.split('\n').length - 1;
  const shift = added - (end.line - start.line);
  const moved = (line: number): number =>
    line - 1 > end.line || (isBefore && line - 1 === end.line) ? line + shift : Math.min(line, start.line + 1 + added);
  if (shift === 0) return all;
  return all.reduce<MemoryBreakpointList>((done, one) => withBreakpoint(done, one.path === path ? { ...one, line: moved(one.line) } : one), []);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

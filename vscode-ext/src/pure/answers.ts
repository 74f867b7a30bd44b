// SPDX-License-Identifier: MIT
// Parts of what the adapter answers, of which nothing is taken for granted: what is odd is nothing.

/** A line of a source, or of what is none. */
export interface Place {
  readonly name: string;
  readonly path: string | undefined;
  readonly line: number;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

export function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.map(number) : [];
}

export function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Of an object with a DAP source and a line. */
export function readPlace({ source, line }: Record<string, unknown>): Place {
  const { name, path } = isObject(source) ? source : {};
  return { name: String(name), path: typeof path === 'string' ? path : undefined, line: number(line) };
}

/** The heap before and after a collection. Bytes. */
export function readCollection(answer: unknown): { before: number; after: number } {
  const { before, after } = isObject(answer) ? answer : {};
  return { before: number(before), after: number(after) };
}

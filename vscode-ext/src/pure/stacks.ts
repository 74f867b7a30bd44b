// SPDX-License-Identifier: MIT
// The tree of calls, as luaheat/stacks answers it: who called whom to allocate how much.

import { isObject, number, objects } from './answers.ts';

export const FLAME_METRICS = ['allocated', 'live', 'growth'] as const;
export type FlameMetric = (typeof FLAME_METRICS)[number];

export type ByMetric = Readonly<Record<FlameMetric, number>>;

export interface CalledFunction {
  readonly name: string;
  readonly file: string; // '' of what is in none
  readonly path: string | undefined; // undefined: it is no file
}

export interface Call {
  readonly parent: number; // an index of a call before it; -1: none
  readonly function: number; // an index; -1: smaller calls, together
  readonly line: number; // from 1; 0: not known
  readonly own: ByMetric; // bytes, without inner calls
  readonly variance: ByMetric; // in bytes times the mean; 0: exact
}

export interface Stacks {
  readonly which: string; // sampled or all; '': none are looked at
  readonly mean: number; // bytes between two samples
  readonly samples: number;
  readonly functions: readonly CalledFunction[];
  readonly calls: readonly Call[];
  readonly dropped: number;
}

/** undefined: it is nothing of the kind. */
export function readStacks(answer: unknown): Stacks | undefined {
  if (!isObject(answer) || !Array.isArray(answer['calls'])) return undefined;
  const columns = Array.isArray(answer['columns']) ? answer['columns'].map(String) : [];
  const { which, mean, samples } = isObject(answer['stacks']) ? answer['stacks'] : {};
  const sources = objects(answer['sources']);
  return {
    which: typeof which === 'string' ? which : '',
    mean: number(mean),
    samples: number(samples),
    functions: objects(answer['functions']).map((one) => readFunction(one, sources)),
    calls: readCalls(answer['calls'], columns),
    dropped: number(answer['dropped']),
  };
}

function readFunction({ name, source }: Record<string, unknown>, sources: readonly Record<string, unknown>[]): CalledFunction {
  const of = (typeof source === 'number' ? sources[source] : undefined) ?? {};
  return { name: String(name), file: typeof of['name'] === 'string' ? of['name'] : '', path: typeof of['path'] === 'string' ? of['path'] : undefined };
}

function readCalls(rows: readonly unknown[], columns: readonly string[]): Call[] {
  const at = (name: string): number => columns.indexOf(name);
  const [parent, called, line] = [at('parent'), at('function'), at('line')] as const;
  const own = FLAME_METRICS.map(at);
  const variance = FLAME_METRICS.map((metric) => at(`${metric}Variance`));
  return rows.filter((row) => Array.isArray(row)).map((row: readonly unknown[], index) => ({
    parent: Math.min(number(row[parent]), index - 1),
    function: number(row[called]),
    line: number(row[line]),
    own: byMetric(row, own),
    variance: byMetric(row, variance),
  }));
}

function byMetric(row: readonly unknown[], [allocated = -1, live = -1, growth = -1]: readonly number[]): ByMetric {
  return { allocated: number(row[allocated]), live: number(row[live]), growth: number(row[growth]) };
}

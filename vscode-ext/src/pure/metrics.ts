// SPDX-License-Identifier: MIT
// What heat can show of a line. A metric that needs a column is offered only if the adapter sends it.

import type { Estimate } from './figures.ts';
import type { LineFigures, SessionFigures } from './sessionFigures.ts';
import { shortBytes, shortChange } from './units.ts';
import type { Units } from './units.ts';

export type MetricId = 'growth' | 'growthSinceStart' | 'retained' | 'allocated' | 'atPeak';

export interface Metric {
  readonly id: MetricId;
  readonly column: string;
  readonly isChange: boolean; // written with a sign
  readonly isSinceStop: boolean; // it begins anew when the program goes on
  /** Bytes; may be negative if it is a change. */
  readonly bytes: (line: LineFigures) => number;
  /** How many allocations it took; undefined if that says nothing about it. */
  readonly allocations: (line: LineFigures) => number | undefined;
  /** The same with callees, if that is known. */
  readonly withCallees?: (line: LineFigures) => Estimate | undefined;
}

const sinceStop = ({ now, before }: LineFigures): number => now.allocations - before.allocations;
const sinceStart = ({ now }: LineFigures): number => now.allocations;

export const METRICS: readonly Metric[] = [
  {
    id: 'growth',
    column: 'growth',
    isChange: true,
    isSinceStop: true,
    bytes: ({ now }) => now.growth,
    allocations: sinceStop,
    withCallees: ({ now }) => now.withCallees?.growth,
  },
  {
    id: 'growthSinceStart',
    column: 'live',
    isChange: true,
    isSinceStop: false,
    bytes: ({ now }) => now.live,
    allocations: sinceStart,
    withCallees: ({ now }) => now.withCallees?.live,
  },
  {
    id: 'retained',
    column: 'retained',
    isChange: false,
    isSinceStop: true,
    bytes: ({ now }) => now.retained ?? 0,
    allocations: sinceStop,
  },
  {
    id: 'allocated',
    column: 'allocated',
    isChange: false,
    isSinceStop: false,
    bytes: ({ now }) => now.allocated,
    allocations: sinceStart,
    withCallees: ({ now }) => now.withCallees?.allocated,
  },
  {
    id: 'atPeak',
    column: 'atPeak',
    isChange: false,
    isSinceStop: false,
    bytes: ({ now }) => now.atPeak,
    allocations: () => undefined,
  },
];

export function offeredMetrics(session: SessionFigures | undefined): readonly Metric[] {
  return METRICS.filter(({ column, id }) =>
    session?.heap === undefined ? id !== 'retained' : session.has(column),
  );
}

/** The metric of that name if it is offered, else the first. */
export function metricOf(id: string, session: SessionFigures | undefined): Metric {
  const offered = offeredMetrics(session);
  return offered.find((metric) => metric.id === id) ?? offered[0] ?? (METRICS[0] as Metric);
}

/** As short as it is read. */
export function bytesText(bytes: number, metric: Metric, units: Units): string {
  return metric.isChange ? shortChange(bytes, units) : shortBytes(bytes, units);
}

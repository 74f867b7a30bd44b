// SPDX-License-Identifier: MIT
// Lines with what happened below them: in the calls that they made. Such a line may allocate nothing
// itself, and be the one to look at.

import type { Estimate } from './figures.ts';
import type { Metric } from './metrics.ts';
import type { LineFigures, SessionFigures, SourceFigures } from './sessionFigures.ts';
import { shortBytes, shortChange } from './units.ts';
import type { Units } from './units.ts';

const LEAST_SHARE = 0.1; // of all that the program's lines have done

export interface Caller {
  readonly figures: LineFigures;
  readonly below: number; // bytes, of the metric
  readonly isTold: boolean; // at the end of the line: it is much, and known well enough
}

/** The lines of a source below which something happened. Empty for a metric that is not known with callees. */
export function callersOf(source: SourceFigures, session: SessionFigures, metric: Metric): ReadonlyMap<number, Caller> {
  const callers = new Map<number, Caller>();
  const all = total(session.sources, metric);
  source.lines.forEach((figures, line) => {
    const estimate = metric.withCallees?.(figures);
    if (line <= 0 || estimate === undefined || !calls(figures)) return;
    const own = metric.bytes(figures), below = estimate.bytes - own;
    const isTold = below > 0 && below >= own && below >= all * LEAST_SHARE && estimate.error < below;
    callers.set(line, { figures, below, isTold });
  });
  return callers;
}

/** Is anything known of what happened below it? */
export function calls({ now }: LineFigures): boolean {
  return now.withCallees !== undefined && (now.withCallees.allocated.bytes !== now.allocated || now.withCallees.live.bytes !== now.live);
}

function total(sources: Iterable<SourceFigures>, metric: Metric): number {
  let sum = 0;
  for (const { lines } of sources)
    lines.forEach((figures) => {
      sum += metric.bytes(figures);
    });
  return sum;
}

/** "1.2 MB": as short as it is read, as a figure of the metric. */
export function belowText({ below }: Caller, metric: Metric, units: Units): string {
  return metric.isChange ? shortChange(below, units) : shortBytes(below, units);
}

/** "+36,000 B ± 12,345 B", or without what is exact. */
export function estimateText({ bytes, error }: Estimate, exact: (bytes: number) => string): string {
  return error === 0 ? exact(bytes) : `${exact(bytes)} ± ${exact(error).replace('+', '')}`;
}

// SPDX-License-Identifier: MIT
// The short text beside a line: "+56.0 KB · 1,000x".

import type { HotLine } from './heatMap.ts';
import type { Metric } from './metrics.ts';
import { count, shortBytes, shortChange } from './units.ts';
import type { Units } from './units.ts';

export function bytesText(bytes: number, metric: Metric, units: Units): string {
  return metric.isChange ? shortChange(bytes, units) : shortBytes(bytes, units);
}

export function lineText(hot: HotLine, metric: Metric, units: Units): string {
  const allocations = metric.allocations(hot.figures) ?? 0;
  const parts = [bytesText(hot.bytes, metric, units)];
  if (allocations > 0) parts.push(`${count(allocations)}x`);
  return parts.join(' · ');
}

/** Lines that matter: hot enough, or their memory shrank as much as that would be. */
export function deservesText(hot: HotLine, fromLevel: number): boolean {
  return hot.level === 0 ? fromLevel <= 2 : hot.level >= fromLevel;
}

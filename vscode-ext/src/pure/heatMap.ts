// SPDX-License-Identifier: MIT
// Which lines of a source are hot, and how hot: the figures seen through the user's choices. Made
// once per change of figures or choices; what is painted is looked up here.

import { heatLevel } from './heatLevel.ts';
import type { Metric } from './metrics.ts';
import type { LineFigures, SessionFigures, SourceFigures } from './sessionFigures.ts';

export interface HotLine {
  readonly line: number; // of the text that was loaded, from 1
  readonly bytes: number;
  readonly level: number; // 1 to 5; 0: its memory shrank
  readonly figures: LineFigures;
}

export interface HeatChoices {
  readonly metric: Metric;
  readonly relativeTo: 'file' | 'program';
  readonly threshold: number; // bytes
}

export type HeatMap = ReadonlyMap<number, HotLine>;

export function heatMap(
  source: SourceFigures,
  session: SessionFigures,
  { metric, relativeTo, threshold }: HeatChoices,
): HeatMap {
  const max = hottest(relativeTo === 'file' ? [source] : session.sources, metric);
  const hot = new Map<number, HotLine>();
  for (const [line, figures] of source.lines) {
    const bytes = metric.bytes(figures);
    if (line > 0 && Math.abs(bytes) >= threshold)
      hot.set(line, { line, bytes, level: heatLevel(bytes, max), figures });
  }
  return hot;
}

/** The hottest figure among the lines of these sources. Pseudo-lines are no lines. */
function hottest(sources: Iterable<SourceFigures>, metric: Metric): number {
  let max = 0;
  for (const source of sources) {
    if (source.isPseudo) continue;
    for (const line of source.lines.values()) max = Math.max(max, metric.bytes(line));
  }
  return max;
}

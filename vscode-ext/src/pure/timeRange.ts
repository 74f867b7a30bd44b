// SPDX-License-Identifier: MIT
// Which part of the time the timeline shows.

export interface TimeRange {
  readonly min: number; // seconds
  readonly max: number;
}

/** From the start to a bit after the last of the times. */
export function wholeRange(times: ArrayLike<number>): TimeRange {
  return { min: 0, max: Math.max(0.001, (times[times.length - 1] ?? 0) * 1.02) };
}

/** What is shown where the chart asks for a range: all, if that is what it takes from the times by itself. */
export function rangeAskedFor(times: ArrayLike<number>, min: number, max: number): TimeRange {
  const isAll = min === times[0] && max === times[times.length - 1];
  return isAll ? wholeRange(times) : { min, max };
}

/** What the user has zoomed to; undefined: all is shown. */
export function zoomOf(times: ArrayLike<number>, { min, max }: Partial<TimeRange>): TimeRange | undefined {
  const whole = wholeRange(times);
  if (min === undefined || max === undefined || (min === whole.min && max === whole.max)) return undefined;
  return { min, max };
}

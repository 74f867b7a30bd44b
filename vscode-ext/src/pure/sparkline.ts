// SPDX-License-Identifier: MIT
// A small chart in a line of text.

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇']; // a full block would grow together with the line above

/** A bar for each value, from 0 (or less) to the largest. */
export function sparkline(values: readonly number[]): string {
  const max = Math.max(0, ...values);
  const bar = (value: number): number => (max === 0 ? 0 : Math.round((Math.max(0, value) / max) * (BARS.length - 1)));
  return values.map((value) => BARS[bar(value)] ?? '').join('');
}

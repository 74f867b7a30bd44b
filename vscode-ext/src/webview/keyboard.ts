// SPDX-License-Identifier: MIT
// Where keys lead in a list of which one entry has the focus.

/** The index that a key leads to; undefined: the key leads nowhere. */
export function moveTo(key: string, at: number, count: number, [back, on]: readonly [string, string], page = 10): number | undefined {
  const to: Readonly<Record<string, number>> = { [back]: at - 1, [on]: at + 1, Home: 0, End: count - 1, PageUp: at - page, PageDown: at + page };
  const next = to[key];
  return next === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, next));
}

/** Once what is drawn now is there. */
export function focusAt(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}

// SPDX-License-Identifier: MIT
// Where the lines of a loaded text are in the text as it is now. Found by comparing the two, not by
// following each edit, so undo, a reload and edits by other programs need nothing of their own.

export interface FollowedLines {
  readonly isEdited: boolean;
  /** From a line of the loaded text to the one it is now, both from 1; undefined: it is gone. */
  readonly now: (line: number) => number | undefined;
  /** And back. */
  readonly loaded: (line: number) => number | undefined;
}

const SAME: FollowedLines = { isEdited: false, now: (line) => line, loaded: (line) => line };

export function followLines(loaded: readonly string[], now: readonly string[]): FollowedLines {
  const start = commonStart(loaded, now);
  if (start === loaded.length && start === now.length) return SAME;
  const end = commonEnd(loaded, now, start);
  const pairs = new Map<number, number>();
  matchGap(loaded, now, [start, loaded.length - end], [start, now.length - end], pairs);
  return mapping(loaded.length, now.length, start, end, pairs);
}

type Range = readonly [from: number, to: number]; // `to` is the first line after

function mapping(
  loadedCount: number,
  nowCount: number,
  start: number,
  end: number,
  pairs: ReadonlyMap<number, number>,
): FollowedLines {
  const back = new Map([...pairs].map(([from, to]) => [to, from]));
  const find = (line: number, count: number, shift: number, matched: ReadonlyMap<number, number>) => {
    const index = line - 1;
    if (index < start) return line;
    if (index >= count - end) return line + shift;
    const found = matched.get(index);
    return found === undefined ? undefined : found + 1;
  };
  return {
    isEdited: true,
    now: (line) => find(line, loadedCount, nowCount - loadedCount, pairs),
    loaded: (line) => find(line, nowCount, loadedCount - nowCount, back),
  };
}

function commonStart(one: readonly string[], other: readonly string[]): number {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && one[count] === other[count]) count++;
  return count;
}

function commonEnd(one: readonly string[], other: readonly string[], start: number): number {
  const most = Math.min(one.length, other.length) - start;
  let count = 0;
  while (count < most && one[one.length - 1 - count] === other[other.length - 1 - count]) count++;
  return count;
}

/**
 * Lines that stand once in both texts anchor the rest (patience diff). Between anchors as many lines
 * on either side are the same lines, edited; otherwise we do not know.
 */
function matchGap(
  loaded: readonly string[],
  now: readonly string[],
  [from, to]: Range,
  [nowFrom, nowTo]: Range,
  pairs: Map<number, number>,
): void {
  let last = from;
  let nowLast = nowFrom;
  const anchors = anchorsOf(loaded, now, [from, to], [nowFrom, nowTo]);
  for (const [index, nowIndex] of [...anchors, [to, nowTo] as const]) {
    pairLines(last, index, nowLast, nowIndex, pairs);
    if (index < to) pairs.set(index, nowIndex);
    last = index + 1;
    nowLast = nowIndex + 1;
  }
}

function pairLines(from: number, to: number, nowFrom: number, nowTo: number, pairs: Map<number, number>): void {
  if (to - from !== nowTo - nowFrom) return;
  for (let index = from; index < to; index++) pairs.set(index, nowFrom + index - from);
}

function anchorsOf(
  loaded: readonly string[],
  now: readonly string[],
  range: Range,
  nowRange: Range,
): readonly (readonly [number, number])[] {
  const places = uniqueLines(now, nowRange);
  const candidates: [number, number][] = [];
  for (const [text, index] of uniqueLines(loaded, range)) {
    const nowIndex = places.get(text);
    if (nowIndex !== undefined) candidates.push([index, nowIndex]);
  }
  return longestRising(candidates.sort(([one], [other]) => one - other));
}

/** Indentation does not make another line. Blank ones tell nothing. */
function uniqueLines(lines: readonly string[], [from, to]: Range): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (let index = from; index < to; index++) {
    const text = (lines[index] ?? '').trim();
    if (text === '') continue;
    if (places.has(text)) repeated.add(text);
    places.set(text, index);
  }
  for (const text of repeated) places.delete(text);
  return places;
}

/** The longest run of candidates that rises on both sides. */
function longestRising(candidates: readonly [number, number][]): readonly [number, number][] {
  const tails: number[] = []; // tails[n]: index of the candidate that ends the best run of n + 1
  const previous: number[] = [];
  candidates.forEach(([, place], index) => {
    const length = firstAtLeast(tails, place, candidates);
    previous[index] = tails[length - 1] ?? -1;
    tails[length] = index;
  });
  const run: [number, number][] = [];
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1)
    run.push(candidates[index] as [number, number]);
  return run.reverse();
}

function firstAtLeast(
  tails: readonly number[],
  place: number,
  candidates: readonly [number, number][],
): number {
  let low = 0;
  let high = tails.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((candidates[tails[middle] as number] as [number, number])[1] < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As the editor counts them. */
export function splitLines(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
}

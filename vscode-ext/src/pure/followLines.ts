// SPDX-License-Identifier: MIT
// Where the lines of a loaded text are in the text as it is now. Found by comparing the two, not by
// following each edit, so undo, a reload and edits by other programs need nothing of their own.

import { diffArrays } from 'diff';

export interface FollowedLines {
  readonly isEdited: boolean;
  /** From a line of the loaded text to the one it is now, both from 1; undefined: it is gone. */
  readonly now: (line: number) => number | undefined;
  /** And back. */
  readonly loaded: (line: number) => number | undefined;
}

const SAME: FollowedLines = { isEdited: false, now: (line) => line, loaded: (line) => line };

/** Of lines: if more have changed places the two are other texts, and comparing them takes long. */
const MOST_MOVES = 1000;

type Lines = readonly string[];
type Pair = readonly [loaded: number, now: number]; // indices

export function followLines(loaded: Lines, now: Lines): FollowedLines {
  if (loaded.length === now.length && loaded.every((line, index) => line === now[index])) return SAME;
  const pairs = allPairs(loaded, now);
  const there = new Map(pairs.map(([from, to]) => [from + 1, to + 1]));
  const back = new Map(pairs.map(([from, to]) => [to + 1, from + 1]));
  return { isEdited: true, now: (line) => there.get(line), loaded: (line) => back.get(line) };
}

function allPairs(loaded: Lines, now: Lines): Pair[] {
  const equal = anchors(loaded, now);
  return [...equal, [loaded.length, now.length] as const].flatMap(([at, nowAt], index) => {
    const [before, nowBefore] = equal[index - 1] ?? [-1, -1];
    const gap = pairsOfGap(loaded, now, [before + 1, nowBefore + 1], [at, nowAt]);
    return at < loaded.length ? [...gap, [at, nowAt] as const] : gap;
  });
}

/** Lines that stand once in both texts, as far as their order is the same: they anchor the rest (a patience diff). */
function anchors(loaded: Lines, now: Lines): Pair[] {
  const [places, nowPlaces] = [linesThatStandOnce(loaded), linesThatStandOnce(now)];
  const texts = [...places.keys()].filter((text) => nowPlaces.has(text));
  const nowTexts = [...nowPlaces.keys()].filter((text) => places.has(text));
  const changes = diffArrays(texts, nowTexts, { maxEditLength: MOST_MOVES }) ?? [];
  return changes
    .filter(({ added, removed }) => !added && !removed)
    .flatMap(({ value }) => value.map((text): Pair => [places.get(text) ?? 0, nowPlaces.get(text) ?? 0]));
}

/** Where they stand, from the first to the last. Indentation does not make another line, and blank ones tell nothing. */
function linesThatStandOnce(lines: Lines): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set(['']);
  lines.forEach((line, index) => {
    const text = line.trim();
    if (places.has(text)) repeated.add(text);
    places.set(text, index);
  });
  for (const text of repeated) places.delete(text);
  return places;
}

/** Between lines that are the same. As many lines on either side are the same lines, edited; otherwise we do not know. */
function pairsOfGap(loaded: Lines, now: Lines, [from, nowFrom]: Pair, [to, nowTo]: Pair): Pair[] {
  const most = Math.min(to - from, nowTo - nowFrom);
  let start = 0;
  while (start < most && loaded[from + start] === now[nowFrom + start]) start++;
  let end = 0;
  while (end < most - start && loaded[to - 1 - end] === now[nowTo - 1 - end]) end++;
  if (to - from === nowTo - nowFrom) start = most - end;
  const fromStart = Array.from({ length: start }, (_, step): Pair => [from + step, nowFrom + step]);
  const atEnd = Array.from({ length: end }, (_, step): Pair => [to - end + step, nowTo - end + step]);
  return [...fromStart, ...atEnd];
}

/** As the editor counts them. */
export function splitLines(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
}

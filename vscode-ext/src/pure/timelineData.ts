// SPDX-License-Identifier: MIT
// What the timeline's page is told: numbers for the chart, and its words in the user's language.

import type { HeapHistory } from './heapHistory.ts';

export interface TimelineMark {
  readonly time: number; // seconds
  readonly live: number; // bytes
  readonly stop: number;
}

export interface TimelineWords {
  readonly heap: string;
  readonly time: string;
  readonly stop: string;
  readonly empty: string;
}

export interface TimelineData {
  readonly run: string; // of another program it is another one
  readonly times: readonly number[]; // seconds since the session began
  readonly heap: readonly number[]; // bytes
  readonly marks: readonly TimelineMark[];
  readonly units: string;
  readonly words: TimelineWords;
}

export function timelineData(
  history: HeapHistory | undefined,
  run: string,
  units: string,
  words: TimelineWords,
): TimelineData {
  const samples = history?.samples ?? [];
  const marks = history?.marks ?? [];
  return {
    run,
    times: samples.map(({ time }) => time / 1000),
    heap: samples.map(({ live }) => live),
    marks: marks.map(({ time, live, stop }) => ({ time: time / 1000, live, stop })),
    units,
    words,
  };
}

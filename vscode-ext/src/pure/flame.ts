// SPDX-License-Identifier: MIT
// A flame graph of the tree of calls: which frames there are, where they are drawn, which a search finds, and how one
// goes from one to another. Shares are of the width of all.

import type { Call, CalledFunction, FlameMetric, Stacks } from './stacks.ts';

/** From the outermost calls inwards, with callees; or from who allocates itself outwards, by its callers. */
export const FLAME_ORDERS = ['callees', 'own'] as const;
export type FlameOrder = (typeof FLAME_ORDERS)[number];

export interface Frame extends CalledFunction {
  readonly key: string; // tells it from its siblings
  readonly line: number; // 0: not known
  readonly isOther: boolean; // smaller calls, together
  readonly parent: Frame | undefined; // undefined: it stands for all
  readonly children: readonly Frame[]; // the largest first
  readonly own: number; // bytes
  readonly total: number; // with all that is drawn below it
  readonly variance: number; // of the total
}

interface Building extends Frame {
  readonly parent: Building | undefined;
  readonly children: Building[];
  readonly byKey: Map<string, Building>;
  own: number;
  total: number;
  variance: number;
}

const ALL: CalledFunction = { name: '', file: '', path: undefined };

/** Calls that shrank have no width: of growth only what grew is drawn. */
export function buildFrames(stacks: Stacks, metric: FlameMetric, order: FlameOrder): Frame {
  const root = newFrame(undefined, '', ALL, { line: 0, function: 0 });
  if (order === 'callees') addInwards(root, stacks, metric);
  else addOutwards(root, stacks, metric);
  sortByTotal(root);
  return root;
}

function addInwards(root: Building, stacks: Stacks, metric: FlameMetric): void {
  const frames: Building[] = [];
  for (const call of stacks.calls) {
    const frame = childOf(frames[call.parent] ?? root, stacks, call);
    frames.push(frame);
    const bytes = Math.max(0, call.own[metric]);
    frame.own += bytes;
    for (let at: Building | undefined = frame; at !== undefined && bytes > 0; at = at.parent) addTo(at, bytes, call.variance[metric]);
  }
}

function addOutwards(root: Building, stacks: Stacks, metric: FlameMetric): void {
  for (const call of stacks.calls) {
    const bytes = Math.max(0, call.own[metric]);
    if (bytes === 0) continue;
    addTo(root, bytes, call.variance[metric]);
    let frame = root;
    for (let at: Call | undefined = call; at !== undefined; at = stacks.calls[at.parent]) {
      frame = childOf(frame, stacks, at);
      if (at === call) frame.own += bytes;
      addTo(frame, bytes, call.variance[metric]);
    }
  }
}

function addTo(frame: Building, bytes: number, variance: number): void {
  frame.total += bytes;
  frame.variance += variance;
}

function childOf(parent: Building, { functions }: Stacks, call: Pick<Call, 'function' | 'line'>): Building {
  const called = functions[call.function] ?? ALL;
  const key = `${called.name}@${called.path ?? called.file}:${call.line}`;
  const found = parent.byKey.get(key);
  if (found !== undefined) return found;
  const made = newFrame(parent, key, called, call);
  parent.byKey.set(key, made);
  parent.children.push(made);
  return made;
}

function newFrame(parent: Building | undefined, key: string, { name, file, path }: CalledFunction, call: Pick<Call, 'function' | 'line'>): Building {
  const { line } = call;
  return { key, name, file, path, line, isOther: call.function < 0, parent, children: [], byKey: new Map(), own: 0, total: 0, variance: 0 };
}

function sortByTotal({ children }: Building): void {
  children.sort((one, other) => other.total - one.total || (one.key < other.key ? -1 : 1));
  for (const child of children) sortByTotal(child);
}

/** The truth is at most so many bytes away, in 95 of 100 cases; 0: it is exact (docs/dap.md). */
export function errorOf({ variance }: Frame, { which, mean }: Stacks): number {
  return which === 'sampled' ? Math.ceil(1.96 * Math.sqrt(mean * (variance + mean))) : 0;
}

// ---- What the page is told. ----

export interface FlameWords {
  readonly title: string;
  readonly metric: string;
  readonly metrics: Readonly<Record<FlameMetric, string>>;
  readonly order: string;
  readonly orders: Readonly<Record<FlameOrder, string>>;
  readonly search: string;
  readonly found: string; // {0}: how many frames; {1}: what they are of all
  readonly all: string;
  readonly other: string;
  readonly own: string; // {0}: bytes
  readonly ofAll: string; // {0}: percent
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly goToLine: string;
  readonly estimates: string; // {0}: samples
  readonly exact: string;
  readonly nothing: string; // of this metric
}

export interface FlameData {
  readonly stacks: Stacks | undefined;
  readonly message: string; // why there is nothing; '': there is
  readonly words: FlameWords;
}

/** Files, each with its number: in the order in which the program came to them, so that it stays while others come. */
export function fileNumbers({ functions }: Stacks): ReadonlyMap<string, number> {
  const files = new Set(functions.filter(({ path }) => path !== undefined).map(({ path = '' }) => path));
  return new Map([...files].map((path, index) => [path, index]));
}

// ---- Where they are drawn: each below who is around it, as wide as its share. ----

export interface Box {
  readonly id: string; // of no other box, and in later figures of the same frame
  readonly frame: Frame;
  readonly depth: number; // 0: all
  readonly left: number; // a share
  readonly width: number; // likewise
}

/** `zoomed` and what is around it are as wide as all. What is narrower than `least` is left out. */
export function layOut(zoomed: Frame, least: number): Box[] {
  const around = pathOf(zoomed);
  const ids = around.map((_, depth) => around.slice(0, depth + 1).map(({ key }) => key).join('\n'));
  const boxes: Box[] = around.slice(0, -1).map((frame, depth) => ({ id: ids[depth] ?? '', frame, depth, left: 0, width: 1 }));
  const place = (frame: Frame, id: string, depth: number, left: number, width: number): void => {
    boxes.push({ id, frame, depth, left, width });
    let at = left;
    for (const child of frame.children) {
      const share = frame.total > 0 ? (child.total / frame.total) * width : 0;
      if (share < least) break;
      place(child, `${id}\n${child.key}`, depth + 1, at, share);
      at += share;
    }
  };
  place(zoomed, ids.at(-1) ?? '', around.length - 1, 0, 1);
  return boxes;
}

/** From the frame of all to that one. */
export function pathOf(frame: Frame): Frame[] {
  const path: Frame[] = [];
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) path.unshift(at);
  return path;
}

/** Names a frame, in other figures of the program too. */
export function keysOf(frame: Frame): string[] {
  return pathOf(frame).slice(1).map(({ key }) => key);
}

/** As far inwards as there are such frames. */
export function findFrame(root: Frame, keys: readonly string[]): Frame {
  let found = root;
  for (const key of keys) {
    const next = found.children.find((child) => child.key === key);
    if (next === undefined) break;
    found = next;
  }
  return found;
}

// ---- Search. ----

export interface Found {
  readonly frames: ReadonlySet<Frame>;
  readonly bytes: number; // of all of them together; one within another counts once
}

export function search(root: Frame, text: string): Found {
  const wanted = text.trim().toLowerCase();
  const frames = new Set<Frame>();
  let bytes = 0;
  const look = (frame: Frame, isWithin: boolean): void => {
    const matches = frame !== root && placeText(frame).toLowerCase().includes(wanted);
    if (matches) frames.add(frame);
    if (matches && !isWithin) bytes += frame.total;
    for (const child of frame.children) if (child.total > 0) look(child, isWithin || matches);
  };
  if (wanted !== '') look(root, false);
  return { frames, bytes };
}

/** "spawn game.lua:5", "(startup)" */
export function placeText({ name, file, line }: Frame): string {
  if (file === '') return name;
  return `${name} ${file}${line > 0 ? `:${line}` : ''}`;
}

// ---- From one box to another, by the keyboard. ----

export type Direction = 'outwards' | 'inwards' | 'left' | 'right' | 'first' | 'last';

/** The box itself if there is none in that direction. */
export function neighbour(boxes: readonly Box[], from: Box, direction: Direction): Box {
  const row = boxes.filter(({ depth }) => depth === from.depth);
  const index = row.indexOf(from);
  const found = {
    outwards: () => boxes.find(({ frame }) => frame === from.frame.parent),
    inwards: () => boxes.find(({ frame }) => frame.parent === from.frame),
    left: () => row[index - 1],
    right: () => row[index + 1],
    first: () => row[0],
    last: () => row.at(-1),
  }[direction]();
  return found ?? from;
}

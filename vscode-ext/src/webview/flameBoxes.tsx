// SPDX-License-Identifier: MIT
// The boxes of the flame graph. One of them has the focus, and keys lead from one to another: arrows along the calls
// and beside them, Enter to the line, Space nearer, Escape back. A click goes to the line, two come nearer.

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RefObject } from 'preact';

import { findFrame, keysOf, layOut, neighbour } from '../pure/flame.ts';
import type { Box, Direction, Frame } from '../pure/flame.ts';

const ROW = 20; // pixels
const LEAST = 2; // pixels; what is narrower is left out
const TEXT = 32; // pixels; what is narrower has no text
const TWO_CLICKS_MS = 220; // one that no other one follows within this is one

const COLOURS = 6; // of files; each in two strengths

export interface BoxesProps {
  readonly root: Frame;
  readonly zoomed: Frame;
  readonly found: ReadonlySet<Frame> | undefined; // undefined: nothing is searched
  readonly files: ReadonlyMap<string, number>;
  readonly title: string;
  readonly textOf: (frame: Frame) => string;
  readonly labelOf: (frame: Frame) => string;
  readonly point: (frame: Frame | undefined) => void;
  readonly zoomTo: (frame: Frame) => void;
  readonly goTo: (frame: Frame) => void;
}

export function Boxes(props: BoxesProps) {
  const { root, zoomed, title } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const boxes = useMemo(() => layOut(zoomed, LEAST / width), [zoomed, width]);
  const [active, setActive] = useState<readonly string[]>([]);
  const activeFrame = findFrame(root, active);
  const focused = boxes.find(({ frame }) => frame === activeFrame) ?? boxes.find(({ frame }) => frame === zoomed);
  const focus = (frame: Frame): void => {
    setActive(keysOf(frame));
    props.point(frame);
  };
  const mouse = useMouse(props);
  const depth = boxes.reduce((most, box) => Math.max(most, box.depth), 0) + 1;
  return (
    <div class="flame" role="tree" aria-label={title} ref={scroller} onKeyDown={(event) => focused && onKey(event, boxes, focused, props, focus)}>
      <div style={{ height: `${depth * ROW}px` }} onMouseLeave={() => props.point(undefined)}>
        {boxes.map((box) => (
          <BoxView key={box.id} box={box} width={width} isFocused={box === focused} props={props} focus={focus} mouse={mouse} />
        ))}
      </div>
    </div>
  );
}

function useWidth(element: RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const own = element.current;
    if (own === null) return undefined;
    const resized = new ResizeObserver(() => setWidth(Math.max(1, own.clientWidth)));
    resized.observe(own);
    return () => resized.disconnect();
  }, []);
  return width;
}

interface Mouse {
  readonly click: (frame: Frame) => void;
  readonly twice: (frame: Frame) => void;
}

/** One click waits whether it becomes two. */
function useMouse({ goTo, zoomTo }: BoxesProps): Mouse {
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);
  return {
    click: (frame) => {
      clearTimeout(waiting.current);
      waiting.current = setTimeout(() => goTo(frame), TWO_CLICKS_MS);
    },
    twice: (frame) => {
      clearTimeout(waiting.current);
      zoomTo(frame);
    },
  };
}

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowDown: 'inwards', ArrowUp: 'outwards', ArrowLeft: 'left', ArrowRight: 'right', Home: 'first', End: 'last',
};

function onKey(event: KeyboardEvent, boxes: readonly Box[], focused: Box, { zoomed, zoomTo, goTo }: BoxesProps, focus: (frame: Frame) => void): void {
  const direction = DIRECTIONS[event.key];
  if (direction !== undefined) focus(neighbour(boxes, focused, direction).frame);
  else if (event.key === 'Enter') goTo(focused.frame);
  else if (event.key === ' ') zoomTo(focused.frame);
  else if (event.key === 'Escape' && zoomed.parent !== undefined) zoomTo(zoomed.parent);
  else return;
  event.preventDefault();
}

interface BoxViewProps {
  readonly box: Box;
  readonly width: number; // of all, in pixels
  readonly isFocused: boolean;
  readonly props: BoxesProps;
  readonly focus: (frame: Frame) => void;
  readonly mouse: Mouse;
}

function BoxView({ box: { frame, depth, left, width: share }, width, isFocused, props, focus, mouse }: BoxViewProps) {
  const { found, files, labelOf, textOf } = props;
  const own = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => { // at once, before another key comes
    if (isFocused && own.current?.parentElement?.contains(document.activeElement)) own.current.focus();
  }, [isFocused]);
  const kind = found === undefined ? '' : found.has(frame) ? 'found' : 'unfound';
  return (
    <div
      class={`box ${colourOf(frame, files)} ${kind}`}
      role="treeitem" aria-level={depth + 1} aria-selected={isFocused} aria-label={labelOf(frame)} title={labelOf(frame)}
      tabIndex={isFocused ? 0 : -1} ref={own}
      style={{ left: `${left * 100}%`, top: `${depth * ROW}px`, width: `${share * 100}%`, height: `${ROW - 1}px` }}
      onClick={() => mouse.click(frame)} onDblClick={() => mouse.twice(frame)} onMouseDown={() => focus(frame)} onFocus={() => props.point(frame)} onMouseEnter={() => props.point(frame)}
    >
      {share * width >= TEXT && textOf(frame)}
    </div>
  );
}

/** Of one file all boxes have one colour. */
function colourOf({ path, isOther }: Frame, files: ReadonlyMap<string, number>): string {
  const number = path === undefined || isOther ? undefined : files.get(path);
  return number === undefined ? 'plain' : `file${number % COLOURS} ${number % (2 * COLOURS) < COLOURS ? '' : 'pale'}`;
}

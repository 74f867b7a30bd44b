// SPDX-License-Identifier: MIT
// Which rows of a long table are in sight.

import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useState } from 'preact/hooks';

export const ROW_HEIGHT = 22; // pixels, as VS Code's own lists

export interface RowsInSight {
  readonly indexes: readonly number[];
  readonly scrollTo: (index: number) => void;
}

export function useRowsInSight(scroller: RefObject<HTMLDivElement | null>, count: number): RowsInSight {
  const [, redraw] = useReducer((turn: number) => turn + 1, 0);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    scrollMargin: ROW_HEIGHT, // the header's
    scrollPaddingStart: ROW_HEIGHT,
    overscan: 8,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw(undefined),
  };
  const [virtual] = useState(() => new Virtualizer<HTMLDivElement, HTMLDivElement>(options));
  virtual.setOptions(options);
  useLayoutEffect(() => virtual._didMount(), []);
  useLayoutEffect(() => virtual._willUpdate());
  return { indexes: virtual.getVirtualItems().map(({ index }) => index), scrollTo: (index) => virtual.scrollToIndex(index) };
}

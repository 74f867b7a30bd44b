// SPDX-License-Identifier: MIT
// What the extension and the page Memory tell one another. All of it is plain data.

import { isObject } from '../answers.ts';
import type { FlameData } from '../flame.ts';
import type { TimelineData } from '../timeline.ts';
import type { Units } from '../units.ts';
import type { Table } from './table.ts';

/** In the order in which they stand. */
export const TABS = ['lines', 'measurements', 'stops', 'comparison', 'retainers', 'largest', 'strings', 'timeline', 'flame'] as const;

export type TabId = (typeof TABS)[number];

export type Content =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'timeline'; readonly timeline: TimelineData }
  | { readonly kind: 'flame'; readonly flame: FlameData };

/** What the page says itself. */
export interface PageWords {
  readonly tabs: Readonly<Record<TabId, string>>;
  readonly title: string;
  readonly filter: string;
  readonly byFile: string;
  readonly nothingFound: string;
}

/** All that is seen, anew each time. */
export interface PageData {
  readonly run: string; // any name of the program; that of another one is another
  readonly tab: TabId;
  readonly status: string;
  readonly content: Content;
  readonly reveal?: string; // a row that is to have the focus, this time
  readonly units: Units;
  readonly words: PageWords;
}

/** What the page says. */
export type PageMessage =
  | { readonly type: 'ready'; readonly tab?: TabId } // it is there, and was at that tab before
  | { readonly type: 'tab'; readonly tab: TabId }
  | { readonly type: 'open'; readonly row: string } // a row that opens later
  | { readonly type: 'act'; readonly command: string; readonly given: readonly unknown[] };

export function isTab(name: unknown): name is TabId {
  return TABS.some((tab) => tab === name);
}

/** undefined: it is none. */
export function readMessage(message: unknown): PageMessage | undefined {
  if (!isObject(message)) return undefined;
  const { type, tab, row, command, given } = message;
  switch (type) {
    case 'ready':
      return isTab(tab) ? { type, tab } : { type };
    case 'tab':
      return isTab(tab) ? { type, tab } : undefined;
    case 'open':
      return typeof row === 'string' ? { type, row } : undefined;
    case 'act':
      return typeof command === 'string' && Array.isArray(given) ? { type, command, given } : undefined;
    default:
      return undefined;
  }
}

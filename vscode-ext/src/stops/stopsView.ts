// SPDX-License-Identifier: MIT
// The view of the stops of a session, the last one first, with how the heap changed.

import { ThemeIcon, TreeItem } from 'vscode';

import { isEnd } from '../pure/sessionFigures.ts';
import type { Stop } from '../pure/sessionFigures.ts';
import { exactBytes, exactChange, shortBytes, shortChange } from '../pure/units.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';
import { linkTo, Tree } from '../views/tree.ts';

const ICONS: Readonly<Record<string, string>> = {
  breakpoint: 'debug-breakpoint',
  step: 'debug-step-over',
  pause: 'debug-pause',
  entry: 'debug-start',
  exception: 'error',
  'memory limit': 'debug-breakpoint-conditional',
  exited: 'debug-stop',
  left: 'debug-disconnect',
};

export class StopsView extends Tree<Stop> {
  readonly #sessions: Sessions;
  readonly #sources: SourceLines;
  readonly #settings: () => Settings;

  constructor(sessions: Sessions, sources: SourceLines, settings: () => Settings) {
    super('luaheat.stops', true);
    this.#sessions = sessions;
    this.#sources = sources;
    this.#settings = settings;
  }

  getChildren(stop?: Stop): Stop[] {
    return stop === undefined ? [...(this.#sessions.shown?.figures.stops ?? [])].reverse() : [];
  }

  protected override itemOf(stop: Stop): TreeItem {
    const { units } = this.#settings();
    const item = new TreeItem(stopLabel(this.#sessions.shown, this.#sources, stop));
    item.id = String(stop.number);
    if (stop.id !== undefined) item.contextValue = 'luaheat.stop';
    item.description = texts.stopFigures(shortChange(stop.change, units), shortBytes(stop.heap.live, units));
    item.tooltip = tooltip(stop);
    item.iconPath = new ThemeIcon(ICONS[stop.reason] ?? 'debug-pause');
    return stop.place === undefined ? item : linkTo(item, stop.place);
  }
}

export function stopLabel(run: Run | undefined, sources: SourceLines, { number, place, exitCode, reason }: Stop): string {
  if (reason === 'left') return texts.endByLeaving();
  if (reason === 'exited') return exitCode === undefined ? texts.endByUser() : texts.endLabel(exitCode);
  const where = place === undefined ? texts.stopReason(reason) : `${place.name}:${sources.lineNow(run, place).line}`;
  return texts.stopLabel(number, where);
}

function tooltip(stop: Stop): string {
  const { reason, heap, change } = stop;
  const figures = [exactBytes(heap.live), exactChange(change), exactBytes(heap.peak)] as const;
  return isEnd(stop) ? texts.endTip(...figures) : texts.stopTip(texts.stopReason(reason), ...figures);
}

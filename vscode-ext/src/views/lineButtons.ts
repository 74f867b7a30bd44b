// SPDX-License-Identifier: MIT
// What can be done with a line, in each table that has lines.

import type { Place } from '../pure/answers.ts';
import type { Button, PlaceText } from '../pure/page/table.ts';
import type { Run } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import { pageTexts } from '../pageTexts.ts';

export function lineButtons(run: Run | undefined): (place: Place) => readonly Button[] {
  const canAsk = run !== undefined && run.isStopped && !run.hasEnded && run.can('retainers');
  const canBreak = run?.can('memoryBreakpoints') ?? false;
  return (place) => {
    const given = [{ place }];
    return [
      ...(canAsk ? [{ title: pageTexts.whyAlive(), command: 'luaheat.whyAlive', given }] : []),
      ...(canBreak && place.path !== undefined && place.line > 0 ? [{ title: pageTexts.breakOnGrowth(), command: 'luaheat.breakOnGrowth', given }] : []),
    ];
  };
}

/** "main.lua:5", as it is now. */
export function placeTexts(sources: SourceLines, run: Run | undefined): PlaceText {
  return (place) => `${place.name}:${sources.lineNow(run, place).line}`;
}

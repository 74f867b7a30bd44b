// SPDX-License-Identifier: MIT
// The tab of the stops of a session, and how a stop is called.

import { stopsTable } from '../pure/page/stops.ts';
import type { Content } from '../pure/page/page.ts';
import type { Stop } from '../pure/sessionFigures.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import { pageTexts } from '../pageTexts.ts';
import { texts } from '../texts.ts';
import { placeTexts } from '../views/lineButtons.ts';
import type { Tab } from '../views/memoryPage.ts';

export class StopsTab implements Tab {
  readonly #sessions: Sessions;
  readonly #sources: SourceLines;

  constructor(sessions: Sessions, sources: SourceLines) {
    this.#sessions = sessions;
    this.#sources = sources;
  }

  content(): Content {
    const run = this.#sessions.shown;
    const named = (stop: Stop): string => stopLabel(run, this.#sources, stop);
    return { kind: 'table', table: stopsTable(run?.figures.stops ?? [], named, run?.hasEnded === false, pageTexts.stopsWords()) };
  }
}

export function stopLabel(run: Run | undefined, sources: SourceLines, { number, place, exitCode, reason }: Stop): string {
  if (reason === 'left') return texts.endByLeaving();
  if (reason === 'exited') return exitCode === undefined ? texts.endByUser() : texts.endLabel(exitCode);
  return texts.stopLabel(number, place === undefined ? texts.stopReason(reason) : placeTexts(sources, run)(place));
}

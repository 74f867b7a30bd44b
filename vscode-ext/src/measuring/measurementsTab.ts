// SPDX-License-Identifier: MIT
// The tab of the measurements.

import { measurementsTable } from '../pure/page/measurements.ts';
import type { Content } from '../pure/page/page.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import type { Settings } from '../settings.ts';
import { pageTexts } from '../pageTexts.ts';
import { lineButtons } from '../views/lineButtons.ts';
import type { Tab } from '../views/memoryPage.ts';

export class MeasurementsTab implements Tab {
  readonly #sessions: Sessions;
  readonly #sources: SourceLines;
  readonly #settings: () => Settings;

  constructor(sessions: Sessions, sources: SourceLines, settings: () => Settings) {
    this.#sessions = sessions;
    this.#sources = sources;
    this.#settings = settings;
  }

  content(): Content {
    const run = this.#sessions.shown;
    const table = measurementsTable(run?.measurements ?? [], {
      words: pageTexts.measurementsWords(this.#settings().units),
      lineNow: (place) => this.#sources.lineNow(run, place),
      buttonsOf: lineButtons(run),
      canAct: run !== undefined && !run.hasEnded && run.can('measure'),
    });
    return { kind: 'table', table };
  }
}

// SPDX-License-Identifier: MIT
// The tab with the heap over time.

import type { Content } from '../pure/page/page.ts';
import { timelineData } from '../pure/timeline.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';
import type { Tab } from './memoryPage.ts';

export class TimelineTab implements Tab {
  readonly #sessions: Sessions;
  readonly #settings: () => Settings;

  constructor(sessions: Sessions, settings: () => Settings) {
    this.#sessions = sessions;
    this.#settings = settings;
  }

  content(): Content {
    const history = this.#sessions.shown?.figures.history;
    return { kind: 'timeline', timeline: timelineData(history, this.#settings().units, texts.timelineWords()) };
  }
}

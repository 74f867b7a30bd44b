// SPDX-License-Identifier: MIT
// The tab with the heap over time.

import { EventEmitter } from 'vscode';

import type { Commands } from '../commands.ts';
import { pageTexts } from '../pageTexts.ts';
import type { Content } from '../pure/page/page.ts';
import { HeapHistory, timelineData } from '../pure/timeline.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';
import type { Tab } from './memoryPage.ts';

export class TimelineTab implements Tab {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #sessions: Sessions;
  readonly #settings: () => Settings;
  #line: string | undefined; // that is drawn; undefined: the user has chosen none

  constructor(sessions: Sessions, settings: () => Settings) {
    this.#sessions = sessions;
    this.#settings = settings;
  }

  content(): Content {
    const figures = this.#sessions.shown?.figures;
    const places = (figures?.stops ?? []).map(({ place }) => place);
    const shown = { line: this.#line, units: this.#settings().units, words: pageTexts.timelineWords(), kind: texts.kind };
    return { kind: 'timeline', timeline: timelineData(figures?.history ?? new HeapHistory(), places, shown) };
  }

  /** '': none. */
  draw(line: string): void {
    this.#line = line;
    this.#changed.fire();
  }
}

export function timelineCommands(timeline: TimelineTab): Commands {
  return {
    'luaheat.drawLine': (line: string) => timeline.draw(line),
  };
}

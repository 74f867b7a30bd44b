// SPDX-License-Identifier: MIT
// Tabs that show the answer to a question, once one has been asked and until the program it was asked of makes
// room for another one.

import { EventEmitter, window } from 'vscode';

import type { Content } from '../pure/page/page.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import { MEMORY_VIEW } from './memoryPage.ts';
import type { Tab } from './memoryPage.ts';

/** Of a question that is being answered, `found` is undefined. */
export interface Answer<Found> {
  readonly run: Run;
  readonly title: string;
  readonly found: Found | undefined;
}

export abstract class AnswerTab<Found> implements Tab {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  protected readonly sessions: Sessions;
  #answer: Answer<Found> | undefined;

  constructor(sessions: Sessions) {
    this.sessions = sessions;
  }

  abstract content(): Content;

  protected get answer(): Answer<Found> | undefined {
    return this.#answer !== undefined && this.sessions.isKept(this.#answer.run) ? this.#answer : undefined;
  }

  /** Rejects as the request does; what was shown before is shown again then. */
  protected async ask(run: Run, title: string, request: () => Thenable<Found>): Promise<void> {
    const before = this.#answer;
    this.#show({ run, title, found: undefined });
    try {
      const found = await window.withProgress({ location: { viewId: MEMORY_VIEW } }, request);
      this.#show({ run, title, found });
    } catch (error) {
      this.#show(before);
      throw error;
    }
  }

  /** The answer has more to tell. */
  protected changed(): void {
    this.#changed.fire();
  }

  #show(answer: Answer<Found> | undefined): void {
    this.#answer = answer;
    this.#changed.fire();
  }
}

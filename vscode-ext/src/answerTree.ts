// SPDX-License-Identifier: MIT
// A tree that shows the answer to a question, once one has been asked and until the program it was asked
// of makes room for another one.

import { commands, window } from 'vscode';

import type { Run, Sessions } from './sessions.ts';
import { Tree } from './tree.ts';

/** Of a question that is being answered, `found` is undefined. */
export interface Answer<Found> {
  readonly run: Run;
  readonly title: string;
  readonly found: Found | undefined;
}

export abstract class AnswerTree<Found, Node> extends Tree<Node> {
  readonly #id: string;
  readonly #context: string;
  readonly #sessions: Sessions;
  protected answer: Answer<Found> | undefined;

  /** `context` is the key that package.json shows the view by. */
  constructor(id: string, context: string, sessions: Sessions) {
    super(id);
    this.#id = id;
    this.#context = context;
    this.#sessions = sessions;
  }

  /** What stands above the rows. */
  protected abstract messageOf(found: Found | undefined): string;

  /** Rejects as the request does; what was shown before is shown again then. */
  protected async ask(run: Run, title: string, request: () => Thenable<Found>): Promise<void> {
    const before = this.answer;
    this.#show({ run, title, found: undefined });
    await commands.executeCommand(`${this.#id}.focus`);
    try {
      const found = await window.withProgress({ location: { viewId: this.#id } }, request);
      this.#show({ run, title, found });
    } catch (error) {
      this.#show(before);
      throw error;
    }
  }

  override refresh(): void {
    if (this.answer === undefined) return;
    if (this.#sessions.isKept(this.answer.run)) super.refresh();
    else this.#show(undefined);
  }

  #show(answer: Answer<Found> | undefined): void {
    this.answer = answer;
    this.view.description = answer?.title ?? '';
    this.view.message = answer === undefined ? '' : this.messageOf(answer.found);
    void commands.executeCommand('setContext', this.#context, answer !== undefined);
    super.refresh();
  }
}

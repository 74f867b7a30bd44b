// SPDX-License-Identifier: MIT
// What takes the room: the tabs of the largest tables and of equal strings, which ask when they come to be seen.

import type { Commands } from '../commands.ts';
import { pageTexts } from '../pageTexts.ts';
import { readEqualStrings, readLargestTables } from '../pure/largest.ts';
import type { EqualString, LargeTable } from '../pure/largest.ts';
import { largestTable, stringsTable } from '../pure/page/largest.ts';
import type { LargestWords } from '../pure/page/largest.ts';
import type { Content, TabId } from '../pure/page/page.ts';
import type { Button, PlaceText, Table } from '../pure/page/table.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import { texts } from '../texts.ts';
import { AnswerTab } from '../views/answerTab.ts';
import { placeTexts } from '../views/lineButtons.ts';

const LISTED = 100;

/** How one of the two asks and shows. */
interface Subject<Found> {
  readonly request: string;
  readonly command: string; // that asks again
  readonly read: (answer: unknown) => readonly Found[];
  readonly table: (found: readonly Found[], message: string, buttons: readonly Button[], words: LargestWords, placeText: PlaceText) => Table;
}

export const LARGEST_TABLES: Subject<LargeTable> = { request: 'largestTables', command: 'luaheat.largestTables', read: readLargestTables, table: largestTable };
export const EQUAL_STRINGS: Subject<EqualString> = { request: 'equalStrings', command: 'luaheat.equalStrings', read: readEqualStrings, table: stringsTable };

export class LargestTab<Found> extends AnswerTab<readonly Found[]> {
  readonly #sources: SourceLines;
  readonly #subject: Subject<Found>;

  constructor(sessions: Sessions, sources: SourceLines, subject: Subject<Found>) {
    super(sessions);
    this.#sources = sources;
    this.#subject = subject;
  }

  content(): Content {
    const run = this.sessions.shown;
    const { answer } = this;
    const buttons = this.#canAsk(run) ? [{ title: pageTexts.lookAgain(), command: this.#subject.command, given: [] }] : [];
    const table = this.#subject.table(answer?.found ?? [], this.#message(run), buttons, pageTexts.largestWords(), placeTexts(this.#sources, answer?.run));
    return { kind: 'table', table };
  }

  seen(): void {
    const run = this.sessions.shown;
    if (this.#canAsk(run) && this.answer?.run !== run) this.look().catch(() => undefined); // it goes on meanwhile
  }

  /** A large heap takes a while. Rejects with the adapter's reason. */
  async look(): Promise<void> {
    const run = this.sessions.shown;
    if (!this.#canAsk(run)) throw new Error(texts.onlyStopped());
    if (this.answer?.run === run && this.answer.found === undefined) return; // it is being looked
    const stop = run.figures.stops.at(-1)?.number ?? 0;
    await this.ask(run, pageTexts.ofStop(stop), async () => this.#subject.read(await run.session.customRequest(`luaheat/${this.#subject.request}`, { limit: LISTED })));
  }

  #canAsk(run: Run | undefined): run is Run {
    return run !== undefined && run.isStopped && !run.hasEnded && run.can(this.#subject.request);
  }

  #message(run: Run | undefined): string {
    const { answer } = this;
    if (answer === undefined) return run?.hasEnded === false ? texts.onlyStopped() : pageTexts.noHeap();
    if (answer.found === undefined) return texts.lookingForHolders();
    return answer.found.length === 0 ? `${answer.title} ${pageTexts.nothingLarge()}` : answer.title;
  }
}

export interface LargestCommandsNeed {
  readonly largest: LargestTab<LargeTable>;
  readonly strings: LargestTab<EqualString>;
  readonly show: (tab: TabId) => Promise<void>;
}

export function largestCommands({ largest, strings, show }: LargestCommandsNeed): Commands {
  return {
    'luaheat.largestTables': () => Promise.all([show('largest'), largest.look()]),
    'luaheat.equalStrings': () => Promise.all([show('strings'), strings.look()]),
  };
}

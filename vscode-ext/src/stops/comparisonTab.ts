// SPDX-License-Identifier: MIT
// The tab in which two stops are compared: the last two, or those that the user picks; and the command that
// picks them.

import { window } from 'vscode';

import type { Commands } from '../commands.ts';
import { pageTexts } from '../pageTexts.ts';
import { readComparison } from '../pure/comparison.ts';
import type { Comparison } from '../pure/comparison.ts';
import { comparisonTable } from '../pure/page/comparison.ts';
import type { Content, TabId } from '../pure/page/page.ts';
import type { Choice, Choices } from '../pure/page/table.ts';
import type { Stop } from '../pure/sessionFigures.ts';
import { shortBytes, shortChange } from '../pure/units.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';
import { AnswerTab } from '../views/answerTab.ts';
import { lineButtons } from '../views/lineButtons.ts';
import { stopLabel } from './stopsTab.ts';

/** 0 stands for the start of the program. */
interface Span {
  readonly since: number;
  readonly until: number;
}

export class ComparisonTab extends AnswerTab<Comparison> {
  readonly #sources: SourceLines;
  readonly #settings: () => Settings;
  #asked: (Span & { readonly run: Run; readonly live: number }) | undefined; // `live`: the heap at the later stop, which a collection there changes
  #isPicked = false; // else the last two stops are followed

  constructor(sessions: Sessions, sources: SourceLines, settings: () => Settings) {
    super(sessions);
    this.#sources = sources;
    this.#settings = settings;
  }

  content(): Content {
    const run = this.sessions.shown;
    this.#follow(run);
    const table = comparisonTable(this.answer?.found, {
      words: pageTexts.comparisonWords(),
      message: this.#message(run),
      choices: this.#choices(run),
      lineNow: (place) => this.#sources.lineNow(run, place),
      buttonsOf: lineButtons(run),
      kindName: (kind) => texts.kind(kind),
    });
    return { kind: 'table', table };
  }

  /** While the adapter is there. Rejects with its reason. */
  async compare(run: Run, span: Span): Promise<void> {
    this.#isPicked = true;
    await this.#compare(run, span);
  }

  async #compare(run: Run, span: Span): Promise<void> {
    this.#asked = { run, ...span, live: liveAt(run, span.until) };
    const id = (number: number): number | undefined => stopOf(run, number)?.id;
    const since = id(span.since);
    await this.ask(run, '', async () => {
      const found = readComparison(await run.session.customRequest('luaheat/lines', { ...(since !== undefined && { since }), until: id(span.until) }));
      if (found === undefined) throw new Error(texts.notCompared());
      return found;
    });
  }

  #follow(run: Run | undefined): void {
    if (this.#asked?.run !== run) this.#isPicked = false;
    const span = run === undefined || run.hasEnded ? undefined : this.#spanNow(run);
    if (run === undefined || span === undefined || this.#isAnswered(run, span)) return;
    this.#compare(run, span).catch(() => undefined); // it has ended meanwhile
  }

  /** What is to be compared: the stops that were picked, else the last two. */
  #spanNow(run: Run): Span | undefined {
    if (this.#isPicked && this.#asked !== undefined) return { since: this.#asked.since, until: this.#asked.until };
    const [last, before] = comparable(run).map(({ number }) => number).reverse();
    return last === undefined ? undefined : { since: before ?? 0, until: last };
  }

  #isAnswered(run: Run, { until }: Span): boolean {
    return this.#asked?.run === run && this.#asked.until === until && this.#asked.live === liveAt(run, until);
  }

  #message(run: Run | undefined): string {
    const found = this.answer?.found;
    if (found === undefined) return comparable(run).length === 0 ? texts.noStops() : run?.hasEnded === true ? texts.compareTooLate() : '';
    const { before, after } = found.heap;
    const { units } = this.#settings();
    const heap = texts.comparedHeap(shortBytes(before, units), shortBytes(after, units), shortChange(after - before, units));
    return found.sources.length === 0 ? `${heap} ${texts.nothingChanged()}` : heap;
  }

  #choices(run: Run | undefined): Choices {
    const { since, until } = this.#asked?.run === run && this.#asked !== undefined ? this.#asked : { since: 0, until: 0 };
    const stops = comparable(run).map((stop) => ({ value: String(stop.number), title: run === undefined ? '' : stopLabel(run, this.#sources, stop) }));
    const start = { value: '0', title: texts.startOfProgram() };
    const choice = (id: string, title: string, value: number, options: Choice['options']): Choice => ({ id, title, value: String(value), options });
    return {
      command: 'luaheat.compareChosen',
      all: stops.length === 0 ? [] : [choice('since', pageTexts.since(), since, [start, ...stops]), choice('until', pageTexts.until(), until, stops)],
    };
  }
}

/** Those of which the adapter has figures. */
function comparable(run: Run | undefined): readonly Stop[] {
  return (run?.figures.stops ?? []).filter(({ id }) => id !== undefined);
}

function stopOf(run: Run, number: number): Stop | undefined {
  return run.figures.stops.find((stop) => stop.number === number);
}

function liveAt(run: Run, number: number): number {
  return stopOf(run, number)?.heap.live ?? 0;
}

// ---- The commands: a stop of a row with another one, or two that one picks; and those chosen above the table. ----

export interface ComparisonCommandsNeed {
  readonly sessions: Sessions;
  readonly sources: SourceLines;
  readonly comparison: ComparisonTab;
  readonly show: (tab: TabId) => Promise<void>;
}

export function comparisonCommands({ sessions, sources, comparison, show }: ComparisonCommandsNeed): Commands {
  const compare = (one: number, other: number): Promise<void> => comparison.compare(running(sessions.shown), { since: Math.min(one, other), until: Math.max(one, other) });
  return {
    'luaheat.compareStops': async (stop?: Pick<Stop, 'number'>) => {
      const run = running(sessions.shown);
      const one = stop?.number ?? (await pick(texts.pickStop(), named(run, sources)));
      if (one === undefined) return;
      const others = named(run, sources).filter(({ number }) => number !== one);
      const other = await pick(texts.pickOtherStop(one), [...others, { number: 0, label: texts.startOfProgram() }]);
      if (other !== undefined) await Promise.all([compare(one, other), show('comparison')]);
    },
    'luaheat.compareChosen': (since: string, until: string) => compare(Number(since), Number(until)),
  };
}

function running(run: Run | undefined): Run {
  if (run === undefined || comparable(run).length === 0) throw new Error(texts.noStops());
  if (run.hasEnded) throw new Error(texts.compareTooLate());
  return run;
}

interface Named {
  readonly number: number;
  readonly label: string;
}

/** The last one first. */
function named(run: Run, sources: SourceLines): readonly Named[] {
  return [...comparable(run)].reverse().map((stop) => ({ number: stop.number, label: stopLabel(run, sources, stop) }));
}

async function pick(title: string, stops: readonly Named[]): Promise<number | undefined> {
  return (await window.showQuickPick(stops, { title }))?.number;
}

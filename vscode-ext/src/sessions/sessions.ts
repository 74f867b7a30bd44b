// SPDX-License-Identifier: MIT
// The debug sessions of our type and what each has told of its memory, apart from one another. Views
// show one of them: the active one, or else the last. A document shows it too, unless only another
// one has figures of it. Figures outlive their session until another program starts or until they are
// cleared.

import { debug, EventEmitter } from 'vscode';
import type { DebugAdapterTracker, DebugAdapterTrackerFactory, DebugSession, Disposable } from 'vscode';

import type { Place } from '../pure/answers.ts';
import { linkToProblemLine } from '../pure/commandLinks.ts';
import type { ExportFormat } from '../pure/exportFormats.ts';
import type { Measurement } from '../pure/measurements.ts';
import { readSessionEvent } from '../pure/sessionEvents.ts';
import type { Capabilities, RunEvent, SessionEvent } from '../pure/sessionEvents.ts';
import { SessionFigures } from '../pure/sessionFigures.ts';
import { texts } from '../texts.ts';
import { OutputShown } from './outputShown.ts';
import { LoadedTexts } from './sourceTexts.ts';

const NO_CAPABILITIES: Capabilities = { requests: new Set(), exportFormats: [] };

/** One program. A restart runs another one in the same session. */
export class Run {
  readonly figures = new SessionFigures();
  readonly loadedTexts: LoadedTexts;
  readonly session: DebugSession;
  readonly #capabilities: Capabilities;
  readonly #start = performance.now();
  measurements: readonly Measurement[] = [];
  #hasExited = false;
  hasEnded = false;
  isStopped = false;

  constructor(session: DebugSession, capabilities: Capabilities, onText: () => void) {
    this.session = session;
    this.#capabilities = capabilities;
    this.loadedTexts = new LoadedTexts(onText);
  }

  /** The adapter has the request luaheat/`request`. */
  can(request: string): boolean {
    return this.#capabilities.requests.has(request);
  }

  get exportFormats(): readonly ExportFormat[] {
    return this.#capabilities.exportFormats;
  }

  /** Where it has stopped; undefined until that is known, and while it runs. */
  get place(): Place | undefined {
    return this.isStopped ? this.figures.stops.at(-1)?.place : undefined;
  }

  /** True if figures or stops are others now. */
  take(event: RunEvent): boolean {
    const time = performance.now() - this.#start;
    switch (event.type) {
      case 'figures':
        this.figures.read(event.reading, time);
        for (const { path } of event.reading.sources) if (path !== undefined) this.loadedTexts.note(path);
        return true;
      case 'stopped':
        this.isStopped = true;
        this.figures.stopped(event.reason);
        return false;
      case 'resumed':
        this.isStopped = false;
        this.figures.resumed();
        return false;
      case 'located':
        return this.figures.located(event.place);
      case 'terminating':
        this.figures.terminating();
        return false;
      case 'exited':
        this.isStopped = true;
        this.#hasExited = true;
        this.figures.ended(event.exitCode, time);
        return true;
    }
  }

  /** Its session has ended. What was attached to may run on. */
  end(): void {
    this.hasEnded = true;
    if (this.session.configuration.request === 'attach' && !this.#hasExited) this.figures.left(performance.now() - this.#start);
  }
}

export interface Initialized {
  readonly session: DebugSession;
  readonly capabilities: Capabilities;
}

export class Sessions implements DebugAdapterTrackerFactory {
  readonly #changed = new EventEmitter<void>();
  readonly #figures = new EventEmitter<Run>();
  readonly #located = new EventEmitter<void>();
  readonly #exited = new EventEmitter<Run>();
  readonly #initialized = new EventEmitter<Initialized>();
  /** What is shown has changed, or which session is shown. */
  readonly onDidChange = this.#changed.event;
  /** A program has told figures; within the turn in which the message came. */
  readonly onDidReceiveFigures = this.#figures.event;
  /** Where a program has stopped is known; within the turn in which the message came, so before VS Code shows the place. */
  readonly onDidLocate = this.#located.event;
  /** A program has ended, the adapter not yet; within the turn in which the message came. */
  readonly onDidExit = this.#exited.event;
  /** An adapter takes breakpoints, its program does not run yet; within the turn in which the message came. */
  readonly onDidInitialize = this.#initialized.event;
  readonly #runs = new Map<string, Run>(); // by the id of their session
  readonly #capabilities = new Map<string, Capabilities>(); // of the adapter, likewise
  #last: Run | undefined;

  get shown(): Run | undefined {
    const active = debug.activeDebugSession;
    const run = (active && this.#runs.get(active.id)) ?? this.#last;
    return run?.figures.heap === undefined ? undefined : run;
  }

  /** All that have figures: the shown one first, then from the last to the first. */
  get withFigures(): readonly Run[] {
    const { shown } = this;
    const others = [...this.#runs.values()].reverse().filter((run) => run !== shown && run.figures.heap !== undefined);
    return shown === undefined ? others : [shown, ...others];
  }

  /** The program of that session; its figures need not be measured. */
  of(sessionId: string): Run | undefined {
    return this.#runs.get(sessionId);
  }

  /** Not replaced by another program yet. */
  isKept(run: Run): boolean {
    return this.#runs.get(run.session.id) === run;
  }

  /** Programs that have started and not ended. */
  get underWay(): readonly Run[] {
    return [...this.#runs.values()].filter(({ hasEnded }) => !hasEnded);
  }

  watch(): Disposable[] {
    return [
      this.#changed,
      this.#figures,
      this.#located,
      this.#exited,
      this.#initialized,
      debug.onDidChangeActiveDebugSession(() => this.#changed.fire()),
      debug.onDidTerminateDebugSession(({ id }) => this.#end(id)),
    ];
  }

  createDebugAdapterTracker(session: DebugSession): DebugAdapterTracker {
    const shown = new OutputShown(session);
    return {
      onDidSendMessage: (message: unknown) => {
        linkToProblemLine(message, texts.goToLine);
        const event = readSessionEvent(message);
        if (event?.type === 'printed') shown.note();
        else if (event !== undefined) this.#takeEvent(session, event);
        if (event?.type === 'initialized' && this.#capabilities.get(session.id)?.requests.has('outputShown')) shown.begin();
      },
    };
  }

  measured(run: Run, measurements: readonly Measurement[]): void {
    const hasChanged = measurements.length > 0 || run.measurements.length > 0;
    run.measurements = measurements;
    if (hasChanged) this.#changed.fire();
  }

  clear(): void {
    this.#forgetEnded();
    for (const run of this.#runs.values()) run.figures.clear();
    this.#changed.fire();
  }

  #takeEvent(session: DebugSession, event: Exclude<SessionEvent, { readonly type: 'printed' }>): void {
    const capabilities = this.#capabilities.get(session.id) ?? NO_CAPABILITIES;
    if (event.type === 'capabilities') this.#capabilities.set(session.id, event.capabilities);
    else if (event.type === 'initialized') this.#initialized.fire({ session, capabilities });
    else if (event.type === 'started') this.#begin(session, capabilities);
    else this.#takeRunEvent(session, event);
  }

  #takeRunEvent({ id }: DebugSession, event: RunEvent): void {
    const run = this.#runs.get(id);
    if (run === undefined) return;
    if (run.take(event)) (event.type === 'located' ? this.#located : this.#changed).fire();
    if (event.type === 'figures') this.#figures.fire(run);
    if (event.type === 'exited') this.#exited.fire(run);
  }

  #begin(session: DebugSession, capabilities: Capabilities): void {
    this.#forgetEnded();
    this.#last = new Run(session, capabilities, () => this.#changed.fire());
    this.#runs.set(session.id, this.#last);
    this.#changed.fire();
  }

  #end(id: string): void {
    this.#capabilities.delete(id);
    const run = this.#runs.get(id);
    if (run === undefined) return;
    run.end();
    this.#last = [...this.#runs.values()].findLast(({ hasEnded }) => !hasEnded) ?? run;
    this.#changed.fire();
  }

  #forgetEnded(): void {
    for (const [id, run] of this.#runs) if (run.hasEnded) this.#runs.delete(id);
    if (this.#last?.hasEnded) this.#last = [...this.#runs.values()].at(-1);
  }
}

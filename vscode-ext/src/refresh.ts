// SPDX-License-Identifier: MIT
// When what is shown is brought up to date: at once at a stop, at most twice a second while the
// program runs. Rows tell lines as they are, so edits are followed too.

import { commands } from 'vscode';
import type { Disposable, LogOutputChannel } from 'vscode';

import type { HeatDecorations } from './heat/decorations.ts';
import type { DocumentHeats } from './heat/documentHeat.ts';
import type { Sessions } from './sessions/sessions.ts';
import type { SourceLines } from './sessions/sourceLines.ts';
import type { CurrentTexts } from './sessions/sourceTexts.ts';
import { Throttle } from './throttle.ts';

export interface RefreshedParts {
  readonly sessions: Sessions;
  readonly sources: SourceLines;
  readonly heats: DocumentHeats;
  readonly currentTexts: CurrentTexts;
  readonly decorations: HeatDecorations;
  readonly log: LogOutputChannel;
  readonly views: readonly { refresh(): void }[];
}

const STOPPED_MS = 10; // a stop comes as several messages
const RUNNING_MS = 100; // the adapter tells news twice a second
const EDIT_MS = 200;

export class Refresh {
  readonly #parts: RefreshedParts;
  readonly #stopped = new Throttle(STOPPED_MS, () => this.now());
  readonly #running = new Throttle(RUNNING_MS, () => this.now());
  readonly #edited = new Throttle(EDIT_MS, () => this.#refreshViews());
  #hasFigures = false;
  #paths: readonly string[] = [];

  constructor(parts: RefreshedParts) {
    this.#parts = parts;
  }

  watch(): Disposable[] {
    const { sessions, sources, currentTexts } = this.#parts;
    return [
      this.#stopped,
      this.#running,
      this.#edited,
      sessions.onDidChange(() => this.#refreshSoon()),
      sessions.onDidLocate(() => this.now()),
      currentTexts.onDidChange((path) => {
        if (sources.knows(path)) this.#edited.soon();
      }),
    ];
  }

  now(): void {
    this.#stopped.dispose();
    this.#running.dispose();
    const start = processorMs();
    const { heats, decorations, log } = this.#parts;
    this.#setContextKeys();
    heats.forget();
    decorations.paint();
    const painted = processorMs();
    this.#refreshViews();
    const views = processorMs() - painted;
    log.debug(`refreshed: decorations ${(painted - start).toFixed(2)} ms, views ${views.toFixed(2)} ms of processor time`);
  }

  #refreshViews(): void {
    for (const view of this.#parts.views) view.refresh();
  }

  /** Views stay open from a restart to its first figures. */
  #setContextKeys(): void {
    const { shown, underWay } = this.#parts.sessions;
    this.#hasFigures = shown !== undefined || (this.#hasFigures && underWay.length > 0);
    void commands.executeCommand('setContext', 'luaheat.hasFigures', this.#hasFigures);
    void commands.executeCommand('setContext', 'luaheat.canAskWhyAlive', shown?.can('retainers') ?? false);
    if (shown !== undefined) void commands.executeCommand('setContext', 'luaheat.canMeasure', shown.can('measure'));
    this.#setSourcePaths();
  }

  /** Those with figures, whatever language VS Code takes them for. */
  #setSourcePaths(): void {
    const paths = this.#parts.sources.paths();
    if (paths.length === this.#paths.length && paths.every((path, index) => path === this.#paths[index])) return;
    this.#paths = paths;
    void commands.executeCommand('setContext', 'luaheat.sourcePaths', paths);
  }

  #refreshSoon(): void {
    const run = this.#parts.sessions.shown;
    const isOnTheWay = run !== undefined && !run.hasEnded && run.place === undefined;
    (isOnTheWay ? this.#running : this.#stopped).soon();
  }
}

/** What we have worked, however long others kept us waiting. */
function processorMs(): number {
  const clock: Pick<NodeJS.Process, 'cpuUsage'> & Partial<Pick<NodeJS.Process, 'threadCpuUsage'>> = process;
  const { user, system } = clock.threadCpuUsage?.() ?? clock.cpuUsage(); // older Node.js knows that of all threads only
  return (user + system) / 1000;
}

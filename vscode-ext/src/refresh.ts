// SPDX-License-Identifier: MIT
// When what is shown is brought up to date: at once at a stop, at most twice a second while the
// program runs.

import { commands } from 'vscode';
import type { Disposable, LogOutputChannel } from 'vscode';

import type { DocumentHeats } from './documentHeat.ts';
import type { HeatDecorations } from './heatDecorations.ts';
import { Later } from './later.ts';
import type { Sessions } from './sessions.ts';

export interface RefreshedParts {
  readonly sessions: Sessions;
  readonly heats: DocumentHeats;
  readonly decorations: HeatDecorations;
  readonly log: LogOutputChannel;
  readonly parts: readonly { refresh(): void }[];
}

const STOPPED_MS = 10; // a stop comes as several messages
const RUNNING_MS = 500;

export class Refresh {
  readonly #all: RefreshedParts;
  readonly #stopped = new Later(STOPPED_MS, () => this.now());
  readonly #running = new Later(RUNNING_MS, () => this.now());
  #hasFigures = false;

  constructor(all: RefreshedParts) {
    this.#all = all;
  }

  watch(): Disposable[] {
    const { sessions } = this.#all;
    return [this.#stopped, this.#running, sessions.onDidChange(() => this.#later())];
  }

  now(): void {
    const start = processorMs();
    const { heats, decorations, parts, log } = this.#all;
    this.#tellWhatIsThere();
    heats.forget();
    decorations.paint();
    const painted = processorMs();
    for (const part of parts) part.refresh();
    const views = processorMs() - painted;
    log.debug(`refreshed: decorations ${(painted - start).toFixed(2)} ms, views ${views.toFixed(2)} ms of processor time`);
  }

  /** Views stay open from a restart to its first figures. */
  #tellWhatIsThere(): void {
    const { shown, underWay } = this.#all.sessions;
    this.#hasFigures = shown !== undefined || (this.#hasFigures && underWay.length > 0);
    void commands.executeCommand('setContext', 'luaheat.hasFigures', this.#hasFigures);
    void commands.executeCommand('setContext', 'luaheat.canAskWhyAlive', shown?.can('retainers') ?? false);
    if (shown !== undefined) void commands.executeCommand('setContext', 'luaheat.canMeasure', shown.can('measure'));
  }

  #later(): void {
    const run = this.#all.sessions.shown;
    const runs = run !== undefined && !run.isStopped && !run.hasEnded;
    (runs ? this.#running : this.#stopped).soon();
  }
}

/** What we have worked, however long others kept us waiting. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

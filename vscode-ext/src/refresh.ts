// SPDX-License-Identifier: MIT
// When what is shown is brought up to date: at once at a stop, at most twice a second while the
// program runs. Rows tell lines as they are, so edits are followed too.

import { commands } from 'vscode';
import type { Disposable, LogOutputChannel } from 'vscode';

import type { DocumentHeats } from './documentHeat.ts';
import type { HeatDecorations } from './heatDecorations.ts';
import { Later } from './later.ts';
import type { Sessions } from './sessions.ts';
import type { TextsNow } from './textsNow.ts';

export interface RefreshedParts {
  readonly sessions: Sessions;
  readonly heats: DocumentHeats;
  readonly textsNow: TextsNow;
  readonly decorations: HeatDecorations;
  readonly log: LogOutputChannel;
  readonly parts: readonly { refresh(): void }[];
}

const STOPPED_MS = 10; // a stop comes as several messages
const RUNNING_MS = 500;
const EDIT_MS = 200;

export class Refresh {
  readonly #all: RefreshedParts;
  readonly #stopped = new Later(STOPPED_MS, () => this.now());
  readonly #running = new Later(RUNNING_MS, () => this.now());
  readonly #edited = new Later(EDIT_MS, () => this.#refreshParts());
  #hasFigures = false;
  #paths: readonly string[] = [];

  constructor(all: RefreshedParts) {
    this.#all = all;
  }

  watch(): Disposable[] {
    const { sessions, heats, textsNow } = this.#all;
    return [
      this.#stopped,
      this.#running,
      this.#edited,
      sessions.onDidChange(() => this.#later()),
      textsNow.onDidChange((path) => {
        if (heats.knows(path)) this.#edited.soon();
      }),
    ];
  }

  now(): void {
    const start = processorMs();
    const { heats, decorations, log } = this.#all;
    this.#tellWhatIsThere();
    heats.forget();
    decorations.paint();
    const painted = processorMs();
    this.#refreshParts();
    const views = processorMs() - painted;
    log.debug(`refreshed: decorations ${(painted - start).toFixed(2)} ms, views ${views.toFixed(2)} ms of processor time`);
  }

  #refreshParts(): void {
    for (const part of this.#all.parts) part.refresh();
  }

  /** Views stay open from a restart to its first figures. */
  #tellWhatIsThere(): void {
    const { shown, underWay } = this.#all.sessions;
    this.#hasFigures = shown !== undefined || (this.#hasFigures && underWay.length > 0);
    void commands.executeCommand('setContext', 'luaheat.hasFigures', this.#hasFigures);
    void commands.executeCommand('setContext', 'luaheat.canAskWhyAlive', shown?.can('retainers') ?? false);
    if (shown !== undefined) void commands.executeCommand('setContext', 'luaheat.canMeasure', shown.can('measure'));
    this.#tellWhichFiles();
  }

  /** Those with figures, whatever language VS Code takes them for. */
  #tellWhichFiles(): void {
    const paths = this.#all.heats.paths();
    if (paths.length === this.#paths.length && paths.every((path, index) => path === this.#paths[index])) return;
    this.#paths = paths;
    void commands.executeCommand('setContext', 'luaheat.sourcePaths', paths);
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

// SPDX-License-Identifier: MIT
// A program that ran to its end without a stop has shown nothing but heat that went by: where its memory went is said
// then, and the page opens, the first time by itself. Also the sample of the walkthrough.

import { copyFileSync, mkdirSync } from 'node:fs';

import { Uri, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext, Memento } from 'vscode';

import type { Commands } from '../commands.ts';
import { hottestOfAll } from '../pure/heat.ts';
import { METRICS } from '../pure/metrics.ts';
import type { TabId } from '../pure/page/page.ts';
import { isEnd } from '../pure/sessionFigures.ts';
import { shortBytes } from '../pure/units.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';
import { placeTexts } from '../views/lineButtons.ts';

const KEY = 'luaheat.hasSeenFigures';
const SINCE_START = METRICS.filter(({ id }) => id === 'growthSinceStart');

export interface FirstContactNeeds {
  readonly sessions: Sessions;
  readonly sources: SourceLines;
  readonly settings: () => Settings;
  readonly state: Memento;
  readonly show: (tab: TabId) => Promise<void>;
}

export class FirstContact {
  readonly #needs: FirstContactNeeds;

  constructor(needs: FirstContactNeeds) {
    this.#needs = needs;
  }

  watch(): Disposable[] {
    return [this.#needs.sessions.onDidExit((run) => void this.#ended(run))];
  }

  async #ended(run: Run): Promise<void> {
    const said = run.figures.stops.every(isEnd) ? this.#mostOf(run) : undefined;
    if (said === undefined) return;
    const { state, show } = this.#needs;
    const { exitCode } = run.figures.stops.at(-1) ?? {};
    if (state.get(KEY) === undefined && (exitCode ?? 0) === 0) { // what a program that failed has printed is not covered
      await state.update(KEY, true);
      await show('lines');
    }
    const picked = await window.showInformationMessage(said, texts.showLines());
    if (picked !== undefined) await show('lines');
  }

  /** The line that has most alive at the end, in words; undefined: none has anything. */
  #mostOf(run: Run): string | undefined {
    const [metric] = SINCE_START;
    const [most] = metric === undefined ? [] : hottestOfAll(run.figures, metric, 1, 1);
    if (most === undefined) return undefined;
    const { name, path } = most.source;
    const place = placeTexts(this.#needs.sources, run)({ name, path, line: most.figures.line });
    return texts.endedWithoutStop(place, shortBytes(most.bytes, this.#needs.settings().units));
  }
}

// ---- The sample: a copy of it, which its user may change and run. ----

export function sampleCommands({ extensionUri, globalStorageUri }: Pick<ExtensionContext, 'extensionUri' | 'globalStorageUri'>): Commands {
  return {
    'luaheat.openSample': async () => {
      const sample = Uri.joinPath(globalStorageUri, 'leak.lua');
      mkdirSync(globalStorageUri.fsPath, { recursive: true });
      copyFileSync(Uri.joinPath(extensionUri, 'walkthrough', 'leak.lua').fsPath, sample.fsPath);
      await window.showTextDocument(await workspace.openTextDocument(sample), { preview: false });
    },
  };
}

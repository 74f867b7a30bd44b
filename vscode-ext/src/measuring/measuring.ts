// SPDX-License-Identifier: MIT
// What is measured in windows: asked for whenever the adapter tells new figures, that is at every stop,
// at the end, and at most twice a second while the program runs; and the commands about it.

import { window } from 'vscode';
import type { Disposable } from 'vscode';

import type { Commands } from '../commands.ts';
import { plainText } from '../pure/commandLinks.ts';
import { readMeasurements, sparkline } from '../pure/measurements.ts';
import type { Suspicion } from '../pure/measurements.ts';
import { count } from '../pure/units.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import { texts } from '../texts.ts';

const REQUEST = 'luaheat/measure';
const LINES = 200; // of each measurement

export class Measuring {
  readonly #sessions: Sessions;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  /** Asked in the same turn, the last question is ahead of the `disconnect` that VS Code sends at the end. */
  watch(): Disposable[] {
    return [this.#sessions.onDidReceiveFigures((run) => void this.refresh(run))];
  }

  async refresh(run: Run): Promise<void> {
    if (!run.can('measure')) return;
    try {
      this.#sessions.measured(run, readMeasurements(await run.session.customRequest(REQUEST, { limit: LINES })));
    } catch {
      // The session was ended before it could answer.
    }
  }

  /** Rejects with the adapter's reason if it cannot be done. */
  async act(run: Run, action: 'lap' | 'clear', name: string): Promise<void> {
    await run.session.customRequest(REQUEST, { action, name });
    await this.refresh(run);
  }
}

// ---- The commands. From a row of the view they are given its node, from elsewhere nothing. ----

interface Row {
  readonly measurement: { readonly name: string };
}

export function measurementCommands(sessions: Sessions, measuring: Measuring): Commands {
  const act = async (action: 'lap' | 'clear', ask: (run: Run) => Promise<string | undefined>, row?: Row): Promise<void> => {
    const run = sessions.shown;
    const name = run && (row?.measurement.name ?? (await ask(run)));
    if (run === undefined || name === undefined) return;
    await measuring.act(run, action, name);
  };
  return {
    'luaheat.lapMeasurement': (row?: Row) => act('lap', askForName, row),
    'luaheat.clearMeasurement': (row?: Row) => act('clear', pickName, row),
  };
}

async function askForName({ measurements }: Run): Promise<string | undefined> {
  const value = measurements.at(-1)?.name ?? texts.newMeasurement();
  const name = await window.showInputBox({ prompt: texts.measurementName(), value });
  return name?.trim() === '' ? undefined : name?.trim();
}

async function pickName({ measurements }: Run): Promise<string | undefined> {
  return window.showQuickPick(measurements.map(({ name }) => name), { title: texts.clearMeasurement() });
}

/** A suspected leak with the evidence, as hovers show it. Markdown. */
export function suspicionText({ measurement, evidence }: Suspicion): string {
  const { confidence, kept, perWindow, holder, living } = evidence;
  const figures = texts.evidence(plainText(measurement), count(perWindow), count(kept), texts.confidence(confidence));
  const held = holder === undefined ? '' : ` · ${plainText(texts.heldBy(holder))}`;
  return `$(warning) ${texts.hoverSuspect()} · ${figures} ${sparkline(living)}${held}`;
}

// SPDX-License-Identifier: MIT
// Commands about measurements. From a row of the view they are given its node, from elsewhere nothing.

import { window } from 'vscode';

import type { Commands } from '../commands.ts';
import type { Measuring } from '../measuring.ts';
import type { Run, Sessions } from '../sessions.ts';
import { texts } from '../texts.ts';

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
    'luaheat.refreshMeasurements': async () => {
      if (sessions.shown !== undefined) await measuring.refresh(sessions.shown);
    },
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

// SPDX-License-Identifier: MIT
// Commands about measurements. From a row of the view they are given its node, from elsewhere nothing.

import { debug, Location, Position, Uri, window } from 'vscode';

import type { Measuring } from '../measuring.ts';
import { lapBreakpoint } from '../modeBreakpoint.ts';
import type { Run, Sessions } from '../sessions.ts';
import { texts } from '../texts.ts';
import { breakpointsAt } from './lines.ts';
import { orTell } from './orTell.ts';

interface Row {
  readonly measurement: { readonly name: string };
}

type Command = (...given: never[]) => Promise<void>;

export function measurementCommands(sessions: Sessions, measuring: Measuring): Readonly<Record<string, Command>> {
  const act = async (action: 'lap' | 'clear', ask: (run: Run) => Promise<string | undefined>, row?: Row): Promise<void> => {
    const run = sessions.shown;
    const name = run && (row?.measurement.name ?? (await ask(run)));
    if (run === undefined || name === undefined) return;
    await orTell(() => measuring.act(run, action, name));
  };
  return {
    'luaheat.lapMeasurement': (row?: Row) => act('lap', askForName, row),
    'luaheat.clearMeasurement': (row?: Row) => act('clear', pickName, row),
    'luaheat.refreshMeasurements': async () => {
      if (sessions.shown !== undefined) await measuring.ask(sessions.shown);
    },
    'luaheat.measureFromHere': measureFromHere,
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

/** `uri` comes out of a link, as plain JSON. A breakpoint that is there keeps its conditions. */
async function measureFromHere(uri: Uri, line: number): Promise<void> {
  const location = new Location(Uri.from(uri), new Position(line, 0));
  const there = breakpointsAt(location);
  const lap = lapBreakpoint(location, there[0]);
  if (lap === undefined) return;
  debug.removeBreakpoints(there);
  debug.addBreakpoints([lap]);
  window.setStatusBarMessage(texts.measuredFromHere(), 5000);
  await Promise.resolve();
}

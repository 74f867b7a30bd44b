// SPDX-License-Identifier: MIT
// The lines between which the user measures, and the commands that set them: on any line, whether a program
// runs or not. They are ours, as memory breakpoints are.

import { basename } from 'node:path';

import { window } from 'vscode';
import type { Memento } from 'vscode';

import { KeptLines } from '../breakpoints/keptLines.ts';
import { lineTargets } from '../breakpoints/lineTarget.ts';
import type { LineTarget, LineTargetsNeed } from '../breakpoints/lineTarget.ts';
import type { Commands } from '../commands.ts';
import { afterEdit, endable, nameOf, pointAt, pointsIn, readMeasuredLines, requestOf, withFrom, withLap, without, withTo } from '../pure/measuredLines.ts';
import type { FileLine, MeasuredLines, MeasuredList, PointKind } from '../pure/measuredLines.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { texts } from '../texts.ts';

const KIND = {
  request: 'measurements',
  read: readMeasuredLines,
  requestOf,
  isIn: (all: MeasuredList, path: string) => pointsIn(all, path).length > 0,
  afterEdit,
};

export class KeptMeasuredLines extends KeptLines<MeasuredList> {
  constructor(sessions: Sessions, state: Memento) {
    super(KIND, sessions, state);
  }
}

const SHOWN_MS = 8000;

export interface MeasuredLineCommandsNeed extends LineTargetsNeed {
  readonly measured: KeptMeasuredLines;
}

/** Each takes away what it has set, if it is called there again. */
export function measuredLineCommands({ measured, ...need }: MeasuredLineCommandsNeed): Commands {
  const target = lineTargets(need);
  const toggle = (kind: PointKind, set: (line: FileLine) => Promise<MeasuredList | undefined> | MeasuredList) => async (given?: LineTarget): Promise<void> => {
    const line = target(given);
    const isThere = pointAt(measured.all, line)?.kind === kind;
    const all = isThere ? without(measured.all, line) : await set(line);
    if (all === undefined) return;
    await measured.replace(all);
    const point = pointAt(all, line);
    window.setStatusBarMessage(point === undefined ? texts.measuredNoMore() : pointText(all, point.of), SHOWN_MS);
  };
  return {
    'luaheat.measureFromHere': toggle('from', (line) => withFrom(measured.all, line)),
    'luaheat.measureToHere': toggle('to', (line) => endAt(measured.all, line)),
    'luaheat.lapHere': toggle('lap', (line) => withLap(measured.all, line)),
    'luaheat.removeMeasured': async (given?: LineTarget) => {
      const line = given === undefined ? (await pick(measured.all, measured.all, texts.removeMeasuredTitle()))?.from : target(given);
      if (line !== undefined) await measured.replace(without(measured.all, line));
    },
  };
}

async function endAt(all: MeasuredList, line: FileLine): Promise<MeasuredList | undefined> {
  const open = endable(all);
  if (open.length === 0) throw new Error(texts.nothingToEnd());
  const of = open.length === 1 ? open[0] : await pick(all, open, texts.pickMeasurementToEnd());
  return of && withTo(all, of.from, line);
}

async function pick(all: MeasuredList, offered: MeasuredList, title: string): Promise<MeasuredLines | undefined> {
  const items = offered.map((of) => ({ of, label: nameOf(all, of), description: pointText(all, of) }));
  return (await window.showQuickPick(items, { title }))?.of;
}

/** From where to where. */
export function pointText(all: MeasuredList, of: MeasuredLines): string {
  const name = nameOf(all, of);
  if (of.to !== undefined) return texts.measuredBetween(name, placeText(of.to));
  return of.laps ? texts.measuredLaps(name) : texts.measuredFromHere(name);
}

function placeText({ path, line }: FileLine): string {
  return `${basename(path)}:${line}`;
}

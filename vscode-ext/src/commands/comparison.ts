// SPDX-License-Identifier: MIT
// The command that compares two stops: those that are selected, that of a row with another, or two that
// one picks.

import { window } from 'vscode';

import type { Commands } from '../commands.ts';
import type { SourceLines } from '../sourceLines.ts';
import type { ComparisonView, Moment } from '../comparisonView.ts';
import type { Stop } from '../pure/sessionFigures.ts';
import type { Run, Sessions } from '../sessions.ts';
import { stopLabel } from '../stopsView.ts';
import { texts } from '../texts.ts';

export function comparisonCommands(sessions: Sessions, sources: SourceLines, comparison: ComparisonView): Commands {
  return {
    'luaheat.compareStops': (stop?: Stop, selected?: readonly Stop[]) => compare(sessions.shown, sources, comparison, stop, selected),
  };
}

async function compare(run: Run | undefined, sources: SourceLines, comparison: ComparisonView, stop?: Stop, selected: readonly Stop[] = []): Promise<void> {
  const named = (each: Stop): string => stopLabel(run, sources, each);
  const stops = comparable(run);
  if (stop !== undefined && stop.id === undefined) throw new Error(texts.noStopToCompare());
  const one = stop ?? (await pick(texts.pickStop(), stops, named))?.moment;
  if (run === undefined || one === undefined) return;
  const others = (selected.length === 2 ? selected : stops).filter((each) => each !== one);
  const other = others.length === 1 && selected.length === 2 ? { moment: others[0] } : await pick(texts.pickOtherStop(one.number), others, named, true);
  if (other !== undefined) await inOrder(run, comparison, one, other.moment);
}

/** Those of which the adapter has figures. */
function comparable(run: Run | undefined): readonly Stop[] {
  const stops = (run?.figures.stops ?? []).filter(({ id }) => id !== undefined);
  if (stops.length === 0) throw new Error(texts.noStops());
  if (run?.hasEnded === true) throw new Error(texts.compareTooLate());
  return stops;
}

async function inOrder(run: Run, comparison: ComparisonView, one: Stop, other: Moment): Promise<void> {
  if (other === undefined || other.number < one.number) await comparison.compare(run, other, one);
  else await comparison.compare(run, one, other);
}

/** The last one first; `withStart`: the start of the program is offered too. */
async function pick(title: string, stops: readonly Stop[], named: (stop: Stop) => string, withStart = false): Promise<{ readonly moment: Moment } | undefined> {
  const items: { moment: Moment; label: string; description?: string }[] = [...stops].reverse().map((stop) => ({ moment: stop, label: named(stop) }));
  if (withStart) items.push({ moment: undefined, label: texts.startOfProgram() });
  return window.showQuickPick(items, { title });
}

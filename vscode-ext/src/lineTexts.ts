// SPDX-License-Identifier: MIT
// What is written at the end of a line, as decoration or as inlay hint.

import type { DocumentHeat } from './documentHeat.ts';
import { deservesText, lineText } from './pure/lineText.ts';
import type { Settings } from './settings.ts';
import { texts } from './texts.ts';

/** undefined: nothing. A suspected leak is told of however hot its line is. */
export function textOfLine(heat: DocumentHeat, line: number, { textFromLevel, units }: Settings): string | undefined {
  const hot = heat.at(line);
  const isSuspect = heat.suspicionsAt(line).length > 0;
  const isHot = hot !== undefined && deservesText(hot, textFromLevel);
  if (!isHot && !isSuspect) return undefined;
  const figures = hot === undefined ? [] : [lineText(hot, heat.metric, units)];
  const suspected = isSuspect ? [texts.suspect()] : [];
  const older = heat.isOlder ? [texts.older()] : [];
  return [...figures, ...suspected, ...older].join(' · ');
}

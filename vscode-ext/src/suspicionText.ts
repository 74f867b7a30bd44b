// SPDX-License-Identifier: MIT
// A suspected leak with the evidence, as hovers show it. Markdown.

import type { Suspicion } from './pure/measurements.ts';
import { plainText } from './pure/plainText.ts';
import { sparkline } from './pure/sparkline.ts';
import { count } from './pure/units.ts';
import { texts } from './texts.ts';

export function suspicionText({ measurement, evidence }: Suspicion): string {
  const bytes = evidence.map(count).join(', ');
  return `$(warning) ${texts.hoverSuspect()} · ${texts.evidence(plainText(measurement), bytes, sparkline(evidence))}`;
}

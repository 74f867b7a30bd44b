// SPDX-License-Identifier: MIT
// The glyphs beside lines where windows begin and end, as SVG: |→ →| and a loop. Not red and round, as what
// stops a program is.

import type { PointKind } from './measuredLines.ts';

export const GLYPHS: Readonly<Record<PointKind, string>> = {
  from: 'M3 3v10M4 8h9M9.5 4.5 13 8l-3.5 3.5',
  to: 'M13 3v10M3 8h9M8.5 4.5 12 8l-3.5 3.5',
  lap: 'M12.5 5.5A5 5 0 1 0 13 8M13 2.5v3.2h-3.2',
};

export function glyphSvg(kind: PointKind, colour: string): string {
  const pen = `fill="none" stroke="${colour}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" ${pen}><path d="${GLYPHS[kind]}"/></svg>`;
}

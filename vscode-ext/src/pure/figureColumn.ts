// SPDX-License-Identifier: MIT
// Where figures stand beside the code: in one column, right of all lines of usual width, and in sight however long
// a line is.

const USUAL = 72; // columns: wider lines do not move the column
const GAP = 2; // columns, at least, between a line and its figures
const STEP = 4; // so that the column stays while a line is typed

const PLAIN = /^[ -~]*$/u;

/** From 0. */
export function figureColumn(lines: readonly string[], tabSize: number): number {
  let widest = 0;
  for (const line of lines) {
    if (line.length > USUAL) continue;
    const width = lineWidth(line, tabSize);
    if (width <= USUAL) widest = Math.max(widest, width);
  }
  return Math.ceil((widest + GAP) / STEP) * STEP;
}

/** In columns; letters of East Asia have two. */
export function lineWidth(line: string, tabSize: number): number {
  if (PLAIN.test(line)) return line.length;
  let width = 0;
  for (const letter of line) {
    if (letter === '\t') width += tabSize - (width % tabSize);
    else width += letter >= '\u1100' && /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(letter) ? 2 : 1;
  }
  return width;
}

// ---- Where the figures of a line begin, in CSS. ----

// VS Code tells neither how wide an editor is nor what is beside it. What is seen of a line, less the figure itself, in
// a window that is not too narrow: its share of what the side bar leaves, without the gutter.
function inSight(editors: number): string {
  return `max(${ALWAYS_SEEN}ch, (100vw - 350px) / ${editors} - 90px - 11ch)`;
}

/** Columns that are in sight in any window: what stands there is covered by no figure. */
export const ALWAYS_SEEN = 20;

/** Behind a line that is `width` columns wide; on it, where figures would be out of sight else. `editors`: side by side. */
export function placeInSight(column: number, width: number, editors: number): string {
  return `min(${Math.max(column, width + GAP)}ch, ${inSight(editors)})`;
}

/** From the end of the line to that of such figures: VS Code shows hovers on what it takes for text only. */
export function widthUpTo(place: string, width: number, figuresWidth: number): string {
  return `max(0ch, ${place} + ${figuresWidth - width}ch)`;
}

/** The margin in front of figures that follow the line, so that they begin behind it in any case. */
export function marginBehind(column: number, width: number): string {
  return `0 0 0 ${Math.max(column - width, GAP)}ch`;
}

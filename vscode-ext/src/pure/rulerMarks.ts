// SPDX-License-Identifier: MIT
// Marks for the overview ruler. It shows the whole file in few pixels, so a large file is cut into
// bands, each as hot as its hottest line: thousands of hot lines make a few hundred marks.

export interface RulerMark {
  readonly from: number; // lines, from 1, both included
  readonly to: number;
  readonly level: number;
}

export interface MarkedLine {
  readonly line: number;
  readonly level: number;
}

const BANDS = 400;

export function rulerMarks(lines: Iterable<MarkedLine>, lineCount: number, bands = BANDS): readonly RulerMark[] {
  const height = Math.max(1, Math.ceil(lineCount / bands));
  const levels = new Map<number, number>();
  for (const { line, level } of lines) {
    if (line > lineCount) continue; // code that was generated may say it is anywhere
    const band = Math.floor((line - 1) / height);
    if (level > (levels.get(band) ?? 0)) levels.set(band, level);
  }
  return joined([...levels].sort(([one], [other]) => one - other), height, lineCount);
}

/** Neighbours of one level become one mark. */
function joined(
  bands: readonly (readonly [number, number])[],
  height: number,
  lineCount: number,
): readonly RulerMark[] {
  const marks: RulerMark[] = [];
  for (const [band, level] of bands) {
    const from = band * height + 1;
    const to = Math.min(lineCount, from + height - 1);
    const last = marks.at(-1);
    if (last?.level === level && last.to === from - 1) marks[marks.length - 1] = { ...last, to };
    else marks.push({ from, to, level });
  }
  return marks;
}

// SPDX-License-Identifier: MIT
// Lines of files that are kept across edits: breakpoints and points of measurement that are ours.

/** A change of text, in VS Code's shape: lines and characters are from 0. */
export interface Edit {
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number; readonly character: number } };
  readonly text: string;
}

/** Where a line (from 1) is after it. One that is gone stays where it was. */
export function lineAfter({ range: { start, end }, text }: Edit, line: number): number {
  const isBefore = end.character === 0; // the line of the end is whole: it moves
  const added = text.split('\n').length - 1;
  const shift = added - (end.line - start.line);
  if (shift === 0) return line;
  return line - 1 > end.line || (isBefore && line - 1 === end.line) ? line + shift : Math.min(line, start.line + 1 + added);
}

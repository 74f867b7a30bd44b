// SPDX-License-Identifier: MIT
// A row of a table in Markdown.

/** The cells are Markdown. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
}

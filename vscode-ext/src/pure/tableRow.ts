// SPDX-License-Identifier: MIT
// A row of a table in Markdown.

export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

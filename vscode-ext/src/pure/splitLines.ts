// SPDX-License-Identifier: MIT
// Lines as the editor counts them.

export function splitLines(text: string): readonly string[] {
  return text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
}

// SPDX-License-Identifier: MIT
// Text that is not ours inside Markdown.

/** One line that Markdown shows as it is. */
export function plainText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[^\p{L}\p{N} ]/gu, (sign) => (sign.codePointAt(0) ?? 0) < 128 ? `\\${sign}` : sign);
}

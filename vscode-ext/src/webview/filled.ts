// SPDX-License-Identifier: MIT

/** The text with what belongs in the places of {0}, {1}, ... */
export function filled(text: string, ...parts: readonly string[]): string {
  return text.replace(/\{(\d)\}/g, (place, index: string) => parts[Number(index)] ?? place);
}

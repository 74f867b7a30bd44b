// SPDX-License-Identifier: MIT
// Code without a file, such as a string that was given to load(): figures name it as Lua does, by its beginning.

/** Is it the code that is called so: `[string "local t = {}..."]`? */
export function isCodeCalled(name: string, code: string): boolean {
  const [, beginning, cut] = /^\[string "(.*?)(\.\.\.)?"\]$/.exec(name) ?? [];
  if (beginning === undefined) return false;
  return cut === undefined ? code === beginning : code.startsWith(beginning);
}

// SPDX-License-Identifier: MIT
// The expression that one points at in a line of Lua: a name with what leads to it (`a.b[1].c`), as far as the part one
// points at. What stands in strings and comments, and words of the language, is none.

import { KEYWORDS } from './inlineValueNames.ts';

export interface ExpressionAt {
  readonly column: number; // from 0
  readonly end: number;
  readonly expression: string; // of a method (`a:b`) what can be evaluated: `a.b`
}

const TOKEN = /--\[(=*)\[[^]*?(?:\]\1\]|$)|--.*|\[(=*)\[[^]*?(?:\]\2\]|$)|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|\d[\w.]*|[A-Za-z_]\w*/g;
const STEP = /\s*(?:\.(?!\.)|:(?!:))\s*[A-Za-z_]\w*|\[(?:\d+|[A-Za-z_][\w.]*|"[^"\\]*"|'[^'\\]*')\]/y;

/** `column`: from 0. Behind a line's last character there is none, as figures stand there. */
export function expressionAt(text: string, column: number): ExpressionAt | undefined {
  if (column >= text.length) return undefined;
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(text); token !== null && token.index <= column; token = TOKEN.exec(text)) {
    if (!/^[A-Za-z_]/.test(token[0]) || KEYWORDS.has(token[0])) continue;
    const ends = partsFrom(text, TOKEN.lastIndex);
    TOKEN.lastIndex = ends.at(-1) ?? TOKEN.lastIndex;
    if (column <= TOKEN.lastIndex) return partAt(text, token.index, ends, column);
  }
  return undefined;
}

/** Where each part of a chain ends whose first one ends there. */
function partsFrom(text: string, end: number): number[] {
  const ends = [end];
  STEP.lastIndex = end;
  while (STEP.test(text)) ends.push(STEP.lastIndex);
  return ends;
}

function partAt(text: string, start: number, ends: readonly number[], column: number): ExpressionAt | undefined {
  const at = ends.findIndex((end) => column <= end), end = ends[at], from = ends[at - 1];
  if (end === undefined) return undefined;
  if (from !== undefined && text[from] === '[' && column > from && column < end) {
    const within = expressionAt(text.slice(from + 1, end), column - from - 1); // the index itself
    if (within !== undefined) return { ...within, column: within.column + from + 1, end: within.end + from + 1 };
  }
  const last = from ?? start;
  return { column: start, end, expression: text.slice(start, last) + text.slice(last, end).replace(/^\s*:\s*/, '.') };
}

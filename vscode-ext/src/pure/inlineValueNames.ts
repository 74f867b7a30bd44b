// SPDX-License-Identifier: MIT
// The names of variables in lines of Lua, for inline values: what stands in strings and comments, is
// a field, or is a word of the language, is none.

export interface NameAt {
  readonly line: number; // index into the lines given
  readonly column: number; // from 0
  readonly name: string;
}

export const KEYWORDS = new Set(
  ('and break do else elseif end false for function goto if in local nil not or repeat return then ' +
    'true until while').split(' '),
);

const TOKEN =
  /--\[(=*)\[|--.*|\[(=*)\[|"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?|\.{2,3}|[A-Za-z_]\w*|[.:]\s*[A-Za-z_]\w*|\d[\w.]*/g;

export function inlineValueNames(lines: readonly string[]): readonly NameAt[] {
  const names: NameAt[] = [];
  let closing: string | undefined; // of the long bracket we are in
  lines.forEach((text, line) => {
    let column = 0;
    const seen = new Set<string>();
    for (;;) {
      if (closing !== undefined) {
        const end = text.indexOf(closing, column);
        if (end < 0) return;
        column = end + closing.length;
        closing = undefined;
      }
      TOKEN.lastIndex = column;
      const token = TOKEN.exec(text);
      if (token === null) return;
      column = TOKEN.lastIndex;
      const level = token[1] ?? token[2];
      if (level !== undefined) closing = `]${level}]`;
      else if (isNewName(text, token, seen)) names.push({ line, column: token.index, name: token[0] });
    }
  });
  return names;
}

/** Each name once, where it stands last: values do not change from line to line of one moment. */
export function lastOfEachName(names: readonly NameAt[]): readonly NameAt[] {
  return [...new Map(names.map((at) => [at.name, at])).values()];
}

/** Each name once a line; a key of a table constructor (`{name = ...}`) is no variable. */
function isNewName(text: string, token: RegExpExecArray, seen: Set<string>): boolean {
  const name = token[0];
  if (!/^[A-Za-z_]/.test(name) || KEYWORDS.has(name) || seen.has(name)) return false;
  const rest = text.slice(token.index + name.length);
  const isCall = /^\s*[({"']/.test(rest);
  const isKey = /^\s*=(?!=)/.test(rest) && /[{,]\s*$/.test(text.slice(0, token.index)) && text.includes('{');
  if (isCall || isKey) return false;
  seen.add(name);
  return true;
}

// SPDX-License-Identifier: MIT
// Reads what a fixture expects from the comments on its own lines. See tests/README.md for the form.

const KINDS = ['buffer', 'string', 'table', 'function', 'userdata', 'thread', 'upvalue', 'proto'];
const FIGURES = ['allocations', 'allocated', 'freed', 'live', 'growth', 'at_peak', 'objects', 'allocated_with_callees', 'live_with_callees'];
const COMPARE = {
  '=': (a, b) => a === b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
};

/**
 * The expectations of one source text: [{ line, source?, figure, kind?, operator, formula, text }].
 * `source` is given for other lines than the comment's own: `(startup)`, or the name of a chunk.
 */
export function parseExpectations(text) {
  return text.split('\n').flatMap((code, index) => {
    const comment = /--> (.*)$/.exec(code);
    return comment ? parseComment(comment[1], index + 1) : [];
  });
}

function parseComment(comment, line) {
  const [, source, at, rest] = /^(?:@(\([a-z ]+\)|[\w?]+)(?::(\d+))? )?(.*)$/.exec(comment);
  const where = source ? { source, line: Number(at ?? 0) } : { line };
  const text = rest.trim() === 'nothing' ? 'allocated = 0' : rest;
  return splitAtCommas(text).map((part) => ({ ...where, ...parsePart(part.trim(), line) }));
}

/** Splits at the commas outside parentheses. */
function splitAtCommas(text) {
  const parts = [''];
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

function parsePart(part, line) {
  const match = /^(?:([a-z]+)\.)?([a-z_]+) (>=|<=|=|<|>) ([\w\s+*/().,%-]+)$/.exec(part);
  const [, kind, figure, operator, formula] = match ?? [];
  const known = match && FIGURES.includes(figure) && (!kind || KINDS.includes(kind));
  if (!known) throw new Error(`line ${line}: cannot read the expectation "${part}"`);
  return { kind, figure, operator, formula, text: part };
}

/** The value of a formula over the named sizes. */
function evaluate(formula, names) {
  const value = new Function(...Object.keys(names), `return (${formula});`)(...Object.values(names));
  if (!Number.isSafeInteger(value)) throw new Error(`"${formula}" is ${value}`);
  return value;
}

/** What a report row (or undefined: nothing was ever allocated there) has for the expectation. */
function figureOf(row, { kind, figure }) {
  const figures = kind ? row?.kinds[kind] : row;
  return figures?.[figure] ?? 0;
}

/** One line of complaint for each expectation that the rows of `path` do not meet. */
export function unmet(expectations, rows, path, names) {
  return expectations.flatMap((expectation) => {
    const source = expectation.source ?? path;
    const row = rows.find((r) => r.source === source && r.line === expectation.line);
    const expected = evaluate(expectation.formula, names);
    const actual = figureOf(row, expectation);
    if (COMPARE[expectation.operator](actual, expected)) return [];
    const kinds = JSON.stringify(row?.kinds ?? {});
    return [`${source}:${expectation.line}: ${expectation.text} (${expected}), but it is ${actual}; ${kinds}`];
  });
}

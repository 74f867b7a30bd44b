// SPDX-License-Identifier: MIT
// Fixtures of tests/debuggees and their marks: `--@name` at the end of a line names that line.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { testsDir } from './programs.mjs';

export function fixturePath(name) {
  return join(testsDir, 'debuggees', name);
}

/** The 1-based line of the fixture that carries the mark. */
export function lineOf(fixture, mark) {
  return lineIn(fixturePath(fixture), mark);
}

/** The same of any file. */
export function lineIn(path, mark) {
  const lines = readFileSync(path, 'latin1').split('\n');
  const found = lines.flatMap((line, i) => (marksOf(line).includes(mark) ? [i + 1] : []));
  if (found.length !== 1) throw new Error(`${path} has ${found.length} lines marked --@${mark}`);
  return found[0];
}

/** The marks of the fixture's line, as "@one @two", or "line N" if it has none: for messages. */
export function marksAt(fixture, line) {
  const text = readFileSync(fixturePath(fixture), 'latin1').split('\n')[line - 1] ?? '';
  return marksOf(text).map((mark) => `@${mark}`).join(' ') || `line ${line}`;
}

function marksOf(line) {
  return [...line.matchAll(/--@(\w+)/g)].map(([, mark]) => mark);
}

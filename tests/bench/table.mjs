// SPDX-License-Identifier: MIT
// The table on the terminal, a row as soon as it is known, and what is being done meanwhile.

const NAME = 62;
const isTerminal = process.stderr.isTTY;

function digits(value) {
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

const quantity = (value, unit) => (value === undefined ? '' : unit === 'x' ? digits(value) : `${digits(value)} ${unit}`);

function columns([name, reached, range, toReach, counted, countedToReach, mark]) {
  return [name.padEnd(NAME), reached.padStart(10), range.padEnd(18), toReach.padStart(10), counted.padStart(13), countedToReach.padStart(9), mark]
    .join('  ').trimEnd();
}

/** `whyNoCounts`: why the column of instructions is empty; undefined if it is not. */
export function printHead({ pairs, lua, whyNoCounts }) {
  console.log(`x: ratio. reached: median of ${pairs} pairs in turn with ${lua}, or of as many times twenty requests (smallest - largest)`);
  console.log(`instructions: ${whyNoCounts === undefined ? 'of the interpreter, ratio, by callgrind, with its standard error where they are drawn several times' : whyNoCounts}\n`);
  console.log(columns(['', 'reached', '', 'to reach', 'instructions', 'to reach', '']));
}

export function printTitle(title) {
  console.log(`\n${title}`);
}

function counted({ ratio, error }) {
  return error > 0 ? `${ratio.toFixed(3)} ±${error.toFixed(3)}` : ratio.toFixed(3).padEnd(12);
}

export function printRow({ name, unit, reached, toReach, atLeast, instructions, instructionsToReach, missed }) {
  const range = reached.smallest === reached.largest ? '' : `(${digits(reached.smallest)} - ${digits(reached.largest)})`;
  const bound = atLeast ? `>= ${quantity(toReach, unit)}` : quantity(toReach, unit);
  console.log(columns([`  ${name}`, quantity(reached.median, unit), range, toReach === undefined ? '' : bound,
    instructions === undefined ? '' : counted(instructions), instructionsToReach?.toFixed(2) ?? '', missed ? '*' : '']));
}

/** Shows on a terminal what is being measured; undefined: nothing any more. */
export function showProgress(text) {
  if (isTerminal) process.stderr.write(`\r\x1b[K${text ?? ''}`);
}

// SPDX-License-Identifier: MIT
// What Luaheat costs, beside plain lua5.4 and beside what is to be reached: a table, and the same as JSON. Run by `./dev
// bench`. What is missed is marked (*), not failed: the machine may be busy.
// usage: bench.mjs [GROUP...] [--pairs N] [--json FILE] [--no-instructions] [--tiny]

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, release } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { whyNoCounts } from './counting.mjs';
import { groups } from './groups.mjs';
import { build, lua, luaheat, setting } from './setting.mjs';
import { spread } from './statistics.mjs';
import { printHead, printRow, printTitle, showProgress } from './table.mjs';

const TOLERANCE = 1.005; // what is as good as reached: so much is lost in rounding

const isMissed = (value, most) => value !== undefined && most !== undefined && value > most * TOLERANCE;

function row(group, { name, unit, toReach, atLeast, countedToReach }, reached, instructions) {
  const missed = isMissed(reached.median, toReach) || isMissed(instructions?.ratio, countedToReach) || (atLeast !== undefined && reached.median * TOLERANCE < atLeast);
  return { group: group.name, name, unit, reached, toReach: toReach ?? atLeast, atLeast: atLeast !== undefined, instructions, instructionsToReach: countedToReach, missed };
}

async function measure(group, one) {
  showProgress(`${group.name}: ${one.name}: times`);
  const samples = [await one.samples()].flat();
  let instructions;
  if (one.count && whyNoCounts() === undefined) {
    showProgress(`${group.name}: ${one.name}: instructions`);
    instructions = await one.count();
  }
  showProgress();
  return row(group, one, spread(samples), instructions);
}

/** The same of several rows at once: those that have instructions, were they counted. */
function summarize(group, summary, rows) {
  const counts = rows.flatMap(({ instructions }) => instructions?.ratio ?? []);
  const median = summary.of(rows.map(({ reached }) => reached.median));
  const reached = { median, smallest: median, largest: median, samples: [median] };
  return row(group, { ...summary, unit: 'x' }, reached, counts.length > 0 ? { ratio: summary.of(counts) } : undefined);
}

async function run(group) {
  printTitle(group.title);
  const rows = [];
  const add = (one) => { rows.push(one); printRow(one); };
  for (const one of group.cases) add(await measure(group, one));
  const summarized = rows.filter((_, i) => group.cases[i].isProgram);
  for (const summary of group.summaries ?? []) add(summarize(group, summary, summarized));
  return rows;
}

function options() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: {
    pairs: { type: 'string', default: '7' }, json: { type: 'string', default: join(build, 'bench.json') },
    'no-instructions': { type: 'boolean' }, tiny: { type: 'boolean' },
  } });
  const pairs = Number(values.pairs);
  if (!Number.isInteger(pairs) || pairs < 1) throw new Error(`--pairs ${values.pairs}: how many are they?`);
  const unknown = positionals.find((name) => !groups.some((group) => group.name === name));
  if (unknown !== undefined) throw new Error(`there is no group ${unknown}; there are ${groups.map(({ name }) => name).join(', ')}`);
  Object.assign(setting, { pairs, tiny: values.tiny === true, counts: !values['no-instructions'] });
  return { json: values.json, chosen: groups.filter(({ name }) => positionals.length === 0 || positionals.includes(name)) };
}

const versionOf = (command) => execFileSync(command[0], command.slice(1), { encoding: 'utf8' }).trim();

async function main() {
  const { json, chosen } = options();
  const head = { luaheat, lua: versionOf([lua, '-v']), machine: `${cpus().length} x ${cpus()[0].model}, ${release()}`,
    begun: new Date().toISOString(), load: loadavg(), pairs: setting.pairs, whyNoCounts: whyNoCounts() };
  printHead({ ...head, lua });
  const rows = [];
  for (const group of chosen) rows.push(...await run(group));
  writeFileSync(json, `${JSON.stringify({ ...head, ended: new Date().toISOString(), loadAfter: loadavg(), rows }, null, 1)}\n`);
  console.log(`\n*: not reached. All of it, with each sample: ${json}`);
}

main().catch((error) => {
  showProgress();
  console.error(error.message);
  process.exitCode = 1;
});

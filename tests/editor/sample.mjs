// SPDX-License-Identifier: MIT
// Folders for the editor to open, marks in their files, and what Luaheat says of them elsewhere.

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { DapClient } from '../session/dap_client.mjs';

const here = dirname(fileURLToPath(import.meta.url));

export class Sample {
  #parent = realpathSync(mkdtempSync(join(tmpdir(), 'luaheat-sample-')));
  folder = join(this.#parent, 'game'); // its name is in the window's title

  /** Files of tests/editor/samples by name, others as { name: text }. */
  constructor(names, texts = {}) {
    mkdirSync(this.folder);
    for (const name of names) copyFileSync(join(here, 'samples', name), join(this.folder, name));
    for (const [name, text] of Object.entries(texts)) {
      mkdirSync(dirname(this.path(name)), { recursive: true });
      writeFileSync(this.path(name), text);
    }
  }

  path(name) {
    return join(this.folder, name);
  }

  /** The line that carries the mark `--@mark`. */
  line(name, mark) {
    const lines = readFileSync(this.path(name), 'utf8').split('\n');
    const found = lines.flatMap((line, index) => (line.includes(`--@${mark}`) ? [index + 1] : []));
    if (found.length !== 1) throw new Error(`${name} has ${found.length} lines marked --@${mark}`);
    return found[0];
  }

  /** A file that makes a workspace of folders of it; its name. */
  makeWorkspace(folders) {
    const name = 'game.code-workspace';
    writeFileSync(this.path(name), JSON.stringify({ folders: folders.map((path) => ({ path })) }));
    return name;
  }

  remove() {
    rmSync(this.#parent, { recursive: true, force: true });
  }
}

/** What `luaheat run` says of a program: the rows of its lines, by line. */
export function runFigures(luaheat, program, cwd) {
  const report = join(cwd, 'report.json');
  spawnSync(luaheat, ['run', '--format', 'json', '-o', report, program], { cwd });
  const { heap, lines } = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(report);
  return { heap, lines: byLine(lines.filter(({ source }) => source === program)) };
}

/** What `luaheat/lines` says at each of the stops (lines), told by a session of our own. */
export async function stopFigures(program, cwd, stops) {
  const client = new DapClient();
  try {
    await client.request('initialize', { adapterID: 'luaheat', pathFormat: 'path' });
    await client.event('initialized');
    const launched = client.request('launch', { program, cwd });
    await client.request('setBreakpoints', { source: { path: program }, breakpoints: stops.map((line) => ({ line })) });
    await client.request('configurationDone');
    await launched;
    const told = [];
    for (let stop = 0; stop < stops.length; stop++) {
      const { threadId } = await client.event('stopped');
      told.push(rowsOf(await client.request('luaheat/lines'), program));
      await client.request('continue', { threadId });
    }
    return told;
  } finally {
    client.kill();
  }
}

function rowsOf({ heap, columns, sources }, program) {
  const rows = sources.find(({ source }) => source.path === program)?.rows ?? [];
  const named = rows.map((row) => Object.fromEntries(row.map((value, index) => [columns[index], value])));
  return { heap, lines: byLine(named) };
}

function byLine(rows) {
  return Object.fromEntries(rows.map((row) => [row.line, row]));
}

// SPDX-License-Identifier: MIT
// The figures in files, in the formats of other programs. The adapter writes them. VS Code lets it go
// when the program ends, so all formats are written then to a temporary folder: what has ended can be
// exported too, until its figures are gone from the views.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FileType, Uri, workspace } from 'vscode';
import type { DebugSession, Disposable } from 'vscode';

import { seesOurFiles } from '../pure/attach.ts';
import type { ExportFormat } from '../pure/exportFormats.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import { texts } from '../texts.ts';

interface Kept {
  readonly folder: string;
  readonly written: ReadonlyMap<ExportFormat, Promise<boolean>>;
}

export class Exporting {
  readonly #sessions: Sessions;
  readonly #kept = new Map<Run, Kept>();

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  watch(): Disposable[] {
    return [this.#sessions.onDidExit((run) => this.#keep(run)), { dispose: () => this.#forget(() => true) }];
  }

  /** Replaces what is there. Rejects with a reason for the user. */
  async write(run: Run, format: ExportFormat, target: Uri): Promise<void> {
    const kept = this.#kept.get(run);
    if (kept !== undefined) await copyKept(run, kept, format, target);
    else if (run.hasEnded) throw new Error(texts.exportTooLate());
    else if (target.scheme === 'file') await ask(run.session, format, target.fsPath);
    else await writeElsewhere(run.session, format, target);
  }

  /** Asked in the same turn, the questions are ahead of the `disconnect` that VS Code sends at the end. */
  #keep(run: Run): void {
    this.#forget((other) => !this.#sessions.isKept(other));
    if (!run.can('export') || run.figures.heap === undefined || !seesOurFiles(run.session.configuration)) return;
    const folder = newFolder();
    const keep = ({ session }: Run, format: ExportFormat): Promise<boolean> =>
      ask(session, format, fileIn(folder, format)).then(() => true, () => false);
    this.#kept.set(run, { folder, written: new Map(run.exportFormats.map((format) => [format, keep(run, format)])) });
  }

  #forget(isOver: (run: Run) => boolean): void {
    for (const [run, { folder }] of this.#kept) {
      if (!isOver(run)) continue;
      this.#kept.delete(run);
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function copyKept(run: Run, { folder, written }: Kept, format: ExportFormat, target: Uri): Promise<void> {
  if ((await written.get(format)) !== true) throw new Error(texts.exportTooLate());
  if ([...run.figures.sources].some(({ path }) => path === target.fsPath)) throw new Error(texts.exportOverSource(target.fsPath));
  await put(Uri.file(fileIn(folder, format)), target);
}

/** To where the debugger cannot write: a file of the user's own machine, when VS Code works on another. */
async function writeElsewhere(session: DebugSession, format: ExportFormat, target: Uri): Promise<void> {
  const folder = newFolder();
  try {
    await ask(session, format, fileIn(folder, format));
    await put(Uri.file(fileIn(folder, format)), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Beside it first: if there is no room, what is there stays. What is behind a link is written where it is. */
async function put(source: Uri, target: Uri): Promise<void> {
  const old = await workspace.fs.stat(target).then(({ type }) => type, () => FileType.File);
  if (old !== FileType.File) {
    await workspace.fs.writeFile(target, await workspace.fs.readFile(source));
    return;
  }
  const beside = target.with({ path: `${target.path}.${process.pid}.part` });
  try {
    await workspace.fs.writeFile(beside, await workspace.fs.readFile(source));
    await workspace.fs.rename(beside, target, { overwrite: true });
  } catch (error) {
    await workspace.fs.delete(beside).then(undefined, () => undefined);
    throw error;
  }
}

async function ask(session: DebugSession, { id }: ExportFormat, path: string): Promise<void> {
  await session.customRequest('luaheat/export', { format: id, path });
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'luaheat-'));
}

function fileIn(folder: string, format: ExportFormat): string {
  return join(folder, `memory.${format.extension}`);
}

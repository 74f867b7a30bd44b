// SPDX-License-Identifier: MIT
// The command that exports: pick a format, choose a file, and look at it.

import { homedir } from 'node:os';

import { ColorThemeKind, commands, env, UIKind, Uri, ViewColumn, window, workspace } from 'vscode';
import type { ColorTheme } from 'vscode';

import type { Commands } from '../commands.ts';
import { folderOfLaunch } from '../launch/configurations.ts';
import { seesOurFiles } from '../pure/attach.ts';
import { commandFor, exportName, inTheme, opensIn } from '../pure/exportFormats.ts';
import type { ExportFormat } from '../pure/exportFormats.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import { texts } from '../texts.ts';
import type { Exporting } from './exporting.ts';

const HEAP_SNAPSHOT: ExportFormat = { id: 'heapsnapshot', extension: 'heapsnapshot', description: '' };

export function exportCommands(sessions: Sessions, exporting: Exporting): Commands {
  return {
    'luaheat.export': () => exportShown(sessions, exporting),
    'luaheat.saveHeapSnapshot': () => saveHeapSnapshot(sessions),
  };
}

async function exportShown({ shown }: Sessions, exporting: Exporting): Promise<void> {
  if (shown === undefined) throw new Error(texts.nothingToExport());
  const format = await pickFormat(shown);
  const target = format && (await window.showSaveDialog(saveOptions(shown, format, texts.exportTitle())));
  if (format === undefined || target === undefined) return;
  await exporting.write(shown, format, target);
  await offerToOpen(shown, format, target);
}

/** All that is alive. The program writes it, and is stopped meanwhile. */
async function saveHeapSnapshot({ shown }: Sessions): Promise<void> {
  if (shown?.isStopped !== true || shown.hasEnded) throw new Error(texts.nothingStopped());
  const target = await window.showSaveDialog(saveOptions(shown, HEAP_SNAPSHOT, texts.heapSnapshotTitle()));
  if (target === undefined) return;
  await shown.session.customRequest('luaheat/heapSnapshot', { path: target.fsPath });
  await offerToOpen(shown, HEAP_SNAPSHOT, target);
}

async function pickFormat({ exportFormats }: Run): Promise<ExportFormat | undefined> {
  const items = exportFormats.map((format) => ({ format, label: format.id, detail: format.description }));
  return (await window.showQuickPick(items, { title: texts.exportTitle(), matchOnDetail: true }))?.format;
}

function saveOptions({ session }: Run, format: ExportFormat, title: string): { defaultUri: Uri; filters: Record<string, string[]>; title: string } {
  const { workspaceFolder, configuration } = session;
  const folder = folderOfLaunch(configuration, workspaceFolder)?.uri ?? workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  return {
    defaultUri: Uri.joinPath(folder, exportName(String(configuration['program'] ?? ''), format)),
    filters: { [format.id]: [format.extension.replace(/^.*\./, '')] }, // VS Code takes the last part only
    title,
  };
}

async function offerToOpen({ session }: Run, format: ExportFormat, target: Uri): Promise<void> {
  if (!seesOurFiles(session.configuration)) {
    void window.showInformationMessage(texts.exportedElsewhere(target.fsPath, String(session.configuration['host'] ?? 'localhost')));
    return;
  }
  const open = texts.openExport();
  const copy = texts.copyCommand();
  const command = commandFor(format, target.fsPath);
  const buttons = [...(opensIn(format) === undefined ? [] : [open]), ...(command === undefined ? [] : [copy])];
  const answer = await window.showInformationMessage(texts.exported(target.fsPath), ...buttons);
  if (answer === open) await openExport(format, target);
  else if (answer === copy && command !== undefined) await env.clipboard.writeText(command);
}

async function openExport(format: ExportFormat, file: Uri): Promise<void> {
  if (opensIn(format) === 'editor') await commands.executeCommand('vscode.open', file);
  else if (env.uiKind === UIKind.Desktop && env.remoteName === undefined) await env.openExternal(file);
  else await showPage(file);
}

function isDark({ kind }: ColorTheme): boolean {
  return kind === ColorThemeKind.Dark || kind === ColorThemeKind.HighContrast;
}

/** Where the user's browser does not see the file. The page has no scripts, and its own policy. */
async function showPage(file: Uri): Promise<void> {
  const html = new TextDecoder().decode(await workspace.fs.readFile(file));
  const panel = window.createWebviewPanel('luaheat.page', texts.exportPage(file.path.split('/').at(-1) ?? ''), ViewColumn.Active, {
    enableScripts: false,
    enableFindWidget: true,
    localResourceRoots: [],
  });
  const show = (): void => {
    panel.webview.html = inTheme(html, isDark(window.activeColorTheme));
  };
  const themes = window.onDidChangeActiveColorTheme(show);
  panel.onDidDispose(() => {
    themes.dispose();
  });
  show();
}

// SPDX-License-Identifier: MIT

import { basename, dirname } from 'node:path';

import { debug, window, workspace } from 'vscode';
import type { DebugConfiguration, Uri } from 'vscode';

import type { Commands } from './commands.ts';
import { launchOfCurrentFile } from './pure/launchConfiguration.ts';
import { texts } from './texts.ts';

export function launchCommands(): Commands {
  return {
    'luaheat.debugFile': debugFile,
  };
}

async function debugFile(uri?: Uri): Promise<void> {
  const file = uri ?? window.activeTextEditor?.document.uri;
  const folder = file && workspace.getWorkspaceFolder(file);
  await debug.startDebugging(folder, launchOf(file));
}

/** Named after its file, so that two of them may run at once. */
function launchOf(file: Uri | undefined): DebugConfiguration {
  if (file?.scheme !== 'file') return launchOfCurrentFile(texts.debugCurrentFile());
  const folder = workspace.getWorkspaceFolder(file)?.uri.fsPath ?? dirname(file.fsPath);
  return { ...launchOfCurrentFile(texts.debugFile(basename(file.fsPath))), program: file.fsPath, cwd: folder };
}

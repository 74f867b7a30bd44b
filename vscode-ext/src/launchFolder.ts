// SPDX-License-Identifier: MIT
// Which of the workspace's folders a launch belongs to: there it runs by default, its settings are read and what it
// exports is proposed to be.

import { isAbsolute } from 'node:path';

import { Uri, window, workspace } from 'vscode';
import type { DebugConfiguration, WorkspaceFolder } from 'vscode';

import { takesOpenFile } from './pure/launchConfiguration.ts';

/**
 * Of a configuration as it is written. `given` is where VS Code has found it, or any folder if it has made it up: that of
 * the file that is to be run is the right one.
 */
export function folderToRunIn(configuration: DebugConfiguration, given: WorkspaceFolder | undefined): WorkspaceFolder | undefined {
  const file = window.activeTextEditor?.document.uri;
  const own = file && workspace.getWorkspaceFolder(file);
  return takesOpenFile(configuration) ? (own ?? given) : (given ?? own);
}

/** Of a configuration whose variables have been replaced. */
export function folderOfLaunch({ cwd }: DebugConfiguration, given: WorkspaceFolder | undefined): WorkspaceFolder | undefined {
  const isPath = typeof cwd === 'string' && isAbsolute(cwd);
  return (isPath ? workspace.getWorkspaceFolder(Uri.file(cwd)) : undefined) ?? given;
}

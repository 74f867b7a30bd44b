// SPDX-License-Identifier: MIT
// Commands about a whole session.

import { basename } from 'node:path';

import { debug, window, workspace } from 'vscode';
import type { DebugConfiguration, Uri } from 'vscode';

import { chooseAdapter } from '../adapterFactory.ts';
import { launchOfCurrentFile } from '../pure/launchConfiguration.ts';
import { texts } from '../texts.ts';

type Command = (...given: never[]) => Promise<void>;

export function sessionCommands(): Readonly<Record<string, Command>> {
  return {
    'luaheat.debugFile': debugFile,
    'luaheat.chooseAdapter': async () => {
      await chooseAdapter();
    },
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
  return { ...launchOfCurrentFile(texts.debugFile(basename(file.fsPath))), program: file.fsPath };
}

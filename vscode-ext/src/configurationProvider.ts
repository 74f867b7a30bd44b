// SPDX-License-Identifier: MIT
// Launch configurations: made up when there are none, completed when something is left out, and
// checked before anything is started, so that what is wrong can be said with a way out.

import { stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

import { commands, RelativePattern, window, workspace } from 'vscode';
import type { DebugConfiguration, DebugConfigurationProvider, Uri, WorkspaceFolder } from 'vscode';

import { folderOfLaunch, folderToRunIn } from './launchFolder.ts';
import { DEBUG_TYPE, isEmpty, launchOfCurrentFile, takesOpenFile, withDefaults } from './pure/launchConfiguration.ts';
import { texts } from './texts.ts';

const LUA = 'lua';

export class ConfigurationProvider implements DebugConfigurationProvider {
  readonly #ensureAdapter: (scope?: Uri) => Promise<boolean>;

  /** `ensureAdapter`: is there a debugger that starts? */
  constructor(ensureAdapter: (scope?: Uri) => Promise<boolean>) {
    this.#ensureAdapter = ensureAdapter;
  }

  async resolveDebugConfiguration(
    folder: WorkspaceFolder | undefined,
    given: DebugConfiguration,
  ): Promise<DebugConfiguration | undefined> {
    const wasEmpty = isEmpty(given);
    if (wasEmpty && !hasLuaFile()) return refuseWithoutFile();
    const own = wasEmpty ? launchOfCurrentFile(texts.debugCurrentFile()) : given;
    const configuration = withDefaults(own, folderToRunIn(own, folder)?.uri.fsPath);
    if (takesOpenFile(configuration) && !(await ensureSaved())) return undefined;
    return { ...given, ...configuration };
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: WorkspaceFolder | undefined,
    configuration: DebugConfiguration,
  ): Promise<DebugConfiguration | undefined> {
    if (configuration.request !== 'launch') return configuration;
    if (!(await ensureProgram(configuration))) return undefined;
    return (await this.#ensureAdapter(folderOfLaunch(configuration, folder)?.uri)) ? configuration : undefined;
  }
}

/** Offered under "Lua (Luaheat)..." where one chooses what to debug: for each folder, or for none if there is none. */
export class DynamicConfigurations implements DebugConfigurationProvider {
  async provideDebugConfigurations(folder: WorkspaceFolder | undefined): Promise<DebugConfiguration[]> {
    if (folder === undefined) return workspace.workspaceFolders === undefined ? [launchOfCurrentFile(texts.debugCurrentFile())] : [];
    const mains = await workspace.findFiles(new RelativePattern(folder, '**/main.lua'), '**/{node_modules,.git}/**', 10);
    const programs = mains.map((uri) => workspace.asRelativePath(uri, false)).sort();
    return [
      launchOfCurrentFile(texts.debugCurrentFile()),
      ...programs.map((path) => ({
        type: DEBUG_TYPE,
        request: 'launch',
        name: texts.debugFile(path),
        program: `\${workspaceFolder}/${path}`,
      })),
    ];
  }
}

function hasLuaFile(): boolean {
  return window.activeTextEditor?.document.languageId === LUA;
}

async function refuseWithoutFile(): Promise<undefined> {
  const open = texts.openFile();
  if ((await window.showErrorMessage(texts.noLuaFile(), open)) === open)
    await commands.executeCommand('workbench.action.files.openFile');
  return undefined;
}

/** A program is run from its file, so it must have one. */
async function ensureSaved(): Promise<boolean> {
  const document = window.activeTextEditor?.document;
  if (document?.isUntitled !== true) return true;
  const save = texts.save();
  if ((await window.showWarningMessage(texts.unsavedFile(), save)) !== save) return false;
  return (await document.save()) && window.activeTextEditor?.document.isUntitled === false;
}

async function ensureProgram({ program, cwd }: DebugConfiguration): Promise<boolean> {
  const path = typeof program === 'string' ? program : '';
  if (path !== '' && (await isFile(isAbsolute(path) ? path : join(String(cwd ?? ''), path)))) return true;
  const open = texts.openLaunchConfiguration();
  const problem = path === '' ? texts.noProgram() : texts.programMissing(path);
  if ((await window.showErrorMessage(problem, open)) === open)
    await commands.executeCommand('workbench.action.debug.configure');
  return false;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

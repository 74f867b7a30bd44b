// SPDX-License-Identifier: MIT
// Launch configurations: made up when there are none, completed when something is left out, and
// checked before anything is started, so that what is wrong can be said with a way out.

import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';

import { commands, debug, RelativePattern, Uri, window, workspace } from 'vscode';
import type { DebugConfiguration, DebugConfigurationProvider, WorkspaceFolder } from 'vscode';

import type { Commands } from '../commands.ts';
import { attachToPicked, firstLine, isElsewhere, lacksPort, withPicked, withTarget } from '../pure/attach.ts';
import { DEBUG_TYPE, isEmpty, launchOfCurrentFile, runsHost, takesOpenFile, withDefaults } from '../pure/launch.ts';
import type { Configuration } from '../pure/launch.ts';
import { texts } from '../texts.ts';

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
    const configuration = own.request === 'attach' ? withTarget(own) : withDefaults(own, folderToRunIn(own, folder)?.uri.fsPath);
    if (takesOpenFile(configuration) && !(await ensureSaved())) return undefined;
    return { ...given, ...configuration };
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: WorkspaceFolder | undefined,
    given: DebugConfiguration,
  ): Promise<DebugConfiguration | undefined> {
    const configuration = await withToken(withPicked(given), folder);
    if (configuration === undefined) return undefined;
    if (isElsewhere(configuration)) return configuration;
    if (lacksPort(configuration)) return refuse(texts.noPort());
    if (configuration.request === 'launch' && !(await ensureProgram(configuration))) return undefined;
    return (await this.#ensureAdapter(folderOfLaunch(configuration, folder)?.uri)) ? configuration : undefined;
  }
}

/** Offered under "Lua (Luaheat)..." where one chooses what to debug: for each folder, or for none if there is none. */
export class DynamicConfigurations implements DebugConfigurationProvider {
  async provideDebugConfigurations(folder: WorkspaceFolder | undefined): Promise<DebugConfiguration[]> {
    if (folder === undefined) return workspace.workspaceFolders === undefined ? [launchOfCurrentFile(texts.debugCurrentFile()), attachToPicked(texts.attachToProcess())] : [];
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
      attachToPicked(texts.attachToProcess()),
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

async function ensureProgram(configuration: DebugConfiguration): Promise<boolean> {
  if (runsHost(configuration)) return true;
  const { program, cwd } = configuration;
  const path = typeof program === 'string' ? program : '';
  if (path !== '' && (await isFile(isAbsolute(path) ? path : join(String(cwd ?? ''), path)))) return true;
  await refuse(path === '' ? texts.noProgram() : texts.programMissing(path));
  return false;
}

/** Says what is wrong with the configuration, and leads there. */
async function refuse(problem: string): Promise<undefined> {
  const open = texts.openLaunchConfiguration();
  if ((await window.showErrorMessage(problem, open)) === open)
    await commands.executeCommand('workbench.action.debug.configure');
  return undefined;
}

/** A debugger elsewhere has no use for our file, only for what is in it. */
async function withToken(configuration: Configuration, folder: WorkspaceFolder | undefined): Promise<Configuration | undefined> {
  const { tokenFile, ...others } = configuration;
  if (typeof tokenFile !== 'string') return configuration;
  const path = isAbsolute(tokenFile) ? tokenFile : join(folder?.uri.fsPath ?? '', tokenFile);
  try {
    return { ...others, token: firstLine(await readFile(path, 'utf8')) };
  } catch (error) {
    return refuse(texts.tokenUnreadable(error instanceof Error ? error.message : path));
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

// ---- Which of the workspace's folders a launch belongs to: there it runs by default, its settings are read and
// what it exports is proposed to be. ----

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

// ---- A file without a configuration. ----

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

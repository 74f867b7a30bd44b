// SPDX-License-Identifier: MIT
// The program `luaheat`, which speaks the Debug Adapter Protocol: where it is, whether it starts, and what
// to do if it does not.

import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import { commands, ConfigurationTarget, DebugAdapterExecutable, DebugAdapterNamedPipeServer, DebugAdapterServer, env, Uri, window, workspace } from 'vscode';
import type { DebugAdapterDescriptor, DebugAdapterDescriptorFactory, DebugSession } from 'vscode';

import type { Commands } from '../commands.ts';
import { debuggerAddress } from '../pure/attach.ts';
import { findAdapter } from '../pure/launch.ts';
import type { AdapterProgram } from '../pure/launch.ts';
import { adapterSetting, SECTION } from '../settings.ts';
import { texts } from '../texts.ts';
import { folderOfLaunch } from './configurations.ts';

export class AdapterFactory implements DebugAdapterDescriptorFactory {
  readonly #extensionFolder: string;

  constructor(extensionFolder: string) {
    this.#extensionFolder = extensionFolder;
  }

  createDebugAdapterDescriptor({ configuration, workspaceFolder }: DebugSession): DebugAdapterDescriptor {
    const address = debuggerAddress(configuration);
    if (address !== undefined)
      return 'path' in address ? new DebugAdapterNamedPipeServer(address.path) : new DebugAdapterServer(address.port, address.host);
    const program = this.find(folderOfLaunch(configuration, workspaceFolder)?.uri);
    if (!('found' in program)) throw new Error(problemOf(program));
    return new DebugAdapterExecutable(program.found, ['dap']);
  }

  find(scope?: Uri): AdapterProgram {
    return findAdapter({
      setting: adapterSetting(scope),
      extensionFolder: this.#extensionFolder,
      searchPath: (process.env['PATH'] ?? '').replaceAll(delimiter, ':'),
      isExecutable,
    });
  }

  /** True if there is a program that starts; otherwise the user is told, and helped. */
  async ensure(scope?: Uri): Promise<boolean> {
    const program = this.find(scope);
    if (!('found' in program)) return (await helpToChoose(problemOf(program))) && this.ensure(scope);
    const reason = await whyNotStarting(program.found);
    if (reason === undefined) return true;
    return (await helpToChoose(texts.adapterBroken(reason))) && this.ensure(scope);
  }
}

/** True if the user has chosen another program. */
async function helpToChoose(problem: string): Promise<boolean> {
  const choose = texts.chooseAdapter();
  const settings = texts.openSettings();
  const answer = await window.showErrorMessage(problem, choose, settings);
  if (answer === choose) return chooseAdapter();
  if (answer === settings) await openSettings(`${SECTION}.adapterPath`);
  return false;
}

/** Settings of a machine are those of the remote one, if there is one. */
async function openSettings(query: string): Promise<void> {
  const place = env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
  await commands.executeCommand(`workbench.action.${place}`, { query });
}

export function adapterCommands(): Commands {
  return {
    'luaheat.chooseAdapter': chooseAdapter,
  };
}

/** Lets the user pick the program; true if one was picked. */
async function chooseAdapter(): Promise<boolean> {
  const [picked] = (await window.showOpenDialog({ title: texts.chooseAdapterTitle() })) ?? [];
  if (picked === undefined) return false;
  await workspace.getConfiguration(SECTION).update('adapterPath', picked.fsPath, ConfigurationTarget.Global);
  return true;
}

function problemOf(program: Exclude<AdapterProgram, { found: string }>): string {
  if (program.missing === 'setting') return texts.adapterWrong(program.path);
  return texts.adapterMissing(`${process.platform}-${process.arch}`);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

// ---- Whether the programs start at all. With an older C library than theirs they do not, nor where files must
// not be run, and VS Code would only say that the adapter has ended. ----

const PATIENCE_MS = 10_000; // a slow start is none of our business

/** Why `luaheat`, or `luaheat-lua` beside it, does not start, in the system's words; undefined if both do. */
export async function whyNotStarting(adapter: string): Promise<string | undefined> {
  const interpreter = join(dirname(adapter), 'luaheat-lua');
  return (await failure(adapter, '--version')) ?? (existsSync(interpreter) ? failure(interpreter, '-v') : undefined);
}

function failure(program: string, option: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, [option], { timeout: PATIENCE_MS }, (error, _output, errors) => {
      const [firstLine = ''] = errors.trim().split('\n');
      if (error === null || error.killed) resolve(undefined);
      else resolve(firstLine === '' ? error.message : firstLine);
    });
  });
}

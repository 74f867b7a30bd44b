// SPDX-License-Identifier: MIT
// What is to be launched: a configuration in which the user has not said everything, or nothing at all,
// and the program `luaheat` that runs it.

export const DEBUG_TYPE = 'luaheat';

const FILE = '${file}'; // VS Code's variable

export interface Configuration {
  type: string;
  request: string;
  name: string;
  [key: string]: unknown;
}

/** F5 without a launch.json: VS Code hands us an empty configuration. */
export function isEmpty(configuration: Partial<Configuration>): boolean {
  return !configuration.type && !configuration.request && !configuration.name;
}

export function launchOfCurrentFile(name: string): Configuration {
  return { type: DEBUG_TYPE, request: 'launch', name, program: FILE };
}

/** `folder` is the path of the workspace folder to run in, if there is one. */
export function withDefaults(configuration: Configuration, folder: string | undefined): Configuration {
  if (configuration.request !== 'launch') return configuration;
  const cwd = folder ?? '${fileDirname}';
  return runsHost(configuration) ? { cwd, ...configuration } : { program: FILE, cwd, ...configuration };
}

/** What it runs is no Lua file, but a program that runs Lua by itself. */
export function runsHost({ runtimeExecutable, program }: Partial<Configuration>): boolean {
  return runtimeExecutable !== undefined && program === undefined;
}

/** Does what it runs depend on the file of the active editor? `${relativeFile}` counts from another folder's. */
export function takesOpenFile(configuration: Configuration): boolean {
  const { request, program = runsHost(configuration) ? undefined : FILE } = configuration;
  return request === 'launch' && typeof program === 'string' && program.includes('${file');
}

// ---- Which program to start: the one the user names, the one that came with the extension, or one in the
// PATH, in this order. What the user names must be right: we do not take another silently. ----

export interface AdapterPlaces {
  readonly setting: string; // "" if the user names none
  readonly extensionFolder: string;
  readonly searchPath: string; // the variable PATH
  readonly isExecutable: (path: string) => boolean;
}

export type AdapterProgram =
  | { readonly found: string }
  | { readonly missing: 'setting'; readonly path: string }
  | { readonly missing: 'everywhere' };

export function findAdapter({ setting, extensionFolder, searchPath, isExecutable }: AdapterPlaces): AdapterProgram {
  if (setting !== '')
    return isExecutable(setting) ? { found: setting } : { missing: 'setting', path: setting };
  const folders = searchPath.split(':').filter((folder) => folder !== '');
  const candidates = [`${extensionFolder}/bin`, ...folders].map((folder) => `${folder}/luaheat`);
  const found = candidates.find(isExecutable);
  return found === undefined ? { missing: 'everywhere' } : { found };
}

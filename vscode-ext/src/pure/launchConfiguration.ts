// SPDX-License-Identifier: MIT
// What a launch configuration becomes when the user has not said everything, or nothing at all.

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
  return { program: FILE, cwd: folder ?? '${fileDirname}', ...configuration };
}

/** Does what it runs depend on the file of the active editor? `${relativeFile}` counts from another folder's. */
export function takesOpenFile({ request, program = FILE }: Configuration): boolean {
  return request === 'launch' && typeof program === 'string' && program.includes('${file');
}

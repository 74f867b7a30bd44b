// SPDX-License-Identifier: MIT
// What a launch configuration becomes when the user has not said everything, or nothing at all.

export const DEBUG_TYPE = 'luaheat';

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
  return { type: DEBUG_TYPE, request: 'launch', name, program: '${file}' };
}

export function withDefaults(configuration: Configuration, hasFolder: boolean): Configuration {
  if (configuration.request !== 'launch') return configuration;
  return {
    program: '${file}',
    cwd: hasFolder ? '${workspaceFolder}' : '${fileDirname}',
    ...configuration,
  };
}

/** Does it take the file of the active editor? */
export function needsOpenFile(configuration: Configuration): boolean {
  const program = configuration['program'];
  return configuration.request === 'launch' && typeof program === 'string' && program.includes('${file}');
}

// SPDX-License-Identifier: MIT
// Which program `luaheat` to start: the one the user names, the one that came with the extension, or
// one in the PATH, in this order. What the user names must be right: we do not take another silently.

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

// SPDX-License-Identifier: MIT
// Every text a user can see that is not in package.nls.json. Translations: l10n/bundle.l10n.<language>.json.

import { l10n } from 'vscode';

export const texts = {
  debugCurrentFile: () => l10n.t('Debug current Lua file'),
  debugFile: (file: string) => l10n.t('Debug {0}', file),

  noLuaFile: () => l10n.t('There is no Lua file to debug: open one, then press F5 again.'),
  openFile: () => l10n.t('Open File...'),
  unsavedFile: () => l10n.t('The file must be saved before it can be debugged.'),
  save: () => l10n.t('Save...'),
  noProgram: () => l10n.t("The launch configuration does not say which Lua file to run: it has no 'program'."),
  programMissing: (path: string) => l10n.t('There is no Lua file {0}.', path),
  openLaunchConfiguration: () => l10n.t('Open launch.json'),

  adapterMissing: (platform: string) =>
    l10n.t(
      "Luaheat's debugger is missing: this package of the extension has none for {0}, and there is no program 'luaheat' in the PATH. Install the package of the extension for your platform, or build Luaheat and choose its program 'luaheat' ('luaheat-lua' must stand beside it).",
      platform,
    ),
  adapterWrong: (path: string) =>
    l10n.t("The setting 'luaheat.adapterPath' names {0}, which is no program that can be run.", path),
  chooseAdapter: () => l10n.t('Choose Program...'),
  chooseAdapterTitle: () => l10n.t("Choose the program 'luaheat'"),
  openSettings: () => l10n.t('Open Settings'),
};

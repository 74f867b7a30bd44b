// SPDX-License-Identifier: MIT
// The user's choices, as read from the settings.

import { workspace } from 'vscode';
import type { Uri } from 'vscode';

export const SECTION = 'luaheat';

export function adapterSetting(scope?: Uri): string {
  return workspace.getConfiguration(SECTION, scope).get('adapterPath', '').trim();
}

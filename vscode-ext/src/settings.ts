// SPDX-License-Identifier: MIT
// The user's choices, as read from the settings.

import { workspace } from 'vscode';
import type { Uri } from 'vscode';

import type { Units } from './pure/units.ts';

export const SECTION = 'luaheat';

export interface Settings {
  readonly showHeat: boolean;
  readonly metric: string;
  readonly relativeTo: 'file' | 'program';
  readonly threshold: number; // bytes
  readonly text: 'decoration' | 'inlayHint' | 'off';
  readonly textFromLevel: number;
  readonly units: Units;
}

export function readSettings(): Settings {
  const section = workspace.getConfiguration(SECTION);
  return {
    showHeat: section.get('heat.show', true),
    metric: section.get('heat.metric', 'growth'),
    relativeTo: section.get('heat.relativeTo', 'program'),
    threshold: Math.max(1, section.get('heat.threshold', 1)),
    text: section.get('text.show', 'decoration'),
    textFromLevel: section.get('text.fromLevel', 2),
    units: section.get('text.units', 'decimal'),
  };
}

export function adapterSetting(scope?: Uri): string {
  return workspace.getConfiguration(SECTION, scope).get('adapterPath', '').trim();
}

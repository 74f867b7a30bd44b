// SPDX-License-Identifier: MIT
// The user's choices, as read from the settings, and the titles of choices and commands, as package.json
// has them in the user's language: not said twice.

import { extensions, workspace } from 'vscode';
import type { Uri } from 'vscode';

import type { MetricId } from './pure/metrics.ts';
import type { SessionFigures } from './pure/sessionFigures.ts';
import type { Units } from './pure/units.ts';

export const SECTION = 'luaheat';

/** A row for each, besides the one of package.json, which has its default. */
export function readSettings() {
  const section = workspace.getConfiguration(SECTION);
  return {
    showHeat: section.get('heat.show') as boolean,
    metric: section.get('heat.metric') as string,
    relativeTo: section.get('heat.relativeTo') as 'file' | 'program',
    threshold: Math.max(1, section.get('heat.threshold') as number), // bytes
    overviewRuler: section.get('heat.overviewRuler') as boolean,
    text: section.get('text.show') as 'decoration' | 'inlayHint' | 'off',
    textFromLevel: section.get('text.fromLevel') as number,
    units: section.get('text.units') as Units,
  };
}

export type Settings = Readonly<ReturnType<typeof readSettings>>;

export function adapterSetting(scope?: Uri): string {
  return workspace.getConfiguration(SECTION, scope).get('adapterPath', '').trim();
}

// ---- Titles of choices and commands. ----

export interface Choice {
  readonly value: string;
  readonly title: string;
  readonly description: string;
}

interface Property {
  readonly enum?: readonly string[];
  readonly enumItemLabels?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
}

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Readonly<Record<string, Property>> }[];
    readonly commands: readonly { readonly command: string; readonly title: string; readonly icon?: string }[];
  };
}

export const EXTENSION_ID = 'luaheat.luaheat';

function manifest(): Manifest | undefined {
  return extensions.getExtension(EXTENSION_ID)?.packageJSON as Manifest | undefined;
}

/** Of a setting with fixed values, such as "luaheat.heat.metric". */
export function choicesOf(setting: string): readonly Choice[] {
  const groups = manifest()?.contributes.configuration ?? [];
  const property = groups.map(({ properties }) => properties[setting]).find((found) => found !== undefined);
  return (property?.enum ?? []).map((value, index) => ({
    value,
    title: property?.enumItemLabels?.[index] ?? value,
    description: property?.markdownEnumDescriptions?.[index] ?? '',
  }));
}

/** In the midst of a sentence. Before there was a stop, growth is that since the start. */
export function metricTitle(id: MetricId, { growsFromStart }: Pick<SessionFigures, 'growsFromStart'>): string {
  const told = id === 'growth' && growsFromStart ? 'growthSinceStart' : id;
  const choice = choicesOf('luaheat.heat.metric').find(({ value }) => value === told);
  return choice?.title.toLowerCase() ?? id;
}

export interface CommandTitle {
  readonly command: string;
  readonly title: string;
  readonly icon: string;
}

export function commandTitles(): readonly CommandTitle[] {
  const commands = manifest()?.contributes.commands ?? [];
  return commands.map(({ command, title, icon }) => ({ command, title, icon: icon ?? '$(blank)' }));
}

// SPDX-License-Identifier: MIT
// The titles of choices, as package.json has them in the user's language: not said twice.

import { extensions } from 'vscode';

import type { MetricId } from './pure/metrics.ts';

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

export function metricTitle(id: MetricId): string {
  const choice = choicesOf('luaheat.heat.metric').find(({ value }) => value === id);
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

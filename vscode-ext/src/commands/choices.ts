// SPDX-License-Identifier: MIT
// Commands that change a setting: each choice without opening the settings.

import { ConfigurationTarget, window, workspace } from 'vscode';

import type { Commands } from '../commands.ts';
import { offeredMetrics } from '../pure/metrics.ts';
import { parseBytes } from '../pure/parseBytes.ts';
import type { Sessions } from '../sessions.ts';
import { SECTION } from '../settings.ts';
import { choicesOf } from '../settingTitles.ts';
import type { Choice } from '../settingTitles.ts';
import { texts } from '../texts.ts';

export function choiceCommands(sessions: Sessions): Commands {
  const isOffered = ({ value }: Choice): boolean =>
    offeredMetrics(sessions.shown?.figures).some(({ id }) => id === value);
  return {
    'luaheat.toggleHeat': toggleHeat,
    'luaheat.chooseMetric': () => choose('heat.metric', isOffered),
    'luaheat.chooseRelativeTo': () => choose('heat.relativeTo'),
    'luaheat.chooseText': () => choose('text.show'),
    'luaheat.chooseUnits': () => choose('text.units'),
    'luaheat.chooseThreshold': chooseThreshold,
  };
}

async function toggleHeat(): Promise<void> {
  await change('heat.show', !workspace.getConfiguration(SECTION).get('heat.show', true));
}

async function choose(setting: string, isOffered: (choice: Choice) => boolean = () => true): Promise<void> {
  const current = workspace.getConfiguration(SECTION).get<string>(setting);
  const items = choicesOf(`${SECTION}.${setting}`)
    .filter(isOffered)
    .map(({ value, title, description }) => ({
      value,
      label: `$(${value === current ? 'check' : 'blank'}) ${title}`,
      detail: plain(description),
    }));
  const picked = await window.showQuickPick(items);
  if (picked !== undefined) await change(setting, picked.value);
}

async function chooseThreshold(): Promise<void> {
  const current = workspace.getConfiguration(SECTION).get('heat.threshold', 1);
  const typed = await window.showInputBox({
    prompt: texts.threshold(),
    value: String(current),
    validateInput: (text) => (parseBytes(text) === undefined ? texts.sizeWrong() : undefined),
  });
  const bytes = typed === undefined ? undefined : parseBytes(typed);
  if (bytes !== undefined) await change('heat.threshold', bytes);
}

/** Where the user has set it already; else for all folders. */
async function change(setting: string, value: unknown): Promise<void> {
  const section = workspace.getConfiguration(SECTION);
  const isOfWorkspace = section.inspect(setting)?.workspaceValue !== undefined;
  await section.update(setting, value, isOfWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global);
}

function plain(markdown: string): string {
  return markdown.replaceAll('`', '');
}

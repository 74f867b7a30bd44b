// SPDX-License-Identifier: MIT
// Links that run a command.

import { plainText } from './plainText.ts';

export interface CommandLink {
  readonly icon: string; // a codicon's name
  readonly title: string; // plain text, as is the tip
  readonly tip: string;
  readonly command: string;
  readonly given: readonly unknown[];
}

export function commandLink({ icon, title, tip, command, given }: CommandLink): string {
  return `[$(${icon}) ${plainText(title)}](${commandAddress(command, given)} "${plainText(tip)}")`;
}

/** What VS Code opens by running the command. */
export function commandAddress(command: string, given: readonly unknown[]): string {
  return `command:${command}?${encoded(given)}`;
}

/**
 * VS Code decodes the arguments of a command twice, so they hold no % of their own. Markdown takes a parenthesis for the
 * end of a link, and encodeURIComponent leaves those as they are.
 */
function encoded(given: readonly unknown[]): string {
  const json = JSON.stringify(given).replaceAll('%', '\\u0025');
  return encodeURIComponent(json).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

// SPDX-License-Identifier: MIT
// Links that run a command: in hovers, and in what the adapter answers when a launch fails.

import { isObject } from './answers.ts';

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

/** Text that is not ours inside Markdown: one line that is shown as it is. */
export function plainText(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[^\p{L}\p{N} ]/gu, (sign) => (sign.codePointAt(0) ?? 0) < 128 ? `\\${sign}` : sign);
}

// ---- A launch that fails at a line of the program. The adapter tells where by the address of a file. VS Code
// offers launch.json beside such an address, but not beside a command, and a browser cannot open it. ----

/** Makes the way to the line a command, in the message itself. Others are left as they are. */
export function linkToProblemLine(message: unknown, label: (line: number) => string): void {
  const body = isObject(message) && message['success'] === false ? message['body'] : undefined;
  const error = isObject(body) ? body['error'] : undefined;
  const place = isObject(error) ? placeOf(error['url']) : undefined;
  if (!isObject(error) || place === undefined) return;
  error['url'] = commandAddress('luaheat.goToLine', [place.path, place.line]);
  error['urlLabel'] = label(place.line);
}

function placeOf(url: unknown): { readonly path: string; readonly line: number } | undefined {
  const [, encoded = '', line] = typeof url === 'string' ? (/^file:\/\/(\/[^#]*)#L(\d+)$/.exec(url) ?? []) : [];
  try {
    return line === undefined ? undefined : { path: decodeURIComponent(encoded), line: Number(line) };
  } catch {
    return undefined; // a name that is no UTF-8: VS Code has no such files
  }
}

// SPDX-License-Identifier: MIT
// A launch that fails at a line of the program. The adapter tells where by the address of a file. VS Code offers
// launch.json beside such an address, but not beside a command, and a browser cannot open it.

import { isObject } from './answers.ts';
import { commandAddress } from './commandLink.ts';

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

// SPDX-License-Identifier: MIT
// What the adapter's messages mean for a session: its capabilities, how its program goes, its figures.

import { isObject, readPlace } from './answers.ts';
import type { Place } from './answers.ts';
import { readExportFormats } from './exportFormats.ts';
import type { ExportFormat } from './exportFormats.ts';
import { readFigures } from './figures.ts';
import type { Reading } from './figures.ts';

/** Of an adapter. */
export interface Capabilities {
  readonly requests: ReadonlySet<string>; // x: it has luaheat/x
  readonly exportFormats: readonly ExportFormat[];
}

/** What the adapter can do; it takes breakpoints now; something is to be shown in the console; a program has been started, for the first time or by a restart; what that does. */
export type SessionEvent =
  | { readonly type: 'capabilities'; readonly capabilities: Capabilities }
  | { readonly type: 'initialized' }
  | { readonly type: 'printed' }
  | { readonly type: 'started' }
  | RunEvent;

export type RunEvent =
  | { readonly type: 'figures'; readonly reading: Reading }
  | { readonly type: 'stopped'; readonly reason: string }
  | { readonly type: 'resumed' }
  | { readonly type: 'located'; readonly place: Place }
  | { readonly type: 'terminating' } // as its user has asked
  | { readonly type: 'exited'; readonly exitCode: number };

const RESUMING = new Set(['continue', 'next', 'stepIn', 'stepOut']);

/** undefined: the message says nothing about memory. */
export function readSessionEvent(message: unknown): SessionEvent | undefined {
  if (!isObject(message)) return undefined;
  const body = isObject(message['body']) ? message['body'] : {};
  if (message['type'] === 'event') return readEvent(String(message['event']), body);
  if (message['type'] === 'response' && message['success'] === true)
    return readResponse(String(message['command']), body);
  return undefined;
}

function readEvent(event: string, body: Record<string, unknown>): SessionEvent | undefined {
  switch (event) {
    case 'luaheat/heat': {
      const reading = readFigures(body);
      return reading && { type: 'figures', reading };
    }
    case 'initialized':
      return { type: 'initialized' };
    case 'output':
      return { type: 'printed' };
    case 'process':
      return { type: 'started' };
    case 'stopped':
      return { type: 'stopped', reason: String(body['reason']) };
    case 'continued':
      return { type: 'resumed' };
    case 'exited':
      return { type: 'exited', exitCode: Number(body['exitCode']) };
    default:
      return undefined;
  }
}

function readResponse(command: string, body: Record<string, unknown>): SessionEvent | undefined {
  if (RESUMING.has(command)) return { type: 'resumed' };
  if (command === 'terminate') return { type: 'terminating' };
  if (command === 'stackTrace') return readStack(body);
  if (command === 'initialize') return readCapabilities(body);
  return undefined;
}

function readCapabilities({ luaheat }: Record<string, unknown>): SessionEvent {
  const own = isObject(luaheat) ? luaheat : {};
  const requests = new Set(Object.keys(own).filter((name) => own[name] === true));
  return { type: 'capabilities', capabilities: { requests, exportFormats: readExportFormats(own['exportFormats']) } };
}

/** The innermost frame that is at a line of a source. */
function readStack(body: Record<string, unknown>): SessionEvent | undefined {
  const frames: unknown[] = Array.isArray(body['stackFrames']) ? body['stackFrames'] : [];
  for (const frame of frames) {
    if (!isObject(frame) || !isObject(frame['source']) || !(Number(frame['line']) > 0)) continue;
    return { type: 'located', place: readPlace(frame) };
  }
  return undefined;
}

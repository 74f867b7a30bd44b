// SPDX-License-Identifier: MIT
// The messages of the adapter that tell how a session goes, in the words of what they mean for it.

import { isObject, readPlace } from './answers.ts';
import { readFigures } from './figures.ts';
import type { Reading } from './figures.ts';
import type { Place } from './sessionFigures.ts';

/** What the adapter can do; it takes breakpoints now; a program has been started, for the first time or by a restart; what that does. */
export type SessionNews =
  | { readonly news: 'capabilities'; readonly abilities: ReadonlySet<string> } // x: it has luaheat/x
  | { readonly news: 'initialized' }
  | { readonly news: 'started' }
  | RunNews;

export type RunNews =
  | { readonly news: 'figures'; readonly reading: Reading }
  | { readonly news: 'stopped'; readonly reason: string }
  | { readonly news: 'resumed' }
  | { readonly news: 'located'; readonly place: Place }
  | { readonly news: 'terminating' } // as its user has asked
  | { readonly news: 'exited'; readonly exitCode: number };

const RESUMING = new Set(['continue', 'next', 'stepIn', 'stepOut']);

/** undefined: the message says nothing about memory. */
export function readMessage(message: unknown): SessionNews | undefined {
  if (!isObject(message)) return undefined;
  const body = isObject(message['body']) ? message['body'] : {};
  if (message['type'] === 'event') return readEvent(String(message['event']), body);
  if (message['type'] === 'response' && message['success'] === true)
    return readResponse(String(message['command']), body);
  return undefined;
}

function readEvent(event: string, body: Record<string, unknown>): SessionNews | undefined {
  switch (event) {
    case 'luaheat/heat': {
      const reading = readFigures(body);
      return reading && { news: 'figures', reading };
    }
    case 'initialized':
      return { news: 'initialized' };
    case 'process':
      return { news: 'started' };
    case 'stopped':
      return { news: 'stopped', reason: String(body['reason']) };
    case 'continued':
      return { news: 'resumed' };
    case 'exited':
      return { news: 'exited', exitCode: Number(body['exitCode']) };
    default:
      return undefined;
  }
}

function readResponse(command: string, body: Record<string, unknown>): SessionNews | undefined {
  if (RESUMING.has(command)) return { news: 'resumed' };
  if (command === 'terminate') return { news: 'terminating' };
  if (command === 'stackTrace') return readStack(body);
  if (command === 'initialize') return readCapabilities(body);
  return undefined;
}

function readCapabilities({ luaheat }: Record<string, unknown>): SessionNews {
  const abilities = isObject(luaheat) ? Object.keys(luaheat).filter((name) => luaheat[name] === true) : [];
  return { news: 'capabilities', abilities: new Set(abilities) };
}

/** The innermost frame that is at a line of a source. */
function readStack(body: Record<string, unknown>): SessionNews | undefined {
  const frames: unknown[] = Array.isArray(body['stackFrames']) ? body['stackFrames'] : [];
  for (const frame of frames) {
    if (!isObject(frame) || !isObject(frame['source']) || !(Number(frame['line']) > 0)) continue;
    return { news: 'located', place: readPlace(frame) };
  }
  return undefined;
}

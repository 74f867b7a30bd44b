// SPDX-License-Identifier: MIT
// Breakpoints of VS Code on lines: set and taken away by a link, and those that measure. VS Code takes a
// mode for an extension's breakpoint as it does for a user's, though its types do not tell; a VS Code that
// does not would stop there instead.

import { debug, Location, Position, SourceBreakpoint, Uri, window } from 'vscode';

import type { Commands } from '../commands.ts';
import { texts } from '../texts.ts';

const LAP = 'memory: lap';

type WithMode = new (...given: [Location, boolean, string?, string?, string?, string?]) => SourceBreakpoint & { readonly mode?: string };

/** A lap at each time the program comes there; undefined if this VS Code cannot have it. */
export function lapBreakpoint(location: Location, { condition, hitCondition }: Partial<SourceBreakpoint> = {}): SourceBreakpoint | undefined {
  const breakpoint = new (SourceBreakpoint as WithMode)(location, true, condition, hitCondition, undefined, LAP);
  return breakpoint.mode === LAP ? breakpoint : undefined;
}

/** Each is given where it is, out of a link as plain JSON. */
export function sourceBreakpointCommands(): Commands {
  return {
    'luaheat.toggleBreakpoint': toggleBreakpoint,
    'luaheat.measureFromHere': measureFromHere,
  };
}

function toggleBreakpoint(uri: Uri, line: number): void {
  const location = locationOf(uri, line);
  const there = breakpointsAt(location);
  if (there.length > 0) debug.removeBreakpoints(there);
  else debug.addBreakpoints([new SourceBreakpoint(location)]);
}

/** A breakpoint that is there keeps its conditions. */
function measureFromHere(uri: Uri, line: number): void {
  const location = locationOf(uri, line);
  const there = breakpointsAt(location);
  const lap = lapBreakpoint(location, there[0]);
  if (lap === undefined) return;
  debug.removeBreakpoints(there);
  debug.addBreakpoints([lap]);
  window.setStatusBarMessage(texts.measuredFromHere(), 5000);
}

function locationOf(uri: Uri, line: number): Location {
  return new Location(Uri.from(uri), new Position(line, 0));
}

/** Those on its line. */
function breakpointsAt({ uri, range }: Location): SourceBreakpoint[] {
  return debug.breakpoints.filter(
    (breakpoint) =>
      breakpoint instanceof SourceBreakpoint &&
      breakpoint.location.uri.toString() === uri.toString() &&
      breakpoint.location.range.start.line === range.start.line,
  ) as SourceBreakpoint[];
}

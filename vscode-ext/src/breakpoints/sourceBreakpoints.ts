// SPDX-License-Identifier: MIT
// Breakpoints of VS Code on lines: set and taken away by a link.

import { debug, Location, Position, SourceBreakpoint, Uri } from 'vscode';

import type { Commands } from '../commands.ts';

/** Each is given where it is, out of a link as plain JSON. */
export function sourceBreakpointCommands(): Commands {
  return {
    'luaheat.toggleBreakpoint': toggleBreakpoint,
  };
}

function toggleBreakpoint(uri: Uri, line: number): void {
  const location = locationOf(uri, line);
  const there = breakpointsAt(location);
  if (there.length > 0) debug.removeBreakpoints(there);
  else debug.addBreakpoints([new SourceBreakpoint(location)]);
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

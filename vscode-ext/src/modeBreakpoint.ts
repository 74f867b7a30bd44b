// SPDX-License-Identifier: MIT
// Breakpoints that measure. VS Code takes a mode for an extension's breakpoint as it does for a
// user's, though its types do not tell; a VS Code that does not would stop there instead.

import { SourceBreakpoint } from 'vscode';
import type { Location } from 'vscode';

const LAP = 'memory: lap';

type WithMode = new (...given: [Location, boolean, string?, string?, string?, string?]) => SourceBreakpoint & { readonly mode?: string };

/** A lap at each time the program comes there; undefined if this VS Code cannot have it. */
export function lapBreakpoint(location: Location, { condition, hitCondition }: Partial<SourceBreakpoint> = {}): SourceBreakpoint | undefined {
  const breakpoint = new (SourceBreakpoint as WithMode)(location, true, condition, hitCondition, undefined, LAP);
  return breakpoint.mode === LAP ? breakpoint : undefined;
}

// SPDX-License-Identifier: MIT
// The commands that set memory breakpoints and take them away. Given nothing, they are about the line with the cursor.

import { basename } from 'node:path';

import { window } from 'vscode';

import type { Commands } from '../commands.ts';
import type { FileLine } from '../pure/measuredLines.ts';
import { parseBytes } from '../pure/units.ts';
import { texts } from '../texts.ts';
import { lineTargets } from './lineTarget.ts';
import type { LineTarget, LineTargetsNeed } from './lineTarget.ts';
import type { MemoryBreakpoints } from './memoryBreakpoints.ts';

const USUAL_GROWTH = '100 KB';

export interface MemoryBreakpointCommandsNeed extends LineTargetsNeed {
  readonly breakpoints: MemoryBreakpoints;
}

export function memoryBreakpointCommands({ breakpoints, ...need }: MemoryBreakpointCommandsNeed): Commands {
  const target = lineTargets(need);
  return {
    'luaheat.breakOnGrowth': (given?: LineTarget) => set(breakpoints, target(given)),
    'luaheat.removeMemoryBreakpoint': (given?: LineTarget) => breakpoints.remove({ ...target(given), growth: 0 }),
  };
}

async function set(breakpoints: MemoryBreakpoints, { path, line }: FileLine): Promise<void> {
  const there = breakpoints.at(path, line);
  const typed = await window.showInputBox({
    title: texts.breakOnGrowthTitle(basename(path), line),
    prompt: texts.breakOnGrowthPrompt(),
    value: there === undefined ? USUAL_GROWTH : String(there.growth),
    validateInput: (text) => (parseBytes(text) === undefined ? texts.sizeWrong() : undefined),
  });
  const growth = typed === undefined ? undefined : parseBytes(typed);
  if (growth !== undefined) await breakpoints.set({ path, line, growth });
}

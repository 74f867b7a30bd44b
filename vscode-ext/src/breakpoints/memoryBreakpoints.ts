// SPDX-License-Identifier: MIT
// The memory breakpoints of the workspace.

import type { Memento } from 'vscode';

import { afterEdit, breakpointAt, readBreakpoints, requestOf, withBreakpoint, without } from '../pure/memoryBreakpointList.ts';
import type { MemoryBreakpoint, MemoryBreakpointList } from '../pure/memoryBreakpointList.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { KeptLines } from './keptLines.ts';

const KIND = {
  request: 'memoryBreakpoints',
  read: readBreakpoints,
  requestOf,
  isIn: (all: MemoryBreakpointList, path: string) => all.some((one) => one.path === path),
  afterEdit,
};

export class MemoryBreakpoints extends KeptLines<MemoryBreakpointList> {
  constructor(sessions: Sessions, state: Memento) {
    super(KIND, sessions, state);
  }

  at(path: string, line: number): MemoryBreakpoint | undefined {
    return breakpointAt(this.all, { path, line });
  }

  async set(breakpoint: MemoryBreakpoint): Promise<void> {
    await this.replace(withBreakpoint(this.all, breakpoint));
  }

  async remove(breakpoint: MemoryBreakpoint): Promise<void> {
    await this.replace(without(this.all, breakpoint));
  }
}

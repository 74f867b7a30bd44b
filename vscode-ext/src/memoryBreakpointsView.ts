// SPDX-License-Identifier: MIT
// The view of the memory breakpoints, which stays while there is one.

import { basename } from 'node:path';

import { commands, ThemeIcon, TreeItem } from 'vscode';
import type { Disposable } from 'vscode';

import type { SourceLines } from './sourceLines.ts';
import type { MemoryBreakpoints } from './memoryBreakpoints.ts';
import type { MemoryBreakpoint } from './pure/memoryBreakpoints.ts';
import { exactBytes, shortBytes } from './pure/units.ts';
import type { Sessions } from './sessions.ts';
import type { Settings } from './settings.ts';
import { texts } from './texts.ts';
import { linkTo, Tree } from './tree.ts';

export class MemoryBreakpointsView extends Tree<MemoryBreakpoint> {
  readonly #breakpoints: MemoryBreakpoints;
  readonly #sessions: Sessions;
  readonly #sources: SourceLines;
  readonly #settings: () => Settings;

  constructor(breakpoints: MemoryBreakpoints, sessions: Sessions, sources: SourceLines, settings: () => Settings) {
    super('luaheat.memoryBreakpoints');
    this.#sources = sources;
    this.#breakpoints = breakpoints;
    this.#sessions = sessions;
    this.#settings = settings;
  }

  override watch(): Disposable[] {
    this.#setContextKey();
    return [...super.watch(), this.#breakpoints.onDidChange(() => this.refresh())];
  }

  override refresh(): void {
    this.#setContextKey();
    super.refresh();
  }

  getChildren(node?: MemoryBreakpoint): MemoryBreakpoint[] {
    return node === undefined ? [...this.#breakpoints.all] : [];
  }

  protected override itemOf(breakpoint: MemoryBreakpoint): TreeItem {
    const { path, line, growth } = breakpoint;
    const item = new TreeItem(`${basename(path)}:${line}`);
    const text = this.#sources.textAt(this.#sessions.shown, path, line);
    item.id = `${path}:${line}`;
    item.contextValue = 'luaheat.memoryBreakpoint';
    item.description = [texts.aboveGrowth(shortBytes(growth, this.#settings().units)), text].filter((part) => part !== '').join(' · ');
    item.tooltip = texts.memoryBreakpointTip(path, line, exactBytes(growth));
    item.iconPath = new ThemeIcon('debug-breakpoint-conditional');
    return linkTo(item, breakpoint);
  }

  #setContextKey(): void {
    void commands.executeCommand('setContext', 'luaheat.hasMemoryBreakpoints', this.#breakpoints.all.length > 0);
  }
}

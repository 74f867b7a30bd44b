// SPDX-License-Identifier: MIT
// The view of the memory breakpoints, which stays while there is one.

import { basename } from 'node:path';

import { commands, ThemeIcon, TreeItem } from 'vscode';
import type { Disposable } from 'vscode';

import type { DocumentHeats } from './documentHeat.ts';
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
  readonly #heats: DocumentHeats;
  readonly #settings: () => Settings;

  constructor(breakpoints: MemoryBreakpoints, sessions: Sessions, heats: DocumentHeats, settings: () => Settings) {
    super('luaheat.memoryBreakpoints');
    this.#heats = heats;
    this.#breakpoints = breakpoints;
    this.#sessions = sessions;
    this.#settings = settings;
  }

  override watch(): Disposable[] {
    this.#tellWhetherThereAre();
    return [...super.watch(), this.#breakpoints.onDidChange(() => this.refresh())];
  }

  override refresh(): void {
    this.#tellWhetherThereAre();
    super.refresh();
  }

  getChildren(node?: MemoryBreakpoint): MemoryBreakpoint[] {
    return node === undefined ? [...this.#breakpoints.all] : [];
  }

  protected override itemOf(breakpoint: MemoryBreakpoint): TreeItem {
    const { path, line, growth } = breakpoint;
    const item = new TreeItem(`${basename(path)}:${line}`);
    const text = this.#heats.textAt(this.#sessions.shown, path, line);
    item.id = `${path}:${line}`;
    item.contextValue = 'luaheat.memoryBreakpoint';
    item.description = [texts.aboveGrowth(shortBytes(growth, this.#settings().units)), text].filter((part) => part !== '').join(' · ');
    item.tooltip = texts.memoryBreakpointTip(path, line, exactBytes(growth));
    item.iconPath = new ThemeIcon('debug-breakpoint-conditional');
    return linkTo(item, breakpoint);
  }

  #tellWhetherThereAre(): void {
    void commands.executeCommand('setContext', 'luaheat.hasMemoryBreakpoints', this.#breakpoints.all.length > 0);
  }
}

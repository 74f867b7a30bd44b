// SPDX-License-Identifier: MIT
// The view of the memory breakpoints, which stays while there is one.

import { basename } from 'node:path';

import { commands, ThemeIcon, TreeItem, workspace } from 'vscode';
import type { Disposable } from 'vscode';

import { diskPath } from './diskPath.ts';
import type { MemoryBreakpoints } from './memoryBreakpoints.ts';
import type { MemoryBreakpoint } from './pure/memoryBreakpoints.ts';
import { exactBytes, shortBytes } from './pure/units.ts';
import type { Run, Sessions } from './sessions.ts';
import type { Settings } from './settings.ts';
import { texts } from './texts.ts';
import { linkTo, textOf, Tree } from './tree.ts';

export class MemoryBreakpointsView extends Tree<MemoryBreakpoint> {
  readonly #breakpoints: MemoryBreakpoints;
  readonly #sessions: Sessions;
  readonly #settings: () => Settings;

  constructor(breakpoints: MemoryBreakpoints, sessions: Sessions, settings: () => Settings) {
    super('luaheat.memoryBreakpoints');
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

  getTreeItem(breakpoint: MemoryBreakpoint): TreeItem {
    const { path, line, growth } = breakpoint;
    const item = new TreeItem(`${basename(path)}:${line}`);
    const text = textNow(breakpoint, this.#sessions.shown);
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

/** The text of its line, which follows edits: as it is in the editor, else as the program loaded it. */
function textNow(breakpoint: MemoryBreakpoint, run: Run | undefined): string {
  const document = workspace.textDocuments.find(({ uri }) => diskPath(uri) === breakpoint.path);
  const isThere = document !== undefined && breakpoint.line <= document.lineCount;
  return isThere ? document.lineAt(breakpoint.line - 1).text.trim() : textOf(run, breakpoint);
}

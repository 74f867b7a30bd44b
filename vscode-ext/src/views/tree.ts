// SPDX-License-Identifier: MIT
// What a tree of the debug side bar is drawn with, and what rows have in common that stand for a line of the program.

import { EventEmitter, window } from 'vscode';
import type { Disposable, TreeDataProvider, TreeItem, TreeView } from 'vscode';

import type { Place } from '../pure/answers.ts';

/** A row that stands for a line; its node has a `place`. What can be done with lines is offered there. */
export const LINE_ROW = 'luaheat.line';

export abstract class Tree<Node> implements TreeDataProvider<Node> {
  readonly #changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  protected readonly view: TreeView<Node>;

  /** `id` is the view's in package.json. */
  constructor(id: string, canSelectMany = false) {
    this.view = window.createTreeView(id, { treeDataProvider: this, canSelectMany });
  }

  /** Of the roots, or below a node. */
  abstract getChildren(node?: Node): Node[] | Promise<Node[]>;

  protected abstract itemOf(node: Node): TreeItem;

  getTreeItem(node: Node): TreeItem {
    const item = this.itemOf(node);
    item.accessibilityInformation ??= { label: spoken(item) };
    return item;
  }

  watch(): Disposable[] {
    return [this.view, this.#changed];
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }
}

/** What one sees. By itself VS Code would say the tooltip instead, and nothing of what it explains. */
function spoken({ label, description }: TreeItem): string {
  return [label, description].filter((part): part is string => typeof part === 'string' && part !== '').join(', ');
}

/** A click on the row goes to the line, if that is in a file. The row itself. */
export function linkTo(item: TreeItem, { path, line }: Pick<Place, 'path' | 'line'>): TreeItem {
  if (path !== undefined) item.command = { command: 'luaheat.goToLine', title: '', arguments: [path, line] };
  return item;
}

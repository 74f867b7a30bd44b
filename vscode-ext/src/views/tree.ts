// SPDX-License-Identifier: MIT
// What the trees of the debug side bar share: each is drawn anew when it is refreshed, and some show the
// answer to a question. Also what their rows have in common that stand for a line of the program.

import { commands, EventEmitter, ThemeIcon, TreeItem, Uri, window } from 'vscode';
import type { Disposable, TreeDataProvider, TreeItemCollapsibleState, TreeView } from 'vscode';

import type { Place } from '../pure/answers.ts';
import type { SourceFigures } from '../pure/sessionFigures.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';

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

/** The row of a file, or of what is none, above its lines. */
export function sourceItem({ name, path, isPseudo }: Pick<SourceFigures, 'name' | 'path' | 'isPseudo'>, state: TreeItemCollapsibleState): TreeItem {
  const item = new TreeItem(name, state);
  item.id = path ?? `:${name}`;
  item.iconPath = isPseudo ? new ThemeIcon('circle-outline') : ThemeIcon.File;
  if (path !== undefined) item.resourceUri = Uri.file(path);
  return item;
}

// ---- Trees that show the answer to a question, once one has been asked and until the program it was asked
// of makes room for another one. ----

/** Of a question that is being answered, `found` is undefined. */
export interface Answer<Found> {
  readonly run: Run;
  readonly title: string;
  readonly found: Found | undefined;
}

export abstract class AnswerTree<Found, Node> extends Tree<Node> {
  readonly #id: string;
  readonly #context: string;
  readonly #sessions: Sessions;
  protected answer: Answer<Found> | undefined;

  /** `context` is the key that package.json shows the view by. */
  constructor(id: string, context: string, sessions: Sessions) {
    super(id);
    this.#id = id;
    this.#context = context;
    this.#sessions = sessions;
  }

  /** What stands above the rows. */
  protected abstract messageOf(found: Found | undefined): string;

  /** Rejects as the request does; what was shown before is shown again then. */
  protected async ask(run: Run, title: string, request: () => Thenable<Found>): Promise<void> {
    const before = this.answer;
    this.#show({ run, title, found: undefined });
    await commands.executeCommand(`${this.#id}.focus`);
    try {
      const found = await window.withProgress({ location: { viewId: this.#id } }, request);
      this.#show({ run, title, found });
    } catch (error) {
      this.#show(before);
      throw error;
    }
  }

  override refresh(): void {
    if (this.answer === undefined) return;
    if (this.#sessions.isKept(this.answer.run)) super.refresh();
    else this.#show(undefined);
  }

  #show(answer: Answer<Found> | undefined): void {
    this.answer = answer;
    this.view.description = answer?.title ?? '';
    this.view.message = answer === undefined ? '' : this.messageOf(answer.found);
    void commands.executeCommand('setContext', this.#context, answer !== undefined);
    super.refresh();
  }
}

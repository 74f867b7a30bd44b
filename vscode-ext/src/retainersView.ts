// SPDX-License-Identifier: MIT
// The view that tells why something is alive: who holds it, and how the holder is reached.

import { commands, ThemeIcon, TreeItem, TreeItemCollapsibleState, window } from 'vscode';

import { readRetainers } from './pure/retainers.ts';
import type { Holder, Question, Retainers, Step } from './pure/retainers.ts';
import type { Run, Sessions } from './sessions.ts';
import { texts } from './texts.ts';
import { linkTo, Tree } from './tree.ts';

type Node = { readonly kind: 'holder'; readonly holder: Holder } | { readonly kind: 'step'; readonly step: Step };

interface Answer {
  readonly run: Run;
  readonly title: string; // of what was asked
  readonly isOfLine: boolean;
  readonly retainers: Retainers | undefined; // undefined: it is being looked for
}

const VIEW = 'luaheat.retainers';
const LISTED = 100; // holders

const ICONS: Readonly<Record<string, string>> = {
  global: 'globe',
  local: 'symbol-variable',
  vararg: 'symbol-variable',
  upvalue: 'symbol-variable',
  argument: 'symbol-variable',
  field: 'symbol-field',
  userValue: 'symbol-field',
  key: 'symbol-key',
  metatable: 'symbol-class',
  function: 'symbol-method',
  thread: 'symbol-event',
  registry: 'database',
  more: 'ellipsis',
};

export class RetainersView extends Tree<Node> {
  readonly #sessions: Sessions;
  #answer: Answer | undefined;

  constructor(sessions: Sessions) {
    super(VIEW);
    this.#sessions = sessions;
  }

  /** While the program is stopped. Rejects with the adapter's reason; what was shown is shown again. */
  async ask(run: Run, title: string, question: Question): Promise<void> {
    const before = this.#answer;
    const asked = { run, title, isOfLine: 'line' in question };
    this.#show({ ...asked, retainers: undefined });
    await commands.executeCommand(`${VIEW}.focus`);
    try {
      const answer: unknown = await window.withProgress({ location: { viewId: VIEW } }, () =>
        run.session.customRequest('luaheat/retainers', { ...question, limit: LISTED }));
      this.#show({ ...asked, retainers: readRetainers(answer) });
    } catch (error) {
      this.#show(before);
      throw error;
    }
  }

  override refresh(): void {
    if (this.#answer !== undefined && !this.#sessions.isKept(this.#answer.run)) this.#show(undefined);
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) return (this.#answer?.retainers?.holders ?? []).map((holder) => ({ kind: 'holder', holder }));
    return node.kind === 'holder' ? node.holder.steps.map((step) => ({ kind: 'step', step })) : [];
  }

  getTreeItem(node: Node): TreeItem {
    return node.kind === 'holder' ? this.#holderItem(node.holder) : stepItem(node.step);
  }

  #show(answer: Answer | undefined): void {
    this.#answer = answer;
    this.view.description = answer?.title ?? '';
    this.view.message = answer === undefined ? '' : messageOf(answer);
    void commands.executeCommand('setContext', 'luaheat.hasRetainers', answer !== undefined);
    super.refresh();
  }

  #holderItem(holder: Holder): TreeItem {
    const isOnly = this.#answer?.retainers?.holders.length === 1;
    const item = new TreeItem(holder.name, isOnly ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
    item.description = texts.holderFigures(holder.count, holder.value);
    item.tooltip = texts.holderTip(holder.count, holder.text);
    item.iconPath = new ThemeIcon('references');
    return item;
  }
}

function stepItem({ kind, text, place }: Step): TreeItem {
  const item = new TreeItem(text);
  item.tooltip = text;
  item.iconPath = new ThemeIcon(ICONS[kind] ?? 'symbol-misc');
  if (place === undefined) return item;
  item.description = `${place.name}:${place.line}`;
  return linkTo(item, place);
}

function messageOf({ isOfLine, retainers }: Answer): string {
  if (retainers === undefined) return texts.lookingForHolders();
  const { found, groups, holders, unseenFrames } = retainers;
  const parts = [
    groups === 0 ? texts.heldByNobody(isOfLine) : isOfLine ? texts.heldObjects(found, groups) : texts.heldObject(groups),
    ...(groups > holders.length ? [texts.moreHolders(groups - holders.length)] : []),
    ...(unseenFrames > 0 ? [texts.unseenFrames(unseenFrames)] : []),
  ];
  return parts.join(' ');
}

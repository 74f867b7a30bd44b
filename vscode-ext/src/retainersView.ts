// SPDX-License-Identifier: MIT
// The view that tells why something is alive: who holds it, and how the holder is reached.

import { ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';

import { AnswerTree } from './answerTree.ts';
import type { SourceLines } from './sourceLines.ts';
import { readRetainers } from './pure/retainers.ts';
import type { Holder, Question, Retainers, Step } from './pure/retainers.ts';
import type { Run, Sessions } from './sessions.ts';
import { texts } from './texts.ts';
import { linkTo } from './tree.ts';

type Node = { readonly kind: 'holder'; readonly holder: Holder } | { readonly kind: 'step'; readonly step: Step };

interface Found {
  readonly isOfLine: boolean;
  readonly retainers: Retainers;
}

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

export class RetainersView extends AnswerTree<Found, Node> {
  readonly #sources: SourceLines;

  constructor(sessions: Sessions, sources: SourceLines) {
    super('luaheat.retainers', 'luaheat.hasRetainers', sessions);
    this.#sources = sources;
  }

  /** While the program is stopped. Rejects with the adapter's reason. */
  async findRetainers(run: Run, title: string, question: Question): Promise<void> {
    await this.ask(run, title, async () => {
      const answer: unknown = await run.session.customRequest('luaheat/retainers', { ...question, limit: LISTED });
      return { isOfLine: 'line' in question, retainers: readRetainers(answer) };
    });
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) return (this.answer?.found?.retainers.holders ?? []).map((holder) => ({ kind: 'holder', holder }));
    return node.kind === 'holder' ? node.holder.steps.map((step) => ({ kind: 'step', step })) : [];
  }

  protected override itemOf(node: Node): TreeItem {
    return node.kind === 'holder' ? this.#holderItem(node.holder) : this.#stepItem(node.step);
  }

  protected messageOf(found: Found | undefined): string {
    return found === undefined ? texts.lookingForHolders() : messageOf(found);
  }

  #holderItem(holder: Holder): TreeItem {
    const isOnly = this.answer?.found?.retainers.holders.length === 1;
    const item = new TreeItem(holder.name, isOnly ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed);
    item.description = texts.holderFigures(holder.count, holder.value);
    item.tooltip = texts.holderTip(holder.count, holder.text);
    item.iconPath = new ThemeIcon('references');
    return item;
  }

  #stepItem({ kind, text, place }: Step): TreeItem {
    const item = new TreeItem(text);
    item.tooltip = text;
    item.iconPath = new ThemeIcon(ICONS[kind] ?? 'symbol-misc');
    if (place === undefined) return item;
    item.description = `${place.name}:${this.#sources.lineNow(this.answer?.run, place).line}`;
    return linkTo(item, place);
  }
}

function messageOf({ isOfLine, retainers: { found, groups, holders, unseenFrames } }: Found): string {
  const parts = [
    groups === 0 ? texts.heldByNobody(isOfLine) : isOfLine ? texts.heldObjects(found, groups) : texts.heldObject(groups),
    ...(groups > holders.length ? [texts.moreHolders(groups - holders.length)] : []),
    ...(unseenFrames > 0 ? [texts.unseenFrames(unseenFrames)] : []),
  ];
  return parts.join(' ');
}

// SPDX-License-Identifier: MIT
// Why something is alive: who holds it, and how the holder is reached. The view, and the command that
// asks: of what a line has allocated, or of the value of a variable.

import { debug, DebugStackFrame, ThemeIcon, TreeItem, TreeItemCollapsibleState, window } from 'vscode';

import type { Commands } from '../commands.ts';
import type { Place } from '../pure/answers.ts';
import { questionOfLine, readRetainers } from '../pure/retainers.ts';
import type { Holder, Question, Retainers, Step } from '../pure/retainers.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import { texts } from '../texts.ts';
import { AnswerTree, linkTo } from '../views/tree.ts';

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

// ---- The command: what the line with the cursor has allocated, or that of a row or a hover, or the value of a
// variable. ----

/** A row of a view, or the argument of a link. */
interface OfLine {
  readonly place: Place;
  readonly sessionId?: string; // a row is of the session that is shown
}

/** What VS Code gives to entries of the menu of a variable. */
interface OfVariable {
  readonly sessionId: string;
  readonly variable: { readonly name: string; readonly evaluateName?: string };
}

interface Request {
  readonly run: Run | undefined;
  readonly title: string;
  readonly question: Question;
}

export interface RetainerCommandsNeed {
  readonly sessions: Sessions;
  readonly sources: SourceLines;
  readonly retainers: RetainersView;
}

export function retainerCommands({ sessions, sources, retainers }: RetainerCommandsNeed): Commands {
  return {
    'luaheat.whyAlive': async (given?: unknown) => {
      const { run, title, question } = requestFor(sessions, sources, given);
      if (run === undefined || run.hasEnded || !run.isStopped) throw new Error(texts.onlyStopped());
      await retainers.findRetainers(run, title, question);
    },
  };
}

function requestFor(sessions: Sessions, sources: SourceLines, given: unknown): Request {
  if (isOfVariable(given)) return ofVariable(sessions, given);
  if (isOfLine(given)) return ofLine(sources, given.sessionId === undefined ? sessions.shown : sessions.of(given.sessionId), given.place);
  const editor = window.activeTextEditor;
  const found = editor && sources.placeOf(editor.document, editor.selection.active.line + 1);
  if (found === undefined) throw new Error(texts.noLineOfProgram());
  return ofLine(sources, found.run, found.place);
}

function ofLine(sources: SourceLines, run: Run | undefined, place: Place): Request {
  return { run, title: `${place.name}:${sources.lineNow(run, place).line}`, question: questionOfLine(place) };
}

function ofVariable(sessions: Sessions, { sessionId, variable: { name, evaluateName } }: OfVariable): Request {
  if (evaluateName === undefined) throw new Error(texts.noExpression(name));
  const frame = debug.activeStackItem;
  const frameId = frame instanceof DebugStackFrame && frame.session.id === sessionId ? { frameId: frame.frameId } : {};
  return { run: sessions.of(sessionId), title: evaluateName, question: { expression: evaluateName, ...frameId } };
}

function isOfLine(given: unknown): given is OfLine {
  return typeof given === 'object' && given !== null && 'place' in given;
}

function isOfVariable(given: unknown): given is OfVariable {
  return typeof given === 'object' && given !== null && 'variable' in given && 'sessionId' in given;
}

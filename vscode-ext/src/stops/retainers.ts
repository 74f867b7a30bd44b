// SPDX-License-Identifier: MIT
// Why something is alive: who holds it, and how the holder is reached. The view, and the command that
// asks: of what a line has allocated, or of the value of a variable.

import { debug, DebugStackFrame, ThemeIcon, TreeItem, TreeItemCollapsibleState, window } from 'vscode';

import type { Commands } from '../commands.ts';
import type { Place } from '../pure/answers.ts';
import { questionOfLine, readPaths, readRetainers } from '../pure/retainers.ts';
import type { Holder, Question, Retainers, Shape, Step } from '../pure/retainers.ts';
import { exactBytes } from '../pure/units.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import { texts } from '../texts.ts';
import { AnswerTree, linkTo } from '../views/tree.ts';

type Node =
  | { readonly kind: 'shape'; readonly shape: Shape; readonly number?: number } // without a number: a single path
  | { readonly kind: 'holder'; readonly holder: Holder }
  | { readonly kind: 'step'; readonly step: Step };

interface Found {
  readonly question: Question;
  readonly retainers: Retainers;
}

const LISTED = 100; // shapes, holders, paths of a shape

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
      return { question, retainers: readRetainers(answer) };
    });
  }

  override getChildren(node?: Node): Node[] | Promise<Node[]> {
    if (node === undefined) return rootsOf(this.answer?.found);
    if (node.kind === 'step') return [];
    if (node.kind === 'holder') return stepsOf(node.holder);
    return node.number === undefined || node.shape.paths === 1 ? stepsOf(node.shape) : this.#open(node.number);
  }

  protected override itemOf(node: Node): TreeItem {
    if (node.kind === 'shape') return this.#shapeItem(node.shape);
    return node.kind === 'holder' ? this.#holderItem(node.holder) : this.#stepItem(node.step);
  }

  /** While the program is still stopped there. */
  async #open(shape: number): Promise<Node[]> {
    const { run, found } = this.answer ?? {};
    if (run?.isStopped !== true || found === undefined) return [];
    const answer: unknown = await run.session.customRequest('luaheat/retainers', { ...found.question, shape, count: LISTED, limit: 0 });
    return readPaths(answer).map((path) => ({ kind: 'shape', shape: path }));
  }

  protected messageOf(found: Found | undefined): string {
    return found === undefined ? texts.lookingForHolders() : messageOf(found);
  }

  #shapeItem({ text, count, bytes }: Shape): TreeItem {
    const item = new TreeItem(text, TreeItemCollapsibleState.Collapsed);
    item.description = texts.holderFigures(count, exactBytes(bytes));
    item.tooltip = text;
    item.iconPath = new ThemeIcon('references');
    return item;
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

/** Of a line the paths that are alike, of an object its holders. */
function rootsOf(found: Found | undefined): Node[] {
  if (found === undefined) return [];
  const { shapes, holders } = found.retainers;
  if ('line' in found.question) return shapes.map((shape, number) => ({ kind: 'shape', shape, number }));
  return holders.map((holder) => ({ kind: 'holder', holder }));
}

function stepsOf({ steps }: { readonly steps: readonly Step[] }): Node[] {
  return steps.map((step) => ({ kind: 'step', step }));
}

function messageOf({ question, retainers: { found, groups, shapeCount, shapes, holders, unseenFrames } }: Found): string {
  const isOfLine = 'line' in question;
  const [all, listed] = isOfLine ? [shapeCount, shapes.length] : [groups, holders.length];
  const parts = [
    all === 0 ? texts.heldByNobody(isOfLine) : isOfLine ? texts.heldObjects(found, groups) : texts.heldObject(groups),
    ...(all > listed ? [texts.moreHolders(all - listed)] : []),
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

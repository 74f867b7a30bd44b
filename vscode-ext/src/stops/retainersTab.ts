// SPDX-License-Identifier: MIT
// Why something is alive: who holds it, and how the holder is reached. The tab, and the command that asks: of what
// a line has allocated, or of the value of a variable.

import { debug, DebugStackFrame, window } from 'vscode';

import type { Commands } from '../commands.ts';
import { pageTexts } from '../pageTexts.ts';
import type { Place } from '../pure/answers.ts';
import type { Content, TabId } from '../pure/page/page.ts';
import { retainersTable, shapeOf } from '../pure/page/retainers.ts';
import { questionOfLine, readPaths, readRetainers } from '../pure/retainers.ts';
import type { Question, Retainers, Shape } from '../pure/retainers.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import { texts } from '../texts.ts';
import { AnswerTab } from '../views/answerTab.ts';
import { placeTexts } from '../views/lineButtons.ts';

interface Found {
  readonly question: Question;
  readonly retainers: Retainers;
  readonly paths: Map<number, readonly Shape[]>; // of shapes that were opened, by their index
}

const LISTED = 100; // shapes, holders, paths of a shape

export class RetainersTab extends AnswerTab<Found> {
  readonly #sources: SourceLines;

  constructor(sessions: Sessions, sources: SourceLines) {
    super(sessions);
    this.#sources = sources;
  }

  content(): Content {
    const { answer } = this;
    const { retainers, paths, question } = answer?.found ?? {};
    const isOfLine = question !== undefined && 'line' in question;
    const found = { shapes: isOfLine ? (retainers?.shapes ?? []) : [], holders: isOfLine ? [] : (retainers?.holders ?? []), paths: paths ?? new Map<number, readonly Shape[]>() };
    return { kind: 'table', table: retainersTable(found, this.#message(), pageTexts.retainersWords(), placeTexts(this.#sources, answer?.run)) };
  }

  /** While the program is stopped. Rejects with the adapter's reason. */
  async findRetainers(run: Run, title: string, question: Question): Promise<void> {
    await this.ask(run, title, async () => {
      const answer: unknown = await run.session.customRequest('luaheat/retainers', { ...question, limit: LISTED });
      return { question, retainers: readRetainers(answer), paths: new Map() };
    });
  }

  /** A shape, into its single paths; while the program is still stopped there. */
  async open(row: string): Promise<void> {
    const shape = shapeOf(row);
    const { run, found } = this.answer ?? {};
    if (shape === undefined || run?.isStopped !== true || found === undefined) return;
    const answer: unknown = await run.session.customRequest('luaheat/retainers', { ...found.question, shape, count: LISTED, limit: 0 });
    found.paths.set(shape, readPaths(answer));
  }

  #message(): string {
    const { answer } = this;
    if (answer === undefined) return pageTexts.nothingAsked();
    return `${answer.title}: ${answer.found === undefined ? texts.lookingForHolders() : messageOf(answer.found)}`;
  }
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
  readonly retainers: RetainersTab;
  readonly show: (tab: TabId) => Promise<void>;
}

export function retainerCommands({ sessions, sources, retainers, show }: RetainerCommandsNeed): Commands {
  return {
    'luaheat.whyAlive': async (given?: unknown) => {
      const { run, title, question } = requestFor(sessions, sources, given);
      if (run === undefined || run.hasEnded || !run.isStopped) throw new Error(texts.onlyStopped());
      await show('retainers');
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

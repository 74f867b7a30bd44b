// SPDX-License-Identifier: MIT
// The command that asks why something is alive: what the line with the cursor has allocated, or that of
// a row or a hover, or the value of a variable.

import { debug, DebugStackFrame, window } from 'vscode';

import type { Commands } from '../commands.ts';
import type { SourceLines } from '../sourceLines.ts';
import { questionOfLine } from '../pure/retainers.ts';
import type { Question } from '../pure/retainers.ts';
import type { Place } from '../pure/answers.ts';
import type { RetainersView } from '../retainersView.ts';
import type { Run, Sessions } from '../sessions.ts';
import { texts } from '../texts.ts';

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

// SPDX-License-Identifier: MIT
// The command that asks why something is alive: what the line with the cursor has allocated, or that of
// a row or a hover, or the value of a variable.

import { debug, DebugStackFrame, window } from 'vscode';

import type { DocumentHeats } from '../documentHeat.ts';
import { questionOfLine } from '../pure/retainers.ts';
import type { Question } from '../pure/retainers.ts';
import type { Place } from '../pure/sessionFigures.ts';
import type { RetainersView } from '../retainersView.ts';
import type { Run, Sessions } from '../sessions.ts';
import { texts } from '../texts.ts';
import { orTell } from './orTell.ts';

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

interface Asked {
  readonly run: Run | undefined;
  readonly title: string;
  readonly question: Question;
}

export interface RetainerCommandsNeed {
  readonly sessions: Sessions;
  readonly heats: DocumentHeats;
  readonly retainers: RetainersView;
}

type Command = (given?: unknown) => Promise<void>;

export function retainerCommands({ sessions, heats, retainers }: RetainerCommandsNeed): Readonly<Record<string, Command>> {
  return {
    'luaheat.whyAlive': (given) =>
      orTell(async () => {
        const { run, title, question } = asked(sessions, heats, given);
        if (run === undefined || run.hasEnded || !run.isStopped) throw new Error(texts.onlyStopped());
        await retainers.askWhy(run, title, question);
      }),
  };
}

function asked(sessions: Sessions, heats: DocumentHeats, given: unknown): Asked {
  if (isOfVariable(given)) return ofVariable(sessions, given);
  if (isOfLine(given)) return ofLine(heats, given.sessionId === undefined ? sessions.shown : sessions.of(given.sessionId), given.place);
  const editor = window.activeTextEditor;
  const found = editor && heats.placeOf(editor.document, editor.selection.active.line + 1);
  if (found === undefined) throw new Error(texts.noLineOfProgram());
  return ofLine(heats, found.run, found.place);
}

function ofLine(heats: DocumentHeats, run: Run | undefined, place: Place): Asked {
  return { run, title: `${place.name}:${heats.lineNow(run, place).line}`, question: questionOfLine(place) };
}

function ofVariable(sessions: Sessions, { sessionId, variable: { name, evaluateName } }: OfVariable): Asked {
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

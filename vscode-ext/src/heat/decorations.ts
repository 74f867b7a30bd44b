// SPDX-License-Identifier: MIT
// Heat painted into editors: tints, bars and figures on the lines one can see, marks in the overview ruler.

import { Range, window, workspace } from 'vscode';
import type { DecorationInstanceRenderOptions, DecorationOptions, Disposable, LogOutputChannel, Position, TextDocument, TextEditor, TextEditorDecorationType } from 'vscode';

import { ALWAYS_SEEN, figureColumn, lineWidth, marginBehind, placeInSight, widthUpTo } from '../pure/figureColumn.ts';
import { levelShape, rulerMarks } from '../pure/heat.ts';
import type { Settings } from '../settings.ts';
import { Throttle } from '../throttle.ts';
import { createDecorationTypes, figureBackground } from './decorationTypes.ts';
import { textOfLine } from './documentHeat.ts';
import type { DocumentHeat, DocumentHeats, LineText } from './documentHeat.ts';

const SCROLL_MS = 30;
const AHEAD = 4; // pages above and below the view that are painted with it when one scrolls: what is painted before it comes into view is drawn once
const NEAR = 2; // pages of these that have to be there
const EDIT_MS = 100;
const NOTHING = '[]';
const MOVED = '';
const BYTES_WIDTH = 8; // "+56.0 KB"

/** What is painted on the lines of an editor, by type. */
type Strokes = Map<TextEditorDecorationType, DecorationOptions[]>;

export class HeatDecorations {
  readonly #heats: DocumentHeats;
  readonly #settings: () => Settings;
  readonly #log: LogOutputChannel;
  readonly #types = createDecorationTypes();
  readonly #painted = new WeakMap<TextEditor, Map<TextEditorDecorationType, string>>(); // what is there, in text
  readonly #columns = new WeakMap<readonly string[], number>(); // by the text
  readonly #readLines = new WeakMap<TextEditor, string>();
  readonly #lines = new WeakMap<TextEditor, ReadonlySet<number>>(); // that have been painted
  readonly #scroll = new Throttle(SCROLL_MS, () => this.#paintAll((editor) => (this.#isPainted(editor) ? 0 : this.#paintLines(editor, AHEAD))));
  readonly #edit = new Throttle(EDIT_MS, () => this.paint());

  constructor(heats: DocumentHeats, settings: () => Settings, log: LogOutputChannel) {
    this.#heats = heats;
    this.#settings = settings;
    this.#log = log;
  }

  watch(): Disposable[] {
    return [
      this.#types,
      this.#scroll,
      this.#edit,
      window.onDidChangeVisibleTextEditors(() => this.paint()),
      window.tabGroups.onDidChangeTabGroups(({ opened, closed }) => {
        if (opened.length + closed.length > 0) this.paint();
      }),
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (this.#painted.has(textEditor)) this.#scroll.soon();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (this.#painted.has(textEditor) && this.#readLines.get(textEditor) !== linesBeingRead(textEditor).join()) this.#scroll.soon();
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        this.#forgetPlaces(document);
        if (this.#heats.of(document) !== undefined) this.#edit.soon();
      }),
    ];
  }

  /** Everything that can be seen or soon will be. */
  paint(): void {
    this.#paintAll((editor) => this.#paintLines(editor, 0) + this.#paintRuler(editor));
  }

  #paintAll(paintEditor: (editor: TextEditor) => number): void {
    const start = performance.now();
    let count = 0;
    for (const editor of window.visibleTextEditors) count += paintEditor(editor);
    if (count > 0)
      this.#log.debug(`painted ${count} decorations in ${(performance.now() - start).toFixed(2)} ms`);
  }

  #isPainted(editor: TextEditor): boolean {
    const lines = this.#lines.get(editor);
    return lines !== undefined && [...linesAround(editor, NEAR)].every((line) => lines.has(line)) && this.#readLines.get(editor) === linesBeingRead(editor).join();
  }

  #paintLines(editor: TextEditor, pages: number): number {
    const heat = this.#heats.of(editor.document);
    if (heat === undefined) return this.#erase(editor);
    const readLines = linesBeingRead(editor);
    const column = this.#columnOf(editor, heat), editors = window.tabGroups.all.length;
    const strokes: Strokes = new Map();
    const lines = linesAround(editor, pages, heat.stoppedAt);
    for (const line of lines) {
      const { range, firstNonWhitespaceCharacterIndex: indent, text } = editor.document.lineAt(line - 1);
      const { level, isEarlier } = heat.at(line) ?? { level: 0, isEarlier: false };
      const hasBar = (indent > 0 || text === '') && !isEarlier;
      add(strokes, this.#types[isEarlier ? 'earlierTints' : hasBar ? 'barredTints' : 'tints'][level - 1], { range });
      const told = this.#textOf(heat, line);
      if (told === undefined) continue;
      const renderOptions = figureOptions(told, level, { column, editors, width: lineWidth(text, tabSizeOf(editor)), isBeingRead: readLines.includes(line) });
      add(strokes, this.#figureType(told), { range: new Range(range.end, range.end), renderOptions });
    }
    this.#readLines.set(editor, readLines.join());
    this.#lines.set(editor, lines);
    return this.#set(editor, this.#types.onLines, strokes);
  }

  #textOf(heat: DocumentHeat, line: number): LineText | undefined {
    const settings = this.#settings();
    return settings.text === 'decoration' ? textOfLine(heat, line, settings, settings.units === 'bytes' ? 0 : BYTES_WIDTH) : undefined;
  }

  #figureType({ isSuspect, isDim }: LineText): TextEditorDecorationType {
    if (isSuspect) return this.#types.suspectFigures;
    return isDim ? this.#types.dimFigures : this.#types.figures;
  }

  #columnOf(editor: TextEditor, { text }: DocumentHeat): number {
    const column = this.#columns.get(text) ?? figureColumn(text, tabSizeOf(editor));
    this.#columns.set(text, column);
    return column;
  }

  /** What is there already is not set again: VS Code draws each line anew on which something is set. */
  #set(editor: TextEditor, types: readonly TextEditorDecorationType[], strokes: Strokes): number {
    const painted = this.#painted.get(editor) ?? new Map<TextEditorDecorationType, string>();
    this.#painted.set(editor, painted);
    let count = 0;
    for (const type of types) {
      const options = strokes.get(type) ?? [], text = JSON.stringify(options);
      if (text !== (painted.get(type) ?? NOTHING)) editor.setDecorations(type, options);
      painted.set(type, text);
      count += options.length;
    }
    return count;
  }

  /** Edits move what is there. */
  #forgetPlaces(document: TextDocument): void {
    for (const editor of window.visibleTextEditors)
      if (editor.document === document) this.#painted.get(editor)?.forEach((_text, type, painted) => painted.set(type, MOVED));
  }

  #paintRuler(editor: TextEditor): number {
    const heat = this.#heats.of(editor.document);
    if (heat === undefined) return 0;
    const { marks: types, suspectMarks } = this.#types, { lineCount } = editor.document, isShown = this.#settings().overviewRuler;
    const strokes: Strokes = new Map();
    for (const { from, to, level } of isShown ? rulerMarks(heat.hotLines(), lineCount) : []) add(strokes, types[level - 1], { range: new Range(from - 1, 0, to - 1, 0) });
    for (const line of isShown ? heat.suspectLines() : [])
      if (line <= lineCount) add(strokes, suspectMarks, { range: new Range(line - 1, 0, line - 1, 0) });
    return this.#set(editor, [...types, suspectMarks], strokes);
  }

  #erase(editor: TextEditor): number {
    const painted = this.#painted.get(editor);
    this.#painted.delete(editor);
    painted?.forEach((text, type) => {
      if (text !== NOTHING) editor.setDecorations(type, []);
    });
    return 0;
  }
}

function add(strokes: Strokes, type: TextEditorDecorationType | undefined, options: DecorationOptions): void {
  if (type === undefined) return;
  const own = strokes.get(type);
  if (own === undefined) strokes.set(type, [options]);
  else own.push(options);
}

interface FigurePlace {
  readonly column: number;
  readonly width: number; // of the line
  readonly editors: number; // side by side
  readonly isBeingRead: boolean;
}

/**
 * They stand where we say, not where other texts at the end of the line leave them, such as values: VS Code has no option
 * for that, but takes the CSS. Without it they follow the line.
 */
function figureOptions({ level, text, isDim }: LineText, tint: number, { column, width, editors, isBeingRead }: FigurePlace): DecorationInstanceRenderOptions {
  const contentText = ` ${levelShape(level)} ${text} `;
  const look = { contentText, width: `${contentText.length}ch`, backgroundColor: figureBackground(tint, isDim) };
  if (isBeingRead) return { after: { ...look, margin: marginBehind(column, width) } };
  const place = placeInSight(column, width, editors);
  return {
    before: { contentText: ' ', width: widthUpTo(place, width, contentText.length) },
    after: { ...look, textDecoration: `none; position: absolute; top: 0; left: ${place}` },
  };
}

/**
 * Those one can see, with so many pages above and below, from 1, and those that come into view with the line at which
 * the program has stopped. Lines that are only half in view VS Code does not count.
 */
function linesAround({ visibleRanges, document }: TextEditor, pages: number, stoppedAt?: number): ReadonlySet<number> {
  const lines = new Set<number>();
  const addAll = (from: number, to: number): void => {
    for (let line = Math.max(1, from); line <= Math.min(to, document.lineCount); line++) lines.add(line);
  };
  for (const { start, end } of visibleRanges) {
    const height = end.line - start.line, more = 1 + pages * height, half = 1 + Math.ceil(height / 2);
    addAll(start.line + 1 - more, end.line + 1 + more);
    if (stoppedAt !== undefined) addAll(stoppedAt - half, stoppedAt + half); // it is shown in the middle
  }
  return lines;
}

/** Lines with a cursor in the part that figures may cover, from 1. */
function linesBeingRead(editor: TextEditor): readonly number[] {
  const tabSize = tabSizeOf(editor);
  const isRead = ({ line, character }: Position): boolean => lineWidth(editor.document.lineAt(line).text.slice(0, character), tabSize) > ALWAYS_SEEN;
  return editor.selections.filter(({ active }) => isRead(active)).map(({ active }) => active.line + 1);
}

function tabSizeOf({ options }: TextEditor): number {
  return Number(options.tabSize);
}

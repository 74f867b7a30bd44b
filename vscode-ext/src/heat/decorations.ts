// SPDX-License-Identifier: MIT
// Heat painted into editors: tints, bars and figures on the lines one can see, marks in the overview ruler.

import { Range, window, workspace } from 'vscode';
import type { DecorationInstanceRenderOptions, DecorationOptions, Disposable, LogOutputChannel, Position, TextEditor, TextEditorDecorationType } from 'vscode';

import { ALWAYS_SEEN, figureColumn, lineWidth, marginBehind, placeInSight, widthUpTo } from '../pure/figureColumn.ts';
import { levelShape, rulerMarks } from '../pure/heat.ts';
import type { Settings } from '../settings.ts';
import { Throttle } from '../throttle.ts';
import { createDecorationTypes, figureBackground } from './decorationTypes.ts';
import { textOfLine } from './documentHeat.ts';
import type { DocumentHeat, DocumentHeats, LineText } from './documentHeat.ts';

const SCROLL_MS = 30;
const EDIT_MS = 100;
const BYTES_WIDTH = 8; // "+56.0 KB"

/** What is painted on the lines of an editor, by type. */
type Strokes = Map<TextEditorDecorationType, DecorationOptions[]>;

export class HeatDecorations {
  readonly #heats: DocumentHeats;
  readonly #settings: () => Settings;
  readonly #log: LogOutputChannel;
  readonly #types = createDecorationTypes();
  readonly #painted = new WeakMap<TextEditor, ReadonlySet<TextEditorDecorationType>>(); // types of which something is there
  readonly #columns = new WeakMap<readonly string[], number>(); // by the text
  readonly #readLines = new WeakMap<TextEditor, string>();
  readonly #scroll = new Throttle(SCROLL_MS, () => this.#paintAll((editor) => this.#paintLines(editor)));
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
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (this.#painted.has(textEditor)) this.#scroll.soon();
      }),
      window.onDidChangeTextEditorSelection(({ textEditor }) => {
        if (this.#painted.has(textEditor) && this.#readLines.get(textEditor) !== linesBeingRead(textEditor).join()) this.#scroll.soon();
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#heats.of(document) !== undefined) this.#edit.soon();
      }),
    ];
  }

  /** Everything that can be seen. */
  paint(): void {
    this.#paintAll((editor) => this.#paintLines(editor) + this.#paintRuler(editor));
  }

  #paintAll(paintEditor: (editor: TextEditor) => number): void {
    const start = performance.now();
    let count = 0;
    for (const editor of window.visibleTextEditors) count += paintEditor(editor);
    if (count > 0)
      this.#log.debug(`painted ${count} decorations in ${(performance.now() - start).toFixed(2)} ms`);
  }

  #paintLines(editor: TextEditor): number {
    const heat = this.#heats.of(editor.document);
    if (heat === undefined) return this.#erase(editor);
    const readLines = linesBeingRead(editor);
    const column = this.#columnOf(editor, heat);
    const strokes: Strokes = new Map();
    for (const line of visibleLines(editor)) {
      const { range, firstNonWhitespaceCharacterIndex: indent, text } = editor.document.lineAt(line - 1);
      const { level, isEarlier } = heat.at(line) ?? { level: 0, isEarlier: false };
      add(strokes, this.#types[isEarlier ? 'earlierTints' : 'tints'][level - 1], { range });
      if ((indent > 0 || text === '') && !isEarlier) add(strokes, this.#types.bars[level - 1], { range });
      const told = this.#textOf(heat, line);
      if (told === undefined) continue;
      const renderOptions = figureOptions(told, level, { column, width: lineWidth(text, tabSizeOf(editor)), isBeingRead: readLines.includes(line) });
      add(strokes, this.#figureType(told), { range: new Range(range.end, range.end), renderOptions });
    }
    this.#readLines.set(editor, readLines.join());
    return this.#set(editor, strokes);
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

  #set(editor: TextEditor, strokes: Strokes): number {
    const there = this.#painted.get(editor);
    let count = 0;
    for (const type of this.#types.onLines) {
      const options = strokes.get(type) ?? [];
      if (options.length > 0 || there?.has(type) === true) editor.setDecorations(type, options);
      count += options.length;
    }
    this.#painted.set(editor, new Set(strokes.keys()));
    return count;
  }

  #paintRuler(editor: TextEditor): number {
    const heat = this.#heats.of(editor.document);
    if (heat === undefined) return 0;
    const { marks: types, suspectMarks } = this.#types, { lineCount } = editor.document, isShown = this.#settings().overviewRuler;
    const hot = [...heat.hotLines()].map(([line, { level }]) => ({ line, level }));
    const marks = isShown ? rulerMarks(hot, lineCount) : [];
    types.forEach((type, index) => {
      const own = marks.filter(({ level }) => level === index + 1);
      editor.setDecorations(type, own.map(({ from, to }) => new Range(from - 1, 0, to - 1, 0)));
    });
    const suspects = isShown ? [...heat.suspectLines()].filter((line) => line <= lineCount) : [];
    editor.setDecorations(suspectMarks, suspects.map((line) => new Range(line - 1, 0, line - 1, 0)));
    return marks.length + suspects.length;
  }

  #erase(editor: TextEditor): number {
    if (!this.#painted.delete(editor)) return 0;
    const { onLines, marks, suspectMarks } = this.#types;
    for (const type of [...onLines, ...marks, suspectMarks]) editor.setDecorations(type, []);
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
  readonly isBeingRead: boolean;
}

/**
 * They stand where we say, not where other texts at the end of the line leave them, such as values: VS Code has no option
 * for that, but takes the CSS. Without it they follow the line.
 */
function figureOptions({ level, text, isDim }: LineText, tint: number, { column, width, isBeingRead }: FigurePlace): DecorationInstanceRenderOptions {
  const contentText = ` ${levelShape(level)} ${text} `;
  const look = { contentText, width: `${contentText.length}ch`, backgroundColor: figureBackground(tint, isDim) };
  if (isBeingRead) return { after: { ...look, margin: marginBehind(column, width) } };
  return {
    before: { contentText: ' ', width: widthUpTo(column, width, contentText.length) },
    after: { ...look, textDecoration: `none; position: absolute; top: 0; left: ${placeInSight(column, width)}` },
  };
}

/** From 1. Lines that are only half in view are visible, but VS Code does not count them. */
function visibleLines(editor: TextEditor): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { start, end } of editor.visibleRanges)
    for (let line = start.line - 1; line <= end.line + 1; line++)
      if (line >= 0 && line < editor.document.lineCount) lines.add(line + 1);
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

// SPDX-License-Identifier: MIT
// Heat painted into editors: bars and texts on the lines one can see, marks in the overview ruler.

import { DecorationRangeBehavior, OverviewRulerLane, Range, ThemeColor, window, workspace } from 'vscode';
import type { DecorationOptions, Disposable, LogOutputChannel, TextEditor, TextEditorDecorationType } from 'vscode';

import { LEVELS, levelShape, rulerMarks } from '../pure/heat.ts';
import type { Settings } from '../settings.ts';
import { Throttle } from '../throttle.ts';
import { textOfLine } from './documentHeat.ts';
import type { DocumentHeat, DocumentHeats } from './documentHeat.ts';

const SCROLL_MS = 30;
const EDIT_MS = 100;

export class HeatDecorations {
  readonly #heats: DocumentHeats;
  readonly #settings: () => Settings;
  readonly #log: LogOutputChannel;
  readonly #types = createDecorationTypes();
  readonly #painted = new WeakSet<TextEditor>();
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
    this.#painted.add(editor);
    const bars = Array.from({ length: LEVELS }, (): Range[] => []);
    const figures: DecorationOptions[] = [];
    for (const line of visibleLines(editor)) this.#addLine(editor, heat, line, bars, figures);
    this.#types.bars.forEach((type, index) => editor.setDecorations(type, bars[index] ?? []));
    editor.setDecorations(this.#types.text, heat.isOlder ? [] : figures);
    editor.setDecorations(this.#types.olderText, heat.isOlder ? figures : []);
    return figures.length + bars.flat().length;
  }

  #addLine(editor: TextEditor, heat: DocumentHeat, line: number, bars: Range[][], figures: DecorationOptions[]): void {
    const settings = this.#settings();
    const { range } = editor.document.lineAt(line - 1);
    bars[(heat.at(line)?.level ?? 0) - 1]?.push(range);
    const told = settings.text === 'decoration' ? textOfLine(heat, line, settings) : undefined;
    if (told !== undefined) figures.push({ range, renderOptions: { after: { contentText: `${levelShape(told.level)} ${told.text}` } } });
  }

  #paintRuler(editor: TextEditor): number {
    const heat = this.#heats.of(editor.document);
    if (heat === undefined) return 0;
    const hot = [...heat.hotLines()].map(([line, { level }]) => ({ line, level }));
    const marks = this.#settings().overviewRuler ? rulerMarks(hot, editor.document.lineCount) : [];
    this.#types.marks.forEach((type, index) => {
      const own = marks.filter(({ level }) => level === index + 1);
      editor.setDecorations(type, own.map(({ from, to }) => new Range(from - 1, 0, to - 1, 0)));
    });
    return marks.length;
  }

  #erase(editor: TextEditor): number {
    if (!this.#painted.delete(editor)) return 0;
    const { bars, marks, text, olderText } = this.#types;
    for (const type of [...bars, ...marks, text, olderText]) editor.setDecorations(type, []);
    return 0;
  }
}

/** From 1. Lines that are only half in view are visible, but VS Code does not count them. */
function visibleLines(editor: TextEditor): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { start, end } of editor.visibleRanges)
    for (let line = start.line - 1; line <= end.line + 1; line++)
      if (line >= 0 && line < editor.document.lineCount) lines.add(line + 1);
  return lines;
}

// ---- The few types that all editors share.
//
// The bar stands at the edge of the gutter, not in it: VS Code sets no breakpoint by a click on a
// line that has an extension's icon in the gutter, and moves the text aside to make room for both.
// At the edge it is in nobody's way, and takes the theme's colour, which an icon cannot. How wide it
// is tells the level as well as its colour does. ----

export interface DecorationTypes extends Disposable {
  readonly bars: readonly TextEditorDecorationType[]; // by level - 1
  readonly marks: readonly TextEditorDecorationType[]; // by level - 1
  readonly text: TextEditorDecorationType;
  readonly olderText: TextEditorDecorationType;
}

export function heatColour(level: number): ThemeColor {
  return new ThemeColor(`luaheat.heat${level}`);
}

export function createDecorationTypes(): DecorationTypes {
  const levels = Array.from({ length: LEVELS }, (_, index) => index + 1);
  const bars = levels.map(createBar);
  const marks = levels.map(createMark);
  const text = createText('luaheat.figureForeground', 'normal');
  const olderText = createText('luaheat.olderFigureForeground', 'italic');
  const dispose = (): void => {
    for (const type of [...bars, ...marks, text, olderText]) type.dispose();
  };
  return { bars, marks, text, olderText, dispose };
}

function createBar(level: number): TextEditorDecorationType {
  return window.createTextEditorDecorationType({
    isWholeLine: true,
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
    borderStyle: 'solid',
    borderWidth: `0 0 0 ${level}px`,
    borderColor: heatColour(level),
  });
}

function createMark(level: number): TextEditorDecorationType {
  return window.createTextEditorDecorationType({
    isWholeLine: true,
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
    overviewRulerColor: heatColour(level),
    overviewRulerLane: OverviewRulerLane.Center,
  });
}

function createText(colour: string, fontStyle: string): TextEditorDecorationType {
  return window.createTextEditorDecorationType({
    rangeBehavior: DecorationRangeBehavior.ClosedOpen,
    after: { color: new ThemeColor(colour), fontStyle, margin: '0 0 0 3ch' },
  });
}

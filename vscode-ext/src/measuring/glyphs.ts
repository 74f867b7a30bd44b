// SPDX-License-Identifier: MIT
// Where windows begin and end, shown beside the lines.

import { commands, MarkdownString, Range, Uri, window } from 'vscode';
import type { DecorationOptions, Disposable, TextEditor, TextEditorDecorationType } from 'vscode';

import { commandLink, plainText } from '../pure/commandLinks.ts';
import { glyphSvg } from '../pure/measuredGlyphs.ts';
import { endable, pointsIn } from '../pure/measuredLines.ts';
import type { Point, PointKind } from '../pure/measuredLines.ts';
import { diskPath } from '../sessions/sourceTexts.ts';
import { texts } from '../texts.ts';
import { pointText } from './measuredLines.ts';
import type { KeptMeasuredLines } from './measuredLines.ts';

const COLOURS = { light: '#005fb8', dark: '#4daafc' };
const KINDS = ['from', 'to', 'lap'] as const;

export class MeasuredGlyphs {
  readonly #measured: KeptMeasuredLines;
  readonly #types = new Map(KINDS.map((kind) => [kind, createType(kind)]));
  readonly #painted = new WeakSet<TextEditor>();

  constructor(measured: KeptMeasuredLines) {
    this.#measured = measured;
  }

  watch(): Disposable[] {
    this.#paintAll();
    return [
      ...this.#types.values(),
      window.onDidChangeVisibleTextEditors(() => this.#paintAll()),
      window.onDidChangeActiveTextEditor(() => this.#setContextKeys()),
      this.#measured.onDidChange(() => this.#paintAll()),
    ];
  }

  #paintAll(): void {
    this.#setContextKeys();
    for (const editor of window.visibleTextEditors) this.#paint(editor);
  }

  /** What menus offer. */
  #setContextKeys(): void {
    const { all } = this.#measured;
    const active = window.activeTextEditor;
    const path = (active && diskPath(active.document.uri)) ?? '';
    void commands.executeCommand('setContext', 'luaheat.hasMeasured', all.length > 0);
    void commands.executeCommand('setContext', 'luaheat.canEndMeasured', endable(all).length > 0);
    void commands.executeCommand('setContext', 'luaheat.measuredLines', pointsIn(all, path).map(({ line }) => line));
  }

  #paint(editor: TextEditor): void {
    const points = pointsIn(this.#measured.all, diskPath(editor.document.uri) ?? '');
    if (points.length === 0 && !this.#painted.delete(editor)) return;
    if (points.length > 0) this.#painted.add(editor);
    for (const [kind, type] of this.#types)
      editor.setDecorations(type, points.filter((point) => point.kind === kind && point.line <= editor.document.lineCount).map((point) => this.#decoration(editor, point)));
  }

  #decoration({ document }: TextEditor, { line, of }: Point): DecorationOptions {
    const hoverMessage = new MarkdownString(`$(watch) ${plainText(pointText(this.#measured.all, of))}\n\n`, true);
    hoverMessage.isTrusted = { enabledCommands: ['luaheat.removeMeasured', 'luaheat.showMeasurements'] };
    const given = [{ uri: document.uri, lineNumber: line }];
    hoverMessage.appendMarkdown([
      commandLink({ icon: 'list-flat', title: texts.showMeasurements(), tip: texts.showMeasurementsTip(), command: 'luaheat.showMeasurements', given: [] }),
      commandLink({ icon: 'close', title: texts.removeMeasured(), tip: texts.removeMeasuredTip(), command: 'luaheat.removeMeasured', given }),
    ].join(' &nbsp; '));
    const { range } = document.lineAt(line - 1);
    return { range: new Range(range.start, range.end), hoverMessage };
  }
}

function createType(kind: PointKind): TextEditorDecorationType {
  const drawn = (colour: string): { gutterIconPath: Uri; gutterIconSize: string } => ({
    gutterIconPath: Uri.parse(`data:image/svg+xml;base64,${Buffer.from(glyphSvg(kind, colour)).toString('base64')}`),
    gutterIconSize: '90%',
  });
  return window.createTextEditorDecorationType({ light: drawn(COLOURS.light), dark: drawn(COLOURS.dark) });
}

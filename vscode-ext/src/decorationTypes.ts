// SPDX-License-Identifier: MIT
// The few decoration types that all editors share.
//
// The bar stands at the edge of the gutter, not in it: VS Code sets no breakpoint by a click on a
// line that has an extension's icon in the gutter, and moves the text aside to make room for both.
// At the edge it is in nobody's way, and takes the theme's colour, which an icon cannot. How wide it
// is tells the level as well as its colour does.

import { DecorationRangeBehavior, OverviewRulerLane, ThemeColor, window } from 'vscode';
import type { Disposable, TextEditorDecorationType } from 'vscode';

import { LEVELS } from './pure/heatLevel.ts';

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

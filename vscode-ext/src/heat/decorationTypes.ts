// SPDX-License-Identifier: MIT
// The few types of decorations that all editors share.
//
// A hot line is tinted as a whole. Its bar stands at the edge of the gutter, not in it: VS Code sets no breakpoint by
// a click on a line that has an extension's icon in the gutter, and moves the text aside to make room for both. How
// wide it is tells the level as well as its colour does.

import { DecorationRangeBehavior, OverviewRulerLane, ThemeColor, window } from 'vscode';
import type { DecorationRenderOptions, Disposable, TextEditorDecorationType } from 'vscode';

import { LEVELS } from '../pure/heat.ts';

type Type = TextEditorDecorationType;
type ByLevel = readonly Type[]; // by level - 1

export interface DecorationTypes extends Disposable {
  readonly tints: ByLevel;
  readonly barredTints: ByLevel;
  readonly earlierTints: ByLevel;
  readonly figures: Type;
  readonly dimFigures: Type;
  readonly suspectFigures: Type;
  /** All of the above: what is painted on lines. */
  readonly onLines: readonly Type[];
  /** In the overview ruler. */
  readonly marks: ByLevel;
  readonly suspectMarks: Type;
}

export function createDecorationTypes(): DecorationTypes {
  const lines = {
    tints: byLevel((level) => wholeLine({ backgroundColor: tint(level) })),
    barredTints: byLevel((level) => wholeLine({ backgroundColor: tint(level), borderStyle: 'solid', borderWidth: `0 0 0 ${level}px`, borderColor: heatColour(level) })),
    earlierTints: byLevel((level) => wholeLine({ backgroundColor: `color-mix(in srgb, ${variable(`heat${level}Background`)} 45%, transparent)` })),
    figures: figures('luaheat.figureForeground'),
    dimFigures: figures('luaheat.olderFigureForeground', { fontStyle: 'italic' }),
    suspectFigures: figures('luaheat.suspectForeground', { fontWeight: 'bold' }),
  };
  const rulers = {
    marks: byLevel((level) => wholeLine({ overviewRulerColor: heatColour(level), overviewRulerLane: OverviewRulerLane.Center })),
    suspectMarks: wholeLine({ overviewRulerColor: new ThemeColor('luaheat.suspectForeground'), overviewRulerLane: OverviewRulerLane.Right }),
  };
  const onLines = Object.values(lines).flat();
  const dispose = (): void => {
    for (const type of [...onLines, ...Object.values(rulers).flat()]) type.dispose();
  };
  return { ...lines, ...rulers, onLines, dispose };
}

/** What is behind a figure: opaque, as it may stand on a long line. */
export function figureBackground(level: number, isDim: boolean): string {
  const editor = 'var(--vscode-editor-background)';
  return level === 0 || isDim ? editor : `color-mix(in srgb, ${variable(`heat${level}`)} ${12 + 7 * level}%, ${editor})`;
}

export function heatColour(level: number): ThemeColor {
  return new ThemeColor(`luaheat.heat${level}`);
}

function tint(level: number): ThemeColor {
  return new ThemeColor(`luaheat.heat${level}Background`);
}

function variable(colour: string): string {
  return `var(--vscode-luaheat-${colour})`;
}

function byLevel(create: (level: number) => Type): ByLevel {
  return Array.from({ length: LEVELS }, (_, index) => create(index + 1));
}

function wholeLine(options: DecorationRenderOptions): Type {
  return window.createTextEditorDecorationType({ ...options, isWholeLine: true, rangeBehavior: DecorationRangeBehavior.ClosedClosed });
}

function figures(colour: string, font: { fontStyle?: string; fontWeight?: string } = {}): Type {
  return window.createTextEditorDecorationType({ rangeBehavior: DecorationRangeBehavior.ClosedOpen, after: { color: new ThemeColor(colour), ...font } });
}

// SPDX-License-Identifier: MIT
// What VS Code writes into lines for us: the figures as inlay hints, which screen readers read, and the
// values of variables while the program is stopped.

import { EventEmitter, InlayHint, InlineValueVariableLookup, Range } from 'vscode';
import type { InlayHintsProvider, InlineValue, InlineValueContext, InlineValuesProvider, TextDocument } from 'vscode';

import { inlineValueNames, lastOfEachName } from '../pure/inlineValueNames.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';
import { textOfLine } from './documentHeat.ts';
import type { DocumentHeats } from './documentHeat.ts';

export class HeatInlayHints implements InlayHintsProvider {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeInlayHints = this.#changed.event;
  readonly #heats: DocumentHeats;
  readonly #settings: () => Settings;

  constructor(heats: DocumentHeats, settings: () => Settings) {
    this.#heats = heats;
    this.#settings = settings;
  }

  refresh(): void {
    this.#changed.fire();
  }

  provideInlayHints(document: TextDocument, range: Range): InlayHint[] {
    const settings = this.#settings();
    const heat = settings.text === 'inlayHint' ? this.#heats.of(document) : undefined;
    if (heat === undefined) return [];
    const hints: InlayHint[] = [];
    for (let line = range.start.line; line <= range.end.line; line++) {
      const told = textOfLine(heat, line + 1, settings);
      if (told === undefined) continue;
      const label = told.level > 0 ? `${told.text} · ${texts.level(told.level)}` : told.text;
      const hint = new InlayHint(document.lineAt(line).range.end, label);
      hint.paddingLeft = true;
      hints.push(hint);
    }
    return hints;
  }
}

// Each variable once, on the last line down to the stop that names it; lines with figures have none: a table's value would
// outshout them.
export class InlineValues implements InlineValuesProvider {
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeInlineValues = this.#changed.event;
  readonly #heats: DocumentHeats;
  readonly #settings: () => Settings;

  constructor(heats: DocumentHeats, settings: () => Settings) {
    this.#heats = heats;
    this.#settings = settings;
  }

  refresh(): void {
    this.#changed.fire();
  }

  provideInlineValues(document: TextDocument, viewPort: Range, { stoppedLocation }: InlineValueContext): InlineValue[] {
    const first = viewPort.start.line;
    const last = Math.min(viewPort.end.line, stoppedLocation.end.line, document.lineCount - 1);
    const heat = this.#heats.of(document), settings = this.#settings();
    const hasFigures = (line: number): boolean => heat !== undefined && settings.text !== 'off' && textOfLine(heat, line + 1, settings) !== undefined;
    const lines = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => document.lineAt(first + index).text);
    const names = inlineValueNames(lines).filter(({ line }) => !hasFigures(first + line));
    return lastOfEachName(names).map(({ line, column, name }) => {
      const range = new Range(first + line, column, first + line, column + name.length);
      return new InlineValueVariableLookup(range, name, true);
    });
  }
}

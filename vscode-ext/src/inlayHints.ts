// SPDX-License-Identifier: MIT
// The figures of lines as inlay hints, which screen readers read.

import { EventEmitter, InlayHint } from 'vscode';
import type { InlayHintsProvider, Range, TextDocument } from 'vscode';

import type { DocumentHeats } from './documentHeat.ts';
import { textOfLine } from './lineTexts.ts';
import type { Settings } from './settings.ts';

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
      const label = textOfLine(heat, line + 1, settings);
      if (label === undefined) continue;
      const hint = new InlayHint(document.lineAt(line).range.end, label);
      hint.paddingLeft = true;
      hints.push(hint);
    }
    return hints;
  }
}

// SPDX-License-Identifier: MIT
// The heap as a whole, in the status bar.

import { MarkdownString, StatusBarAlignment, window } from 'vscode';
import type { Disposable } from 'vscode';

import type { SessionFigures } from '../pure/sessionFigures.ts';
import { exactBytes, exactChange, shortBytes, shortChange } from '../pure/units.ts';
import type { Units } from '../pure/units.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';

export class HeapStatus {
  readonly #item = window.createStatusBarItem('luaheat.heap', StatusBarAlignment.Left, -10);
  readonly #sessions: Sessions;
  readonly #settings: () => Settings;

  constructor(sessions: Sessions, settings: () => Settings) {
    this.#sessions = sessions;
    this.#settings = settings;
    this.#item.name = texts.statusName();
    this.#item.command = 'luaheat.showActions';
  }

  watch(): Disposable[] {
    return [this.#item];
  }

  refresh(): void {
    const figures = this.#sessions.shown?.figures;
    if (figures?.heap === undefined) {
      this.#item.hide();
      return;
    }
    const { units } = this.#settings();
    const { live, peak } = figures.heap;
    const change = figures.heapChange;
    const exact = [exactBytes(live), exactChange(change)] as const;
    this.#item.text = `$(flame) ${heapText(figures, units)}`;
    this.#item.tooltip = new MarkdownString(texts.statusTip(...exact, exactBytes(peak)));
    this.#item.accessibilityInformation = { label: texts.statusAccessible(...exact) };
    this.#item.show();
  }
}

/** "376 KB (+339 KB)" */
export function heapText(figures: SessionFigures, units: Units): string {
  const live = figures.heap?.live ?? 0;
  return texts.heapNow(shortBytes(live, units), shortChange(figures.heapChange, units));
}

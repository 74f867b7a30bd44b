// SPDX-License-Identifier: MIT
// The heap and its change since the last stop, in the status bar.

import { MarkdownString, StatusBarAlignment, window } from 'vscode';
import type { Disposable } from 'vscode';

import { exactBytes, exactChange, shortBytes, shortChange } from './pure/units.ts';
import type { Sessions } from './sessions.ts';
import type { Settings } from './settings.ts';
import { texts } from './texts.ts';

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
    this.#item.text = texts.status(shortBytes(live, units), shortChange(change, units));
    this.#item.tooltip = new MarkdownString(texts.statusTip(...exact, exactBytes(peak)));
    this.#item.accessibilityInformation = { label: texts.statusAccessible(...exact) };
    this.#item.show();
  }
}

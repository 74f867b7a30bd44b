// SPDX-License-Identifier: MIT
// The heap as a whole: in the status bar, and over time in the panel. The page of the timeline itself is
// webview/timeline.ts; it is given numbers and words, asks for nothing, and loads nothing but what came
// with the extension.

import { randomBytes, randomUUID } from 'node:crypto';

import { MarkdownString, StatusBarAlignment, Uri, window } from 'vscode';
import type { Disposable, Webview, WebviewView, WebviewViewProvider } from 'vscode';

import { timelineData } from '../pure/timeline.ts';
import type { HeapHistory } from '../pure/timeline.ts';
import { exactBytes, exactChange, shortBytes, shortChange } from '../pure/units.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { Settings } from '../settings.ts';
import { texts } from '../texts.ts';
import { Throttle } from '../throttle.ts';

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

// ---- The timeline. ----

const REFRESH_MS = 250;

export class TimelineView implements WebviewViewProvider {
  readonly #sessions: Sessions;
  readonly #settings: () => Settings;
  readonly #dist: Uri;
  readonly #throttle = new Throttle(REFRESH_MS, () => this.#send());
  #view: WebviewView | undefined;
  #run = ''; // any name of the program whose history this is
  #history: HeapHistory | undefined;

  constructor(sessions: Sessions, settings: () => Settings, extension: Uri) {
    this.#sessions = sessions;
    this.#settings = settings;
    this.#dist = Uri.joinPath(extension, 'dist');
  }

  watch(): Disposable[] {
    return [this.#throttle];
  }

  refresh(): void {
    if (this.#view?.visible) this.#throttle.soon();
  }

  resolveWebviewView(view: WebviewView): void {
    this.#view = view;
    view.webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    view.webview.onDidReceiveMessage(() => this.#send()); // it says that it is there
    view.onDidChangeVisibility(() => this.refresh());
    view.onDidDispose(() => (this.#view = undefined));
    view.webview.html = page(view.webview, this.#dist);
  }

  #send(): void {
    const history = this.#sessions.shown?.figures.history;
    const { units } = this.#settings();
    if (history !== this.#history) this.#run = randomUUID();
    this.#history = history;
    void this.#view?.webview.postMessage(timelineData(history, this.#run, units, texts.timelineWords()));
  }
}

function page(webview: Webview, dist: Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (name: string): string => webview.asWebviewUri(Uri.joinPath(dist, name)).toString();
  const policy = [
    "default-src 'none'",
    `style-src ${webview.cspSource} 'unsafe-inline'`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${file('timeline.css')}">
</head>
<body>
<p id="empty"></p>
<div id="chart" role="img"></div>
<script nonce="${nonce}" src="${file('timeline.js')}"></script>
</body>
</html>`;
}

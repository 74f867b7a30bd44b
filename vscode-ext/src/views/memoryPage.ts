// SPDX-License-Identifier: MIT
// The page Memory: in the panel, and in an editor if the user wants that. What stands in its tabs is theirs; the
// page itself is webview/page.tsx, which is given data and loads nothing but what came with the extension.

import { randomBytes, randomUUID } from 'node:crypto';

import { commands, Uri, ViewColumn, window } from 'vscode';
import type { Disposable, Event, Webview, WebviewPanel, WebviewPanelSerializer, WebviewView, WebviewViewProvider } from 'vscode';

import type { Commands } from '../commands.ts';
import { readMessage } from '../pure/page/page.ts';
import type { Content, PageData, PageMessage, TabId } from '../pure/page/page.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { Settings } from '../settings.ts';
import { pageTexts } from '../pageTexts.ts';
import { Throttle } from '../throttle.ts';
import { heapText } from './heap.ts';

export const MEMORY_VIEW = 'luaheat.memory';

/** What stands in one tab. */
export interface Tab {
  /** It has something else to show than figures tell. */
  readonly onDidChange?: Event<void>;
  /** Of now; asked while somebody sees it. */
  content(): Content;
  /** A row that opens later: its rows come with the content from then on. */
  open?(row: string): Promise<void>;
  /** It comes to be seen. */
  seen?(): void;
}

export type Tabs = Readonly<Record<TabId, Tab>>;

const REFRESH_MS = 250;

export class MemoryPage implements WebviewViewProvider, WebviewPanelSerializer {
  readonly #tabs: Tabs;
  readonly #sessions: Sessions;
  readonly #settings: () => Settings;
  readonly #dist: Uri;
  readonly #throttle = new Throttle(REFRESH_MS, () => this.#sendAll());
  readonly #names = new WeakMap<object, string>(); // of programs
  readonly #places = new Set<Place>();
  #first: TabId | undefined; // of the page that opens next
  #row: string | undefined; // that is to have the focus

  constructor(tabs: Tabs, sessions: Sessions, settings: () => Settings, extension: Uri) {
    this.#tabs = tabs;
    this.#sessions = sessions;
    this.#settings = settings;
    this.#dist = Uri.joinPath(extension, 'dist');
  }

  watch(): Disposable[] {
    return [
      this.#throttle,
      ...Object.values(this.#tabs).flatMap(({ onDidChange }: Tab) => onDidChange?.(() => this.refresh()) ?? []),
      window.registerWebviewViewProvider(MEMORY_VIEW, this),
      window.registerWebviewPanelSerializer(MEMORY_VIEW, this),
    ];
  }

  refresh(): void {
    if ([...this.#places].some(({ isVisible }) => isVisible())) this.#throttle.soon();
  }

  /** Where the page is seen or was opened last; else in the panel. The row gets the focus, if there is one. */
  async show(tab: TabId, row?: string): Promise<void> {
    this.#row = row;
    const place = [...this.#places].find(({ isVisible }) => isVisible()) ?? [...this.#places].at(-1);
    if (place === undefined) {
      this.#first = tab;
      await commands.executeCommand(`${MEMORY_VIEW}.focus`);
    } else {
      place.reveal();
      this.#turnTo(place, tab);
    }
  }

  openInEditor(): void {
    const panel = window.createWebviewPanel(MEMORY_VIEW, pageTexts.pageWords().title, { viewColumn: ViewColumn.Beside, preserveFocus: false });
    this.#showIn(panel);
  }

  resolveWebviewView(view: WebviewView): void {
    const place = this.#fill(view.webview, () => view.visible, () => view.show());
    view.onDidChangeVisibility(() => this.refresh());
    view.onDidDispose(() => this.#places.delete(place));
  }

  deserializeWebviewPanel(panel: WebviewPanel): Promise<void> {
    this.#showIn(panel);
    return Promise.resolve();
  }

  #showIn(panel: WebviewPanel): void {
    const place = this.#fill(panel.webview, () => panel.visible, () => panel.reveal());
    panel.onDidChangeViewState(() => this.refresh());
    panel.onDidDispose(() => this.#places.delete(place));
  }

  #fill(webview: Webview, isVisible: () => boolean, reveal: () => void): Place {
    const place = { webview, isVisible, reveal, tab: this.#first };
    this.#first = undefined;
    this.#places.add(place);
    webview.options = { enableScripts: true, localResourceRoots: [this.#dist] };
    webview.onDidReceiveMessage((message: unknown) => this.#take(place, readMessage(message)));
    webview.html = html(webview, this.#dist);
    return place;
  }

  #take(place: Place, message: PageMessage | undefined): void {
    if (message?.type === 'ready') this.#turnTo(place, place.tab ?? message.tab ?? 'lines');
    else if (message?.type === 'tab') this.#turnTo(place, message.tab);
    else if (message?.type === 'open') void this.#open(place, message.row);
    else if (message?.command.startsWith('luaheat.')) void commands.executeCommand(message.command, ...message.given);
  }

  async #open(place: Place, row: string): Promise<void> {
    await this.#tabs[place.tab ?? 'lines'].open?.(row);
    this.#send(place);
  }

  #turnTo(place: Place, tab: TabId): void {
    place.tab = tab;
    this.#tabs[tab].seen?.();
    this.#send(place);
  }

  #sendAll(): void {
    for (const place of this.#places) if (place.isVisible()) this.#send(place);
  }

  #send({ webview, tab = 'lines' }: Place): void {
    const run = this.#sessions.shown;
    const data: PageData = {
      run: run === undefined ? '' : this.#nameOf(run),
      tab,
      status: run === undefined ? '' : heapText(run.figures, this.#settings().units),
      content: this.#tabs[tab].content(),
      ...(this.#row !== undefined && { reveal: this.#row }),
      units: this.#settings().units,
      words: pageTexts.pageWords(),
    };
    void webview.postMessage(data);
    this.#row = undefined;
  }

  #nameOf(run: Run): string {
    const name = this.#names.get(run) ?? randomUUID();
    this.#names.set(run, name);
    return name;
  }
}

/** Where the page is. */
interface Place {
  readonly webview: Webview;
  readonly isVisible: () => boolean;
  readonly reveal: () => void;
  tab: TabId | undefined; // undefined: the page may remember it
}

export function memoryCommands(memory: MemoryPage): Commands {
  return {
    'luaheat.showMemory': () => memory.show('lines'),
    'luaheat.showMeasurements': () => memory.show('measurements'),
    'luaheat.showTimeline': () => memory.show('timeline'),
    'luaheat.showFlameGraph': () => memory.show('flame'),
    'luaheat.openMemory': () => memory.openInEditor(),
  };
}

function html(webview: Webview, dist: Uri): string {
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
<link rel="stylesheet" href="${file('page.css')}">
</head>
<body>
<div id="page"></div>
<script nonce="${nonce}" src="${file('page.js')}"></script>
</body>
</html>`;
}

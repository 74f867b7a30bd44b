// SPDX-License-Identifier: MIT
// The extension, as the page sees it, and what outlives the page while something else is shown.

import type { PageMessage, TabId } from '../pure/page/page.ts';

export interface Kept {
  readonly tab?: TabId;
  readonly run?: string;
  readonly parts?: Readonly<Record<string, unknown>>; // by tab
}

interface VsCode {
  postMessage(message: PageMessage): void;
  getState(): Kept | undefined;
  setState(kept: Kept): void;
}

declare function acquireVsCodeApi(): VsCode;

const code = acquireVsCodeApi();

export function say(message: PageMessage): void {
  code.postMessage(message);
}

export function act({ command, given }: { readonly command: string; readonly given: readonly unknown[] }): void {
  say({ type: 'act', command, given });
}

export function kept(): Kept {
  return code.getState() ?? {};
}

export function keep(change: Kept): void {
  code.setState({ ...kept(), ...change });
}

// SPDX-License-Identifier: MIT
// Where on the disk a document is, which is how programs name their sources.

import type { Uri } from 'vscode';

/** undefined if it only looks like a file: the older text in a comparison has the path of the newer. */
export function diskPath({ scheme, fsPath }: Uri): string | undefined {
  return scheme === 'file' ? fsPath : undefined;
}

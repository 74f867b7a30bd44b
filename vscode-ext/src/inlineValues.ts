// SPDX-License-Identifier: MIT
// Which variables' values VS Code shows at the end of lines while the program is stopped: each once, on
// the last line down to the stop that names it, so that there is room for other things beside.

import { InlineValueVariableLookup, Range } from 'vscode';
import type { InlineValue, InlineValueContext, InlineValuesProvider, TextDocument } from 'vscode';

import { inlineValueNames, lastOfEachName } from './pure/inlineValueNames.ts';

export class InlineValues implements InlineValuesProvider {
  provideInlineValues(document: TextDocument, viewPort: Range, { stoppedLocation }: InlineValueContext): InlineValue[] {
    const first = viewPort.start.line;
    const last = Math.min(viewPort.end.line, stoppedLocation.end.line, document.lineCount - 1);
    const lines = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => document.lineAt(first + index).text);
    return lastOfEachName(inlineValueNames(lines)).map(({ line, column, name }) => {
      const range = new Range(first + line, column, first + line, column + name.length);
      return new InlineValueVariableLookup(range, name, true);
    });
  }
}

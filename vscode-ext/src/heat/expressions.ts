// SPDX-License-Identifier: MIT
// Whose value VS Code shows where one points, while the program is stopped. It takes the place of hovers: without this one
// the last number of a line, whose value nobody wants to know, would hide what is told of the line's figures.

import { EvaluatableExpression, Range } from 'vscode';
import type { EvaluatableExpressionProvider, Position, TextDocument } from 'vscode';

import { expressionAt } from '../pure/expressionAt.ts';

export const pointedAt: EvaluatableExpressionProvider = {
  provideEvaluatableExpression(document: TextDocument, { line, character }: Position): EvaluatableExpression | undefined {
    const found = expressionAt(document.lineAt(line).text, character);
    return found && new EvaluatableExpression(new Range(line, found.column, line, found.end), found.expression);
  },
};

// SPDX-License-Identifier: MIT
// The colours of the chart, which are the theme's. Lines that are thin are dashed as well: no two are told apart by colour alone.

export interface Stroke {
  readonly colour: string;
  readonly width: number;
  readonly dash: number[]; // empty: none
}

export interface Colours {
  readonly text: string;
  readonly grid: string;
  readonly fill: string;
  readonly mark: string;
  readonly strokeOf: (series: string) => Stroke;
}

const STROKES: Readonly<Record<string, readonly [colour: string, dash: readonly number[]]>> = {
  table: ['charts-purple', [6, 3]],
  string: ['charts-green', [2, 2]],
  buffer: ['charts-yellow', [8, 3, 2, 3]],
  function: ['charts-orange', [3, 3]],
  proto: ['charts-red', [1, 3]],
  userdata: ['charts-purple', [1, 2]],
  thread: ['charts-green', [10, 4]],
  upvalue: ['charts-yellow', [4, 4]],
};

export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string, fallback: string): string => style.getPropertyValue(`--vscode-${name}`).trim() || fallback;
  const dim = (full: string, percent: number): string => `color-mix(in srgb, ${full} ${percent}%, transparent)`;
  const contrast = colour('contrastBorder', ''); // of high-contrast themes only
  const heap = colour('luaheat-heat4', 'orange');
  return {
    text: colour('foreground', 'gray'),
    grid: contrast === '' ? colour('editorWidget-border', 'gray') : dim(contrast, 35),
    fill: dim(heap, 18),
    mark: colour('luaheat-heat5', 'red'),
    strokeOf: (series) => {
      if (series === 'heap') return { colour: heap, width: 2, dash: [] };
      if (series === 'line') return { colour: colour('charts-blue', 'blue'), width: 2.5, dash: [] };
      const [name, dash] = STROKES[series] ?? ['foreground', [2, 4]];
      return { colour: colour(name, 'gray'), width: 1.5, dash: [...dash] };
    },
  };
}

// SPDX-License-Identifier: MIT
// The page of the heap timeline: draws what the extension sends, in the colours of the theme.

import uPlot from 'uplot';

import type { TimelineData } from '../pure/timelineData.ts';
import { exactBytes, shortBytes } from '../pure/units.ts';
import type { Units } from '../pure/units.ts';

declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

interface Colours {
  readonly text: string;
  readonly grid: string;
  readonly line: string;
  readonly fill: string;
  readonly mark: string;
}

const MARGIN = 8; // pixels around the chart
const MARK_RADIUS = 4;

let shown: TimelineData | undefined;
let chart: uPlot | undefined;

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no #${id}`);
  return found;
}

function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string, fallback: string): string =>
    style.getPropertyValue(`--vscode-${name}`).trim() || fallback;
  const line = colour('luaheat-heat4', 'orange');
  return {
    text: colour('foreground', 'gray'),
    grid: colour('contrastBorder', '') || colour('editorWidget-border', 'gray'),
    line,
    fill: `color-mix(in srgb, ${line} 18%, transparent)`,
    mark: colour('luaheat-heat5', 'red'),
  };
}

function size(): { width: number; height: number } {
  return {
    width: Math.max(200, window.innerWidth - 2 * MARGIN),
    height: Math.max(80, window.innerHeight - 2 * MARGIN - 28),
  };
}

/** Stops: a dashed line and a dot on the curve each. */
function drawMarks(plot: uPlot, data: TimelineData, { mark }: Colours): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = ctx.fillStyle = mark;
  ctx.lineWidth = ratio;
  for (const { time, live } of data.marks) {
    const x = plot.valToPos(time, 'x', true);
    const y = plot.valToPos(live, 'y', true);
    ctx.setLineDash([3 * ratio, 3 * ratio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(x, y, MARK_RADIUS * ratio, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}

function axis(label: string, theme: Colours, values: uPlot.Axis.Values, side: number): uPlot.Axis {
  const lines = { stroke: theme.grid, width: 1 };
  return { label, stroke: theme.text, grid: lines, ticks: lines, values, size: side, font: font(), labelFont: font() };
}

function font(): string {
  return `12px ${getComputedStyle(document.body).fontFamily}`;
}

function options(data: TimelineData, theme: Colours): uPlot.Options {
  const units = data.units as Units;
  return {
    ...size(),
    scales: { x: { time: false }, y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [
      axis(data.words.time, theme, (_plot, seconds) => seconds.map((second) => `${second} s`), 34),
      axis(data.words.heap, theme, (_plot, bytes) => bytes.map((byte) => shortBytes(byte, units)), 76),
    ],
    series: [
      { label: data.words.time, value: (_plot, second: number | null) => (second === null ? '' : `${second.toFixed(3)} s`) },
      {
        label: data.words.heap,
        stroke: theme.line,
        fill: theme.fill,
        width: 2,
        value: (_plot, bytes: number | null) => (bytes === null ? '' : exactBytes(bytes)),
        ...(uPlot.paths.stepped && { paths: uPlot.paths.stepped({ align: 1 }) }),
      },
    ],
    hooks: { draw: [(plot) => drawMarks(plot, data, theme)] },
  };
}

function draw(): void {
  chart?.destroy();
  chart = undefined;
  if (shown === undefined) return;
  const isEmpty = shown.times.length === 0;
  element('empty').textContent = isEmpty ? shown.words.empty : '';
  document.body.dataset['samples'] = String(shown.times.length);
  document.body.dataset['marks'] = shown.marks.map(({ label, live }) => `${label}: ${live}`).join('; ');
  if (!isEmpty) chart = new uPlot(options(shown, colours()), [[...shown.times], [...shown.heap]], element('chart'));
}

window.addEventListener('message', ({ data }: MessageEvent<TimelineData>) => {
  shown = data;
  draw();
});
window.addEventListener('resize', () => chart?.setSize(size()));
new MutationObserver(draw).observe(document.body, { attributes: true, attributeFilter: ['class'] });
acquireVsCodeApi().postMessage('ready');

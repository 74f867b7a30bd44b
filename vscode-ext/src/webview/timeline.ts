// SPDX-License-Identifier: MIT
// The page of the heap timeline: draws what the extension sends, in the colours of the theme.

import uPlot from 'uplot';

import { rangeAskedFor, zoomOf } from '../pure/timeline.ts';
import type { TimelineData, TimeRange } from '../pure/timeline.ts';
import { exactBytes, shortBytes } from '../pure/units.ts';
import type { Units } from '../pure/units.ts';

/** What outlives the page while the panel shows something else. */
interface Kept {
  readonly run: string;
  readonly zoom: TimeRange | undefined;
}

interface VsCode {
  postMessage(message: unknown): void;
  getState(): Kept | undefined;
  setState(kept: Kept): void;
}

declare function acquireVsCodeApi(): VsCode;

interface Colours {
  readonly text: string;
  readonly grid: string;
  readonly line: string;
  readonly fill: string;
  readonly mark: string;
}

const MARGIN = 8; // pixels around the chart
const MARK_RADIUS = 4;
const NUMBER_ROOM = 24; // no number of a stop is nearer to the one before

const code = acquireVsCodeApi();
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
  const dim = (full: string, percent: number): string => `color-mix(in srgb, ${full} ${percent}%, transparent)`;
  const line = colour('luaheat-heat4', 'orange');
  const contrast = colour('contrastBorder', ''); // of high-contrast themes only
  return {
    text: colour('foreground', 'gray'),
    grid: contrast === '' ? colour('editorWidget-border', 'gray') : dim(contrast, 35),
    line,
    fill: dim(line, 18),
    mark: colour('luaheat-heat5', 'red'),
  };
}

function size(): { width: number; height: number } {
  return {
    width: Math.max(200, window.innerWidth - 2 * MARGIN),
    height: Math.max(80, window.innerHeight - 2 * MARGIN - 28),
  };
}

/** Stops: a dashed line and a dot on the curve each, and their numbers where there is room. */
function drawMarks(plot: uPlot, data: TimelineData, theme: Colours): void {
  const { ctx } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.lineWidth = ratio;
  ctx.font = font(ratio);
  ctx.textAlign = 'center';
  let numbered = Number.NEGATIVE_INFINITY;
  for (const { time, live, stop } of data.marks) {
    const x = plot.valToPos(time, 'x', true);
    drawMark(plot, x, plot.valToPos(live, 'y', true), theme);
    if (x - numbered < NUMBER_ROOM * ratio) continue;
    numbered = x;
    ctx.fillStyle = theme.text;
    ctx.fillText(String(stop), x, plot.bbox.top - 4 * ratio);
  }
  ctx.restore();
}

function drawMark({ ctx, bbox }: uPlot, x: number, y: number, { mark }: Colours): void {
  const ratio = devicePixelRatio;
  ctx.strokeStyle = ctx.fillStyle = mark;
  ctx.setLineDash([3 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x, y, MARK_RADIUS * ratio, 0, 2 * Math.PI);
  ctx.fill();
}

function axis(label: string, theme: Colours, values: uPlot.Axis.Values, side: number): uPlot.Axis {
  const lines = { stroke: theme.grid, width: 1 };
  return { label, stroke: theme.text, grid: lines, ticks: lines, values, size: side, font: font(), labelFont: font() };
}

function font(ratio = 1): string {
  return `${12 * ratio}px ${getComputedStyle(document.body).fontFamily}`;
}

/** Asks for the data when it draws, which may be others by then. */
function options(data: () => TimelineData, theme: Colours): uPlot.Options {
  const units = (): Units => data().units as Units;
  const { words } = data();
  return {
    ...size(),
    scales: { x: { time: false, range: xRange }, y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [
      axis(words.time, theme, (_plot, seconds) => seconds.map((second) => `${second} s`), 34),
      axis(words.heap, theme, (_plot, bytes) => bytes.map((byte) => shortBytes(byte, units())), 76),
    ],
    series: [
      { label: words.time, value: (_plot, second: number | null) => `${(second ?? data().times.at(-1) ?? 0).toFixed(3)} s` },
      {
        label: words.heap,
        stroke: theme.line,
        fill: theme.fill,
        width: 2,
        value: (_plot, bytes: number | null) => exactBytes(bytes ?? data().heap.at(-1) ?? 0),
        ...(uPlot.paths.stepped && { paths: uPlot.paths.stepped({ align: 1 }) }),
      },
    ],
    hooks: { draw: [(plot) => drawMarks(plot, data(), theme)], setScale: [keepZoom] },
  };
}

function xRange({ data: [times] }: uPlot, from: number, to: number): uPlot.Range.MinMax {
  const { min, max } = rangeAskedFor(times, from, to);
  return [min, max];
}

function keepZoom({ data: [times], scales }: uPlot, key: string): void {
  const { min, max } = scales['x'] ?? {};
  if (key === 'x' && shown !== undefined && min != null && max != null)
    code.setState({ run: shown.run, zoom: zoomOf(times, { min, max }) });
}

/** For screen readers. */
function inWords({ words, marks }: TimelineData): string {
  return [words.heap, ...marks.map(({ stop, live }) => `${words.stop} ${stop}: ${exactBytes(live)}`)].join('; ');
}

/** Anew: the theme is another one, or there was nothing to draw. */
function create(data: TimelineData, zoom: TimeRange | undefined): void {
  chart = new uPlot(options(() => shown ?? data, colours()), columns(data), element('chart'));
  if (zoom !== undefined) chart.setScale('x', zoom);
}

/** What the user looks at stays. */
function update(plot: uPlot, data: TimelineData, zoom: TimeRange | undefined): void {
  plot.batch(() => {
    plot.setData(columns(data), zoom === undefined);
    if (zoom !== undefined) plot.setScale('x', zoom);
  });
}

function columns({ times, heap }: TimelineData): uPlot.AlignedData {
  return [[...times], [...heap]];
}

function draw(): void {
  if (shown === undefined) return;
  const isEmpty = shown.times.length === 0;
  element('empty').textContent = isEmpty ? shown.words.empty : '';
  element('chart').ariaLabel = inWords(shown);
  if (isEmpty) clear();
  else if (chart === undefined) create(shown, zoom());
  else update(chart, shown, zoom());
}

function clear(): void {
  chart?.destroy();
  chart = undefined;
}

/** Of another program all is shown. */
function zoom(): TimeRange | undefined {
  const kept = code.getState();
  return kept?.run === shown?.run ? kept?.zoom : undefined;
}

window.addEventListener('message', ({ data }: MessageEvent<TimelineData>) => {
  shown = data;
  draw();
});
window.addEventListener('resize', () => chart?.setSize(size()));
new MutationObserver(() => {
  clear();
  draw();
}).observe(document.body, { attributes: true, attributeFilter: ['class'] });
code.postMessage('ready');

// SPDX-License-Identifier: MIT
// The chart of the heap over time, in the colours of the theme.

import uPlot from 'uplot';

import { rangeAskedFor, zoomOf } from '../pure/timeline.ts';
import type { TimelineData, TimeRange } from '../pure/timeline.ts';
import { exactBytes, shortBytes } from '../pure/units.ts';
import type { Units } from '../pure/units.ts';

interface Colours {
  readonly text: string;
  readonly grid: string;
  readonly line: string;
  readonly fill: string;
  readonly mark: string;
}

const LEGEND = 28; // pixels below the chart
const MARK_RADIUS = 4;
const NUMBER_ROOM = 24; // no number of a stop is nearer to the one before

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

function xRange({ data: [times] }: uPlot, from: number, to: number): uPlot.Range.MinMax {
  const { min, max } = rangeAskedFor(times, from, to);
  return [min, max];
}

/** Asks for the data when it draws, which may be others by then. */
function options(data: () => TimelineData, theme: Colours, size: Size, keepZoom: (plot: uPlot, key: string) => void): uPlot.Options {
  const units = (): Units => data().units as Units;
  const { words } = data();
  return {
    ...size,
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

function columns({ times, heap }: TimelineData): uPlot.AlignedData {
  return [[...times], [...heap]];
}

/** For screen readers. */
export function inWords({ words, marks }: TimelineData): string {
  return [words.heap, ...marks.map(({ stop, live }) => `${words.stop} ${stop}: ${exactBytes(live)}`)].join('; ');
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The chart in an element. */
export class Chart {
  readonly #element: HTMLElement;
  readonly #keep: (zoom: TimeRange | undefined) => void;
  #shown: TimelineData | undefined;
  #plot: uPlot | undefined;

  /** `keep` takes what the user has zoomed to. */
  constructor(element: HTMLElement, keep: (zoom: TimeRange | undefined) => void) {
    this.#element = element;
    this.#keep = keep;
  }

  /** What the user looks at stays. */
  show(data: TimelineData, zoom: TimeRange | undefined): void {
    this.#shown = data;
    const plot = this.#plot;
    if (data.times.length === 0) this.clear();
    else if (plot === undefined) this.#create(data, zoom);
    else
      plot.batch(() => {
        plot.setData(columns(data), zoom === undefined);
        if (zoom !== undefined) plot.setScale('x', zoom);
      });
  }

  resize(): void {
    this.#plot?.setSize(this.#size());
  }

  clear(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #create(data: TimelineData, zoom: TimeRange | undefined): void {
    const keepZoom = ({ data: [times], scales }: uPlot, key: string): void => {
      const { min, max } = scales['x'] ?? {};
      if (key === 'x' && min != null && max != null) this.#keep(zoomOf(times, { min, max }));
    };
    this.#plot = new uPlot(options(() => this.#shown ?? data, colours(), this.#size(), keepZoom), columns(data), this.#element);
    if (zoom !== undefined) this.#plot.setScale('x', zoom);
  }

  #size(): Size {
    const { clientWidth, clientHeight } = this.#element;
    return { width: Math.max(200, clientWidth), height: Math.max(80, clientHeight - LEGEND) };
  }
}

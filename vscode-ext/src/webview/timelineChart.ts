// SPDX-License-Identifier: MIT
// The chart of the heap over time, in the colours of the theme.

import uPlot from 'uplot';

import { moveBy, nearestMark, rangeAskedFor, wholeRange, zoomBy, zoomOf } from '../pure/timeline.ts';
import type { TimelineData, TimelineMark, TimelineSeries, TimeRange } from '../pure/timeline.ts';
import { shortBytes } from '../pure/units.ts';
import type { Units } from '../pure/units.ts';
import { colours } from './timelineColours.ts';
import type { Colours } from './timelineColours.ts';
import { drawMarks } from './timelineMarks.ts';

const MARK_REACH = 8; // pixels on both sides
const DRAG = 3; // pixels; what moves less is a click
const WHEEL = 1.25;

/** What the user looks at. */
export interface Look {
  readonly zoom: TimeRange | undefined; // undefined: all
  readonly drawn: ReadonlySet<string>; // series
  readonly stop: number | undefined; // that is chosen
}

export interface ChartEvents {
  readonly onZoom: (zoom: TimeRange | undefined) => void;
  readonly onMark: (mark: TimelineMark) => void;
  readonly onPoint: (index: number | undefined) => void; // of the sample under the mouse
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The chart in an element. */
export class Chart {
  readonly #element: HTMLElement;
  readonly #events: ChartEvents;
  #data: TimelineData | undefined;
  #look: Look | undefined;
  #plot: uPlot | undefined;
  #ids = ''; // of the series that it has

  constructor(element: HTMLElement, events: ChartEvents) {
    this.#element = element;
    this.#events = events;
  }

  /** What the user looks at stays. */
  show(data: TimelineData, look: Look): void {
    this.#data = data;
    this.#look = look;
    const ids = data.series.map(({ id }) => id).join();
    if (data.times.length === 0 || ids !== this.#ids) this.clear();
    if (data.times.length === 0) return;
    this.#ids = ids;
    const plot = (this.#plot ??= this.#create(data));
    plot.batch(() => {
      plot.setData(columns(data), look.zoom === undefined);
      if (look.zoom !== undefined) plot.setScale('x', look.zoom);
      data.series.forEach(({ id }, index) => {
        if (plot.series[index + 1]?.show !== look.drawn.has(id)) plot.setSeries(index + 1, { show: look.drawn.has(id) });
      });
    });
  }

  zoomBy(factor: number): void {
    this.#go((range, whole) => zoomBy(range, whole, factor));
  }

  moveBy(part: number): void {
    this.#go((range, whole) => moveBy(range, whole, part));
  }

  showAll(): void {
    this.#go((_range, whole) => whole);
  }

  resize(): void {
    this.#plot?.setSize(this.#size());
  }

  clear(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #go(to: (range: TimeRange, whole: TimeRange) => TimeRange): void {
    const { min, max } = this.#plot?.scales['x'] ?? {};
    if (this.#plot === undefined || min == null || max == null) return;
    this.#plot.setScale('x', to({ min, max }, wholeRange(this.#plot.data[0])));
  }

  #create(data: TimelineData): uPlot {
    const theme = colours();
    const shown = (): TimelineData => this.#data ?? data;
    const plot = new uPlot({
      ...this.#size(),
      ...frame(shown, theme),
      series: [{}, ...data.series.map((series) => stroke(series, theme))],
      hooks: {
        draw: [(drawn) => drawMarks(drawn, shown().marks, this.#look?.stop, theme)],
        setScale: [(scaled, key) => this.#scaled(scaled, key)],
        setCursor: [({ cursor: { idx } }) => this.#events.onPoint(idx ?? undefined)],
      },
    }, columns(data), this.#element);
    this.#listen(plot);
    return plot;
  }

  #scaled({ data: [times], scales }: uPlot, key: string): void {
    const { min, max } = scales['x'] ?? {};
    if (key === 'x' && min != null && max != null) this.#events.onZoom(zoomOf(times, { min, max }));
  }

  #listen(plot: uPlot): void {
    let pressedAt = 0;
    const markAt = ({ offsetX }: MouseEvent): TimelineMark | undefined => {
      const reach = plot.posToVal(MARK_REACH, 'x') - plot.posToVal(0, 'x');
      return nearestMark(this.#data?.marks ?? [], plot.posToVal(offsetX, 'x'), reach);
    };
    plot.over.addEventListener('mousedown', ({ clientX }) => (pressedAt = clientX));
    plot.over.addEventListener('mousemove', (event) => (plot.over.style.cursor = markAt(event) === undefined ? '' : 'pointer'));
    plot.over.addEventListener('click', (event) => {
      const mark = Math.abs(event.clientX - pressedAt) < DRAG ? markAt(event) : undefined;
      if (mark !== undefined) this.#events.onMark(mark);
    });
    plot.over.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.#go((range, whole) => zoomBy(range, whole, event.deltaY < 0 ? 1 / WHEEL : WHEEL, plot.posToVal(event.offsetX, 'x')));
    });
  }

  #size(): Size {
    const { clientWidth, clientHeight } = this.#element;
    return { width: Math.max(160, clientWidth), height: Math.max(80, clientHeight) };
  }
}

/** All but the series. Asks for the data when it draws, which may be others by then. */
function frame(data: () => TimelineData, theme: Colours): Omit<uPlot.Options, 'series' | 'width' | 'height'> {
  const units = (): Units => data().units as Units;
  return {
    legend: { show: false },
    cursor: { y: false },
    scales: { x: { time: false, range: xRange }, y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [
      axis(theme, (_plot, seconds) => seconds.map((second) => `${second} s`), 26),
      axis(theme, (_plot, bytes) => bytes.map((byte) => shortBytes(byte, units())), 66),
    ],
  };
}

function stroke({ id, label }: TimelineSeries, { strokeOf, fill }: Colours): uPlot.Series {
  const { colour, width, dash } = strokeOf(id);
  return {
    label,
    stroke: colour,
    width,
    dash,
    points: { show: false },
    ...(id === 'heap' && { fill }),
    ...(uPlot.paths.stepped && { paths: uPlot.paths.stepped({ align: 1 }) }),
  };
}

function axis(theme: Colours, values: uPlot.Axis.Values, side: number): uPlot.Axis {
  const lines = { stroke: theme.grid, width: 1 };
  return { stroke: theme.text, grid: lines, ticks: lines, values, size: side, font: `12px ${getComputedStyle(document.body).fontFamily}` };
}

function xRange({ data: [times] }: uPlot, from: number, to: number): uPlot.Range.MinMax {
  const { min, max } = rangeAskedFor(times, from, to);
  return [min, max];
}

function columns({ times, series }: TimelineData): uPlot.AlignedData {
  return [[...times], ...series.map(({ values }) => [...values])];
}

// SPDX-License-Identifier: MIT
// The tab with the heap over time: the chart, which series it draws, and the stops.

import { useEffect, useRef, useState } from 'preact/hooks';

import { drawnSeries } from '../pure/timeline.ts';
import type { TimelineData, TimelineMark, TimelineSeries, TimeRange } from '../pure/timeline.ts';
import { exactBytes, shortBytes } from '../pure/units.ts';
import type { Units } from '../pure/units.ts';
import { act } from './host.ts';
import { focusAt, moveTo } from './keyboard.ts';
import { usePart } from './part.ts';
import { Chart } from './timelineChart.ts';
import { colours } from './timelineColours.ts';

interface Chosen {
  readonly zoom?: TimeRange | undefined;
  readonly toggled: readonly string[]; // series
  readonly stop?: number | undefined;
}

interface TimelineProps {
  readonly timeline: TimelineData;
  readonly run: string;
}

export function Timeline({ timeline, run }: TimelineProps) {
  const [chosen, choose] = usePart<Chosen>(run, 'timeline', { toggled: [] });
  const [point, setPoint] = useState<number>();
  const goTo = (mark: TimelineMark): void => {
    choose({ stop: mark.stop });
    if (mark.place?.path !== undefined) act({ command: 'luaheat.goToLine', given: [mark.place.path, mark.place.line] });
  };
  const drawn = drawnSeries(timeline.series, chosen.toggled);
  const [element, chart] = useChart(timeline, { zoom: chosen.zoom, drawn, stop: chosen.stop }, {
    onZoom: (zoom) => choose({ zoom }),
    onMark: goTo,
    onPoint: setPoint,
  });
  const toggle = (id: string): void => choose({ toggled: chosen.toggled.includes(id) ? chosen.toggled.filter((other) => other !== id) : [...chosen.toggled, id] });
  const isEmpty = timeline.times.length === 0;
  return (
    <>
      {isEmpty && <p class="message">{timeline.words.empty}</p>}
      {!isEmpty && <Tools timeline={timeline} chart={chart} isZoomed={chosen.zoom !== undefined} />}
      {!isEmpty && <Legend timeline={timeline} drawn={drawn} toggle={toggle} point={point} />}
      <div class="timeline">
        <div id="chart" role="application" aria-label={inWords(timeline)} tabIndex={isEmpty ? -1 : 0} ref={element} onKeyDown={(event) => onChartKey(event, chart.current)} />
        {timeline.marks.length > 0 && <Stops timeline={timeline} chosen={chosen.stop} goTo={goTo} />}
      </div>
    </>
  );
}

/** Drawn anew when the theme changes, and fitted when its element does. */
function useChart(timeline: TimelineData, look: Parameters<Chart['show']>[1], events: ConstructorParameters<typeof Chart>[1]) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart>(undefined);
  const latest = useRef({ timeline, look, events });
  latest.current = { timeline, look, events };
  const show = (): void => chart.current?.show(latest.current.timeline, latest.current.look);
  useEffect(() => {
    if (element.current === null) return undefined;
    const made = new Chart(element.current, {
      onZoom: (zoom) => latest.current.events.onZoom(zoom),
      onMark: (mark) => latest.current.events.onMark(mark),
      onPoint: (index) => latest.current.events.onPoint(index),
    });
    chart.current = made;
    const resized = new ResizeObserver(() => made.resize());
    resized.observe(element.current);
    const themed = new MutationObserver(() => {
      made.clear();
      show();
    });
    themed.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    return () => {
      resized.disconnect();
      themed.disconnect();
      made.clear();
    };
  }, []);
  useEffect(show, [timeline, look.zoom?.min, look.zoom?.max, [...look.drawn].join(), look.stop]);
  return [element, chart] as const;
}

const NEARER = 0.5;
const ASIDE = 0.25;

function onChartKey(event: KeyboardEvent, chart: Chart | undefined): void {
  const does: Readonly<Record<string, () => void>> = {
    '+': () => chart?.zoomBy(NEARER),
    '-': () => chart?.zoomBy(1 / NEARER),
    ArrowLeft: () => chart?.moveBy(-ASIDE),
    ArrowRight: () => chart?.moveBy(ASIDE),
    Home: () => chart?.showAll(),
  };
  const action = does[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
}

function Tools({ timeline: { words, lines, line }, chart, isZoomed }: { readonly timeline: TimelineData; readonly chart: { readonly current: Chart | undefined }; readonly isZoomed: boolean }) {
  return (
    <div class="toolbar">
      <label>
        {words.line}
        <select aria-label={words.line} value={line} onChange={({ currentTarget }) => act({ command: 'luaheat.drawLine', given: [currentTarget.value] })}>
          <option value="">{words.noLine}</option>
          {lines.map(({ key, label }) => <option key={key} value={key}>{label}</option>)}
        </select>
      </label>
      <button class="action" onClick={() => chart.current?.zoomBy(NEARER)}>{words.zoomIn}</button>
      <button class="action" disabled={!isZoomed} onClick={() => chart.current?.zoomBy(1 / NEARER)}>{words.zoomOut}</button>
      <button class="action" disabled={!isZoomed} onClick={() => chart.current?.showAll()}>{words.zoomAll}</button>
    </div>
  );
}

interface LegendProps {
  readonly timeline: TimelineData;
  readonly drawn: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  readonly point: number | undefined; // a sample; undefined: the last
}

/** What each was at the moment under the mouse, or is now. */
function Legend({ timeline: { times, series, words, units }, drawn, toggle, point }: LegendProps) {
  const at = point ?? times.length - 1;
  const { strokeOf } = colours();
  const figure = ({ id, values }: TimelineSeries): string => {
    const bytes = values[at];
    if (bytes == null) return '–';
    return id === 'heap' ? exactBytes(bytes) : shortBytes(bytes, units as Units);
  };
  return (
    <div class="legend">
      <span class="time">{words.time} {(times[at] ?? 0).toFixed(3)} s</span>
      {series.map((each) => {
        const { colour, width, dash } = strokeOf(each.id);
        return (
          <button key={each.id} class="series" aria-pressed={drawn.has(each.id)} onClick={() => toggle(each.id)}>
            <svg width="22" height="10" aria-hidden="true"><line x1="0" x2="22" y1="5" y2="5" stroke={colour} stroke-width={width + 1} stroke-dasharray={dash.join()} /></svg>
            {each.label} <span class="figure">{figure(each)}</span>
          </button>
        );
      })}
    </div>
  );
}

/** Each leads to its line. */
function Stops({ timeline: { marks, words, units }, chosen, goTo }: { readonly timeline: TimelineData; readonly chosen: number | undefined; readonly goTo: (mark: TimelineMark) => void }) {
  const active = Math.max(0, marks.findIndex(({ stop }) => stop === chosen));
  const [at, setAt] = useState(active);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moveTo(event.key, at, marks.length, ['ArrowUp', 'ArrowDown']);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    focusAt(`mark-${marks[next]?.stop ?? 0}`);
  };
  return (
    <ul class="marks" aria-label={words.stops} onKeyDown={onKeyDown}>
      {marks.map((mark, index) => (
        <li key={mark.stop}>
          <button id={`mark-${mark.stop}`} class="mark" tabIndex={index === Math.min(at, marks.length - 1) ? 0 : -1} aria-current={mark.stop === chosen} onFocus={() => setAt(index)} onClick={() => goTo(mark)}>
            <span class="number">{mark.stop}</span> {markPlace(mark)} <span class="figure">{shortBytes(mark.live, units as Units)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function markPlace({ place }: TimelineMark): string {
  return place === undefined ? '' : `${place.name}:${place.line}`;
}

/** For screen readers. */
function inWords({ words, marks }: TimelineData): string {
  return [words.heap, ...marks.map((mark) => `${words.stop} ${mark.stop}: ${exactBytes(mark.live)} ${markPlace(mark)}`.trim())].join('; ');
}

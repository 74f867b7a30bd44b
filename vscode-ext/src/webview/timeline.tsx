// SPDX-License-Identifier: MIT
// The tab with the heap over time.

import { useEffect, useRef } from 'preact/hooks';

import type { TimelineData, TimeRange } from '../pure/timeline.ts';
import { keep, kept } from './host.ts';
import { Chart, inWords } from './timelineChart.ts';

/** Of another program all is shown. */
function zoomOfRun(run: string): TimeRange | undefined {
  return kept().run === run ? (kept().parts?.['timeline'] as TimeRange | undefined) : undefined;
}

export function Timeline({ timeline, run }: { readonly timeline: TimelineData; readonly run: string }) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart>(undefined);
  const show = (): void => chart.current?.show(timeline, zoomOfRun(run));
  useEffect(() => {
    if (element.current === null) return undefined;
    const own = new Chart(element.current, (zoom) => keep({ run, parts: { ...(kept().run === run && kept().parts), timeline: zoom } }));
    chart.current = own;
    const resized = new ResizeObserver(() => own.resize());
    resized.observe(element.current);
    return () => {
      resized.disconnect();
      own.clear();
    };
  }, [run]);
  useEffect(show);
  useEffect(() => {
    const themed = new MutationObserver(() => {
      chart.current?.clear();
      show();
    });
    themed.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    return () => themed.disconnect();
  });
  const isEmpty = timeline.times.length === 0;
  return (
    <>
      {isEmpty && <p class="message">{timeline.words.empty}</p>}
      <div id="chart" role="img" aria-label={inWords(timeline)} ref={element} />
    </>
  );
}

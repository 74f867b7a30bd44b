// SPDX-License-Identifier: MIT
// Stops on the chart: a dashed line and a dot on the curve each, and their numbers where there is room.

import type uPlot from 'uplot';

import type { TimelineMark } from '../pure/timeline.ts';
import type { Colours } from './timelineColours.ts';

const RADIUS = 4; // pixels
const NUMBER_ROOM = 24; // no number of a stop is nearer to the one before

/** `chosen`: a stop. */
export function drawMarks(plot: uPlot, marks: readonly TimelineMark[], chosen: number | undefined, theme: Colours): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = `${12 * ratio}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textAlign = 'center';
  let numbered = Number.NEGATIVE_INFINITY;
  for (const { time, live, stop } of marks) {
    const x = plot.valToPos(time, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    drawMark(plot, x, plot.valToPos(live, 'y', true), stop === chosen, theme);
    if (x - numbered < NUMBER_ROOM * ratio && stop !== chosen) continue;
    numbered = x;
    ctx.fillStyle = theme.text;
    ctx.fillText(String(stop), x, bbox.top - 4 * ratio);
  }
  ctx.restore();
}

function drawMark({ ctx, bbox }: uPlot, x: number, y: number, isChosen: boolean, { mark }: Colours): void {
  const ratio = devicePixelRatio;
  ctx.lineWidth = (isChosen ? 2 : 1) * ratio;
  ctx.strokeStyle = ctx.fillStyle = mark;
  ctx.setLineDash(isChosen ? [] : [3 * ratio, 3 * ratio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x, y, (isChosen ? RADIUS + 2 : RADIUS) * ratio, 0, 2 * Math.PI);
  ctx.fill();
}

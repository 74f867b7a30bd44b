// SPDX-License-Identifier: MIT
// The tab of the lines, the hottest first; also what of it can be copied.

import type { Place } from '../pure/answers.ts';
import { hottestLines } from '../pure/heat.ts';
import { isSuspect } from '../pure/measurements.ts';
import { metricOf, offeredMetrics } from '../pure/metrics.ts';
import type { Metric } from '../pure/metrics.ts';
import type { Content } from '../pure/page/page.ts';
import { linesTable } from '../pure/page/lines.ts';
import type { Choices } from '../pure/page/table.ts';
import { SessionFigures } from '../pure/sessionFigures.ts';
import type { Run, Sessions } from '../sessions/sessions.ts';
import type { SourceLines } from '../sessions/sourceLines.ts';
import { choicesOf, metricTitle } from '../settings.ts';
import type { Settings } from '../settings.ts';
import { pageTexts } from '../pageTexts.ts';
import { lineButtons } from '../views/lineButtons.ts';
import type { Tab } from '../views/memoryPage.ts';

export class LinesTab implements Tab {
  readonly #sessions: Sessions;
  readonly #sources: SourceLines;
  readonly #settings: () => Settings;

  constructor(sessions: Sessions, sources: SourceLines, settings: () => Settings) {
    this.#sessions = sessions;
    this.#sources = sources;
    this.#settings = settings;
  }

  content(): Content {
    const run = this.#sessions.shown;
    const figures = run?.figures ?? new SessionFigures();
    const { metric: id, threshold } = this.#settings();
    const metric = metricOf(id, figures);
    const table = linesTable(figures, {
      metric,
      threshold,
      words: pageTexts.linesWords(metricTitle(metric.id, figures), run !== undefined),
      lineNow: (place) => this.#sources.lineNow(run, place),
      buttonsOf: lineButtons(run),
      isSuspect: suspectsOf(run),
      choices: metricChoices(metric, figures),
    });
    return { kind: 'table', table };
  }

  /** As text, a line each: bytes, allocations, source, line. */
  asText(): readonly string[] {
    const run = this.#sessions.shown;
    if (run === undefined) return [];
    const { metric: id, threshold } = this.#settings();
    const metric = metricOf(id, run.figures);
    return hottestLines(run.figures, metric, threshold).flatMap(({ source: { name, path }, lines }) =>
      lines.map(({ figures, bytes }) =>
        [bytes, metric.allocations(figures) ?? '', path ?? name, this.#sources.lineNow(run, { path, line: figures.line }).line].join('\t')),
    );
  }
}

/** What the figures of lines are, as the setting offers it. */
function metricChoices(metric: Metric, figures: SessionFigures): Choices {
  const options = choicesOf('luaheat.heat.metric').filter(({ value }) => offeredMetrics(figures).some(({ id }) => id === value));
  return { command: 'luaheat.setMetric', all: [{ id: 'metric', title: pageTexts.shows(), value: metric.id, options }] };
}

function suspectsOf(run: Run | undefined): (place: Place) => boolean {
  const key = ({ path, name, line }: Place): string => `${path ?? `:${name}`}:${line}`;
  const suspects = new Set(run?.measurements.flatMap(({ lines }) => lines.filter(isSuspect).map(key)));
  return (place) => suspects.has(key(place));
}

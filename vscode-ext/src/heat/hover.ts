// SPDX-License-Identifier: MIT
// The hover of a line with figures: all of them, exact, and what one can do about the line.

import { Hover, MarkdownString } from 'vscode';
import type { HoverProvider, Position, TextDocument, Uri } from 'vscode';

import { suspicionText } from '../measuring/measuring.ts';
import type { Caller } from '../pure/callees.ts';
import { commandLink, plainText } from '../pure/commandLinks.ts';
import { hasHappened } from '../pure/figures.ts';
import type { HotLine, RankedLine } from '../pure/heat.ts';
import type { Suspicion } from '../pure/measurements.ts';
import { bytesText } from '../pure/metrics.ts';
import type { LineFigures } from '../pure/sessionFigures.ts';
import { hoverTable } from '../pure/tables.ts';
import { exactBytes, exactChange } from '../pure/units.ts';
import { metricTitle } from '../settings.ts';
import { texts } from '../texts.ts';
import type { DocumentHeat, DocumentHeats } from './documentHeat.ts';

const COMMANDS = ['luaheat.revealLine', 'luaheat.whyAlive', 'luaheat.breakOnGrowth', 'luaheat.toggleBreakpoint', 'luaheat.showTimeline', 'luaheat.measureFromHere', 'luaheat.measureToHere', 'luaheat.lapHere'];

export class HeatHover implements HoverProvider {
  readonly #heats: DocumentHeats;

  constructor(heats: DocumentHeats) {
    this.#heats = heats;
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const heat = this.#heats.of(document);
    const told = heat === undefined ? undefined : whatIsTold(heat, position.line + 1);
    if (heat === undefined || told === undefined) return undefined;
    const { hot, caller, suspicions } = told, figures = whoseFigures(heat, told);
    const text = new MarkdownString('', true);
    text.isTrusted = { enabledCommands: COMMANDS };
    if (hot !== undefined) addTitle(text, heat, hot);
    if (caller !== undefined) addBelow(text, heat, caller);
    if (hot?.isEarlier === true) text.appendMarkdown(`$(history) ${texts.hoverEarlier()}\n\n`);
    if (heat.isOlder) text.appendMarkdown(`$(warning) ${texts.hoverOlder()}\n\n`);
    for (const suspicion of suspicions) text.appendMarkdown(`${suspicionText(suspicion)}\n\n`);
    addLinks(text, views(heat, figures?.line));
    addLinks(text, breakpoints(heat, document.uri, position.line));
    addLinks(text, measuring(heat, document.uri, position.line));
    if (figures !== undefined) text.appendMarkdown(hoverTable(figures, texts.hoverWords()));
    return new Hover(text, document.lineAt(position.line).range);
  }
}

interface Told {
  readonly hot: RankedLine | undefined;
  readonly caller: Caller | undefined;
  readonly suspicions: readonly Suspicion[];
}

/** undefined: nothing is. */
function whatIsTold(heat: DocumentHeat, line: number): Told | undefined {
  const told = { hot: heat.at(line), caller: heat.callerAt(line), suspicions: heat.suspicionsAt(line) };
  const isHot = told.hot !== undefined && hasHappened(told.hot.figures.now);
  return isHot || told.caller !== undefined || told.suspicions.length > 0 ? told : undefined;
}

/** Those of the table: of now, though heat may be of the interval before. */
function whoseFigures({ source }: DocumentHeat, { hot, caller }: Told): LineFigures | undefined {
  return hot?.isEarlier === true ? source.lines.get(hot.line) : (hot ?? caller)?.figures;
}

function addBelow(text: MarkdownString, { metric }: DocumentHeat, { below }: Caller): void {
  if (below > 0) text.appendMarkdown(`$(call-outgoing) ${texts.hoverBelow(bytesText(below, metric, 'bytes'))}\n\n`);
}

function addTitle(text: MarkdownString, { metric, run }: DocumentHeat, { bytes, level }: HotLine): void {
  const figure = metric.isChange ? exactChange(bytes) : exactBytes(bytes);
  const heat = level > 0 ? ` · ${texts.level(level)}` : '';
  text.appendMarkdown(`$(flame) ${texts.hoverTitle(figure, plainText(metricTitle(metric.id, run.figures)))}${heat}

`);
}

function addLinks(text: MarkdownString, links: readonly string[]): void {
  text.appendMarkdown(`${links.join(' &nbsp; ')}\n\n`);
}

/** What shows more of the line. */
function views({ run, source: { name, path } }: DocumentHeat, line: number | undefined): string[] {
  const timeline = link('graph-line', texts.hoverTimeline(), texts.hoverTimelineTip(), 'luaheat.showTimeline', []);
  if (line === undefined) return [timeline];
  const all = [link('list-ordered', texts.hoverReveal(), texts.hoverRevealTip(), 'luaheat.revealLine', [path, line]), timeline];
  const request = { place: { name, path, line }, sessionId: run.session.id };
  if (run.isStopped && !run.hasEnded && run.can('retainers'))
    all.push(link('references', texts.hoverWhyAlive(), texts.hoverWhyAliveTip(), 'luaheat.whyAlive', [request]));
  return all;
}

/** What makes the program stop at the line. */
function breakpoints({ run }: DocumentHeat, uri: Uri, line: number): string[] {
  const all = [link('debug-breakpoint', texts.hoverBreakpoint(), texts.hoverBreakpointTip(), 'luaheat.toggleBreakpoint', [uri, line])];
  if (run.can('memoryBreakpoints'))
    all.push(link('debug-breakpoint-conditional', texts.hoverBreakOnGrowth(), texts.hoverBreakOnGrowthTip(), 'luaheat.breakOnGrowth', [{ uri, lineNumber: line + 1 }]));
  return all;
}

function measuring({ run }: DocumentHeat, uri: Uri, line: number): string[] {
  const given = [{ uri, lineNumber: line + 1 }];
  if (!run.can('measurements')) return [];
  return [
    link('watch', texts.hoverMeasure(), texts.hoverMeasureTip(), 'luaheat.measureFromHere', given),
    link('debug-step-out', texts.hoverMeasureTo(), texts.hoverMeasureToTip(), 'luaheat.measureToHere', given),
    link('sync', texts.hoverLap(), texts.hoverLapTip(), 'luaheat.lapHere', given),
  ];
}

function link(icon: string, title: string, tip: string, command: string, given: readonly unknown[]): string {
  return commandLink({ icon, title, tip, command, given });
}

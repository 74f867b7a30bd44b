// SPDX-License-Identifier: MIT
// The hover of a line with figures: all of them, exact, and what one can do about the line.

import { Hover, Location, MarkdownString, Position } from 'vscode';
import type { HoverProvider, TextDocument, Uri } from 'vscode';

import { lapBreakpoint } from '../breakpoints/sourceBreakpoints.ts';
import { suspicionText } from '../measuring/measuring.ts';
import { commandLink, plainText } from '../pure/commandLinks.ts';
import { hasHappened } from '../pure/figures.ts';
import type { HotLine } from '../pure/heat.ts';
import { hoverTable } from '../pure/tables.ts';
import { exactBytes, exactChange } from '../pure/units.ts';
import { metricTitle } from '../settings.ts';
import { texts } from '../texts.ts';
import type { DocumentHeat, DocumentHeats } from './documentHeat.ts';

const COMMANDS = ['luaheat.revealLine', 'luaheat.whyAlive', 'luaheat.breakOnGrowth', 'luaheat.toggleBreakpoint', 'luaheat.showTimeline', 'luaheat.measureFromHere'];

export class HeatHover implements HoverProvider {
  readonly #heats: DocumentHeats;

  constructor(heats: DocumentHeats) {
    this.#heats = heats;
  }

  provideHover(document: TextDocument, position: Position): Hover | undefined {
    const heat = this.#heats.of(document);
    const hot = heat?.at(position.line + 1);
    const suspicions = heat?.suspicionsAt(position.line + 1) ?? [];
    const isHot = hot !== undefined && hasHappened(hot.figures.now);
    if (heat === undefined || (!isHot && suspicions.length === 0)) return undefined;
    const text = new MarkdownString('', true);
    text.isTrusted = { enabledCommands: COMMANDS };
    if (hot !== undefined) addTitle(text, heat, hot);
    if (heat.isOlder) text.appendMarkdown(`$(warning) ${texts.hoverOlder()}\n\n`);
    for (const suspicion of suspicions) text.appendMarkdown(`${suspicionText(suspicion)}\n\n`);
    addLinks(text, views(heat, hot));
    addLinks(text, breakpoints(heat, document.uri, position.line));
    if (hot !== undefined) text.appendMarkdown(hoverTable(hot.figures, texts.hoverWords()));
    return new Hover(text, document.lineAt(position.line).range);
  }
}

function addTitle(text: MarkdownString, { metric }: DocumentHeat, { bytes }: HotLine): void {
  const figure = metric.isChange ? exactChange(bytes) : exactBytes(bytes);
  text.appendMarkdown(`$(flame) ${texts.hoverTitle(figure, plainText(metricTitle(metric.id)))}\n\n`);
}

function addLinks(text: MarkdownString, links: readonly string[]): void {
  text.appendMarkdown(`${links.join(' &nbsp; ')}\n\n`);
}

/** What shows more of the line. */
function views({ run, source: { name, path } }: DocumentHeat, hot: HotLine | undefined): string[] {
  const timeline = link('graph-line', texts.hoverTimeline(), texts.hoverTimelineTip(), 'luaheat.showTimeline', []);
  if (hot === undefined) return [timeline];
  const all = [link('list-ordered', texts.hoverReveal(), texts.hoverRevealTip(), 'luaheat.revealLine', [path, hot.line]), timeline];
  const request = { place: { name, path, line: hot.line }, sessionId: run.session.id };
  if (run.isStopped && !run.hasEnded && run.can('retainers'))
    all.push(link('references', texts.hoverWhyAlive(), texts.hoverWhyAliveTip(), 'luaheat.whyAlive', [request]));
  return all;
}

/** What makes the program stop, or measure, at the line. */
function breakpoints({ run }: DocumentHeat, uri: Uri, line: number): string[] {
  const all = [link('debug-breakpoint', texts.hoverBreakpoint(), texts.hoverBreakpointTip(), 'luaheat.toggleBreakpoint', [uri, line])];
  if (run.can('memoryBreakpoints'))
    all.push(link('debug-breakpoint-conditional', texts.hoverBreakOnGrowth(), texts.hoverBreakOnGrowthTip(), 'luaheat.breakOnGrowth', [{ uri, lineNumber: line + 1 }]));
  if (run.can('measure') && lapBreakpoint(new Location(uri, new Position(line, 0))) !== undefined)
    all.push(link('watch', texts.hoverMeasure(), texts.hoverMeasureTip(), 'luaheat.measureFromHere', [uri, line]));
  return all;
}

function link(icon: string, title: string, tip: string, command: string, given: readonly unknown[]): string {
  return commandLink({ icon, title, tip, command, given });
}

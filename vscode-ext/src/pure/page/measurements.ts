// SPDX-License-Identifier: MIT
// What was measured: of each measurement the causes of what it keeps, its other lines and its last windows, which
// open into what their lines grew by. What a window keeps comes first everywhere.

import type { Place } from '../answers.ts';
import { isSuspect } from '../measurements.ts';
import type { Cause, MeasuredFigures, MeasuredLine, MeasuredWindow, Measurement } from '../measurements.ts';
import { goTo } from './table.ts';
import type { Button, Cell, Column, Row, Table } from './table.ts';

export interface MeasurementsWords {
  readonly title: string;
  readonly name: string;
  readonly retained: string;
  readonly retainedTip: string;
  readonly growth: string;
  readonly allocated: string;
  readonly freed: string;
  readonly trend: string;
  readonly trendTip: string;
  readonly course: string;
  readonly note: string;
  readonly nothing: string;
  readonly otherLines: string;
  readonly windows: string;
  readonly heldNowhere: string;
  readonly windowsOf: (windows: number, open: number) => string;
  readonly windowName: (window: number) => string;
  readonly windowHeap: (heap: number) => string;
  readonly confidence: (word: string) => string;
  readonly lap: string;
  readonly forget: string;
}

export interface MeasurementsSeen {
  readonly words: MeasurementsWords;
  readonly lineNow: (place: Place) => { readonly line: number; readonly text: string };
  readonly buttonsOf: (place: Place) => readonly Button[];
  readonly canAct: boolean; // the program is still there
}

export function measurementsTable(measurements: readonly Measurement[], seen: MeasurementsSeen): Table {
  const { words } = seen;
  const isNothing = measurements.length === 0;
  return {
    title: words.title,
    message: isNothing ? words.nothing : measurements.map(({ name, summary }) => (summary === '' ? '' : `${name}: ${summary}`)).filter((line) => line !== '').join('\n'),
    columns: isNothing ? [] : columns(words),
    rows: measurements.map((measurement) => measurementRow(measurement, seen)),
    sort: { column: 'retained', descending: true },
    byFile: false,
    buttons: seen.canAct ? [{ title: words.lap, command: 'luaheat.lapMeasurement', given: [] }] : [],
  };
}

function columns(words: MeasurementsWords): readonly Column[] {
  return [
    { id: 'name', title: words.name, kind: 'name', isWide: true },
    { id: 'retained', title: words.retained, kind: 'bytes', tip: words.retainedTip, hasBars: true },
    { id: 'growth', title: words.growth, kind: 'change' },
    { id: 'course', title: words.course, kind: 'chart' },
    { id: 'note', title: words.note, kind: 'text' },
    { id: 'trend', title: words.trend, kind: 'change', tip: words.trendTip },
    { id: 'allocated', title: words.allocated, kind: 'bytes' },
    { id: 'freed', title: words.freed, kind: 'bytes' },
  ];
}

function measurementRow(measurement: Measurement, seen: MeasurementsSeen): Row {
  const { name, windows, open, figures, recent, lines, causes } = measurement;
  const { words } = seen;
  const given = [{ measurement: { name } }];
  return {
    id: name,
    cells: { name, ...cellsOf(figures), course: lastOf(recent.map(({ growth }) => growth)), note: words.windowsOf(windows, open) },
    mark: 'group',
    isOpen: true,
    rows: [
      ...causes.map((cause, index) => causeRow(measurement, cause, index, seen)),
      ...group(`${name}\nlines`, words.otherLines, lines.filter((line) => !isSuspect(line)).map((line) => lineRow(name, line, seen)), causes.length === 0),
      ...group(`${name}\nwindows`, words.windows, recent.map((window, index) => windowRow(measurement, window, index, seen)), false),
    ],
    ...(seen.canAct && {
      buttons: [
        { title: words.lap, command: 'luaheat.lapMeasurement', given },
        { title: words.forget, command: 'luaheat.clearMeasurement', given },
      ],
    }),
  };
}

function group(id: string, name: string, rows: readonly Row[], isOpen: boolean): Row[] {
  return rows.length === 0 ? [] : [{ id, cells: { name }, mark: 'group', rows, isOpen }];
}

const CHARTED = 20; // values

function lastOf(values: readonly number[]): readonly number[] {
  return values.slice(-CHARTED);
}

function cellsOf({ growth, allocated, freed, retained }: MeasuredFigures): Readonly<Record<string, Cell>> {
  return { retained: retained.median, growth: growth.median, allocated: allocated.median, freed: freed.median, trend: growth.trend };
}

/** A cause whose holder is not known is its line. */
function causeRow(measurement: Measurement, cause: Cause, index: number, seen: MeasurementsSeen): Row {
  const { holder, perWindow, confidence, lines } = cause;
  const [first] = lines;
  const id = `${measurement.name}\ncause ${index}`;
  const rows = lines.map((line) => lineRow(measurement.name, line, seen));
  const course = { course: lastOf(first?.evidence?.living ?? []) };
  return {
    id,
    cells: { name: holder ?? (first === undefined ? seen.words.heldNowhere : nameOf(first, seen)), retained: perWindow, ...course, note: seen.words.confidence(confidence) },
    mark: 'suspect',
    ...(holder !== undefined && { tip: holder, rows }),
    ...(holder === undefined && first !== undefined && { ...goTo(first), buttons: seen.buttonsOf(first) }),
  };
}

function nameOf(place: Place, { lineNow }: MeasurementsSeen): string {
  return place.line > 0 ? `${place.name}:${lineNow(place).line}` : place.name;
}

function lineRow(measurement: string, line: MeasuredLine, seen: MeasurementsSeen): Row {
  const { evidence, figures, recent } = line;
  return {
    id: `${measurement}\n${line.path ?? line.name}\n${line.line}`,
    cells: {
      name: nameOf(line, seen),
      ...cellsOf(figures),
      ...(evidence !== undefined && { retained: evidence.perWindow }),
      course: lastOf(evidence?.living ?? recent),
      note: seen.lineNow(line).text,
    },
    ...(evidence !== undefined && { mark: 'suspect' }),
    ...goTo(line),
    buttons: seen.buttonsOf(line),
  };
}

/** Of the last windows it is known what each line grew by. */
function windowRow({ name, lines, recent }: Measurement, { window, growth, allocated, freed, retained, heap }: MeasuredWindow, index: number, seen: MeasurementsSeen): Row {
  const id = `${name}\nwindow ${window}`;
  const grown = lines.flatMap((line) => {
    const bytes = line.recent.at(index - recent.length);
    return bytes === undefined || bytes === 0 ? [] : [{ id: `${id}\n${line.path ?? line.name}\n${line.line}`, cells: { name: nameOf(line, seen), growth: bytes, note: seen.lineNow(line).text }, ...goTo(line) }];
  });
  return { id, cells: { name: seen.words.windowName(window), retained, growth, allocated, freed, note: seen.words.windowHeap(heap) }, rows: grown };
}

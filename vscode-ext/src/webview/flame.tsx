// SPDX-License-Identifier: MIT
// The tab with the flame graph: what is drawn is chosen above, what is pointed at is told below.

import { useMemo, useState } from 'preact/hooks';

import { buildFrames, errorOf, fileNumbers, findFrame, FLAME_ORDERS, keysOf, search } from '../pure/flame.ts';
import type { FlameData, FlameOrder, FlameWords, Found, Frame } from '../pure/flame.ts';
import { FLAME_METRICS } from '../pure/stacks.ts';
import type { FlameMetric, Stacks } from '../pure/stacks.ts';
import { count, exactBytes, shortBytes } from '../pure/units.ts';
import type { Units } from '../pure/units.ts';
import { filled } from './filled.ts';
import { Boxes } from './flameBoxes.tsx';
import { act } from './host.ts';
import { usePart } from './part.ts';

interface Chosen {
  readonly metric: FlameMetric;
  readonly order: FlameOrder;
  readonly zoom: readonly string[]; // the keys of the frame
  readonly search: string;
}

interface FlameProps {
  readonly flame: FlameData;
  readonly run: string;
  readonly units: Units;
}

export function Flame({ flame, run, units }: FlameProps) {
  const [chosen, choose] = usePart<Chosen>(run, 'flame', { metric: 'live', order: 'callees', zoom: [], search: '' });
  const { stacks, message, words } = flame;
  if (stacks === undefined || message !== '') return <p class="message">{message}</p>;
  return <Graph stacks={stacks} words={words} units={units} chosen={chosen} choose={choose} />;
}

interface GraphProps {
  readonly stacks: Stacks;
  readonly words: FlameWords;
  readonly units: Units;
  readonly chosen: Chosen;
  readonly choose: (change: Partial<Chosen>) => void;
}

function Graph({ stacks, words, units, chosen, choose }: GraphProps) {
  const { metric, order } = chosen;
  const root = useMemo(() => buildFrames(stacks, metric, order), [stacks, metric, order]);
  const zoomed = useMemo(() => findFrame(root, chosen.zoom), [root, chosen.zoom]);
  const found = useMemo(() => search(root, chosen.search), [root, chosen.search]);
  const files = useMemo(() => fileNumbers(stacks), [stacks]);
  const [pointed, setPointed] = useState<readonly string[]>();
  const point = (frame: Frame | undefined): void => setPointed(frame && keysOf(frame));
  const shown = pointed === undefined ? zoomed : findFrame(root, pointed);
  const zoomTo = (frame: Frame): void => choose({ zoom: keysOf(frame) });
  return (
    <>
      <Tools stacks={stacks} words={words} chosen={chosen} choose={choose} found={found} all={root.total} />
      {root.total === 0 && <p class="message">{words.nothing}</p>}
      {root.total > 0 && (
        <Boxes root={root} zoomed={zoomed} found={chosen.search.trim() === '' ? undefined : found.frames} files={files} title={words.title}
          textOf={(frame) => nameOf(frame, words)} labelOf={(frame) => labelOf(frame, root, words)} point={point} zoomTo={zoomTo} goTo={goTo} />
      )}
      {root.total > 0 && <About frame={shown} root={root} zoomed={zoomed} stacks={stacks} words={words} units={units} zoomTo={zoomTo} />}
    </>
  );
}

function goTo({ path, line }: Frame): void {
  if (path !== undefined && line > 0) act({ command: 'luaheat.goToLine', given: [path, line] });
}

// ---- Above it. ----

interface ToolsProps extends Omit<GraphProps, 'units'> {
  readonly found: Found;
  readonly all: number;
}

function Tools({ stacks, words, chosen, choose, found, all }: ToolsProps) {
  return (
    <div class="toolbar">
      <Pick title={words.metric} all={FLAME_METRICS} names={words.metrics} value={chosen.metric} pick={(metric) => choose({ metric })} />
      <Pick title={words.order} all={FLAME_ORDERS} names={words.orders} value={chosen.order} pick={(order) => choose({ order, zoom: [] })} />
      <input type="search" placeholder={words.search} aria-label={words.search} value={chosen.search} onInput={({ currentTarget }) => choose({ search: currentTarget.value })} />
      <span class="count" role="status">
        {chosen.search.trim() !== '' && filled(words.found, count(found.frames.size), percent(found.bytes, all))}
      </span>
      <span class="count exactness">{stacks.which === 'all' ? words.exact : filled(words.estimates, count(stacks.samples))}</span>
    </div>
  );
}

interface PickProps<Value extends string> {
  readonly title: string;
  readonly all: readonly Value[];
  readonly names: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly pick: (value: Value) => void;
}

function Pick<Value extends string>({ title, all, names, value, pick }: PickProps<Value>) {
  return (
    <span class="pick" role="group" aria-label={title}>
      {all.map((each) => (
        <button key={each} class="action" aria-pressed={each === value} onClick={() => pick(each)}>{names[each]}</button>
      ))}
    </span>
  );
}

// ---- Below it: the frame that is pointed at, or the one that is zoomed to. ----

interface AboutProps extends Omit<GraphProps, 'chosen' | 'choose'> {
  readonly frame: Frame;
  readonly root: Frame;
  readonly zoomed: Frame;
  readonly zoomTo: (frame: Frame) => void;
}

function About({ frame, root, zoomed, stacks, words, units, zoomTo }: AboutProps) {
  const error = errorOf(frame, stacks);
  const bytes = `${exactBytes(frame.total)}${error > 0 ? ` ± ${shortBytes(error, units)}` : ''}`;
  return (
    <div class="about">
      <span class="what">
        <b>{nameOf(frame, words)}</b> {bytes} · {filled(words.ofAll, percent(frame.total, root.total))}
        {frame.parent !== undefined && ` · ${filled(words.own, shortBytes(frame.own, units))}`}
      </span>
      <button class="action" disabled={frame.path === undefined || frame.line === 0} onClick={() => goTo(frame)}>{words.goToLine}</button>
      <button class="action" disabled={frame === zoomed} onClick={() => zoomTo(frame)}>{words.zoomIn}</button>
      <button class="action" disabled={zoomed === root} onClick={() => zoomTo(zoomed.parent ?? root)}>{words.zoomOut}</button>
    </div>
  );
}

function percent(part: number, whole: number): string {
  return whole > 0 ? ((100 * part) / whole).toFixed(1) : '0';
}

/** "spawn game.lua:5" */
function nameOf(frame: Frame, { all, other }: FlameWords): string {
  if (frame.parent === undefined) return all;
  if (frame.isOther) return other;
  return frame.file === '' ? frame.name : `${frame.name} ${placeOf(frame)}`;
}

function placeOf({ file, line }: Frame): string {
  return line > 0 ? `${file}:${line}` : file;
}

/** "spawn, game.lua:5, 12,345 B, 3.4 % of all" */
function labelOf(frame: Frame, root: Frame, words: FlameWords): string {
  const isPlace = frame.parent !== undefined && !frame.isOther && frame.file !== '';
  const name = isPlace ? `${frame.name}, ${placeOf(frame)}` : nameOf(frame, words);
  return `${name}, ${exactBytes(frame.total)}, ${filled(words.ofAll, percent(frame.total, root.total))}`;
}

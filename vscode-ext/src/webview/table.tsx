// SPDX-License-Identifier: MIT
// A table: order, filter, rows below rows, bars in cells, all with keys and for screen readers (the treegrid
// of the ARIA Authoring Practices). Only the rows in sight are drawn.

import { useEffect, useMemo, useRef } from 'preact/hooks';

import type { PageWords } from '../pure/page/page.ts';
import type { Button, Column, Table } from '../pure/page/table.ts';
import type { Units } from '../pure/units.ts';
import { Bars, CellView } from './cell.tsx';
import { Choices } from './choices.tsx';
import { act, say } from './host.ts';
import { moveTo } from './keyboard.ts';
import { seenRows } from './rows.ts';
import type { SeenRow, TableState } from './rows.ts';
import { ROW_HEIGHT, useRowsInSight } from './virtual.ts';

export type { TableState } from './rows.ts';

interface Props {
  readonly table: Table;
  readonly state: TableState;
  readonly change: (state: Partial<TableState>) => void;
  readonly reveal: string | undefined; // the row that is to come into sight and get the focus
  readonly units: Units;
  readonly words: PageWords;
}

export function TableView(props: Props) {
  const { table, state } = props;
  const rows = useMemo(() => seenRows(table, state), [table, state]);
  return (
    <>
      <Toolbar {...props} count={rows.length} />
      {table.message !== '' && <p class="message" title={table.message}>{table.message}</p>}
      {table.columns.length > 0 && <Grid {...props} rows={rows} />}
    </>
  );
}

function Toolbar({ table, state, change, words, count }: Props & { readonly count: number }) {
  if (table.columns.length === 0 && table.choices === undefined && table.buttons.length === 0) return null;
  return (
    <div class="toolbar">
      {table.choices !== undefined && <Choices choices={table.choices} />}
      {table.columns.length > 0 && (
        <input type="search" placeholder={words.filter} aria-label={words.filter} value={state.filter} onInput={({ currentTarget }) => change({ filter: currentTarget.value })} />
      )}
      {table.byFile && (
        <label>
          <input type="checkbox" checked={state.isFlat !== true} onChange={({ currentTarget }) => change({ isFlat: !currentTarget.checked })} />
          {words.byFile}
        </label>
      )}
      {table.buttons.map((button) => <ButtonView key={button.command} button={button} />)}
      <span class="found" role="status">{count === 0 && state.filter !== '' ? words.nothingFound : ''}</span>
    </div>
  );
}

function ButtonView({ button, tabIndex }: { readonly button: Button; readonly tabIndex?: number }) {
  return (
    <button class="action" {...(tabIndex !== undefined && { tabIndex })} onClick={(event) => { event.stopPropagation(); act(button); }} onKeyDown={(event) => { if (event.key === 'Enter' || event.key === ' ') event.stopPropagation(); }}>
      {button.title}
    </button>
  );
}

function Grid({ table, state, change, reveal, units, rows }: Props & { readonly rows: readonly SeenRow[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const inSight = useRowsInSight(scroller, rows.length);
  const activeAt = Math.max(0, rows.findIndex(({ row }) => row.id === state.active));
  const bars = useMemo(() => new Bars(table), [table]);
  const select = (at: number): void => {
    const id = rows[at]?.row.id;
    if (id === undefined) return;
    change({ active: id });
    inSight.scrollTo(at);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus());
  };
  useEffect(() => {
    if (reveal !== undefined && rows[activeAt]?.row.id === reveal) select(activeAt);
  }, [reveal, activeAt]);
  const toggle = ({ row, canOpen, isOpen }: SeenRow): void => {
    if (!canOpen) return;
    if (!isOpen && row.opensLater === true && row.rows === undefined) say({ type: 'open', row: row.id });
    const others = state.toggled.filter((id) => id !== row.id);
    change({ active: row.id, toggled: others.length < state.toggled.length ? others : [...others, row.id] });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (onKey(event.key, activeAt, { rows, select, toggle })) event.preventDefault();
  };
  return (
    <div class="scroller" ref={scroller}>
      <div class="grid" role="treegrid" aria-label={table.title} aria-rowcount={rows.length + 1} style={{ '--columns': template(table.columns) }} onKeyDown={onKeyDown}>
        <Header table={table} state={state} change={change} />
        <div role="rowgroup" style={{ height: `${rows.length * ROW_HEIGHT}px`, position: 'relative' }}>
          {inSight.indexes.map((at) => {
            const seen = rows[at];
            return seen && <RowView key={seen.row.id} seen={seen} at={at} isActive={at === activeAt} columns={table.columns} bars={bars} units={units} select={select} toggle={toggle} />;
          })}
        </div>
      </div>
    </div>
  );
}

interface Moves {
  readonly rows: readonly SeenRow[];
  readonly select: (at: number) => void;
  readonly toggle: (row: SeenRow) => void;
}

/** True if the key was one of ours. */
function onKey(key: string, at: number, moves: Moves): boolean {
  const next = moveTo(key, at, moves.rows.length, ['ArrowUp', 'ArrowDown']);
  const seen = moves.rows[at];
  if (next !== undefined) moves.select(next);
  else if (seen !== undefined) OF_ROW[key]?.(seen, at, moves);
  return next !== undefined || key in OF_ROW;
}

const OF_ROW: Readonly<Record<string, (seen: SeenRow, at: number, moves: Moves) => void>> = {
  Enter: (seen, _at, { toggle }) => {
    if (seen.row.act === undefined) toggle(seen);
    else act(seen.row.act);
  },
  ' ': (seen, _at, { toggle }) => toggle(seen),
  ArrowRight: (seen, at, { select, toggle }) => {
    if (seen.isOpen) select(at + 1);
    else toggle(seen);
  },
  ArrowLeft: (seen, at, { rows, select, toggle }) => {
    if (seen.isOpen) toggle(seen);
    else select(parentOf(rows, at));
  },
};

function parentOf(rows: readonly SeenRow[], at: number): number {
  const depth = rows[at]?.depth ?? 0;
  for (let above = at - 1; above >= 0; above--) if ((rows[above]?.depth ?? 0) < depth) return above;
  return at;
}

function template(columns: readonly Column[]): string {
  const widths = { name: 'minmax(260px, 3fr)', text: 'minmax(140px, 4fr)', bytes: '108px', change: '108px', count: '108px', chart: '120px' } as const;
  return columns.map(({ kind, isWide }) => (isWide === true ? 'minmax(min(380px, 55vw), 4fr)' : widths[kind])).join(' ');
}

function Header({ table: { columns, sort }, state, change }: Pick<Props, 'table' | 'state' | 'change'>) {
  const order = state.sort ?? sort;
  const sortBy = ({ id, kind }: Column): void => {
    const isText = kind === 'name' || kind === 'text';
    change({ sort: { column: id, descending: order?.column === id ? !order.descending : !isText } });
  };
  return (
    <div class="row header" role="row" aria-rowindex={1}>
      {columns.map((column) => {
        const isOrder = order?.column === column.id;
        return (
          <div key={column.id} role="columnheader" class={column.kind} title={column.tip} {...(isOrder && { 'aria-sort': order.descending ? 'descending' : 'ascending' })}>
            <button onClick={() => sortBy(column)}>{column.title}{isOrder && <span aria-hidden="true">{order.descending ? ' ↓' : ' ↑'}</span>}</button>
          </div>
        );
      })}
    </div>
  );
}

interface RowProps {
  readonly seen: SeenRow;
  readonly at: number;
  readonly isActive: boolean;
  readonly columns: readonly Column[];
  readonly bars: Bars;
  readonly units: Units;
  readonly select: (at: number) => void;
  readonly toggle: (seen: SeenRow) => void;
}

function RowView({ seen, at, isActive, columns, bars, units, select, toggle }: RowProps) {
  const { row, depth, canOpen, isOpen } = seen;
  const onClick = (): void => {
    select(at);
    if (row.act !== undefined) act(row.act);
    else toggle(seen);
  };
  return (
    <div
      class={`row ${isActive ? 'active' : ''} ${row.mark ?? ''}`} role="row" tabIndex={isActive ? 0 : -1} title={row.tip} aria-rowindex={at + 2} aria-level={depth + 1} aria-selected={isActive}
      {...(canOpen && { 'aria-expanded': isOpen })} style={{ top: `${at * ROW_HEIGHT}px` }} onClick={onClick}
    >
      {columns.map((column, index) => (
        <div key={column.id} role="gridcell" class={column.kind} style={index === 0 ? { paddingLeft: `${depth * 14 + 6}px` } : {}}>
          {index === 0 && <span class="twistie" aria-hidden="true" onClick={(event) => { event.stopPropagation(); toggle(seen); }}>{canOpen ? (isOpen ? '▾' : '▸') : ''}</span>}
          <CellView column={column} row={row} bars={bars} units={units} />
        </div>
      ))}
      {row.buttons !== undefined && row.buttons.length > 0 && (
        <div class="actions" role="gridcell">{row.buttons.map((button) => <ButtonView key={button.command} button={button} tabIndex={isActive ? 0 : -1} />)}</div>
      )}
    </div>
  );
}

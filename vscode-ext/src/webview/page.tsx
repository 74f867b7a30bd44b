// SPDX-License-Identifier: MIT
// The page Memory: its tabs, and in the one that is seen a table or a chart.

import { render } from 'preact';
import { useEffect } from 'preact/hooks';

import { TABS } from '../pure/page/page.ts';
import type { PageData, TabId } from '../pure/page/page.ts';
import type { Table } from '../pure/page/table.ts';
import { Flame } from './flame.tsx';
import { keep, kept, say } from './host.ts';
import { focusAt, moveTo } from './keyboard.ts';
import { usePart } from './part.ts';
import { TableView } from './table.tsx';
import type { TableState } from './table.tsx';
import { Timeline } from './timeline.tsx';

function Page({ data }: { readonly data: PageData }) {
  const { tab, words, status, content } = data;
  return (
    <>
      <header>
        <TabList tab={tab} words={words} />
        <span class="status">{status}</span>
      </header>
      <section role="tabpanel" id="panel" aria-labelledby={`tab-${tab}`}>
        {content.kind === 'table' && <TableOfTab key={`${data.run} ${tab}`} data={data} table={content.table} />}
        {content.kind === 'timeline' && <Timeline key={data.run} timeline={content.timeline} run={data.run} />}
        {content.kind === 'flame' && <Flame key={data.run} flame={content.flame} run={data.run} units={data.units} />}
      </section>
    </>
  );
}

function TabList({ tab, words }: { readonly tab: TabId; readonly words: PageData['words'] }) {
  const turnTo = (next: TabId): void => {
    keep({ tab: next });
    say({ type: 'tab', tab: next });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moveTo(event.key, TABS.indexOf(tab), TABS.length, ['ArrowLeft', 'ArrowRight']);
    if (next === undefined) return;
    event.preventDefault();
    turnTo(TABS[next] ?? tab);
    focusAt(`tab-${TABS[next] ?? tab}`);
  };
  return (
    <div role="tablist" aria-label={words.title} onKeyDown={onKeyDown}>
      {TABS.map((each) => (
        <button key={each} id={`tab-${each}`} role="tab" aria-selected={each === tab} aria-controls="panel" tabIndex={each === tab ? 0 : -1} onClick={() => turnTo(each)}>
          {words.tabs[each]}
        </button>
      ))}
    </div>
  );
}

function TableOfTab({ data, table }: { readonly data: PageData; readonly table: Table }) {
  const { reveal, run, tab, units, words } = data;
  const [state, change] = usePart<TableState>(run, tab, { filter: '', toggled: [] });
  useEffect(() => {
    if (reveal !== undefined) change({ filter: '', active: reveal });
  }, [data]);
  return <TableView table={table} state={state} change={change} reveal={reveal} units={units} words={words} />;
}

const root = document.getElementById('page');
window.addEventListener('message', ({ data }: MessageEvent<PageData>) => {
  if (root !== null) render(<Page data={data} />, root);
});
const { tab } = kept();
say(tab === undefined ? { type: 'ready' } : { type: 'ready', tab });

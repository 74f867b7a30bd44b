// SPDX-License-Identifier: MIT
// Choices above a table: picking one does the command with the values of all.

import { useState } from 'preact/hooks';

import type { Choices as ChoicesData } from '../pure/page/table.ts';
import { act } from './host.ts';

interface Picked {
  readonly told: string; // what was told then
  readonly values: Readonly<Record<string, string>>;
}

export function Choices({ choices: { command, all } }: { readonly choices: ChoicesData }) {
  const told = all.map(({ value }) => value).join('\n');
  const [picked, setPicked] = useState<Picked>({ told, values: {} });
  const values = picked.told === told ? picked.values : {}; // until the table has followed
  const pick = (id: string, value: string): void => {
    const next = { ...values, [id]: value };
    setPicked({ told, values: next });
    act({ command, given: all.map((choice) => next[choice.id] ?? choice.value) });
  };
  return (
    <>
      {all.map(({ id, title, value, options }) => (
        <label key={id}>
          {title}
          <select aria-label={title} value={values[id] ?? value} onChange={({ currentTarget }) => pick(id, currentTarget.value)}>
            {options.map((option) => <option key={option.value} value={option.value}>{option.title}</option>)}
          </select>
        </label>
      ))}
    </>
  );
}

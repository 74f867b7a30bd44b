// SPDX-License-Identifier: MIT
// What the user has chosen in a tab: it outlives the page and other tabs, and ends with the program.

import { useState } from 'preact/hooks';

import { keep, kept } from './host.ts';

function keptPart(run: string, name: string): unknown {
  return kept().run === run ? kept().parts?.[name] : undefined;
}

/** The part of that name, and what changes some of it. */
export function usePart<Part extends object>(run: string, name: string, first: Part): readonly [Part, (change: Partial<Part>) => void] {
  const now = (): Part => (keptPart(run, name) as Part | undefined) ?? first;
  const [part, setPart] = useState(now);
  const change = (some: Partial<Part>): void => {
    const next = { ...now(), ...some };
    keep({ run, parts: { ...(kept().run === run && kept().parts), [name]: next } });
    setPart(next);
  };
  return [part, change];
}

// SPDX-License-Identifier: MIT
// Numbers for people, as they are written and as they may be typed.

export type Units = 'decimal' | 'binary' | 'bytes';

const NAMES = {
  decimal: ['KB', 'MB', 'GB', 'TB', 'PB'],
  binary: ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'],
} as const;

/** Every digit: "12,345". Whole numbers by ourselves: the first number that the platform writes takes it 15 ms. */
export function count(value: number): string {
  return Number.isSafeInteger(value) ? String(value).replaceAll(/\B(?=(?:\d{3})+$)/gu, ',') : value.toLocaleString('en-US');
}

/** Every digit: "12,345 B", "-12 B" */
export function exactBytes(bytes: number): string {
  return `${sign(bytes)}${count(Math.abs(bytes))} B`;
}

/** Every digit, with a sign: "+12,345 B" */
export function exactChange(bytes: number): string {
  return withPlus(bytes, exactBytes(bytes));
}

/** Three digits and a unit: "56 B", "56.0 KB", "1.84 MB" */
export function shortBytes(bytes: number, units: Units): string {
  const size = Math.abs(bytes);
  const base = units === 'binary' ? 1024 : 1000;
  if (units === 'bytes' || size < base) return exactBytes(bytes);
  let value = size / base;
  let unit = 0;
  while (roundsToThousand(value) && unit < NAMES[units].length - 1) {
    value /= base;
    unit++;
  }
  return `${sign(bytes)}${threeDigits(value)} ${NAMES[units][unit] ?? ''}`;
}

/** The same with a sign: "+56.0 KB" */
export function shortChange(bytes: number, units: Units): string {
  return withPlus(bytes, shortBytes(bytes, units));
}

function roundsToThousand(value: number): boolean {
  return Math.round(value) >= 1000;
}

function threeDigits(value: number): string {
  for (const decimals of [2, 1]) {
    const text = value.toFixed(decimals);
    if (text.length <= 4) return text;
  }
  return value.toFixed(0);
}

function sign(value: number): string {
  return value < 0 ? '-' : '';
}

function withPlus(value: number, text: string): string {
  return value > 0 ? `+${text}` : text;
}

// ---- What a user may type for a number of bytes: "500", "10 KB", "1.5 MiB". ----

const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** A whole number of at least 1; undefined if the text is no such thing. */
export function parseBytes(text: string): number | undefined {
  const [, digits, unit] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const factor = FACTORS[(unit ?? '').toLowerCase()];
  if (digits === undefined || factor === undefined) return undefined;
  const bytes = Math.round(Number(digits) * factor);
  return bytes >= 1 ? bytes : undefined;
}

// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { count, exactBytes, exactChange, parseBytes, shortBytes, shortChange } from '../src/pure/units.ts';

test('short figures have three digits and a unit', () => {
  const cases: [number, string, string][] = [
    [0, '0 B', '0 B'],
    [56, '56 B', '56 B'],
    [999, '999 B', '999 B'],
    [1000, '1.00 KB', '1,000 B'],
    [56_000, '56.0 KB', '54.7 KiB'],
    [184_000, '184 KB', '180 KiB'],
    [999_499, '999 KB', '976 KiB'],
    [999_600, '1.00 MB', '976 KiB'],
    [1_048_576, '1.05 MB', '1.00 MiB'],
    [9_996_000, '10.0 MB', '9.53 MiB'],
    [-56_000, '-56.0 KB', '-54.7 KiB'],
    [2 ** 53, '9.01 PB', '8.00 PiB'],
  ];
  for (const [bytes, decimal, binary] of cases) {
    assert.equal(shortBytes(bytes, 'decimal'), decimal);
    assert.equal(shortBytes(bytes, 'binary'), binary);
  }
});

test('every digit, as the platform writes it', () => {
  const values = [0, 7, 999, 1000, 12_345, 999_999, 1_000_000, 1_234_567_890, 2 ** 53, 1234.5, 0.25, 1e21];
  for (const value of values.flatMap((one) => (one === 0 ? one : [one, -one]))) assert.equal(count(value), value.toLocaleString('en-US'));
});

test('bytes as unit, and exact figures, have every digit', () => {
  assert.equal(shortBytes(1_234_567, 'bytes'), '1,234,567 B');
  assert.equal(exactBytes(9_007_199_254_740_991), '9,007,199,254,740,991 B');
  assert.equal(count(2011), '2,011');
});

test('changes have a sign, nothing has none', () => {
  assert.equal(exactChange(12), '+12 B');
  assert.equal(exactChange(-12), '-12 B');
  assert.equal(exactChange(0), '0 B');
  assert.equal(shortChange(56_000, 'decimal'), '+56.0 KB');
});

test('what a user may type for bytes', () => {
  assert.equal(parseBytes('500'), 500);
  assert.equal(parseBytes(' 10 KB '), 10_000);
  assert.equal(parseBytes('1.5mib'), 1_572_864);
  for (const wrong of ['', '0', '-1', 'KB', '1 elephant', '1,000']) assert.equal(parseBytes(wrong), undefined, wrong);
});

// SPDX-License-Identifier: MIT
// Debian's chromium, driven by playwright-core of the test bed.

import { createRequire } from 'node:module';
import { join } from 'node:path';

const OPTIONS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--force-color-profile=srgb',
];

export async function startBrowser(bed) {
  const { chromium } = createRequire(join(bed, 'package.json'))('playwright-core');
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: OPTIONS, headless: true });
}

// SPDX-License-Identifier: MIT
// Bundles the extension and the timeline's page into dist/.

import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import * as esbuild from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const watch = process.argv.includes('--watch');
const shared = {
  absWorkingDir: root, bundle: true, minify: !watch, sourcemap: watch, outdir: 'dist', logLevel: 'warning',
  legalComments: 'inline', charset: 'utf8',
};
const bundles = [
  { ...shared, entryPoints: ['src/extension.ts'], platform: 'node', format: 'cjs', outExtension: { '.js': '.cjs' }, target: 'node20', external: ['vscode'] },
  { ...shared, entryPoints: ['src/webview/timeline.ts', 'src/webview/timeline.css'], platform: 'browser', format: 'iife', target: 'chrome120' },
];

rmSync(join(root, 'dist'), { recursive: true, force: true });
for (const bundle of bundles) {
  if (watch) await (await esbuild.context(bundle)).watch();
  else await esbuild.build(bundle);
}

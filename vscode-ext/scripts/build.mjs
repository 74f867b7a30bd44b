// SPDX-License-Identifier: MIT
// Bundles the extension and the page Memory into dist/, with the licences of what is bundled.

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import * as esbuild from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const watch = process.argv.includes('--watch');
const shared = {
  absWorkingDir: root, bundle: true, minify: !watch, sourcemap: watch, outdir: 'dist', logLevel: 'warning',
  legalComments: 'inline', charset: 'utf8', metafile: true,
};
const bundles = [
  { ...shared, entryPoints: ['src/extension.ts'], platform: 'node', format: 'cjs', outExtension: { '.js': '.cjs' }, target: 'node20', external: ['vscode'] },
  { ...shared, entryPoints: ['src/webview/page.tsx', 'src/webview/page.css'], jsx: 'automatic', jsxImportSource: 'preact', platform: 'browser', format: 'iife', target: 'chrome120' },
];

function licencesOf(inputs) {
  const packages = new Set(inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []));
  const licence = (name) => `${name}\n\n${readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8')}`;
  return [...packages].sort().map(licence).join('\n');
}

rmSync(join(root, 'dist'), { recursive: true, force: true });
const inputs = [];
for (const bundle of bundles) {
  if (watch) await (await esbuild.context(bundle)).watch();
  else inputs.push(...Object.keys((await esbuild.build(bundle)).metafile.inputs));
}
if (!watch) writeFileSync(join(root, 'dist/THIRD-PARTY.txt'), licencesOf(inputs));

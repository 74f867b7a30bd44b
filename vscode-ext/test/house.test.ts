// SPDX-License-Identifier: MIT
// What the rest of the extension relies on: the pure part is pure, and nothing named is missing.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const json = (path: string): Record<string, unknown> => JSON.parse(read(path)) as Record<string, unknown>;
const files = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);

test('the pure part imports nothing but itself, and a library that is as pure', () => {
  for (const file of files('src/pure'))
    for (const [, from] of read(file).matchAll(/from '(.*)'/g)) assert.match(from ?? '', file.startsWith('src/pure/page/') ? /^\.\.?\/\w+\.ts$/ : /^(\.\/\w+\.ts|diff)$/, file);
});

test('every %name% of package.json has its text, and every text is used', () => {
  const used = new Set([...read('package.json').matchAll(/"%(.+?)%"/g)].map(([, name]) => name));
  assert.deepEqual([...used].sort(), Object.keys(json('package.nls.json')).sort());
});

const TEXTS = ['src/texts.ts', 'src/pageTexts.ts'];

test('every text of the code is in the bundle for translators', () => {
  const code = TEXTS.map(read).join('');
  const literals = [...code.matchAll(/l10n\.t\(\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)")/g)].map(([, one, other]) =>
    (one ?? other ?? '').replaceAll('\\n', '\n').replaceAll(/\\(['"])/g, '$1'));
  assert.equal(literals.length, code.split('l10n.t(').length - 1, 'every text is a literal');
  assert.deepEqual(Object.keys(json('l10n/bundle.l10n.json')).sort(), [...new Set(literals)].sort());
});

test('texts are nowhere but there', () => {
  for (const file of [...files('src')].filter((name) => !TEXTS.includes(name)))
    assert.doesNotMatch(read(file), /l10n|show\w+Message\(\s*['"`]/, file);
});

test('commands that package.json names are registered, and the other way round', () => {
  const named = [...read('package.json').matchAll(/"(?:command|pickLuaProcess)": "(luaheat\.\w+)"/g)].map(([, name]) => name ?? '');
  const registered = files('src').flatMap((file) => [...read(file).matchAll(/^ {4}'(luaheat\.\w+)':/gm)].map(([, name]) => name ?? ''));
  const internal = ['luaheat.goToLine', 'luaheat.drawLine', 'luaheat.revealLine', 'luaheat.compareChosen', 'luaheat.setMetric', 'luaheat.toggleBreakpoint', 'luaheat.howToAttach', 'luaheat.copyListen'];
  assert.deepEqual([...new Set([...named, ...internal])].sort(), registered.sort());
});

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly markdownDescription: string;
}

test('settings: each that package.json has is read and described to users, with a default of its type, and no other', () => {
  const { contributes } = json('package.json') as { contributes: { configuration: { properties: Record<string, Setting> }[] } };
  const declared = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));
  const names = declared.map(([name]) => name).sort();
  const asked = [...read('src/settings.ts').matchAll(/\.get\('(\w[\w.]+)'/g)].map(([, name]) => `luaheat.${name ?? ''}`);
  assert.deepEqual(asked.sort(), names);
  assert.deepEqual([...read('README.md').matchAll(/^\| `(luaheat\.[\w.]+)` \|/gm)].map(([, name]) => name ?? '').sort(), names);
  for (const [name, { type, default: value, markdownDescription }] of declared) {
    assert.equal(typeof value, type === 'integer' ? 'number' : type, name);
    assert.match(markdownDescription, /^%.+%$/, name);
  }
});

interface Schema {
  readonly required?: readonly string[];
  readonly anyOf?: readonly { readonly required: readonly string[] }[];
  readonly properties: Readonly<Record<string, { readonly description?: string; readonly markdownDescription?: string }>>;
}

interface Debugger {
  readonly configurationAttributes: Readonly<Record<string, Schema>>;
  readonly configurationSnippets: readonly { readonly body: Readonly<Record<string, unknown>> }[];
}

test('launch attributes are described, and snippets have those that are needed and no others', () => {
  const { contributes } = json('package.json') as { contributes: { debuggers: readonly [Debugger] } };
  const [{ configurationAttributes, configurationSnippets }] = contributes.debuggers;
  for (const { properties } of Object.values(configurationAttributes))
    for (const [name, { description, markdownDescription }] of Object.entries(properties))
      assert.match(description ?? markdownDescription ?? '', /^%.+%$/, name);
  for (const { body } of configurationSnippets) {
    const { required = [], anyOf = [{ required: [] }], properties = {} } = configurationAttributes[String(body['request'])] ?? {};
    const own = Object.keys(body).filter((name) => !['type', 'request', 'name'].includes(name));
    assert.deepEqual(own.filter((name) => !(name in properties)), []);
    assert.deepEqual(required.filter((name) => !own.includes(name)), []);
    assert.ok(anyOf.some((one) => one.required.every((name) => own.includes(name))), String(body['name']));
  }
});

test('launch attributes are those that the debugger reads', () => {
  const { contributes } = json('package.json') as { contributes: { debuggers: readonly [Debugger] } };
  const code = ['launch_settings.c', 'standard_input.c'].map((name) => read(`../adapter/dap/program/${name}`)).join('\n');
  const reads = [...code.matchAll(/arguments(?:->object)?, "(\w+)"/g)].map(([, name]) => name ?? '');
  const offered = Object.keys(contributes.debuggers[0].configurationAttributes['launch']?.properties ?? {});
  const toReachIt = ['host', 'port', 'token', 'tokenFile', 'localRoot', 'remoteRoot', 'pathMappings'];
  assert.deepEqual(offered.filter((name) => !toReachIt.includes(name)).sort(), [...new Set(reads)].filter((name) => name !== 'noDebug').sort()); // VS Code's own
});

test('attach attributes are those that the debugger reads for it, and some of a launch', () => {
  const { contributes } = json('package.json') as { contributes: { debuggers: readonly [Debugger] } };
  const { launch, attach } = contributes.debuggers[0].configurationAttributes;
  const reads = new Set([...read('../adapter/dap/program/attach_settings.c').matchAll(/arguments, "(\w+)"/g)].map(([, name]) => name ?? ''));
  const own = Object.keys(attach?.properties ?? {}).filter((name) => !(name in (launch?.properties ?? {})));
  assert.deepEqual(own.sort(), [...reads].sort());
});

test('colours have defaults for all kinds of themes', () => {
  const { contributes } = json('package.json') as { contributes: { colors: { id: string; defaults: object }[] } };
  assert.equal(contributes.colors.length, 13);
  for (const { id, defaults } of contributes.colors)
    assert.deepEqual(Object.keys(defaults), ['dark', 'light', 'highContrast', 'highContrastLight'], id);
});

test('pictures that the README shows are there', () => {
  for (const [, path] of read('README.md').matchAll(/\]\((images\/.+?)\)/g)) assert.ok(existsSync(join(root, path ?? '')), path);
});

test('docs/vscode.md: what its map names is there, and every folder is named', () => {
  const map = read('../docs/vscode.md').split('\n').filter((row) => row.startsWith('| `'));
  const places = map.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w./-]+)`/g)].map(([, path]) => path ?? ''));
  for (const path of places) assert.ok([join(root, path), join(root, '..', path)].some((there) => existsSync(there)), path);
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => `src/${name}/`);
  assert.deepEqual(places.filter((path) => /^src\/.*\/$/.test(path)).sort(), folders.sort());
  for (const row of map)
    for (const [, name] of row.matchAll(/`([a-z]\w+)`/g)) {
      const folder = /`(src\/\w+\/)`/.exec(row)?.[1];
      assert.ok(folder !== undefined && existsSync(join(root, folder, `${name ?? ''}.ts`)), name);
    }
});

test('README.md: its launch configuration has attributes that there are', () => {
  const { contributes } = json('package.json') as { contributes: { debuggers: readonly [Debugger] } };
  const [, example = '{}'] = /```json\n(.*?)```/s.exec(read('README.md')) ?? [];
  const { type, request, name, ...attributes } = JSON.parse(example) as Record<string, unknown>;
  assert.deepEqual([type, request, typeof name], ['luaheat', 'launch', 'string']);
  const offered = Object.keys(contributes.debuggers[0].configurationAttributes['launch']?.properties ?? {});
  assert.deepEqual(Object.keys(attributes).filter((attribute) => !offered.includes(attribute)), []);
  assert.ok(Object.keys(attributes).length > 5);
});

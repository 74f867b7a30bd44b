// SPDX-License-Identifier: MIT
// The formats of luaheat/export (docs/exports.md): how their files are called and what opens them.

export type FormatId = 'html' | 'heapprofile' | 'pprof' | 'speedscope' | 'collapsed' | 'csv' | 'json';

export interface ExportFormat {
  readonly id: FormatId;
  readonly extension: string;
  readonly opens: 'page' | 'editor' | undefined; // undefined: nothing that VS Code has
  /** What shows the file in a terminal. */
  readonly command?: (path: string) => string;
}

export const EXPORT_FORMATS: readonly ExportFormat[] = [
  { id: 'html', extension: 'html', opens: 'page' },
  { id: 'heapprofile', extension: 'heapprofile', opens: 'editor' },
  { id: 'pprof', extension: 'pb.gz', opens: undefined, command: (path) => `go tool pprof -http=: ${shellWord(path)}` },
  { id: 'speedscope', extension: 'speedscope.json', opens: 'editor', command: (path) => `npx speedscope ${shellWord(path)}` },
  { id: 'collapsed', extension: 'txt', opens: 'editor', command: flameGraph },
  { id: 'csv', extension: 'csv', opens: 'editor' },
  { id: 'json', extension: 'json', opens: 'editor' },
];

/** What is proposed for a program's profile: "game.pb.gz". */
export function exportName(program: string, { extension }: Pick<ExportFormat, 'extension'>): string {
  const name = (program.split('/').at(-1) ?? '').replace(/\.lua$/, '');
  return `${name === '' ? 'memory' : name}.${extension}`;
}

/** The page asks the system for light or dark; the editor may be otherwise. */
export function inTheme(page: string, isDark: boolean): string {
  return page.replace('@media (prefers-color-scheme: dark)', `@media ${isDark ? 'all' : 'not all'}`);
}

/** A path as one word of a POSIX shell. */
export function shellWord(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function flameGraph(path: string): string {
  return `flamegraph.pl --countname=bytes --colors=mem ${shellWord(path)} > ${shellWord(path.replace(/(\.\w+)?$/, '.svg'))}`;
}

// SPDX-License-Identifier: MIT
// The formats of luaheat/export, as the adapter tells them: how their files are called and what opens them. What
// shows a format in a terminal is known here of some; others need nothing here.

import { objects } from './answers.ts';

export interface ExportFormat {
  readonly id: string;
  readonly extension: string; // "pb.gz"
  readonly description: string;
}

/** Pages first, for most people. */
export function readExportFormats(value: unknown): readonly ExportFormat[] {
  const formats = objects(value).map(({ format, extension, description }) => ({
    id: String(format),
    extension: String(extension),
    description: typeof description === 'string' ? asSentence(description) : '',
  }));
  return formats.sort((one, other) => Number(opensIn(other) === 'browser') - Number(opensIn(one) === 'browser'));
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** undefined: nothing that VS Code has. */
export function opensIn({ extension }: ExportFormat): 'browser' | 'editor' | undefined {
  if (extension === 'html') return 'browser';
  return extension.endsWith('.gz') ? undefined : 'editor';
}

const COMMANDS: Readonly<Record<string, (path: string) => string>> = {
  pprof: (path) => `go tool pprof -http=: ${shellWord(path)}`,
  speedscope: (path) => `npx speedscope ${shellWord(path)}`,
  massif: (path) => `ms_print ${shellWord(path)}`,
  collapsed: (path) => `flamegraph.pl --countname=bytes --colors=mem ${shellWord(path)} > ${shellWord(path.replace(/(\.\w+)?$/, '.svg'))}`,
};

/** What shows the file in a terminal; undefined: none is known. */
export function commandFor({ id }: ExportFormat, path: string): string | undefined {
  return COMMANDS[id]?.(path);
}

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

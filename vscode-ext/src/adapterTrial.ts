// SPDX-License-Identifier: MIT
// Whether the debugger's programs start at all. With an older C library than theirs they do not, nor where files must not
// be run, and VS Code would only say that the adapter has ended.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PATIENCE_MS = 10_000; // a slow start is none of our business

/** Why `luaheat`, or `luaheat-lua` beside it, does not start, in the system's words; undefined if both do. */
export async function whyNotStarting(adapter: string): Promise<string | undefined> {
  const interpreter = join(dirname(adapter), 'luaheat-lua');
  return (await failure(adapter, '--version')) ?? (existsSync(interpreter) ? failure(interpreter, '-v') : undefined);
}

function failure(program: string, option: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, [option], { timeout: PATIENCE_MS }, (error, _output, errors) => {
      const [told = ''] = errors.trim().split('\n');
      if (error === null || error.killed) resolve(undefined);
      else resolve(told === '' ? error.message : told);
    });
  });
}

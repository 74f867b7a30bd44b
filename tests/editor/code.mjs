// SPDX-License-Identifier: MIT
// VS Code in the browser for people: with the extension, on a folder, until Ctrl-C.

import { copyFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Sample } from './sample.mjs';
import { addressOf, CodeServer, freePort } from './server.mjs';

const { LUAHEAT_EDITOR_BED: bed, LUAHEAT_VSIX: vsix } = process.env;
const docs = join(dirname(fileURLToPath(import.meta.url)), '../../docs');

function openSample() {
  const sample = new Sample(['growth.lua', 'chunks.lua', 'crash.lua']);
  copyFileSync(join(docs, 'sample.lua'), sample.path('game.lua'));
  return sample;
}

const sample = process.argv[2] === undefined ? openSample() : undefined;
const folder = sample?.folder ?? resolve(process.argv[2]);
const server = new CodeServer(bed);
server.install(vsix);
await server.start(await freePort());

console.log(`VS Code with Luaheat: ${addressOf(server.url, folder, sample && 'game.lua')}`);
console.log('Click left of a line number to set a breakpoint, press F5. Ctrl-C ends this.');

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, async () => {
    await server.stop();
    sample?.remove();
    process.exit(0);
  });
}
await server.ended();

// SPDX-License-Identifier: MIT
// Stories of a user in VS Code. Each has a window, a folder and settings of its own; the stories of a
// file share one server and one browser.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { startBrowser } from './browser.mjs';
import { Sample } from './sample.mjs';
import { CodeServer, freePort } from './server.mjs';
import { Workbench } from './workbench.mjs';

const { LUAHEAT_EDITOR_BED: bed, LUAHEAT_VSIX: vsix, LUAHEAT: luaheat } = process.env;

/** Where pictures go. */
export const pictures = process.env.LUAHEAT_PICTURES ?? join(process.cwd(), 'out/pictures');

let server, browser, context; // one context: what VS Code is made of is fetched once

before(async () => {
  mkdirSync(pictures, { recursive: true });
  server = new CodeServer(bed);
  server.install(vsix);
  await server.start(await freePort());
  browser = await startBrowser(bed);
  context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
}, { timeout: 900_000 });

after(async () => {
  await browser?.close();
  await server?.stop();
});

/**
 * `options`: files (of samples/), texts ({ name: text }), settings (over the usual ones), machineSettings, size (of
 * the window), open (the file to open). The story gets { workbench, editor, sample, luaheat, server }.
 */
export function scene(name, { files = [], texts, settings, machineSettings, size, open }, story) {
  test(name, { timeout: 900_000 }, async () => {
    const sample = new Sample(files, texts);
    server.setSettings(settings);
    server.setMachineSettings(machineSettings);
    const workbench = await Workbench.open(context, server.url, sample.folder, open, size);
    try {
      await story({ workbench, editor: workbench.editor, sample, luaheat, server });
    } catch (error) {
      const picture = join(pictures, `failed-${name.replaceAll(/\W+/g, '-')}.png`);
      await workbench.picture(picture).catch(() => {});
      throw error;
    } finally {
      await workbench.close();
      sample.remove();
    }
  });
}

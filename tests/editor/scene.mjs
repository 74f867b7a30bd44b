// SPDX-License-Identifier: MIT
// Stories of a user in VS Code. Each has a window, a folder and settings of its own; the stories of a
// file share one server and one browser.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { startBrowser } from './browser.mjs';
import { Sample } from './sample.mjs';
import { addressOf, CodeServer, freePort } from './server.mjs';
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
 * `options`: files (of samples/), texts ({ name: text }), workspace (folders of it, instead of the whole), settings (over the
 * usual ones), machineSettings, size (of the window), open (the file to open). The story gets
 * { workbench, editor, sample, luaheat, server }.
 */
export function scene(name, { files = [], texts, workspace, settings, machineSettings, size, open }, story) {
  test(name, { timeout: 900_000 }, async () => {
    const sample = new Sample(files, texts);
    server.setSettings(settings);
    server.setMachineSettings(machineSettings);
    const address = addressOf(server.url, sample.folder, open, workspace && sample.makeWorkspace(workspace));
    // VS Code keeps folders of a workspace in the browser, and at times shows none in its second window.
    const own = workspace === undefined ? context : await browser.newContext();
    const workbench = await Workbench.openAt(own, address, open?.split('/').at(-1), size);
    try {
      if (workspace !== undefined) await workbench.showsFolders();
      await story({ workbench, editor: workbench.editor, sample, luaheat, server });
    } catch (error) {
      const picture = join(pictures, `failed-${name.replaceAll(/\W+/g, '-')}.png`);
      await workbench.picture(picture).catch(() => {});
      throw error;
    } finally {
      await workbench.close();
      if (own !== context) await own.close();
      sample.remove();
    }
  });
}

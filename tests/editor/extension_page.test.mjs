// SPDX-License-Identifier: MIT
// Where the extension shows itself: its page in VS Code, and the walkthrough, which has its pictures.

import assert from 'node:assert/strict';

import { eventually } from './eventually.mjs';
import { scene } from './scene.mjs';

scene('the page has no picture that does not load', { files: ['growth.lua'] }, async ({ workbench }) => {
  assert.deepEqual((await workbench.extensionPage('Luaheat')).broken, []);
});

scene('the walkthrough shows pictures', { files: ['growth.lua'], size: { width: 1900, height: 1000 } }, async ({ workbench }) => {
  await workbench.choose('Welcome: Open Walkthrough...', "See where Lua's memory goes");
  await eventually(async () => assert.deepEqual(await workbench.walkthroughPictures(), [true]) ?? true);
});

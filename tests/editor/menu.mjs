// SPDX-License-Identifier: MIT
// The menu of something in a VS Code window.

import { eventually, TRY_MS } from './eventually.mjs';

/**
 * Picks an entry of the menu that `open` opens. Tries again: what has the menu may be drawn anew meanwhile, which closes it,
 * and a menu that has just opened drops a click.
 */
export async function pickFromMenu(page, open, entry) {
  const item = page.locator('.monaco-menu .action-item', { hasText: entry }).first();
  let isClicked = false;
  await eventually(async () => {
    if (await item.isVisible()) {
      await item.click({ timeout: TRY_MS });
      isClicked = true;
    } else if (!isClicked) {
      await open();
      await item.waitFor({ timeout: TRY_MS });
    }
    return isClicked && !(await item.isVisible());
  });
}

// SPDX-License-Identifier: MIT
// What is picked in a VS Code window: from the menu of something, and from lists that are typed into.

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

/** To the open list or input box alone: where the focus has gone meanwhile (the program stops), a key pressed would go to the editor. */
export async function enter(page) {
  const isTaken = await page.locator('.quick-input-widget:visible input.input').evaluate((input) =>
    !input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true })), undefined, { timeout: TRY_MS });
  if (!isTaken) throw new Error('what was open has closed before Enter came');
}

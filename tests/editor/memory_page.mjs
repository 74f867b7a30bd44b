// SPDX-License-Identifier: MIT
// The page Memory as a user meets it: its tabs, and tables of which each row is told by the texts of its cells.

import { eventually, TRY_MS } from './eventually.mjs';

/** Runs in a frame: the tables' rows in sight, each { depth, isOpen, cells }, cells by the titles of their columns. */
function readTable() {
  const grid = document.querySelector('[role="treegrid"]');
  if (grid === null) return document.querySelector('[role="tablist"]') === null ? undefined : [];
  const text = (element) => element.innerText.replaceAll('\u00a0', ' ').replaceAll(/[▾▸↑↓]/g, '').trim();
  const titles = [...grid.querySelectorAll('[role="columnheader"]')].map(text);
  return [...grid.querySelectorAll('[role="rowgroup"] [role="row"]')]
    .sort((one, other) => Number(one.ariaRowIndex) - Number(other.ariaRowIndex))
    .map((row) => ({
      depth: Number(row.ariaLevel) - 1,
      isOpen: row.ariaExpanded === null ? undefined : row.ariaExpanded === 'true',
      isSuspect: row.classList.contains('suspect'),
      cells: Object.fromEntries([...row.querySelectorAll(':scope > [role="gridcell"]:not(.actions)')].map((cell, at) => [titles[at], text(cell)])),
    }));
}

/** Runs in the frame. Contrast as WCAG 2 has it; what is half seen through is laid over what is behind it. */
function lookAt(column) {
  const numbers = (colour) => { // rgb(1, 2, 3), or color(srgb 0.1 0.2 0.3) of what is mixed
    const parts = colour.match(/[\d.]+/g).map(Number);
    return colour.startsWith('color(srgb') ? parts.map((part, at) => (at < 3 ? part * 255 : part)) : parts;
  };
  const behind = (element) => {
    const layers = [];
    for (let at = element; at !== null; at = at.parentElement) layers.unshift(numbers(getComputedStyle(at).backgroundColor));
    const page = getComputedStyle(document.documentElement).getPropertyValue('--vscode-panel-background') || getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background');
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = page;
    const ground = numbers(getComputedStyle(probe).color);
    probe.remove();
    return layers.reduce((below, [r, g, b, a = 1]) => below.map((old, at) => old * (1 - a) + [r, g, b][at] * a), ground.slice(0, 3));
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (element) => {
    const ground = behind(element), [r, g, b, a = 1] = numbers(getComputedStyle(element).color);
    const [dark, bright] = [light(ground), light([r, g, b].map((part, at) => part * a + ground[at] * (1 - a)))].sort((one, other) => one - other);
    return (bright + 0.05) / (dark + 0.05);
  };
  const at = [...document.querySelectorAll('[role="columnheader"]')].findIndex((header) => header.innerText.replace(/[↓↑]/, '').trim() === column);
  const inSight = (element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return left >= 0 && right <= innerWidth + 1 && top >= 0 && bottom <= innerHeight + 1;
  };
  const rows = [...document.querySelectorAll('[role="rowgroup"] [role="row"]')];
  const figures = rows.flatMap((row) => row.querySelectorAll(':scope > [role="gridcell"]')[at]?.querySelector('.figure') ?? []).filter(inSight);
  const kinds = ['[role="tab"][aria-selected="true"]', '[role="columnheader"] button', '.figure', '.name .label', '.text .label', '.status', '.message',
    '.legend .time', '.series[aria-pressed="true"]', '.legend .figure', '.mark', '.mark .number', '.mark .figure',
    '.box.plain', '.box.pale', '.box.file0', '.box.file1', '.box.file2', '.box.file3', '.about .what', '.exactness', '.action:not(:disabled)'];
  const texts = kinds.flatMap((kind) => document.querySelector(`#page ${kind}`) ?? []);
  return { seen: figures.length, contrasts: texts.map((element) => ({ text: element.innerText.slice(0, 30), contrast: contrast(element) })) };
}

export class MemoryPage {
  #page;

  #show;

  /** `show` opens the page. */
  constructor(page, show) {
    this.#page = page;
    this.#show = show;
  }

  /** The page's frame, once it is there and has been told something. */
  async frame(patience) {
    return eventually(() => this.#seen(), patience);
  }

  async #seen() {
    for (const frame of this.#page.frames())
      if (await frame.evaluate(() => document.querySelector('#page [role="tablist"]')?.checkVisibility() ?? false).catch(() => false)) return frame;
    return undefined;
  }

  async isOpen() {
    return (await this.#seen()) !== undefined;
  }

  async selectedTab() {
    return (await this.frame()).locator('[role="tab"][aria-selected="true"]').innerText();
  }

  /** Clicks a tab and waits until it is the one that is seen; opens the page if need be. */
  async turnTo(tab) {
    if (!(await this.isOpen())) await this.#show();
    await eventually(async () => {
      const frame = await this.frame();
      await frame.getByRole('tab', { name: tab, exact: true }).click({ timeout: TRY_MS });
      return (await this.selectedTab()) === tab;
    });
  }

  async rows() {
    return (await (await this.frame()).evaluate(readTable)) ?? [];
  }

  /** The rows of the tab, once they are as expected. */
  async rowsOf(tab, areExpected) {
    if (!(await this.isOpen()) || (await this.selectedTab()) !== tab) await this.turnTo(tab);
    let seen;
    return eventually(async () => {
      seen = await this.rows();
      return areExpected(seen) && seen;
    }).catch((error) => {
      throw new Error(`${error.message}; the rows of ${tab} are ${JSON.stringify(seen, null, 1)}`);
    });
  }

  async message() {
    return (await this.frame()).locator('.message').allInnerTexts();
  }


  async #withRow(text, act) {
    await eventually(async () => {
      const frame = await this.frame();
      await act(frame.locator('[role="rowgroup"] [role="row"]').filter({ has: frame.locator('.name', { hasText: text }) }).first());
      return true;
    });
  }

  async click(text) {
    await this.#withRow(text, (row) => row.locator('.name .label').click({ timeout: TRY_MS }));
  }

  async toggle(text) {
    await this.#withRow(text, (row) => row.locator('.twistie').click({ timeout: TRY_MS }));
  }

  /** Clicks a button of the row. */
  async press(text, button) {
    await this.#withRow(text, async (row) => {
      await row.hover({ timeout: TRY_MS });
      await row.getByRole('button', { name: button }).click({ timeout: TRY_MS });
    });
  }

  /** Clicks a button above the table. */
  async pressAbove(button) {
    await (await this.frame()).locator('.toolbar').getByRole('button', { name: button }).click();
  }

  async filter(text) {
    await (await this.frame()).locator('input[type="search"]').fill(text);
  }

  async check(label, isChecked) {
    await (await this.frame()).getByLabel(label, { exact: true }).setChecked(isChecked);
  }

  async choose(label, option) {
    await (await this.frame()).getByLabel(label, { exact: true }).selectOption({ label: option });
  }

  async sortBy(column) {
    await (await this.frame()).getByRole('columnheader', { name: column }).getByRole('button').click();
  }

  async clickAt(index) {
    await (await this.frame()).locator(`[role="rowgroup"] [role="row"][aria-rowindex="${index + 2}"] .name .label`).click();
  }

  /** The first cell of the row that has the focus, or would. */
  async activeRow() {
    const cell = (await this.frame()).locator('[role="rowgroup"] [role="row"][aria-selected="true"] .name .label');
    return (await cell.count()) === 0 ? undefined : cell.innerText();
  }

  /** Those rows that are in sight without scrolling. */
  async rowsInSight() {
    const frame = await this.frame();
    const inSight = await frame.evaluate(() => {
      const { top, bottom } = document.querySelector('.scroller').getBoundingClientRect();
      return [...document.querySelectorAll('[role="rowgroup"] [role="row"]')].filter((row) => {
        const place = row.getBoundingClientRect();
        return place.top >= top && place.bottom <= bottom + 1;
      }).map((row) => Number(row.ariaRowIndex));
    });
    return (await this.rows()).filter((_, at) => inSight.includes(at + 2));
  }

  /** Gives the focus to the row of the table that has the tab stop, or to the tabs, as the Tab key would. */
  async focusTable() {
    await this.#tabTo('[role="row"]');
  }

  async focusTabs() {
    await this.#tabTo('[role="tab"]', 'Shift+Tab');
  }

  async #tabTo(selector, key = 'Tab') {
    const frame = await this.frame();
    await eventually(async () => {
      if (await frame.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return true;
      await this.#page.keyboard.press(key);
      return false;
    }, TRY_MS);
  }

  /** Where it is in the window. */
  async box() {
    const { x, y, width, height } = await (await (await this.frame()).frameElement()).boundingBox();
    return { x, y, width, height };
  }

  /** How many figures of a column are in sight, and the contrast of each kind of text. */
  async look(column) {
    return (await this.frame()).evaluate(lookAt, column);
  }

  /** What assistive technology is told of the page: roles, names, states. */
  async accessible() {
    return (await this.frame()).locator('#page').ariaSnapshot();
  }

  /** Closes the panel. */
  async close() {
    await this.#page.locator('.part.panel .codicon-panel-close, .part.panel .action-label[aria-label^="Hide Panel"]').first().click();
  }
}

// SPDX-License-Identifier: MIT
// The two charts of the page Memory as a user meets them: the timeline, and the flame graph.

import { eventually, TRY_MS } from './eventually.mjs';

/** Runs in a frame: what the chart tells of itself, and how much of it is painted; undefined if it is not there. */
function lookAtTimeline() {
  const canvas = document.querySelector('#chart .uplot canvas');
  if (canvas === null) return undefined;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let painted = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) painted++;
  const [, ...marks] = document.querySelector('#chart').ariaLabel.split('; ');
  const series = [...document.querySelectorAll('.series')].map((button) => ({
    label: button.childNodes[1].textContent.trim(), figure: button.querySelector('.figure').innerText, isDrawn: button.ariaPressed === 'true',
  }));
  return { marks, painted, series };
}

/** Runs in a frame: how much of the height of those elements is in sight, the highest of them. */
function heightInSight(selector) {
  const heights = [...document.querySelectorAll(selector)].map((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return left < -1 || right > innerWidth + 1 ? 0 : Math.min(bottom, innerHeight) - Math.max(top, 0);
  });
  return Math.max(0, ...heights);
}

export class TimelineTab {
  #page;
  #memory;

  /** `memory`: the page that it is in. */
  constructor(page, memory) {
    this.#page = page;
    this.#memory = memory;
  }

  /** { marks, painted (pixels), series: [{ label, figure, isDrawn }] }, or undefined. */
  async look() {
    if (!(await this.#memory.isOpen())) return undefined;
    return (await this.#memory.frame()).evaluate(lookAtTimeline).catch(() => undefined);
  }

  /** How many pixels of height what is drawn has in sight. */
  async drawnHeight() {
    return (await this.look())?.painted > 1000 ? (await this.#memory.frame()).evaluate(heightInSight, '#chart .u-over') : 0;
  }

  async #over() {
    const over = (await this.#memory.frame()).locator('#chart .u-over');
    return { over, box: await over.boundingBox() };
  }

  /** Drags over the chart from one part of its width to another. */
  async zoom(from, to) {
    const { x, y, width, height } = (await this.#over()).box;
    const { mouse } = this.#page;
    await mouse.move(x + from * width, y + height / 2);
    await mouse.down();
    await mouse.move(x + ((from + to) / 2) * width, y + height / 2);
    await mouse.move(x + to * width, y + height / 2);
    await mouse.up();
  }

  /** A double click. */
  async unzoom() {
    await (await this.#over()).over.dblclick();
  }

  /** The first and the last sample that the chart shows, in seconds, as its legend has them under the mouse. */
  async ends() {
    const frame = await this.#memory.frame();
    const ends = [];
    for (const part of [0.002, 0.998]) {
      const { x, y, width, height } = (await this.#over()).box;
      await this.#page.mouse.move(x + 0.5 * width, y + height / 2);
      await this.#page.mouse.move(x + part * width, y + height / 2);
      ends.push(parseFloat(/[\d.]+/.exec(await frame.locator('.legend .time').innerText())[0]));
    }
    return ends;
  }

  async toggleSeries(label) {
    await (await this.#memory.frame()).locator('.series', { hasText: label }).click();
  }

  /** Clicks the mark of a stop in the chart: at its time, which is a part of the whole. */
  async clickChartAt(part) {
    const { x, y, width, height } = (await this.#over()).box;
    await this.#page.mouse.click(x + part * width, y + height / 2);
  }

  /** The stops beside the chart. */
  async stops() {
    return (await this.#memory.frame()).locator('.mark').allInnerTexts();
  }

  /** Leads to the stop by the keyboard, from the first of them. */
  async enterStop(index) {
    const frame = await this.#memory.frame();
    await frame.locator('.mark').first().focus();
    for (let at = 0; at < index; at++) await this.#page.keyboard.press('ArrowDown');
    await eventually(() => frame.evaluate((wanted) => document.activeElement === document.querySelectorAll('.mark')[wanted], index));
    await this.#page.keyboard.press('Enter');
  }

  async chosenStop() {
    return (await this.#memory.frame()).locator('.mark[aria-current="true"]').innerText({ timeout: TRY_MS });
  }
}

export class FlameTab {
  #page;
  #memory;

  constructor(page, memory) {
    this.#page = page;
    this.#memory = memory;
  }

  /** The boxes, as they are told to assistive technology and where they are: [{ name, depth, left, width, text }]. */
  async boxes() {
    return (await this.#memory.frame()).locator('[role="tree"] [role="treeitem"]').evaluateAll((all) => all.map((box) => {
      const { left, width } = box.getBoundingClientRect();
      return { name: box.ariaLabel, depth: Number(box.ariaLevel) - 1, left, width, text: box.innerText, isFound: box.classList.contains('found') };
    }));
  }

  /** How many pixels of height what is drawn has in sight. */
  async drawnHeight() {
    return (await this.boxes()).length > 3 ? (await this.#memory.frame()).evaluate(heightInSight, '.flame') : 0;
  }

  async #box(name) {
    return (await this.#memory.frame()).getByRole('treeitem', { name }).first();
  }

  async click(name) {
    await (await this.#box(name)).click({ timeout: TRY_MS });
  }

  async clickTwice(name) {
    await (await this.#box(name)).dblclick({ timeout: TRY_MS });
  }

  /** A button above or below the graph. */
  async press(button) {
    await (await this.#memory.frame()).getByRole('button', { name: button, exact: true }).click({ timeout: TRY_MS });
  }

  async search(text) {
    await (await this.#memory.frame()).locator('input[type="search"]').fill(text);
  }

  async found() {
    return (await this.#memory.frame()).locator('.toolbar [role="status"]').innerText();
  }

  /** What is told below the graph. */
  async about() {
    return (await this.#memory.frame()).locator('.about .what').innerText();
  }

  async exactness() {
    return (await this.#memory.frame()).locator('.exactness').innerText();
  }

  /** Puts the focus on the box that Tab leads to, and presses keys there. */
  async keys(...keys) {
    await (await this.#memory.frame()).locator('[role="treeitem"][tabindex="0"]').focus();
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async focused() {
    return (await this.#memory.frame()).evaluate(() => document.activeElement.ariaLabel);
  }
}

// SPDX-License-Identifier: MIT
// The active text editor of a VS Code window: what is painted on which line. Everything on lines is
// read in one go, because the editor redraws whenever it likes.

import { GLYPHS } from '../../vscode-ext/src/pure/measuredGlyphs.ts';
import { eventually, TRY_MS } from './eventually.mjs';
import { enter, pickFromMenu } from './menu.mjs';

const EDITOR = '.part.editor .editor-instance .monaco-editor';
const OLDER = '.part.editor .monaco-editor.original-in-monaco-diff-editor';

/** Runs in the page: what the editor that has the focus (else the first) shows, by line number. */
function look(selector) {
  const editors = [...document.querySelectorAll(selector)].filter((one) => one.getBoundingClientRect().width > 0);
  const editor = editors.find((one) => one.closest('.editor-group-container.active')) ?? editors[0];
  if (editor === undefined) return undefined;
  const topOf = (element) => Math.round(element.getBoundingClientRect().top);
  const numbers = [...editor.querySelectorAll('.margin-view-overlays .line-numbers')]
    .filter((one) => one.textContent !== '');
  const lines = new Map(numbers.map((one) => [topOf(one), Number(one.textContent)]));
  const firstLetter = (line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.data.search(/[^\s\u00a0]/);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect().left;
    }
    return undefined;
  };
  const plain = (text) => text.replaceAll('\u00a0', ' ');
  const seen = { figures: {}, shapes: {}, places: {}, letters: {}, tints: {}, bars: {}, texts: {}, icons: {}, breakpoints: [], hint: null, stopped: null };

  for (const line of editor.querySelectorAll('.view-lines > .view-line')) {
    const number = lines.get(topOf(line));
    if (number === undefined) continue;
    seen.texts[number] = plain(line.textContent);
    seen.letters[number] = firstLetter(line);
    for (const span of line.querySelectorAll('span')) {
      const style = getComputedStyle(span, '::after'), { content } = style;
      const [, shape, text] = /^" ([ ▁▂▄▆█]) +(.*) "$/.exec(plain(content)) ?? [];
      if (text === undefined) continue;
      seen.figures[number] = text;
      seen.shapes[number] = shape;
      const width = parseFloat(style.width), isPlaced = style.position === 'absolute';
      const left = isPlaced ? line.querySelector('span').getBoundingClientRect().left + parseFloat(style.left) : span.getBoundingClientRect().right - width;
      seen.places[number] = { left, right: left + width, colour: style.color, background: style.backgroundColor };
    }
  }
  // Which colours stand for which level.
  const probe = editor.appendChild(document.createElement('div'));
  const levels = new Map();
  for (let level = 1; level <= 5; level++) {
    const colour = `var(--vscode-luaheat-heat${level}Background)`;
    probe.style.backgroundColor = colour;
    levels.set(getComputedStyle(probe).backgroundColor, { level, isDim: false });
    probe.style.backgroundColor = `color-mix(in srgb, ${colour} 45%, transparent)`;
    levels.set(getComputedStyle(probe).backgroundColor, { level, isDim: true });
  }
  probe.remove();

  for (const overlay of editor.querySelectorAll('.view-overlays > div')) {
    const number = lines.get(topOf(overlay));
    for (const decoration of overlay.querySelectorAll('.cdr')) {
      const style = getComputedStyle(decoration);
      const width = Math.round(parseFloat(style.borderLeftWidth));
      const isBar = width > 0 && style.borderLeftStyle === 'solid' && parseFloat(style.borderTopWidth) === 0;
      if (number !== undefined && isBar) seen.bars[number] = { level: width, colour: style.borderLeftColor, right: decoration.getBoundingClientRect().left + width };
      const tint = levels.get(style.backgroundColor);
      if (number !== undefined && tint !== undefined) seen.tints[number] = { ...tint, colour: style.backgroundColor };
    }
    if (overlay.querySelector('.debug-top-stack-frame-line') && number !== undefined) seen.stopped = number;
  }
  for (const glyph of editor.querySelectorAll('.glyph-margin-widgets > *')) {
    const number = lines.get(topOf(glyph));
    if (/codicon-debug-(stackframe-)?breakpoint|codicon-debug-breakpoint/.test(glyph.className)) seen.breakpoints.push(number);
    if (glyph.classList.contains('codicon-debug-hint')) seen.hint = number;
    const svg = /^url\("data:image\/svg\+xml;base64,(.*)"\)$/.exec(getComputedStyle(glyph).backgroundImage)?.[1];
    if (svg !== undefined) seen.icons[number] = atob(svg);
  }
  return seen;
}

export class Editor {
  #page;
  #selector;

  constructor(page, selector = EDITOR) {
    this.#page = page;
    this.#selector = selector;
  }

  /** The older text of the comparison that is open. */
  get older() {
    return new Editor(this.#page, OLDER);
  }

  async #look() {
    return (await this.#page.evaluate(look, this.#selector)) ?? { figures: {}, shapes: {}, places: {}, letters: {}, tints: {}, bars: {}, texts: {}, icons: {}, breakpoints: [], hint: null, stopped: null };
  }

  /** The texts at the ends of lines, by line. */
  async figures() {
    return (await this.#look()).figures;
  }

  /** Where they are, { left, right }, with their colours. */
  async places() {
    return (await this.#look()).places;
  }

  /** Where the first letters of lines begin. */
  async letters() {
    return (await this.#look()).letters;
  }

  /** Where lines begin and end that one can see, the overview ruler left out. */
  async view() {
    return this.#page.evaluate((selector) => {
      const editor = [...document.querySelectorAll(selector)].find((one) => one.closest('.editor-group-container.active'));
      const { left } = editor.querySelector('.lines-content').getBoundingClientRect();
      return { left, right: editor.querySelector('.decorationsOverviewRuler').getBoundingClientRect().left };
    }, this.#selector);
  }

  /** The shapes in front of those, which tell the level. */
  async shapes() {
    return (await this.#look()).shapes;
  }

  /** Heat of whole lines: { level, isDim, colour } by line. */
  async tints() {
    return (await this.#look()).tints;
  }

  /** Heat bars, which stand on indented lines: { level, colour } by line. */
  async bars() {
    return (await this.#look()).bars;
  }

  async levels() {
    return Object.fromEntries(Object.entries(await this.tints()).map(([line, { level }]) => [line, level]));
  }

  /** The text of each line one can see, inlay hints and inline values with it. */
  async texts() {
    return (await this.#look()).texts;
  }

  /** The line with the cursor. */
  async cursorLine() {
    return this.#page.evaluate((selector) => {
      const editor = [...document.querySelectorAll(selector)].find((one) => one.closest('.editor-group-container.active'));
      return Number(editor.querySelector('.line-numbers.active-line-number')?.textContent);
    }, this.#selector);
  }

  async goToLine(line) {
    await eventually(async () => {
      await this.#page.keyboard.press('Control+G');
      await this.#page.locator('.quick-input-widget:visible input.input').fill(`:${line}`, { timeout: TRY_MS });
      await enter(this.#page);
      return true;
    });
    await eventually(async () => (await this.cursorLine()) === line);
  }

  async breakpoints() {
    return (await this.#look()).breakpoints;
  }

  /** Where it is measured, by line: from, to or lap. */
  async measured() {
    const kindOf = (svg) => Object.keys(GLYPHS).find((kind) => svg.includes(`"${GLYPHS[kind]}"`));
    return Object.fromEntries(Object.entries((await this.#look()).icons).map(([line, svg]) => [line, kindOf(svg)]));
  }

  async stoppedLine() {
    return (await this.#look()).stopped;
  }

  /** Numbers of the lines one can see. */
  async visibleLines() {
    return Object.keys((await this.#look()).texts).map(Number);
  }

  /** Waits for other lines to come into sight, with figures on them or without; looks at little, as what it takes is the window's. */
  async movesOn(act, hasFigures) {
    const seen = ([selector, before, wanted]) => {
      const editor = document.querySelector(selector);
      const numbers = [...editor.querySelectorAll('.line-numbers')].map((one) => one.textContent).join();
      if (before === undefined) return numbers;
      const lines = [...editor.querySelectorAll('.view-lines > .view-line')];
      const painted = lines.filter((line) => line.querySelector('[class*="ced-"]') !== null);
      return numbers !== before && (!wanted || painted.length > 0.8 * lines.length);
    };
    const before = await this.#page.evaluate(seen, [this.#selector]);
    await act();
    await this.#page.waitForFunction(seen, [this.#selector, before, hasFigures]);
  }

  /** The lines that are drawn while `act` is awaited, as often as they are: for each whether figures are on it. */
  async drawnLines(act) {
    await this.#page.evaluate((selector) => {
      const drawn = [];
      const take = (changes) => {
        for (const { addedNodes } of changes) for (const line of addedNodes) drawn.push(line.querySelector('[class*="ced-"]') !== null);
      };
      const observer = new MutationObserver(take);
      observer.observe(document.querySelector(`${selector} .view-lines`), { childList: true });
      globalThis.endOfDrawnLines = () => {
        take(observer.takeRecords());
        observer.disconnect();
        return drawn;
      };
    }, this.#selector);
    await act();
    return this.#page.evaluate(() => globalThis.endOfDrawnLines());
  }

  async focus() {
    await this.#page.locator(`${this.#selector} .view-lines`).first().click({ position: { x: 400, y: 5 } });
  }

  /** Where the middle of a line number is, and how tall lines are. */
  async #place(line) {
    return eventually(() => this.#page.evaluate(([selector, number]) => {
      const editor = [...document.querySelectorAll(selector)].find((one) => one.closest('.editor-group-container.active'));
      const numbers = [...(editor?.querySelectorAll('.margin-view-overlays .line-numbers') ?? [])];
      const found = numbers.find((one) => one.textContent === String(number));
      if (found === undefined) return undefined;
      const { top, height } = found.getBoundingClientRect();
      return { left: editor.querySelector('.margin').getBoundingClientRect().left, middle: top + height / 2 };
    }, [this.#selector, line]));
  }

  /**
   * Clicks where breakpoints are set, and waits for one to come or go.
   */
  async clickGutter(line) {
    await this.takesBreakpoints(line);
    const { left, middle } = await this.#place(line);
    const there = (await this.breakpoints()).includes(line);
    await this.#page.mouse.click(left + 9, middle);
    await eventually(async () => (await this.breakpoints()).includes(line) !== there);
  }

  /** Picks an entry of the menu of a line's number. */
  async clickLineNumberMenu(line, entry) {
    const { left, middle } = await this.#place(line);
    await pickFromMenu(this.#page, () => this.#page.mouse.click(left + 9, middle, { button: 'right' }), entry);
  }

  /**
   * The workbench drops clicks, and F5, until it knows that files of the language can be debugged,
   * which it shows by a dim dot under the mouse.
   */
  async takesBreakpoints(line = 1) {
    const { left, middle } = await this.#place(line);
    await eventually(async () => {
      await this.#page.mouse.move(left + 60, middle);
      await this.#page.mouse.move(left + 9, middle);
      const { hint, breakpoints } = await this.#look();
      return hint === line || breakpoints.includes(line);
    });
  }

  /** Puts the mouse on the figures at the end of a line, and gives the hover's rows of cells. */
  async hoverFigures(line) {
    const { middle } = await this.#place(line);
    const x = await eventually(async () => (await this.places())[line]?.left) + 40;
    const table = this.#page.locator('.monaco-hover:visible table');
    await eventually(async () => {
      await this.#page.mouse.move(x - 3, middle);
      await this.#page.mouse.move(x, middle);
      await table.first().waitFor({ timeout: 5000 });
      return true;
    });
    await eventually(() => table.first().evaluate((one) => getComputedStyle(one.closest('.monaco-hover')).opacity === '1'));
    return table.first().locator('tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
  }

  async hoverText() {
    return (await this.#page.locator('.monaco-hover:visible').first().innerText()).replaceAll('\u00a0', ' ');
  }

  async hoverLinks() {
    return this.#page.locator('.monaco-hover:visible a').evaluateAll((all) => all.map((one) => one.textContent.trim()));
  }

  /** Opens the hover of the line's figures and clicks a link in it. */
  async clickHoverLink(line, text) {
    await eventually(async () => { // it closes when the line is drawn anew
      await this.hoverFigures(line);
      await this.#page.locator('.monaco-hover:visible a', { hasText: text }).first().click({ timeout: TRY_MS });
      return true;
    });
  }

  async closeHover() {
    await this.#page.mouse.move(640, 790);
    await this.#page.locator('.monaco-hover table').first().waitFor({ state: 'hidden' });
  }

  /** The colours of the overview ruler's middle, or its right, from top to bottom, blanks left out. */
  async rulerColours(lane = 'middle') {
    return this.#page.evaluate(([selector, share]) => {
      const editor = [...document.querySelectorAll(selector)].find((one) => one.closest('.editor-group-container.active'));
      const canvas = editor.querySelector('canvas.decorationsOverviewRuler');
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d').getImageData(Math.floor(width * share), 0, 1, height);
      const colours = [];
      for (let y = 0; y < height; y++) {
        const [red, green, blue, alpha] = data.subarray(4 * y, 4 * y + 4);
        if (alpha > 0) colours.push(`rgb(${red}, ${green}, ${blue})`);
      }
      return [...new Set(colours)];
    }, [this.#selector, lane === 'middle' ? 0.5 : 0.85]);
  }
}

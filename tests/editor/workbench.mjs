// SPDX-License-Identifier: MIT
// A VS Code window as a user meets it: what can be pressed and what can be seen. What is seen in an
// editor is told by line numbers.

import assert from 'node:assert/strict';

import { FlameTab, TimelineTab } from './charts.mjs';
import { Editor } from './editor.mjs';
import { eventually, PATIENCE_MS, TRY_MS } from './eventually.mjs';
import { tasksOf } from './main_thread.mjs';
import { MemoryPage } from './memory_page.mjs';
import { enter, pickFromMenu } from './menu.mjs';

const AGAIN_MS = 3000;

export class Workbench {
  #page;

  constructor(page) {
    this.#page = page;
    this.editor = new Editor(page);
    this.memory = new MemoryPage(page, () => this.command('Luaheat: Show Memory'));
    this.timeline = new TimelineTab(page, this.memory);
    this.flame = new FlameTab(page, this.memory);
  }

  /** A window at an address that opens the file of that name. */
  static async openAt(context, address, file, size = { width: 1280, height: 800 }) {
    const page = await context.newPage();
    await page.setViewportSize(size);
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(address);
    await page.waitForSelector('.monaco-workbench .part.statusbar .statusbar-item');
    const workbench = new Workbench(page);
    if (file !== undefined) {
      await workbench.#fileIsOpen(file);
      await workbench.editor.takesBreakpoints();
    }
    return workbench;
  }

  async close() {
    await this.#page.close();
  }

  /** VS Code opens a workspace without its folders at times: then it is loaded once more. */
  async showsFolders() {
    await eventually(async () => {
      const shown = await this.#page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: TRY_MS }).then(() => true, () => false);
      if (!shown) await this.#page.reload();
      return shown;
    });
  }

  async press(...keys) {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async type(text) {
    await this.#page.keyboard.type(text);
  }

  async resize(size) {
    await this.#page.setViewportSize(size);
  }

  /** What a story takes of the window's main thread: its tasks, in ms of processor time, the heaviest first. */
  async tasksOf(story) {
    return tasksOf(this.#page, story);
  }

  /** With the mouse where it is, or out of the way. */
  async picture(path, { keepMouse = false, clip } = {}) {
    if (!keepMouse) await this.#page.mouse.move(640, 790);
    await this.#page.screenshot({ path, ...(clip && { clip }) });
  }

  /** Opens a file of the folder by its name. */
  async openFile(name) {
    await this.#chooseFile(name);
    await this.#fileIsOpen(name);
  }

  async #chooseFile(name) {
    await eventually(async () => {
      await this.press('Control+P');
      return this.#take(name, (label) => label === name);
    });
  }

  /** The texts of the rows of the profile that is open, which VS Code shows as a table. */
  async profileRows(patience) {
    return this.#inFrame(() => {
      const rows = [...document.querySelectorAll('[role="row"], [role="treeitem"], .row')].map((row) => row.innerText);
      return rows.length > 1 && rows;
    }, patience);
  }

  /** Opens a profile of the folder: the texts of its rows. */
  async openProfile(name) {
    const tab = this.#page.locator(`.tab.active[data-resource-name="${name}"]`);
    await this.#chooseFile(name);
    await tab.waitFor();
    const rows = await this.profileRows(TRY_MS).catch(() => undefined);
    if (rows !== undefined) return rows;
    // A window that is new opens it as text, and so does the list of files ever after; the explorer does not.
    await this.closeTab();
    await this.#page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    return this.profileRows();
  }

  /** The page that is open, once it has a heading: { text, background }. */
  async page() {
    return this.#inFrame(() => document.querySelector('h1') !== null && {
      text: document.body.innerText, background: getComputedStyle(document.body).backgroundColor,
    });
  }

  /** What the function finds in some frame. */
  async #inFrame(find, patience) {
    return eventually(async () => {
      for (const frame of this.#page.frames()) {
        const found = frame !== this.#page.mainFrame() && (await frame.evaluate(find).catch(() => false));
        if (found) return found;
      }
      return undefined;
    }, patience);
  }

  /** Waits until the two texts that are compared differ, or no longer do. */
  async comparisonShowsEdit(shown) {
    const edits = this.#page.locator('.monaco-diff-editor .modified-in-monaco-diff-editor .line-insert');
    await edits.first().waitFor({ state: shown ? 'visible' : 'detached' });
  }

  /** Saves the active file; where the keys go to something else for a moment they are pressed again. */
  async save() {
    await eventually(async () => {
      await this.press('Control+S');
      await this.#page.locator('.tab.active:not(.dirty)').first().waitFor({ timeout: TRY_MS });
      return true;
    });
  }

  async closeTab() {
    await this.#page.locator('.editor-group-container.active .tab.active .action-label[aria-label^="Close"]').click();
  }

  async #fileIsOpen(name) {
    await this.#page.waitForSelector(`.tab.active[data-resource-name=${JSON.stringify(name)}]`);
    await this.#page.waitForFunction((end) => [...document.querySelectorAll('.monaco-editor[data-uri]')].some((editor) =>
      decodeURIComponent(editor.dataset.uri).endsWith(end) && editor.querySelector('.view-line') !== null), `/${name}`);
  }

  /** Runs a command by its title in the palette. */
  async command(title) {
    await eventually(async () => {
      await this.#page.keyboard.press('F1');
      return this.#take(`>${title}`, (label) => label === title || label.endsWith(`: ${title}`));
    });
    await eventually(() => this.#page.evaluate(() => {
      const input = document.querySelector('.quick-input-widget:not([style*="display: none"]) input.input');
      return !(input?.value ?? '').startsWith('>');
    }));
  }

  /** Runs a command that shows a list, and picks the entry; again, where something has taken the focus, and with it the list. */
  async choose(title, label) {
    await eventually(async () => {
      await this.command(title);
      await this.pick(label, TRY_MS);
      return true;
    });
  }

  /** Picks an entry of the open list by its label. */
  async pick(label, patience = PATIENCE_MS) {
    const rows = this.#page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    await eventually(async () => {
      const index = (await this.pickable(patience)).indexOf(label);
      if (index >= 0) await rows.nth(index).click({ timeout: TRY_MS });
      return index >= 0;
    }, patience);
  }

  async pickAt(index) {
    await this.#page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row').nth(index).click();
  }

  /** Finds an entry of a long list by typing its label, and picks it. */
  async find(label) {
    await eventually(() => this.#typeInto(label, (found) => found === label));
    await enter(this.#page);
  }

  /** Each entry of the open list as its lines: label and description, then what stands below. */
  async pickableTexts() {
    await this.pickable();
    return this.#page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row').evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('.quick-input-list-row')].map((line) => line.textContent.trim())));
  }

  /** Clicks a button above the open list. */
  async clickPickerButton(title) {
    await this.#page.locator(`.quick-input-widget:visible .quick-input-titlebar .action-label[aria-label="${title}"]`).click();
  }

  /** What is in the input box, once it is there. */
  async inputValue() {
    return this.#page.locator('.quick-input-widget:visible input.input').inputValue();
  }

  async typeAnswer(text) {
    await this.#page.locator('.quick-input-widget:visible input.input').fill(text);
  }

  /** Waits for what the input box says of what is in it. */
  async inputSays(text) {
    await this.#page.locator('.quick-input-widget:visible .quick-input-message', { hasText: text }).waitFor();
  }

  /** What the box below the stopped line tells. */
  async exception() {
    return this.#page.locator('.exception-widget').innerText();
  }

  async hasException() {
    return (await this.#page.locator('.exception-widget').count()) > 0;
  }

  /**
   * Waits for a source that the debugger has, by its first line. Before VS Code has started all of itself it cannot open one,
   * nor in the same tab ever after: then it is closed, and the frame chosen again.
   */
  async sourceOpens(line) {
    await eventually(async () => {
      const isOpen = await eventually(async () => (await this.editor.texts())[1] === line, AGAIN_MS).catch(() => false);
      if (!isOpen) await this.closeTab();
      if (!isOpen) await this.#page.locator('.debug-call-stack .monaco-list-row .stack-frame').first().click({ timeout: TRY_MS });
      return isOpen;
    });
  }

  /** What the call stack says of the program; opens the view if it is closed. */
  async stopLabel() {
    await this.rows('Call Stack');
    return this.#page.locator('.call-stack-state-message .label').innerText({ timeout: TRY_MS });
  }

  /** Waits for an input box and answers it. */
  async answer(text) {
    await this.#page.locator('.quick-input-widget:visible input.input').fill(text);
    await enter(this.#page);
  }

  /** Answers the file dialog, which lists the folder of what is typed and rewrites it meanwhile. */
  async answerFile(path) {
    const input = this.#page.locator('.quick-input-widget:visible input.input');
    await input.waitFor();
    await eventually(async () => {
      if (!(await input.isVisible())) return true;
      await input.fill(path, { timeout: TRY_MS });
      await eventually(async () => (await this.pickable()).includes(path.split('/').at(-1)) && (await input.inputValue()) === path, TRY_MS);
      await enter(this.#page);
      await input.waitFor({ state: 'hidden', timeout: TRY_MS });
      return true;
    });
  }

  /** Takes the name that the file dialog proposes. */
  async acceptFile() {
    const input = this.#page.locator('.quick-input-widget:visible input.input');
    await eventually(async () => /[^/]$/.test(await input.inputValue({ timeout: TRY_MS })));
    await eventually(async () => {
      if (!(await input.isVisible())) return true;
      await enter(this.#page);
      await input.waitFor({ state: 'hidden', timeout: TRY_MS });
      return true;
    });
  }

  async pickable(patience = PATIENCE_MS) {
    await this.#page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row').first().waitFor({ timeout: patience });
    return this.#page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row').evaluateAll((rows) =>
      rows.map((row) => row.querySelector('.label-name').textContent.trim()));
  }

  /** Types, and takes the entry that is focused if it is the one; else closes the list. */
  async #take(text, isTheOne) {
    const found = await this.#typeInto(text, isTheOne);
    if (found) await enter(this.#page);
    else await this.#page.keyboard.press('Escape');
    return found;
  }

  /** True once the focused entry of the list is the one. */
  async #typeInto(text, isTheOne) {
    const input = this.#page.locator('.quick-input-widget:visible input.input');
    await input.fill(text, { timeout: TRY_MS });
    return eventually(async () => {
      const rows = this.#page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row.focused');
      const label = await rows.first().locator('.label-name').first().innerText({ timeout: 500 });
      return isTheOne(label.trim());
    }, TRY_MS).catch(() => false);
  }

  // Debugging

  async stopped() {
    return eventually(async () => (await this.editor.stoppedLine()) ?? undefined);
  }

  async stopsAt(line) {
    await eventually(async () => (await this.editor.stoppedLine()) === line);
  }

  /**
   * The debug icon tells how many sessions there are, to screen readers too. F5 does not start another one before the
   * debug view's toolbar is gone. Asked right after it has been told to start, there is none yet: then wait first for what it shows.
   */
  async ends() {
    await this.#page.locator('.part.activitybar .action-label[aria-label^="Run and Debug"]:not([aria-label*="active session"])').waitFor();
    await this.#page.locator('.part.sidebar .action-label:is(.codicon-debug-stop, .codicon-debug-disconnect)').first().waitFor({ state: 'hidden' });
    await eventually(async () => (await this.editor.stoppedLine()) === null);
  }

  /** Keys do nothing before the workbench knows that the program has stopped, as the debug view's toolbar shows. */
  async #pressWhenStopped(key) {
    await this.#page.locator('.action-label.codicon-debug-continue:visible').waitFor();
    await this.press(key);
  }

  async continue() {
    await this.#pressWhenStopped('F5');
  }

  async stepOver() {
    await this.#pressWhenStopped('F10');
  }

  async continueTo(line) {
    await this.continue();
    await this.stopsAt(line);
  }

  /** Text of the status bar's item, or undefined. */
  async status() {
    return this.#page.evaluate(() => {
      const item = document.querySelector('.part.statusbar .statusbar-item[id*="luaheat.heap"]');
      const isShown = item !== null && item.getBoundingClientRect().width > 0;
      return isShown ? item.textContent.replaceAll('\u00a0', ' ').trim() : undefined;
    });
  }

  /** The language of the text that is open, as the status bar has it. */
  async language() {
    return this.#page.locator('.part.statusbar .statusbar-item[id="status.editor.mode"]').innerText();
  }

  async clickStatus() {
    await this.#page.locator('.part.statusbar .statusbar-item[id*="luaheat.heap"] a').click();
  }

  /** A view of the side bar. */
  #pane(title) {
    return this.#page.locator('.part.sidebar .pane', { has: this.#page.locator('.pane-header .title', { hasText: title }) });
  }

  /** The rows of a view in the side bar as [label, description]; opens the view if it is closed. */
  async rows(title) {
    const pane = this.#pane(title);
    const header = pane.locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) === 'false') {
      await header.click();
      await this.#page.mouse.move(640, 790); // what the header tells under the mouse would cover rows
    }
    return pane.locator('.monaco-list-row').evaluateAll((rows) => rows
      .sort((one, other) => Number(one.dataset.index) - Number(other.dataset.index))
      .map((row) => {
        const text = (selector) => row.querySelector(selector)?.textContent.replaceAll('\u00a0', ' ') ?? '';
        return [text('.label-name'), text('.label-description')];
      }));
  }

  /** What a screen reader says of the rows of a view. */
  async spokenRows(title) {
    await this.rows(title);
    return this.#pane(title).locator('.monaco-list-row').evaluateAll((rows) => rows
      .sort((one, other) => Number(one.dataset.index) - Number(other.dataset.index))
      .map((row) => row.getAttribute('aria-label').replaceAll('\u00a0', ' ')));
  }

  /** The label of the row that is selected in a view. */
  async selectedRow(title) {
    const [label] = await this.#pane(title).locator('.monaco-list-row.selected .label-name').allInnerTexts();
    return label;
  }

  /** Clicks the first row with that text, from the index on, with a key held down if there is one. */
  async clickRow(title, label, from = 0, key) {
    await eventually(async () => {
      const labels = (await this.rows(title)).map(([text]) => text);
      const index = labels.findIndex((text, at) => at >= from && text.includes(label));
      const row = this.#pane(title).locator(`.monaco-list-row[data-index="${index}"]`, { hasText: label });
      await row.click({ modifiers: key === undefined ? [] : [key], timeout: TRY_MS });
      return true;
    });
  }

  /** Opens a row that has others below it. */
  async expandRow(title, label) {
    const row = this.#pane(title).locator('.monaco-list-row', { hasText: label }).first();
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
  }

  /** Clicks an action of the first row with that label. */
  async clickRowAction(title, label, action) {
    const row = this.#pane(title).locator('.monaco-list-row', { hasText: label }).first();
    await this.rows(title);
    await eventually(async () => { // a row that is drawn anew or moves meanwhile is not under the mouse any more
      await row.hover({ timeout: TRY_MS });
      await row.locator(`.action-label[aria-label^="${action}"]`).click({ timeout: TRY_MS });
      return true;
    });
  }

  /** Picks an entry of the menu of the first row with that text; opens the view if it is closed. */
  async clickRowMenu(title, label, entry) {
    await this.rows(title);
    const row = this.#pane(title).locator('.monaco-list-row', { hasText: label }).first();
    await pickFromMenu(this.#page, () => row.click({ button: 'right', timeout: TRY_MS }), entry);
  }

  /** What a view says above its rows, once that is what is wanted. */
  async says(title, text) {
    await this.#pane(title).locator('.message', { hasText: text }).waitFor();
  }

  /** Waits for the text that an empty view shows. */
  async welcomes(title, text) {
    await this.rows(title);
    await this.#pane(title).locator('.welcome-view-content', { hasText: text }).waitFor();
  }

  async hasView(title) {
    return (await this.#pane(title).count()) > 0;
  }

  /** Closes views of the side bar, so that others have room. */
  async closeViews(...titles) {
    for (const title of titles) {
      const header = this.#pane(title).locator('.pane-header');
      if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
    }
  }

  /** Sets a breakpoint on a line by the widget for conditions, with that mode. */
  async setBreakpointMode(line, mode) {
    await this.editor.goToLine(line);
    await this.command('Debug: Add Conditional Breakpoint...');
    const widget = this.#page.locator('.breakpoint-widget');
    const entry = this.#page.locator('.monaco-select-box-dropdown-container .monaco-list-row', { hasText: mode });
    await eventually(async () => {
      if (!(await entry.isVisible())) await widget.locator('.select-mode-container select').click({ timeout: TRY_MS });
      await entry.click({ timeout: TRY_MS });
      return true;
    });
    await widget.locator('.inputContainer .monaco-editor').click();
    await this.press('Enter');
    await widget.waitFor({ state: 'detached' });
  }

  /** Titles of the actions beside the open editor's tabs. */
  async editorActions() {
    return this.#page.locator('.part.editor .editor-actions .action-label').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  }

  async clickEditorAction(title) {
    await this.#page.locator(`.part.editor .editor-actions .action-label[aria-label^="${title}"]`).click();
  }

  /** Waits for an editor of that title. */
  async tab(title) {
    await this.#page.locator('.tab.active', { hasText: title }).waitFor();
  }

  /** A colour of the theme, as a browser tells it: "rgb(1, 2, 3)". */
  async themeColour(name) {
    return this.#page.evaluate((variable) => {
      const probe = document.querySelector('.monaco-workbench').appendChild(document.createElement('div'));
      probe.style.color = `var(--vscode-${variable})`;
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    }, name);
  }

  /** As VS Code zooms: so many times as large, in a window of that size. */
  async zoom(factor, { width, height }) {
    const seen = { width: Math.round(width / factor), height: Math.round(height / factor) };
    await this.resize(seen); // a picture is taken in that, and without the factor
    const client = await this.#page.context().newCDPSession(this.#page);
    await client.send('Emulation.setDeviceMetricsOverride', { ...seen, deviceScaleFactor: factor, mobile: false });
  }

  async setTheme(title) {
    await eventually(async () => {
      await this.press('Control+K', 'Control+T');
      await this.#page.waitForSelector('.quick-input-widget .quick-input-list .monaco-list-row', { timeout: TRY_MS });
      return this.#take(title, (label) => label === title);
    });
    await this.#page.waitForSelector('.quick-input-widget', { state: 'hidden' });
  }

  /** Waits for the settings to show that one. */
  async settings(title) {
    await this.#page.locator('.settings-editor .setting-item-label', { hasText: title }).waitFor();
  }

  // Messages

  /** The text and buttons of the first message that says so, in the corner or as a dialog; waits for it. */
  async message(said = /./) {
    const boxes = this.#page.locator('.notification-toast .notification-list-item, .monaco-dialog-box');
    return eventually(async () => {
      const messages = await boxes.evaluateAll((shown) => shown.map((box) => ({
        text: box.querySelector('.notification-list-item-message, .dialog-message-container').innerText,
        buttons: [...box.querySelectorAll('.monaco-button')].map((button) => button.innerText.trim()).filter((button) => button !== ''),
      })));
      const found = messages.find(({ text }) => said.test(text));
      assert.ok(found, `${said} is in none of ${messages.map(({ text }) => text).join('\n')}`);
      return found;
    });
  }

  async pressButton(title) {
    await this.#page.locator('.notification-toast .monaco-button, .monaco-dialog-box .monaco-button', { hasText: title }).first().click();
  }

  async closeMessages() {
    await this.command('Notifications: Clear All Notifications');
  }

  /** Asks in the debug console what completes the start of a name, takes the first suggestion, and enters it. */
  async completeInConsole(start, suggestion) {
    await this.command('Debug Console: Focus on Debug Console View');
    await this.#page.locator('.repl .repl-input-wrapper .monaco-editor.focused').waitFor();
    await this.type(start);
    await this.press('Escape', 'Control+Space'); // what it suggests while one types it may know from the first letter
    await this.#page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: suggestion }).waitFor();
    await this.press('Tab', 'Enter');
  }

  /** Enters code in the debug console. */
  async enterInConsole(code) {
    await this.command('Debug Console: Focus on Debug Console View');
    await this.#page.locator('.repl .repl-input-wrapper .monaco-editor.focused').waitFor();
    await this.type(code);
    await this.press('Escape', 'Enter'); // without what it suggests
  }

  /** What is suggested where the cursor is. */
  async suggestions() {
    await this.#page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
    return this.#page.locator('.suggest-widget.visible .monaco-list-row .label-name').allInnerTexts();
  }

  /** What the terminal in the panel shows; settings must have it drawn as text. */
  async terminal() {
    const rows = await this.#page.locator('.terminal-wrapper.active .xterm-rows > div').allInnerTexts();
    return rows.map((row) => row.replaceAll('\u00a0', ' ').trimEnd()).filter((row) => row !== '');
  }

  async typeInTerminal(text) {
    await this.#page.locator('.terminal-wrapper.active .xterm-screen').click();
    await this.type(text);
  }

  /** The lines of the debug console, in front of what else opens in the panel. */
  async console() {
    if (!(await this.#page.locator('.repl').isVisible())) await this.command('Debug Console: Focus on Debug Console View');
    return this.#page.locator('.repl .monaco-list-row').allInnerTexts();
  }

  async clipboard() {
    return this.#page.evaluate(() => navigator.clipboard.readText());
  }

  /** Opens the extension's page: how many pictures it has, and the addresses of those that do not load. */
  async extensionPage(name) {
    await this.command('View: Show Extensions');
    const row = this.#page.locator('.extensions-list .monaco-list-row', { hasText: name }).first();
    await row.click();
    await this.#page.locator('.extension-editor').waitFor();
    return this.#inFrame(() => document.body.textContent.includes('Luaheat for VS Code') && {
      broken: [...document.images].filter((image) => image.naturalWidth === 0).map((image) => image.getAttribute('src') ?? image.alt),
    });
  }

  /** Clicks a button of the step that is open in a walkthrough. */
  async clickStep(button) {
    await this.#page.locator('.gettingStartedContainer .button-container .monaco-button, .gettingStartedContainer a.monaco-button', { hasText: button }).first().click();
  }

  /** The name of the file whose tab is the active one. */
  async activeTab() {
    return this.#page.locator('.tab.active').first().getAttribute('data-resource-name');
  }

  /** The pictures that a step of the open walkthrough shows, by whether they have loaded. */
  async walkthroughPictures() {
    return this.#page.locator('.gettingStartedContainer .getting-started-media img').evaluateAll((all) =>
      all.filter((image) => image.getBoundingClientRect().width > 0).map((image) => image.naturalWidth > 0));
  }

  /** Calls back with the address of all that the window fetches from now on. */
  onRequest(callback) {
    this.#page.on('request', (request) => callback(request.url()));
  }

  /** Makes the session of that name the active one. */
  async clickSession(name) {
    await this.#page.locator('.debug-call-stack .monaco-list-row .session .name', { hasText: name }).first().click();
  }
}

// SPDX-License-Identifier: MIT
// Picking the program to attach to, among those that have opened a door: as the variable
// ${command:pickLuaProcess} of a launch configuration, or to attach at once.

import { execFile } from 'node:child_process';

import { commands, debug, env, ThemeIcon, Uri, window, workspace } from 'vscode';
import type { QuickInputButton, QuickPick, QuickPickItem } from 'vscode';

import type { Commands } from '../commands.ts';
import { attachTo, doorRow, listenLines, processIdFor, readDoors } from '../pure/attach.ts';
import type { Door } from '../pure/attach.ts';
import { EXTENSION_ID } from '../settings.ts';
import { texts } from '../texts.ts';
import type { AdapterFactory } from './adapter.ts';

const PATIENCE_MS = 10_000;

export function attachCommands(adapters: AdapterFactory): Commands {
  return {
    'luaheat.pickLuaProcess': async () => {
      const picked = await pick(adapters);
      return picked && processIdFor(picked.door, picked.all);
    },
    'luaheat.attach': async () => {
      const door = (await pick(adapters))?.door;
      if (door === undefined) return;
      const folder = workspace.getWorkspaceFolder(Uri.file(door.cwd)) ?? workspace.workspaceFolders?.[0];
      await debug.startDebugging(folder, attachTo(door, texts.attachedTo(doorRow(door, words()).label, door.pid)));
    },
    'luaheat.copyListen': () => copyListen(adapters),
    'luaheat.howToAttach': () => commands.executeCommand('workbench.action.openWalkthrough', `${EXTENSION_ID}#pictures#attach`),
  };
}

interface Picked {
  readonly door: Door;
  readonly all: readonly Door[];
}

/** undefined: the user has picked none. Rejects if they cannot be listed. */
async function pick(adapters: AdapterFactory): Promise<Picked | undefined> {
  if (!(await adapters.ensure())) return undefined;
  const list = new DoorList(() => listDoors(adapters));
  try {
    return await list.picked();
  } finally {
    list.dispose();
  }
}

async function listDoors(adapters: AdapterFactory): Promise<readonly Door[]> {
  const program = adapters.find();
  const output = 'found' in program ? await outputOf(program.found, ['ps', '--json']) : '';
  const doors = readDoors(output);
  if (doors === undefined) throw new Error(texts.adapterSays(output.trim()));
  return doors;
}

function outputOf(program: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: PATIENCE_MS }, (error, output, errors) => {
      if (error === null) resolve(output);
      else reject(new Error(texts.adapterSays(errors.trim() || error.message)));
    });
  });
}

/** What a program has to run, with the module of this extension. */
async function copyListen(adapters: AdapterFactory): Promise<void> {
  const program = adapters.find();
  const folder = 'found' in program ? (await outputOf(program.found, ['--cpath'])).trim() : '';
  await env.clipboard.writeText(listenLines(folder));
  void window.showInformationMessage(texts.listenCopied());
}

/** A row without a door tells how a program opens one. */
interface Row extends QuickPickItem {
  readonly door?: Door;
}

class DoorList {
  readonly #list: () => Promise<readonly Door[]>;
  readonly #picker: QuickPick<Row> = window.createQuickPick<Row>();
  readonly #refresh: QuickInputButton = { iconPath: new ThemeIcon('refresh'), tooltip: texts.refreshDoors() };
  readonly #help: QuickInputButton = { iconPath: new ThemeIcon('question'), tooltip: texts.howToAttach() };
  #all: readonly Door[] = [];

  constructor(list: () => Promise<readonly Door[]>) {
    this.#list = list;
    this.#picker.title = texts.pickDoor();
    this.#picker.buttons = [this.#refresh, this.#help];
    this.#picker.matchOnDescription = true;
    this.#picker.matchOnDetail = true;
  }

  async picked(): Promise<Picked | undefined> {
    return new Promise((resolve, reject) => {
      const fill = (): void => void this.#fill().catch(reject);
      this.#picker.onDidTriggerButton((button) => (button === this.#refresh ? fill() : help()));
      this.#picker.onDidAccept(() => {
        const [row] = this.#picker.selectedItems;
        if (row !== undefined && row.door === undefined) help();
        resolve(row?.door && { door: row.door, all: this.#all });
      });
      this.#picker.onDidHide(() => resolve(undefined));
      this.#picker.show();
      fill();
    });
  }

  dispose(): void {
    this.#picker.dispose();
  }

  async #fill(): Promise<void> {
    this.#picker.busy = true;
    this.#all = await this.#list();
    this.#picker.busy = false;
    this.#picker.placeholder = this.#all.length === 0 ? texts.noDoor() : texts.doorHint();
    this.#picker.items = this.#all.length === 0 ? [howTo()] : this.#all.map((door) => ({ ...doorRow(door, words()), door }));
  }
}

function words(): { taken: string; suspended: string } {
  return { taken: texts.takenDoor(), suspended: texts.suspendedDoor() };
}

function howTo(): Row {
  return { label: `$(question) ${texts.howToAttach()}`, detail: texts.opensDoor(), alwaysShow: true };
}

function help(): void {
  void commands.executeCommand('luaheat.howToAttach');
}

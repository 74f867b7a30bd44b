// SPDX-License-Identifier: MIT
// VS Code for the browser: code-server with our extension in it, on a port and in folders of its own.

import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'editor.fontFamily': "'DejaVu Sans Mono'",
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'files.autoSave': 'off',
  'debug.internalConsoleOptions': 'neverOpen',
  'debug.toolBarLocation': 'docked',
};

export async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The address of a window on a folder, or on a workspace file in it, with a file of it open. */
export function addressOf(url, folder, file, workspace) {
  const query = new URLSearchParams(workspace === undefined ? { folder } : { workspace: `${folder}/${workspace}` });
  if (file !== undefined) {
    const path = `${folder}/${file}`.split('/').map(encodeURIComponent).join('/');
    query.set('payload', JSON.stringify([['openFile', `vscode-remote://${new URL(url).host}${path}`]]));
  }
  return `${url}/?${query}`;
}

export class CodeServer {
  #home = mkdtempSync(join(tmpdir(), 'luaheat-editor-'));
  #entry;
  #process;
  url;

  /** `bed` is the folder that bed/install prints. */
  constructor(bed) {
    this.#entry = join(bed, 'node_modules/code-server/out/node/entry.js');
    this.setSettings();
  }

  /** Replaces the user's settings. Windows read them when they open. */
  setSettings(settings = {}) {
    this.#write('User', { ...SETTINGS, ...settings });
  }

  /** Those of the machine, where settings such as paths of programs belong. Windows read them when they open. */
  setMachineSettings(settings = {}) {
    this.#write('Machine', settings);
  }

  #write(folder, settings) {
    mkdirSync(join(this.#home, 'user', folder), { recursive: true });
    writeFileSync(join(this.#home, 'user', folder, 'settings.json'), JSON.stringify(settings, null, 2));
  }

  /** Where programs open their doors, so that no others are seen. */
  get doors() {
    return join(this.#home, 'doors');
  }

  get logs() {
    return join(this.#home, 'user/logs');
  }

  install(vsix) {
    const result = spawnSync(process.execPath, [this.#entry, ...this.#folders(), '--install-extension', vsix, '--force'],
      { env: this.#environment(), encoding: 'utf8' });
    if (result.status !== 0) throw new Error(`Cannot install ${vsix}:\n${result.stdout}${result.stderr}`);
  }

  /** Where the extension is installed. */
  get extension() {
    const extensions = join(this.#home, 'extensions');
    const [folder] = readdirSync(extensions).filter((name) => name.startsWith('luaheat.'));
    return join(extensions, folder);
  }

  /** Takes a program that came with the extension away, or puts a script there; gives what puts it back. */
  replaceProgram(name, script) {
    const program = join(this.extension, 'bin', name);
    renameSync(program, `${program}.hidden`);
    if (script !== undefined) writeFileSync(program, script, { mode: 0o755 });
    return () => renameSync(`${program}.hidden`, program);
  }

  async start(port) {
    const options = [
      '--bind-addr', `127.0.0.1:${port}`, '--auth', 'none', '--disable-telemetry', '--disable-update-check',
      '--disable-workspace-trust', '--disable-getting-started-override', '--disable-proxy', '--ignore-last-opened',
      '--log', 'debug',
    ];
    this.#process = spawn(process.execPath, [this.#entry, ...this.#folders(), ...options],
      { env: this.#environment(), stdio: 'ignore' });
    this.url = `http://127.0.0.1:${port}`;
    const exited = new Promise((_, reject) => this.#process.once('exit', (code) => reject(new Error(`code-server ended (${code})`))));
    await Promise.race([this.#healthy(), exited]);
    exited.catch(() => {});
    return this;
  }

  /** Ends when the server does. */
  ended() {
    return new Promise((resolve) => this.#process.once('exit', resolve));
  }

  async stop() {
    if (this.#process !== undefined && this.#process.exitCode === null) {
      const ended = this.ended();
      this.#process.kill('SIGTERM');
      const force = setTimeout(() => this.#process.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(force);
    }
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async #healthy() {
    for (;;) {
      const answer = await fetch(`${this.url}/healthz`).catch(() => undefined);
      if (answer?.status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  #folders() {
    const in_home = (name) => join(this.#home, name);
    return ['--config', in_home('config.yaml'), '--user-data-dir', in_home('user'), '--extensions-dir', in_home('extensions')];
  }

  /** PATH is what a user's shell would have; the extension looks for programs there. */
  #environment() {
    const env = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
    for (const name of Object.keys(env)) if (/^(LUA_|LUAHEAT|NODE_|npm_|VSCODE_)/.test(name)) delete env[name];
    return { ...env, LUAHEAT_DOORS: this.doors };
  }
}

// SPDX-License-Identifier: MIT
// What docs/editors.md has for each editor, and a session that an editor tells: the same story for each, of which it writes
// a line per fact. The program is launched, or a worker that runs already; here, or where files are elsewhere.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { cleanEnv, lua, luaheat, runInShell, scratchFolder, testsDir, withSanitizer } from '../programs.mjs';
import { patience } from './dap_client.mjs';
import { modulePath } from './host.mjs';
import { Server } from './listening.mjs';

export const document = readFileSync(join(testsDir, '../docs/editors.md'), 'utf8');
export const packaging = join(testsDir, '../packaging');

const sectionOf = (heading) => document.split(/^## /m).find((section) => section.startsWith(`${heading}\n`));
const blocksOf = (text, language) => [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block);

/** The first block of code behind `words` in a section. */
function blockBehind(section, words, language) {
  const text = sectionOf(section);
  assert.ok(text.includes(words), words);
  return blocksOf(text.slice(text.indexOf(words)), language)[0];
}

/** What the document says of an editor: for programs here, and for those in a container. */
export const settings = {
  nvim: [blockBehind('Neovim', 'nvim-dap.lua', 'lua'), blockBehind('Containers', 'Neovim, behind', 'lua')],
  vimspector: [blockBehind('Vim', 'vimspector.json', 'json'), blockBehind('Containers', 'Vimspector, in', 'json')],
  dapMode: [blockBehind('Emacs', 'dap-mode.el', 'elisp'), blockBehind('Containers', 'with dap-mode', 'elisp')],
  dape: [blockBehind('Emacs', 'dape.el', 'elisp'), blockBehind('Containers', 'with dape', 'elisp')],
  nvimHeat: [blockBehind('Neovim', 'nvim-heat.lua', 'lua')],
  dapModeHeat: [blockBehind('Emacs', 'dap-mode-heat.el', 'elisp')],
};

export const commands = { install: blocksOf(document.split('## Neovim')[0], 'sh')[0], container: blocksOf(sectionOf('Containers'), 'sh') };

/** A program of somebody's that runs already, in that folder. */
export class Worker {
  #process;
  #lines;

  constructor(folder, doors) {
    this.#process = spawn(lua, [join(folder, 'worker.lua')], {
      cwd: folder, stdio: ['ignore', 'pipe', 'inherit'],
      env: cleanEnv({ LUA_CPATH: `${dirname(modulePath)}/?.so`, LUAHEAT_DOORS: doors, PWD: folder, ...withSanitizer() }),
    });
    this.#lines = createInterface({ input: this.#process.stdout });
  }

  get pid() { return this.#process.pid; }

  /** Waits until it has gone on for a while. */
  async goesOn() {
    const signal = AbortSignal.timeout(patience);
    await once(this.#lines, 'line', { signal });
    await once(this.#lines, 'line', { signal });
  }

  kill() { this.#process.kill('SIGKILL'); }
}

/** What the container's commands make of a folder, without a container: `inside` is what `/app` is in there. */
class Container {
  #folder;
  #env;

  constructor(folder, env) {
    this.#folder = folder;
    this.#env = env;
    this.inside = join(folder, 'inside');
  }

  /** The document's words, with the places that this one has. */
  adapt(text) {
    const places = { '/run/luaheat-token': join(this.#folder, 'token'), '~/game/': `${this.#folder}/game/`, '/app': this.inside, '0.0.0.0:4711': '127.0.0.1:0' };
    return Object.entries(places).reduce((all, [there, here]) => all.replaceAll(there, here), text).replaceAll('4711', this.port ?? '4711');
  }

  async start() {
    const [token, docker] = commands.container;
    const [run, copy, listen] = docker.trim().split('\n');
    assert.match(run, /^docker run .* -p 127\.0\.0\.1:4711:4711 -v "\$PWD:\/app" .* IMAGE sleep infinity$/);
    for (const line of [token, copy.replace(/^docker exec -i game /, '')]) {
      const { status, stderr } = runInShell(this.adapt(line), [], { env: this.#env });
      assert.equal(status, 0, stderr);
    }
    const [, args] = /^docker exec -d game luaheat dap (.*)$/.exec(listen);
    this.#server = new Server(this.adapt(args).split(' '), this.#env);
    await this.#server.listens();
    this.port = String(this.#server.place.port);
  }

  #server;
  get place() { return this.#server.place; }
  end() { return this.#server.end(); }
  kill() { this.#server?.kill(); }
}

/**
 * A test of one way to debug: `ways` says which. The story gets what there is of a program, a worker, a container, the
 * folder that is a home, and `tells`, which runs an editor and looks at its facts.
 */
export function debugs(name, { attach = false, contained = false, skip = false }, story) {
  test(`${name}: ${attach ? 'attach' : 'launch'}${contained ? ', in a container' : ''}`, { timeout: 12 * patience, skip }, async () => {
    const scratch = scratchFolder();
    const env = { HOME: scratch.path, XDG_CONFIG_HOME: scratch.path, XDG_DATA_HOME: scratch.path, LUAHEAT_DOORS: join(scratch.path, 'doors') };
    const scenery = new Scenery(scratch.path, env, attach, contained);
    try {
      await scenery.begin();
      await story(scenery);
      await scenery.end();
    } finally {
      scenery.kill();
      scratch.remove();
    }
  });
}

class Scenery {
  constructor(folder, env, attach, contained) {
    Object.assign(this, { folder, env, attach, contained });
    this.fixture = attach ? 'worker.lua' : 'coroutines.lua';
  }

  get lines() { return ['body', 'yield'].map((mark) => lineOf(this.fixture, mark)); }

  /** What the client asks for the folder of the program: whoever is attached to starts nothing. */
  get folderExpression() { return this.attach ? "os.getenv('PWD')" : "io.popen('pwd'):read('l')"; }

  async begin() {
    const local = join(this.folder, 'game');
    this.container = new Container(this.folder, this.env);
    this.program = join(local, this.fixture);
    this.remote = this.contained ? this.container.inside : local;
    for (const place of new Set([local, this.remote])) {
      mkdirSync(place);
      copyFileSync(fixturePath(this.fixture), join(place, this.fixture));
    }
    if (this.contained) await this.container.start();
    this.programs = this.contained ? this.#nothing() : dirname(luaheat);
    if (!this.attach) return;
    this.worker = new Worker(this.remote, this.env.LUAHEAT_DOORS);
    await this.worker.goesOn();
  }

  /** Where the editor finds a luaheat that is no good: there is none here but in the container. */
  #nothing() {
    const folder = join(this.folder, 'nothing');
    mkdirSync(folder);
    writeFileSync(join(folder, 'luaheat'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    return folder;
  }

  /** The settings of the document, as a file. */
  settings([here, there], file = 'settings') {
    const path = join(this.folder, file);
    writeFileSync(path, this.contained ? this.container.adapt(`${here}\n${there}`) : here);
    return path;
  }

  /** Runs the editor in the program's folder; its facts. `last` is what it says at the end. */
  async tells(command, args, last, env = {}) {
    const told = join(this.folder, 'facts');
    const child = spawn(command, args, {
      cwd: dirname(this.program), stdio: ['ignore', 'pipe', 'pipe'],
      env: cleanEnv({
        ...this.env, ...env, FACTS: told, FIXTURE: this.program, LINE: String(this.lines[0]), SCRATCH: this.folder, FOLDER: this.folderExpression,
        PROCESS: this.attach && !this.contained ? String(this.worker.pid) : '', PATH: [this.programs, process.env.PATH].join(delimiter),
      }),
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), 6 * patience);
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => { said += bytes; });
    const [status] = await once(child, 'close');
    clearTimeout(timer);
    const facts = existsSync(told) ? readFileSync(told, 'utf8').trimEnd().split('\n') : [], all = facts.join('\n') + said;
    assert.equal(status, 0, all);
    this.holds(facts, last, all);
    return facts;
  }

  /** What has been drawn at the ends of the lines is what they have grown by. */
  holdsHeat(facts) {
    const told = (kind) => facts.map((fact) => new RegExp(`^${kind} (\\d+) (.*)$`).exec(fact)).filter(Boolean).map(([, line, text]) => [line, text]);
    const grown = told('grown').filter(([, bytes]) => bytes > 0).map(([line, bytes]) => [line, bytes < 1024 ? `+${bytes} B` : `+${(bytes / 1024).toFixed(1)} KB`]);
    const byLine = ([one], [other]) => one - other;
    assert.ok(grown.length > 1, facts.join('\n'));
    assert.deepEqual(told('heat').sort(byLine), grown.sort(byLine));
  }

  /** They are those of the story. */
  holds(facts, last, all) {
    assert.deepEqual(facts.filter((fact) => /^line /.test(fact)), this.lines.map((line) => `line ${line}`), all);
    for (const fact of [`file ${this.program}`, 'variable n = 1', 'variable first = 2', 'result 42', `folder "${this.remote}"`, last])
      assert.ok(facts.includes(fact), `${fact}: ${all}`);
    assert.doesNotMatch(all, /^problem/m);
  }

  /** Who has been attached to runs on. */
  async end() {
    await this.worker?.goesOn();
    if (this.contained) await this.container.end();
  }

  kill() {
    this.worker?.kill();
    this.container?.kill();
  }
}

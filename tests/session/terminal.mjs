// SPDX-License-Identifier: MIT
// A client that opens terminals: pseudoterminals of script(1), in which it runs what the adapter wants run.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

import { cleanEnv } from '../programs.mjs';
import { patience } from './dap_client.mjs';
import { scene } from './session.mjs';

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;

/** A command that runs in one, as the first process of its session. */
export class Terminal {
  text = ''; // all that stands in it
  #script;
  #waiting = new Set();

  constructor({ args, cwd, env = {} }) {
    const environment = { ...cleanEnv(), SHELL: '/bin/sh' };
    for (const [name, value] of Object.entries(env)) {
      if (value === null) delete environment[name];
      else environment[name] = value;
    }
    this.#script = spawn('script', ['-qefc', `exec ${args.map(quoted).join(' ')}`, '/dev/null'], { cwd, env: environment, stdio: 'pipe' });
    this.#script.stdin.on('error', () => {}); // it has ended
    this.#script.stdout.on('data', (bytes) => {
      this.text += bytes.toString('utf8').replaceAll('\r\n', '\n');
      for (const look of this.#waiting) look();
    });
    this.exit = once(this.#script, 'close').then(([code]) => code);
  }

  /** What the keyboard sends. */
  type(text) {
    this.#script.stdin.write(text);
  }

  /** Something has been, or is next, written that the pattern matches. */
  shows(pattern) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`waited in vain for ${pattern} in: ${this.text}`)), patience);
      const look = () => {
        if (!pattern.test(this.text)) return;
        clearTimeout(late);
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Its program has printed what it prints and sleeps: a signal that came before it does would not wake it. */
  async waits() {
    const deadline = performance.now() + patience;
    while (this.#state() !== 'S') {
      if (performance.now() > deadline) throw new Error(`does not wait, but is in state ${this.#state()}`);
      await new Promise((resolve) => { setTimeout(resolve, 5); });
    }
  }

  /** What the system says of it, by proc(5). */
  #state() {
    const { pid } = this.#script;
    const program = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return /.*\) (\w)/s.exec(readFileSync(`/proc/${program}/stat`, 'utf8'))[1];
  }

  /** Its window is closed. */
  close() {
    this.#script.kill('SIGKILL');
  }
}

/**
 * A scene whose client opens terminals, in which the fixtures run; the story also gets them, as they are opened, and what
 * was asked of each.
 */
export function terminalScene(name, story) {
  scene(name, async (start, session) => {
    const terminals = [], asked = [];
    session.client.answers.runInTerminal = (args) => {
      asked.push(args);
      terminals.push(new Terminal(args));
      return {};
    };
    try {
      await story((fixture, options) => start(fixture, inTerminal(options)), session, terminals, asked);
    } finally {
      for (const terminal of terminals) terminal.close();
    }
  });
}

/** Options of Session.start(). */
export function inTerminal(options = {}) {
  return { console: 'integratedTerminal', ...options, initialize: { supportsRunInTerminalRequest: true, ...options.initialize } };
}

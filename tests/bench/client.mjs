// SPDX-License-Identifier: MIT
// A client of DAP that does as little as possible beside what is timed: it checks nothing (tests/session does).

import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { cleanEnv } from '../programs.mjs';
import { initializeArguments } from '../session/session.mjs';
import { frame } from '../session/dap_stream.mjs';
import { luaheat } from './setting.mjs';

const SEPARATOR = '\r\n\r\n';

/** Messages out of pieces, which are put together once for each message. */
class Reader {
  #pieces = [];
  #bytes = 0;
  #wanted = 0; // so many are needed before there is anything new to see

  /** Each message that is whole, and its size. */
  *feed(piece) {
    this.#pieces.push(piece);
    this.#bytes += piece.length;
    if (this.#bytes < this.#wanted) return;
    let rest = Buffer.concat(this.#pieces);
    for (;;) {
      const header = rest.indexOf(SEPARATOR);
      const start = header + SEPARATOR.length;
      const end = header < 0 ? rest.length + 1 : start + Number(/Content-Length: (\d+)/.exec(rest.toString('latin1', 0, header))[1]);
      this.#wanted = end;
      if (end > rest.length) break;
      yield { message: JSON.parse(rest.toString('utf8', start, end)), bytes: end - start };
      rest = rest.subarray(end);
    }
    this.#pieces = [rest];
    this.#bytes = rest.length;
  }
}

export class Client {
  #child;
  #reader = new Reader();
  #seq = 0;
  #responses = new Map(); // by seq: { resolve, reject }
  #events = []; // nobody has taken yet
  #waiting = []; // { takes(message), resolve }
  #output = '';

  constructor() {
    this.#child = spawn(luaheat, ['dap'], { env: cleanEnv(), stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdin.on('error', () => {});
    this.#child.stdout.on('data', (bytes) => {
      for (const received of this.#reader.feed(bytes)) this.#receive(received);
    });
    this.#child.on('close', () => this.#responses.forEach(({ reject }) => reject(new Error('the adapter has ended'))));
  }

  get pid() { return this.#child.pid; }

  /** The body of its response. */
  request(command, args) {
    const seq = ++this.#seq;
    const response = new Promise((resolve, reject) => { this.#responses.set(seq, { resolve, reject }); });
    this.#child.stdin.write(frame({ seq, type: 'request', command, ...(args && { arguments: args }) }));
    return response;
  }

  /** The body of the next event of that name that was not taken, and its size in bytes. */
  async sizedEvent(name) {
    return this.#take(({ message }) => message.event === name);
  }

  async event(name) {
    return (await this.sizedEvent(name)).message.body;
  }

  /** The program has printed the text, or does next: the match. */
  async prints(text) {
    for (;;) {
      const found = this.#output.match(text);
      if (found !== null) return found;
      this.#output += (await this.event('output')).output;
    }
  }

  async setBreakpoints(path, breakpoints) {
    return (await this.request('setBreakpoints', { source: { path }, breakpoints })).breakpoints;
  }

  /** Everything up to the program's running. */
  async launch({ breakpoints = [], ...launch }) {
    await this.request('initialize', initializeArguments);
    const launched = this.request('launch', launch);
    await this.event('initialized');
    if (breakpoints.length > 0) await this.setBreakpoints(launch.program, breakpoints);
    await this.request('configurationDone');
    await launched;
  }

  /** Bytes that come from now on are given to `take` instead of being read as messages. */
  takeRaw(take) {
    this.#child.stdout.removeAllListeners('data');
    this.#child.stdout.on('data', take);
  }

  async end() {
    const closed = once(this.#child, 'close');
    this.request('disconnect', {}).catch(() => {});
    this.#child.stdin.end();
    await closed;
  }

  #take(takes) {
    const early = this.#events.findIndex(takes);
    if (early >= 0) return this.#events.splice(early, 1)[0];
    return new Promise((resolve) => { this.#waiting.push({ takes, resolve }); });
  }

  #receive(received) {
    const { message } = received;
    if (message.type === 'response') {
      const { resolve, reject } = this.#responses.get(message.request_seq);
      this.#responses.delete(message.request_seq);
      if (message.success) resolve(message.body ?? {});
      else reject(new Error(`${message.command}: ${message.body?.error?.format ?? message.message}`));
      return;
    }
    const waiter = this.#waiting.findIndex(({ takes }) => takes(received));
    if (waiter >= 0) this.#waiting.splice(waiter, 1)[0].resolve(received);
    else this.#events.push(received);
  }
}

/** What the story gives of a session with that program, which ends with it. */
export async function inSession(launch, story) {
  const client = new Client();
  try {
    await client.launch(launch);
    return await story(client);
  } finally {
    await client.end();
  }
}

/** How many milliseconds something takes. */
export async function timing(something) {
  const before = performance.now();
  await something();
  return performance.now() - before;
}

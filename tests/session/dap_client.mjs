// SPDX-License-Identifier: MIT
// A small, strict DAP client. It starts `luaheat dap` and talks to it; whatever the adapter sends against
// the rules (dap_rules.mjs) fails what is being waited for and everything after.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { cleanEnv, luaheat } from '../programs.mjs';
import { DapRules } from './dap_rules.mjs';
import { frame, MessageReader } from './dap_stream.mjs';

/** How long to wait for anything before the test fails. */
export const patience = Number(process.env.LUAHEAT_TEST_PATIENCE_MS ?? 20_000);

/** How long what must happen at once may take: a second of a machine at rest, two of one that is busy, or more where all takes longer. */
export const soon = patience / 10;

/** A response that says no. */
export class Refused extends Error {
  constructor(command, { message, body }) {
    super(`${command}: ${message}${body?.error ? ` (${body.error.id}: ${body.error.format})` : ''}`);
    this.word = message;
    this.error = body?.error;
  }
}

export class DapClient {
  messages = []; // all received, in order
  answers = {}; // to the adapter's requests: by their command, a function of the arguments that gives the body, or throws
  stderr = '';
  #child;
  #rules = new DapRules();
  #reader = new MessageReader();
  #seq = 0;
  #waiting = new Set(); // { what, take(message) -> boolean, reject }
  #unseen = []; // events nobody has asked for yet
  #failure;
  #closed;

  /** `starter`: a program and its arguments that runs the adapter. */
  constructor(args = ['dap'], env = {}, starter = []) {
    const [program, ...rest] = [...starter, luaheat, ...args];
    this.#child = spawn(program, rest, { env: cleanEnv(env), stdio: 'pipe' });
    this.#closed = once(this.#child, 'close').then(([code, signal]) => ({ code, signal }));
    this.#child.stdin.on('error', () => {}); // it went away: `close` tells
    this.#child.stdout.on('data', (bytes) => this.#receive(bytes));
    this.#child.stderr.on('data', (bytes) => { this.stderr += bytes; });
    this.#closed.then(({ code, signal }) => this.#fail(new Error(`the adapter has ended (${signal ?? code})`)));
  }

  get pid() {
    return this.#child.pid;
  }

  /** Sends a request; its response's body, or a Refused. */
  request(command, args) {
    const request = { seq: ++this.#seq, type: 'request', command, ...(args && { arguments: args }) };
    this.#rules.sent(request);
    this.write(frame(request));
    return this.responseTo(request.seq, command);
  }

  /** The same with arguments that are already JSON, which need not be well made; null: none. Any answer is good. */
  async requestText(command, json) {
    const seq = ++this.#seq;
    this.#rules.sent({ seq, command });
    const body = Buffer.from(`{"seq":${seq},"type":"request","command":${JSON.stringify(command)}`
      + `${json === null ? '' : `,"arguments":${json}`}}`);
    this.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
    try {
      return { success: true, body: await this.responseTo(seq, command) };
    } catch (error) {
      if (error instanceof Refused) return { success: false, error: error.error };
      throw error;
    }
  }

  /** How many responses a request has had. */
  answersTo(seq) {
    return this.messages.filter((message) => message.type === 'response' && message.request_seq === seq).length;
  }

  /** The Refused that a request is answered with. */
  async refusal(command, args) {
    try {
      await this.request(command, args);
    } catch (error) {
      if (error instanceof Refused) return error;
      throw error;
    }
    throw new Error(`${command} was not refused`);
  }

  responseTo(seq, command) {
    return this.#wait(`the response to ${command}`, (message, resolve, reject) => {
      if (message.type !== 'response' || message.request_seq !== seq) return false;
      if (message.success) resolve(message.body ?? {});
      else reject(new Refused(command, message));
      return true;
    });
  }

  /** The next event of that name that nobody has seen; its body. */
  event(name) {
    const early = this.#unseen.findIndex((message) => message.event === name);
    if (early >= 0) return Promise.resolve(this.#unseen.splice(early, 1)[0].body ?? {});
    return this.#wait(`event ${name}`, (message, resolve) => {
      if (message.type !== 'event' || message.event !== name) return false;
      resolve(message.body ?? {});
      return true;
    });
  }

  /** Waits until condition() holds, which is asked after every message. */
  until(what, condition) {
    if (condition()) return Promise.resolve();
    return this.#wait(what, (message, resolve) => {
      if (condition()) resolve();
      return false;
    });
  }

  /** All text that the program has printed to a stream so far. */
  output(category) {
    return this.messages
      .filter((message) => message.event === 'output' && message.body.category === category)
      .map((message) => message.body.output).join('');
  }

  /** The number of the message sent last. */
  get lastSeq() {
    return this.#seq;
  }

  /** The number that the next message would have; it counts as used. */
  nextSeq() {
    return ++this.#seq;
  }

  write(bytes) {
    this.#child.stdin.write(bytes);
  }

  /** Stops reading what the adapter sends, as a client does that is busy; and goes on. */
  pauseReading() {
    this.#child.stdout.pause();
  }

  resumeReading() {
    this.#child.stdout.resume();
  }

  /** What an editor does when it goes. */
  closeInput() {
    this.#child.stdin.end();
  }

  kill(signal = 'SIGKILL') {
    this.#child.kill(signal);
  }

  /** How the adapter ended: { code, signal }. */
  ended(within = patience) {
    const late = expire(within, () => this.#tell('the end of the adapter'));
    return Promise.race([this.#closed, late]).finally(() => late.cancel());
  }

  get isRunning() {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Throws if the adapter broke a rule. */
  assertClean() {
    if (this.#failure && !/^the adapter has ended/.test(this.#failure.message)) throw this.#failure;
    const killed = this.#child.signalCode !== null; // then a message may be cut
    if (!killed && !this.#reader.empty) throw new Error('the adapter ended in the middle of a message');
  }

  #receive(bytes) {
    try {
      for (const message of this.#reader.feed(bytes)) {
        this.messages.push(message);
        this.#rules.received(message);
        if (message.type === 'request') this.#answer(message);
        this.#deliver(message);
      }
    } catch (error) {
      this.#fail(new Error(`the adapter broke a rule: ${error.message}${this.#recent()}`));
    }
  }

  async #answer({ seq, command, arguments: args }) {
    const response = { seq: ++this.#seq, type: 'response', request_seq: seq, command };
    try {
      const body = await this.answers[command](args);
      this.write(frame({ ...response, success: true, body }));
    } catch (error) {
      this.write(frame({ ...response, success: false, message: error.message }));
    }
  }

  #deliver(message) {
    let taken = false;
    for (const waiter of [...this.#waiting]) {
      if (!waiter.take(message)) continue;
      this.#waiting.delete(waiter); // or it would take the next one too
      taken = true;
    }
    if (!taken && message.type === 'event') this.#unseen.push(message);
  }

  #wait(what, take) {
    if (this.#failure) return Promise.reject(this.#failure);
    const waiter = {};
    const arrived = new Promise((resolve, reject) => {
      waiter.take = (message) => take(message, resolve, reject);
      waiter.reject = reject;
    });
    this.#waiting.add(waiter);
    const late = expire(patience, () => this.#tell(what));
    return Promise.race([arrived, late]).finally(() => {
      this.#waiting.delete(waiter);
      late.cancel();
    });
  }

  #fail(error) {
    this.#failure ??= error;
    for (const waiter of this.#waiting) waiter.reject(this.#failure);
  }

  #tell(what) {
    return new Error(`waited in vain for ${what}${this.#recent()}`);
  }

  #recent() {
    const texts = this.messages.slice(-8).map((message) => JSON.stringify(message).slice(0, 400));
    return `; the last messages were\n${texts.join('\n')}\n${this.stderr}`;
  }
}

/** A promise that rejects after a while unless it is cancelled. */
function expire(ms, makeError) {
  let timer;
  const promise = new Promise((_, reject) => {
    timer = setTimeout(() => reject(makeError()), ms);
  });
  promise.catch(() => {});
  promise.cancel = () => clearTimeout(timer);
  return promise;
}

// SPDX-License-Identifier: MIT
// `luaheat dap --listen`, and clients that come to it: good ones, and those that only say what a test has them say.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { cleanEnv, luaheat, scratchFolder } from '../programs.mjs';
import { DapClient, patience } from './dap_client.mjs';
import { frame, MessageReader } from './dap_stream.mjs';
import { initializeArguments, Session } from './session.mjs';

const relay = fileURLToPath(new URL('relay.mjs', import.meta.url));

/** What stands in front of the command of an adapter that is at that place already. */
export const relayTo = (place) => [process.execPath, relay, JSON.stringify(place)];

/** What a connection gets before it must have been admitted (adapter/dap/admission/admission.h). */
export const admissionMs = 10_000;

/**
 * A test around a server at `address`, which is ended afterwards with all that it has started; its stderr must have no
 * more than the story has looked at: see Server.told.
 */
export function serves(name, args, story) {
  test(name, { timeout: 6 * patience + admissionMs }, async () => {
    const folder = scratchFolder();
    const server = new Server(typeof args === 'function' ? args(folder.path) : args);
    try {
      await server.listens();
      await story(server, folder.path);
      await server.end();
    } finally {
      server.kill();
      folder.remove();
    }
  });
}

export class Server {
  stdout = '';
  stderr = '';
  #child;
  #closed;
  #sessions = [];
  #sockets = [];

  constructor(args, env = {}) {
    this.#child = spawn(luaheat, ['dap', ...args], { env: cleanEnv(env), stdio: 'pipe' });
    this.#closed = once(this.#child, 'close').then(([code, signal]) => ({ code, signal }));
    this.#child.stdout.on('data', (bytes) => { this.stdout += bytes; });
    this.#child.stderr.on('data', (bytes) => { this.stderr += bytes; });
  }

  get pid() {
    return this.#child.pid;
  }

  /** Waits until it does; `place` is then where, as connect() of node:net wants it. */
  async listens() {
    while (!this.stdout.includes('\n')) {
      const data = once(this.#child.stdout, 'data').then(() => false);
      const ended = this.#closed.then(({ code }) => code ?? -1);
      const code = await Promise.race([data, ended]);
      assert.equal(code, false, `it has not ended: ${this.stderr}`);
    }
    const { type, ...place } = JSON.parse(this.stdout);
    assert.equal(type, 'listening');
    this.place = place;
  }

  /** All that it has said on stderr but for the first line, which says where it listens. */
  get told() {
    return this.stderr.replace(/^luaheat: listening at .*\n/, '');
  }

  /** A client that begins a session, as `session.mjs` tells them. */
  comes() {
    const session = new Session(this.client());
    this.#sessions.push(session);
    return session;
  }

  client() {
    return new DapClient([], {}, relayTo(this.place));
  }

  /** A whole session: to a breakpoint, a step further, to the end. */
  async isServing(launch = {}) {
    const session = this.comes();
    await session.start('steps.lua', { stopAt: ['start'], ...launch });
    await session.stopsAt('start');
    await session.nextTo('over_recursion');
    await session.continueToEnd();
    await session.close();
  }

  /** A connection that says what it is told to. */
  async connects() {
    const caller = new Caller(connect(this.place));
    this.#sockets.push(caller);
    await Promise.race([caller.connected, caller.closed]);
    return caller;
  }

  /** The processes that it has started and that are there, or wait to be looked after. */
  get children() {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === this.pid).map(Number);
  }

  async hasNoChildren() {
    const deadline = performance.now() + patience;
    while (this.children.length > 0) {
      assert.ok(performance.now() < deadline, `processes are left: ${this.children}`);
      await new Promise((resolve) => { setTimeout(resolve, 5); });
    }
  }

  signal(number) {
    this.#child.kill(number);
  }

  /** How it ended: { code, signal }. */
  ended() {
    return this.#closed;
  }

  /** A signal ends it, and well. */
  async end(signal = 'SIGTERM') {
    this.signal(signal);
    assert.deepEqual(await this.ended(), { code: 0, signal: null }, this.stderr);
    assert.doesNotMatch(this.stderr, /killed/, 'all have ended by themselves');
    assert.equal(this.stdout.split('\n').length, 2, 'one line on stdout');
  }

  kill() {
    for (const session of this.#sessions) session.kill();
    for (const caller of this.#sockets) caller.hangUp();
    this.#child.kill('SIGKILL');
  }
}

function parentOf(pid) {
  try {
    return Number(/^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))[1]);
  } catch {
    return 0; // it has just ended
  }
}

/** One end of a connection: what it hears is in `messages`, and all of it in `bytes`. */
export class Caller {
  messages = [];
  chunks = [];
  isClosed = false;
  #socket;
  #reader = new MessageReader();
  #seq = 0;

  constructor(socket) {
    this.#socket = socket;
    this.connected = new Promise((resolve) => { socket.on('connect', resolve); });
    this.closed = new Promise((resolve) => { socket.on('close', resolve); }).then(() => { this.isClosed = true; });
    socket.on('error', () => {}); // `closed` tells
    socket.on('data', (bytes) => {
      this.chunks.push(bytes);
      this.messages.push(...this.#reader.feed(bytes));
    });
  }

  get bytes() {
    return Buffer.concat(this.chunks).toString();
  }

  write(bytes) {
    this.#socket.write(bytes);
  }

  /** Sends a request; `headers` stand in front of its Content-Length. */
  send(command, args = {}, headers = '') {
    const request = { seq: ++this.#seq, type: 'request', command, arguments: args };
    this.write(Buffer.concat([Buffer.from(headers), frame(request)]));
    return request.seq;
  }

  /** Sends a request and waits for its response. */
  async ask(command, args = {}, headers = '') {
    const seq = this.send(command, args, headers);
    const isAnswer = (message) => message.type === 'response' && message.request_seq === seq;
    await this.until(() => this.messages.some(isAnswer));
    return this.messages.find(isAnswer);
  }

  initialize(more = {}, headers = '') {
    return this.ask('initialize', { ...initializeArguments, ...more }, headers);
  }

  async until(condition) {
    while (!condition()) {
      assert.ok(!this.isClosed, `the connection was closed; heard was ${this.bytes}`);
      await Promise.race([new Promise((resolve) => { this.#socket.once('data', resolve); }), this.closed]);
    }
  }

  pause() {
    this.#socket.pause();
  }

  end() {
    this.#socket.end();
  }

  hangUp() {
    this.#socket.destroy();
  }
}

// SPDX-License-Identifier: MIT
// A door (runtime/link/doors.h) with somebody behind it who is no Lua program: answers what it is told to. What a runtime
// does there is for its own tests; here the adapter is to meet one that is slow, silent, gone or of another mind.

import { once } from 'node:events';
import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';

import { scratchFolder } from '../programs.mjs';

/** A folder of doors that `luaheat` looks into with the environment `env`. */
export class DoorFolder {
  #scratch = scratchFolder();
  #opened = [];
  path = join(this.#scratch.path, 'doors');
  env = { LUAHEAT_DOORS: this.path };

  constructor() {
    mkdirSync(this.path, { mode: 0o700 });
    chmodSync(this.path, 0o700);
  }

  at(name) {
    return join(this.path, name);
  }

  /** Describes a door; returns the path of its socket. */
  describe(name, told = {}) {
    const socket = told.socket ?? this.at(`${name}.sock`);
    const all = { pid: process.pid, name: '', program: process.execPath, cwd: process.cwd(), lua: 'Lua 5.4.6', socket, ...told };
    writeFileSync(this.at(`${name}.json`), JSON.stringify(all), { mode: 0o600 });
    return socket;
  }

  /** Opens a door, described or not; it is closed with the folder. */
  async open(name, told) {
    const door = await FakeDoor.open(told === undefined ? this.at(`${name}.sock`) : this.describe(name, told));
    this.#opened.push(door);
    return door;
  }

  remove() {
    for (const door of this.#opened) door.close();
    this.#scratch.remove();
  }
}

/** Somebody at the runtime's end of a link. */
export class FakeRuntime {
  greeting; // as it was said
  requests = []; // all that came after it
  #stream;
  #text = '';
  #changed = () => {};

  constructor(stream) {
    this.#stream = stream;
    stream.on('error', () => {}).on('data', (bytes) => this.#receive(bytes)).on('close', () => { this.closed = true; this.#changed(); });
  }

  #receive(bytes) {
    this.#text += bytes;
    const lines = this.#text.split('\n');
    this.#text = lines.pop();
    for (const line of lines) {
      const message = JSON.parse(line);
      if (this.greeting === undefined) this.greeting = message;
      else this.#take(message);
    }
    this.#changed();
  }

  /** What becomes of a request; a test may put another in its place. */
  answer = ({ command }) => (command === 'setBreakpoints' ? undefined : {});

  #take(request) {
    this.requests.push(request);
    const body = this.answer(request);
    if (body !== undefined) this.say({ type: 'response', request_seq: request.seq, success: true, body });
  }

  say(message) {
    this.#stream.write(`${JSON.stringify(message)}\n`);
  }

  event(event, body) {
    this.say({ type: 'event', event, body });
  }

  ready(more = {}) {
    this.event('ready', { pid: process.pid, lua: 'Lua 5.4.6', ...more });
  }

  async until(condition) {
    while (!condition(this)) await new Promise((resolve) => { this.#changed = resolve; });
  }

  /** The first request of that command, once it has come. */
  async asked(command) {
    const find = () => this.requests.find((request) => request.command === command);
    await this.until(() => find() !== undefined);
    return find();
  }

  end() {
    this.#stream.destroy();
  }
}

/** Listens at the path as a program does that has opened a door. */
export class FakeDoor {
  #server = createServer();

  constructor(path) {
    this.path = path;
  }

  #met = [];
  #wanted = [];
  #streams = [];

  static async open(path) {
    const door = new FakeDoor(path);
    door.#server.on('connection', (stream) => {
      door.#streams.push(stream);
      door.#come(new FakeRuntime(stream));
    });
    door.#server.listen(path);
    await once(door.#server, 'listening');
    chmodSync(path, 0o600);
    return door;
  }

  #come(runtime) {
    const wanted = this.#wanted.shift();
    if (wanted === undefined) this.#met.push(runtime);
    else wanted(runtime);
  }

  /** The next that has come and has greeted. */
  async meets() {
    const runtime = this.#met.shift() ?? await new Promise((resolve) => { this.#wanted.push(resolve); });
    await runtime.until(() => runtime.greeting !== undefined || runtime.closed);
    return runtime;
  }

  close() {
    this.#server.close();
    for (const stream of this.#streams) stream.destroy();
  }
}

/** A program that comes to a debugger that listens at the path. */
export async function comeTo(path) {
  const stream = createConnection(path);
  const runtime = new FakeRuntime(stream);
  await once(stream, 'connect');
  await runtime.until(() => runtime.greeting !== undefined);
  return runtime;
}

/** What is left of a door whose program was killed. */
export async function leaveStaleSocket(path) {
  const door = await FakeDoor.open(path);
  renameSync(path, `${path}.kept`); // closing removes what it finds there
  door.close();
  renameSync(`${path}.kept`, path);
}

// SPDX-License-Identifier: MIT
// What DAP demands of an adapter in every session, checked on every message it sends.

import assert from 'node:assert/strict';

import { checkType } from './dap_types.mjs';

const executions = ['continue', 'next', 'stepIn', 'stepOut'];
const stopReasons = ['entry', 'step', 'breakpoint', 'pause', 'exception', 'goto', 'function breakpoint', 'data breakpoint', 'memory limit'];
const MAIN_THREAD = 1;
const notUnicode = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const int32Names = ['id', 'seq', 'request_seq', 'threadId', 'frameId', 'variablesReference', 'sourceReference',
  'totalFrames', 'namedVariables', 'indexedVariables', 'exitCode', 'systemProcessId'];

export class DapRules {
  #client = {}; // what it has said of itself
  #lastSeq = 0;
  #requests = new Map(); // by seq: those without a response yet
  #answered = new Set(); // commands that succeeded
  #events = new Set(); // names seen
  #stopped = false;
  #threadKnown = false; // of the program
  #programs = 0; // started
  #restarts = 0; // answered

  /** To be called with each well-formed request before it is sent. */
  sent(request) {
    if (request.command === 'initialize') this.#client = request.arguments ?? {};
    this.#requests.set(request.seq, { command: request.command, whileStopped: this.#stopped, stops: 0 });
  }

  /** Throws if the adapter should not have sent this message now. */
  received(message) {
    assert.equal(message.seq, this.#lastSeq + 1, 'seq goes up by one from 1');
    this.#lastSeq = message.seq;
    checkValues(message);
    checkType(message);
    if (message.type === 'response') this.#response(message);
    else if (message.type === 'event') this.#event(message);
    else if (message.type === 'request') this.#reverseRequest(message);
    else assert.fail(`no client expects a message of type ${message.type}`);
  }

  #reverseRequest({ command }) {
    const capability = { runInTerminal: 'supportsRunInTerminalRequest', startDebugging: 'supportsStartDebuggingRequest' }[command];
    assert.ok(capability, `no client answers ${command}`);
    assert.equal(this.#client[capability], true, `${command} to a client without ${capability}`);
    assert.ok(!this.#events.has('terminated'), `${command} after terminated`);
  }

  #response(response) {
    assert.equal(typeof response.success, 'boolean');
    assert.equal(typeof response.command, 'string');
    if (!response.success) checkError(response);
    const request = this.#requests.get(response.request_seq);
    if (!request) {
      assert.ok(!response.success, 'a response to nothing that was asked');
      return;
    }
    this.#requests.delete(response.request_seq);
    assert.equal(response.command, request.command, 'a response names the command it answers');
    if (!response.success) return;
    this.#answered.add(request.command);
    if (request.command === 'restart') this.#restarts++;
    if (executions.includes(request.command)) {
      assert.equal(request.stops, 0, `the response to ${request.command} comes before the next stop`);
      if (request.whileStopped) this.#stopped = false;
    }
    if (request.command === 'continue') assert.ok(response.body, 'continue has a body');
  }

  #event({ event, body }) {
    assert.ok(this.#answered.has('initialize'), `event ${event} before the initialize response`);
    const once = ['initialized', 'exited', 'terminated'];
    assert.ok(!once.includes(event) || !this.#events.has(event), `event ${event} twice`);
    if (event === 'process' && body.startMethod === 'launch') assert.ok(++this.#programs <= 1 + this.#restarts, 'a program that nobody asked for');
    const ended = this.#events.has('terminated');
    this.#events.add(event);
    assert.ok(!ended, `event ${event} after terminated`);
    DapRules.#eventChecks[event]?.call(this, body ?? {});
  }

  static #eventChecks = {
    stopped(body) {
      assert.ok(!this.#stopped, 'stopped twice without going on in between');
      assert.ok(this.#threadKnown, 'stopped before its thread has started, or after its end');
      assert.ok(stopReasons.includes(body.reason), `stopped for "${body.reason}"`);
      assert.ok(Number.isInteger(body.threadId), 'stopped names a thread');
      assert.equal(body.allThreadsStopped, true);
      this.#stopped = true;
      for (const request of this.#requests.values()) request.stops++;
    },
    continued() {
      assert.ok(this.#stopped, 'continued while it runs: the client itself made it go on');
      this.#stopped = false;
    },
    output(body) {
      const { category, output } = body;
      assert.ok(!this.#events.has('exited') || category === 'console', 'output of the program after exited');
      assert.ok(['stdout', 'stderr', 'console', 'important'].includes(category), `output to ${category}`);
      assert.ok(typeof output === 'string' && output !== '', 'an output event has text');
    },
    exited(body) {
      assert.ok(Number.isInteger(body.exitCode));
      assert.ok(!this.#threadKnown, 'the program ends after its thread');
    },
    thread(body) {
      assert.ok(['started', 'exited'].includes(body.reason));
      assert.ok(Number.isInteger(body.threadId));
      if (body.threadId !== MAIN_THREAD) return;
      assert.equal(this.#threadKnown, body.reason === 'exited', `thread ${body.reason}`);
      this.#threadKnown = !this.#threadKnown;
    },
    breakpoint(body) {
      assert.ok(['changed', 'new', 'removed'].includes(body.reason));
      assert.ok(Number.isInteger(body.breakpoint.id), 'a changed breakpoint is known by its id');
    },
  };
}

function checkError({ message, body }) {
  assert.ok(typeof message === 'string' && message !== '', 'an error says what is wrong');
  assert.ok(body?.error, 'an error has a body');
  assert.ok(Number.isInteger(body.error.id), 'an error has a number');
  assert.ok(typeof body.error.format === 'string' && body.error.format !== '', 'an error has a text');
}

/** Every number an exact integer, ids within int32, every string valid Unicode without NUL. */
function checkValues(value, name = '') {
  if (typeof value === 'number') {
    assert.ok(Number.isSafeInteger(value), `${name} is ${value}`);
    if (int32Names.includes(name)) assert.ok(Math.abs(value) < 2 ** 31, `${name} is ${value}`);
  } else if (typeof value === 'string') {
    assert.doesNotMatch(value, notUnicode, name);
  } else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      checkValues(key, 'a key');
      checkValues(inner, Array.isArray(value) ? name : key);
    }
  }
}

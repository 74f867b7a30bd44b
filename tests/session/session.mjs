// SPDX-License-Identifier: MIT
// Debug sessions to be told as stories: a fixture of tests/debuggees, an adapter, and what happens.

import assert from 'node:assert/strict';
import { readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';

import { fixturePath, lineOf, marksAt } from '../fixture.mjs';
import { DapClient, patience, soon } from './dap_client.mjs';

export const initializeArguments = {
  clientID: 'tests', adapterID: 'luaheat', pathFormat: 'path', linesStartAt1: true, columnsStartAt1: true,
  supportsVariableType: true, supportsVariablePaging: true,
};

/**
 * A test around one session. The story gets `start(fixture, options)`, which launches the fixture and
 * gives its Session; see there for the options. Afterwards the adapter and the program must both be
 * gone within a second, with nothing on the adapter's stderr. `args`: more of the adapter's.
 */
export function scene(name, story, args = []) {
  test(name, { timeout: 6 * patience }, async () => {
    const client = new DapClient(['dap', ...args]);
    const session = new Session(client);
    try {
      await story((fixture, options) => session.start(fixture, options), session);
      await session.close();
    } finally {
      session.kill();
    }
  });
}

/** The same story with the figures on and off. */
export function scenes(name, story) {
  for (const memory of ['exact', 'off']) {
    scene(`${name} (memory ${memory})`, (start, session) =>
      story((fixture, options) => start(fixture, { memory, ...options }), session));
  }
}

export class Session {
  stop; // the body of the last stopped event
  pid; // of the program
  started = []; // pids of what the program has started
  #fixture;
  #memory;

  /** The bytes that C functions hold and that Lua's own count leaves out. */
  uncounted = { from: 0, to: 0 };

  constructor(client) {
    this.client = client;
  }

  /**
   * Launches a fixture: `stopAt` are the marks that get breakpoints, `errors` the exception filters and
   * `memoryBreakpoints` the lines that are set, `measured` those of luaheat/measurements, `initialize` what the client can do beyond the usual, all else are arguments of launch.
   */
  async start(fixture, { stopAt = [], errors = [], memoryBreakpoints = [], measured = [], initialize = {}, ...launch } = {}) {
    this.begin(fixture, launch.noDebug ? 'off' : launch.memory);
    await this.client.request('initialize', { ...initializeArguments, ...initialize });
    const launched = this.client.request('launch', { program: fixturePath(fixture), ...launch });
    launched.catch(() => {}); // awaited below
    await this.client.event('initialized');
    if (stopAt.length > 0) await this.setBreakpoints(stopAt);
    if (errors.length > 0) await this.setErrorFilters(...errors);
    if (memoryBreakpoints.length > 0) await this.client.request('luaheat/memoryBreakpoints', { breakpoints: memoryBreakpoints });
    if (measured.length > 0) await this.client.request('luaheat/measurements', { measurements: measured });
    await this.client.request('configurationDone');
    await launched;
    this.pid = (await this.client.event('process')).systemProcessId;
    return this;
  }

  /** What the session is about. */
  begin(fixture, memory = 'exact') {
    this.#fixture = fixture;
    this.#memory = memory;
  }

  /** Are there figures? */
  get isExact() {
    return this.#memory === 'exact';
  }

  /** Replaces the fixture's breakpoints by those at the marks; what the adapter made of them. */
  async setBreakpoints(marks, fixture = this.#fixture) {
    const lines = marks.map((mark) => (typeof mark === 'number' ? mark : lineOf(fixture, mark)));
    const { breakpoints } = await this.client.request('setBreakpoints', {
      source: { path: fixturePath(fixture) },
      breakpoints: lines.map((line) => ({ line })),
      lines,
    });
    assert.equal(breakpoints.length, marks.length, 'an answer for each breakpoint');
    return breakpoints;
  }

  /** Which errors stop the program: names of filters, or { filterId, condition }. */
  async setErrorFilters(...wanted) {
    const filterOptions = wanted.map((filter) => (typeof filter === 'string' ? { filterId: filter } : filter));
    return (await this.client.request('setExceptionBreakpoints', { filters: [], filterOptions })).breakpoints;
  }

  /** What became of breakpoints that were answered as pending: events have told since. */
  settled(breakpoints) {
    const told = this.client.messages.filter((message) => message.event === 'breakpoint')
      .map((message) => message.body.breakpoint);
    const last = ({ id }) => told.findLast((breakpoint) => breakpoint.id === id);
    return breakpoints.map((breakpoint) => ({ ...breakpoint, ...last(breakpoint) }));
  }

  /** The program stops next at the mark, for that reason; the figures add up. */
  async stopsAt(mark, reason = 'breakpoint', fixture = this.#fixture) {
    const [top] = await this.stops(reason);
    assert.equal(top.source?.path, fixturePath(fixture), `stopped at @${mark}`);
    assert.equal(marksAt(fixture, top.line), marksAt(fixture, lineOf(fixture, mark)));
    assert.equal(top.line, lineOf(fixture, mark));
  }

  /** The program stops next, wherever, for that reason if one is given; its innermost frames. */
  async stops(reason) {
    this.stop = await this.client.event('stopped');
    assert.equal(this.stop.reason, reason ?? this.stop.reason);
    if (this.#memory === 'exact') await this.assertFiguresAddUp();
    return (await this.stack({ levels: 20 })).stackFrames;
  }

  async #execute(command) {
    return this.client.request(command, { threadId: this.stop.threadId });
  }

  continue() { return this.#execute('continue'); }
  next() { return this.#execute('next'); }
  stepIn() { return this.#execute('stepIn'); }
  stepOut() { return this.#execute('stepOut'); }
  pause() { return this.client.request('pause', { threadId: this.stop?.threadId ?? 1 }); }

  /** A step and where it leads. */
  async nextTo(mark) { await this.next(); await this.stopsAt(mark, 'step'); }
  async stepInTo(mark) { await this.stepIn(); await this.stopsAt(mark, 'step'); }
  async stepOutTo(mark) { await this.stepOut(); await this.stopsAt(mark, 'step'); }
  async continueTo(mark) { await this.continue(); await this.stopsAt(mark); }

  stack(args = {}) {
    return this.client.request('stackTrace', { threadId: this.stop.threadId, ...args });
  }

  /** Where the frames of the fixture stand, innermost first, as marks. */
  async trace() {
    const { stackFrames } = await this.stack();
    return stackFrames.filter((frame) => frame.source?.path === fixturePath(this.#fixture))
      .map((frame) => marksAt(this.#fixture, frame.line));
  }

  async frameId(index = 0) {
    return (await this.stack({ startFrame: index, levels: 1 })).stackFrames[0].id;
  }

  async scopes(frame = 0) {
    return (await this.client.request('scopes', { frameId: await this.frameId(frame) })).scopes;
  }

  /** All variables of a scope, in order. */
  async scope(name, frame = 0) {
    const scope = (await this.scopes(frame)).find((s) => s.name === name);
    return scope ? this.children(scope) : [];
  }

  /** The children of anything with a variablesReference, without that which stands for its size. */
  async children({ variablesReference }, args = {}) {
    const { variables } = await this.client.request('variables', { variablesReference, ...args });
    return variables.filter(({ name }) => name !== '(size)');
  }

  /** What the child says that stands for the size. */
  async size({ variablesReference }) {
    const { variables } = await this.client.request('variables', { variablesReference });
    const lazy = variables.find(({ name }) => name === '(size)');
    assert.ok(lazy.presentationHint.lazy);
    const resolved = (await this.client.request('variables', { variablesReference: lazy.variablesReference })).variables;
    assert.deepEqual(resolved.map(({ name, variablesReference: more }) => [name, more]), [['(size)', 0]]);
    return resolved[0].value;
  }

  /** Values by name. */
  async locals(frame = 0) { return byName(await this.scope('Locals', frame)); }
  async upvalues(frame = 0) { return byName(await this.scope('Upvalues', frame)); }

  async evaluate(expression, { frame = 0, context = 'repl' } = {}) {
    const frameId = await this.frameId(frame);
    return (await this.client.request('evaluate', { expression, frameId, context })).result;
  }

  /** The message of an evaluation that fails. */
  async evaluateFails(expression, { frame = 0, context = 'repl' } = {}) {
    const frameId = await this.frameId(frame);
    const refused = await this.client.refusal('evaluate', { expression, frameId, context });
    return refused.error.format;
  }

  /** The program has printed, or prints next, what the pattern matches. */
  async prints(pattern, category = 'stdout') {
    await this.client.until(`output ${pattern}`, () => pattern.test(this.client.output(category)));
  }

  /** luaheat/lines with its columns as names: { heap, kinds, total, rows: [{ source, line, ... }] }. */
  async lines(args) {
    const { heap, stacks, kinds, columns, sources, total } = await this.client.request('luaheat/lines', args);
    const rows = sources.flatMap(({ source, rows: own }) => own.map((row) => {
      assert.equal(row.length, columns.length, 'a value for each column');
      return { source, ...Object.fromEntries(columns.map((column, i) => [column, row[i]])) };
    }));
    return { heap, stacks, kinds: new Map(Object.entries(kinds)), total, rows };
  }

  /** The figures of the line with the mark. */
  async lineAt(mark) {
    const { rows } = await this.lines({ source: { path: fixturePath(this.#fixture) } });
    return rows.find((row) => row.line === lineOf(this.#fixture, mark));
  }

  async assertFiguresAddUp() {
    const { heap, rows } = await this.lines();
    assert.equal(rows.reduce((sum, row) => sum + row.live, 0), heap.live, 'all live bytes have a line');
    assert.equal(rows.reduce((sum, row) => sum + row.growth, 0), heap.growth, 'and so has all growth');
    const { from, to } = this.uncounted, held = heap.live - heap.collector;
    assert.equal(heap.uncounted, held);
    assert.ok(held >= from && held <= to, `${held} bytes beside the collector's count, not ${from} to ${to}`);
    assert.ok(heap.live > 10_000, 'Lua itself takes more than this');
    assert.ok(heap.peak >= heap.live - heap.debugger);
    assert.equal(heap.debugger, rows.find(({ source }) => source.name === '(debugger)')?.live ?? 0);
    assert.equal(rows.reduce((sum, row) => sum + row.atPeak, 0), heap.peak, 'and so has all that lived at the peak');
    return heap;
  }

  /** The program ends by itself; its figures stay. */
  async ends(exitCode = 0) {
    assert.equal((await this.client.event('exited')).exitCode, exitCode);
    await this.client.event('terminated');
    if (this.#memory === 'exact') await this.assertFiguresAddUp();
  }

  /** Continues to the end. */
  async continueToEnd(exitCode = 0) {
    await this.continue();
    await this.ends(exitCode);
  }

  /** A fixture that runs until `stop`, which is stopped, runs to its end. */
  async letGo() {
    await this.setBreakpoints([]);
    await this.evaluate('stop = true');
    await this.continueToEnd();
  }

  /** Ends the session as an editor does, if it has not ended; nothing may be left of it. */
  async close() {
    if (this.client.isRunning) {
      const farewell = this.client.request('disconnect', {});
      farewell.catch(() => {});
      this.client.closeInput();
      const { code, signal } = await this.client.ended(soon);
      assert.deepEqual({ code, signal }, { code: 0, signal: null }, 'the adapter ends well');
    }
    await this.programIsGone();
    this.client.assertClean();
    assert.equal(this.client.stderr, '', 'nothing on the stderr of the adapter');
  }

  /** The program tells (or will) the pid of a child: it must be gone when the program is. */
  async startsChild() {
    await this.prints(/^pid \d+$/m);
    this.started.push(Number(/^pid (\d+)$/m.exec(this.client.output('stdout'))[1]));
  }

  /** Neither the program nor what it started lives longer than a second from now. */
  async programIsGone() {
    if (this.pid !== undefined) await isGone(this.pid);
    for (const child of this.started) await isGone(child);
  }

  /** After a failure: leaves nothing behind. */
  kill() {
    this.client.kill();
    for (const child of this.started.filter(isAlive)) process.kill(child, 'SIGKILL');
  }
}

export async function isGone(pid, within = soon) {
  const deadline = performance.now() + within;
  while (isAlive(pid)) {
    assert.ok(performance.now() < deadline, `process ${pid} is still there`);
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
}

function isAlive(pid) {
  try {
    readlinkSync(`/proc/${pid}/exe`); // fails for what is dead and only waits to be reaped
    return true;
  } catch {
    return false;
  }
}

export function byName(variables) {
  return Object.fromEntries(variables.map((variable) => [variable.name, variable.value]));
}

/** What a DAP source is called. */
export function sourceName(source) {
  return source.path ? basename(source.path) : source.name;
}

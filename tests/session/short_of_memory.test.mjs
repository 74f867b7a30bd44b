// SPDX-License-Identifier: MIT
// Memory that is short, at one place after the other. The adapter answers rightly as far as it answers, and ends in a
// defined way, the program with it; the interpreter ends as lua5.4 does. LUAHEAT_TEST_EVERY_ALLOCATION=1 leaves out none.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fixturePath, lineOf } from '../fixture.mjs';
import { interpreter, liblua, modulePath, runInShell, runLuaheat, sanitizer } from '../programs.mjs';
import { DapClient, patience } from './dap_client.mjs';
import { initializeArguments, isGone } from './session.mjs';

const shim = modulePath.replace('?', 'short_of_memory');
const path = fixturePath('steps.lua');

/** libuv aborts for want of memory where a loop begins; nothing has run then. */
const abortedByLibuv = 2;

/** A report without the text of lines, which is left out where there is no memory for it. */
const figures = (report) => JSON.parse(report, (name, value) => (name === 'text' ? undefined : value));

/** The allocations that fail, one after the other: closer together where a program begins. */
function* places(first, end, apart) {
  const every = process.env.LUAHEAT_TEST_EVERY_ALLOCATION === '1';
  for (let at = first; at < end; at += every ? 1 : apart + (at >> 3)) yield at;
}

/** The number `at` fails, or that and all later ones. */
const failing = (program, at, goesOn) =>
  ({ LD_PRELOAD: shim, FAIL_IN: program, FAIL_AT: String(at), ...(goesOn && { FAIL_ON: '1' }) });

/** What a session has answered before it ended; `note` is told of the program's pid. */
async function ask(client, note) {
  const body = {};
  const request = async (command, args) => { body[command] = await client.request(command, args); return body[command]; };
  await request('initialize', initializeArguments);
  const launched = client.request('launch', { program: path });
  launched.catch(() => {});
  await request('setBreakpoints', { source: { path }, breakpoints: [{ line: lineOf('steps.lua', 'start') }] });
  await request('configurationDone');
  await launched;
  note((await client.event('process')).systemProcessId);
  const { threadId } = await client.event('stopped');
  const { stackFrames: [{ id: frameId }] } = await request('stackTrace', { threadId });
  const { scopes: [locals] } = await request('scopes', { frameId });
  await request('variables', locals);
  await request('evaluate', { expression: '20 + 1', frameId, context: 'repl' });
  return body;
}

async function session(env) {
  const client = new DapClient(['dap'], env);
  let pid, answers;
  try {
    answers = await ask(client, (its) => { pid = its; });
  } catch { /* it has ended, or refused with the reason: what it said must be right all the same */ }
  client.closeInput();
  const { code, signal } = await client.ended();
  client.assertClean();
  if (pid !== undefined) await isGone(pid);
  return { answers, code, signal, stderr: client.stderr };
}

// A sanitizer has an allocator of its own, which cannot be made to fail so.
if (sanitizer === undefined) {
  for (const goesOn of [false, true]) {
    test(`the adapter, ${goesOn ? 'for good' : 'once'}`, { timeout: 120 * patience }, async () => {
      const { answers: right } = await session({});
      let ended = 0, aborted = 0;
      for (const at of places(goesOn ? 3 : 0, 3000, 11)) {
        const { answers, code, signal, stderr } = await session(failing('luaheat', at, goesOn));
        if (signal === 'SIGABRT' && !answers) {
          aborted++;
          continue;
        }
        assert.deepEqual([code, signal], [stderr === '' ? 0 : 1, null], `allocation ${at}: ${stderr}`);
        assert.match(stderr, /^$|out of memory|not enough memory|cannot/, `allocation ${at}`);
        if (answers) assert.deepEqual(answers, right, `allocation ${at}`);
        else ended++;
      }
      assert.ok(ended > 10, `${ended} sessions without memory`);
      assert.ok(aborted <= abortedByLibuv, `${aborted} were aborted`);
    });
  }

  for (const goesOn of [false, true]) {
    test(`luaheat run, ${goesOn ? 'for good' : 'once'}`, () => {
      const script = fixturePath('loops.lua');
      const run = (env) => runLuaheat(['run', '--format', 'json', script], { env: { ...env, LUAHEAT_SAMPLING: '65536:1' } }); // the same samples
      const right = run({});
      let ended = 0, aborted = 0;
      for (const at of places(goesOn ? 3 : 0, 600, 1)) {
        const { status, signal, stdout, stderr } = run(failing('luaheat', at, goesOn));
        if (signal === 'SIGABRT' && stdout === '') {
          aborted++;
          continue;
        }
        assert.equal(signal, null, `allocation ${at}`);
        assert.ok(stdout === right.stdout || stdout === '', `allocation ${at}: the script's own output, or it did not run`);
        if (status === 0) {
          assert.deepEqual(figures(stderr), figures(right.stderr), `allocation ${at}: the whole report`);
        } else {
          assert.match(stderr, /memory|cannot/, `allocation ${at}`);
          ended++;
        }
      }
      assert.ok(ended > 5, `${ended} runs without memory`);
      assert.ok(aborted <= abortedByLibuv, `${aborted} were aborted`);
    });
  }

  for (const [where, words] of [['', []], [', on another liblua', ['--lua', liblua]]]) {
    test(`the interpreter at its start${where}`, () => {
      const script = fixturePath('loops.lua');
      for (let at = 0; at < 200; at++) {
        const { status, signal, stderr } = runInShell('exec "$@"', [interpreter, ...words, script], { env: failing('luaheat-lua', at, true) });
        assert.deepEqual([status, signal], [1, null], `allocation ${at}: ${stderr}`);
        assert.match(stderr, /not enough memory|out of memory|cannot allocate memory/i, `allocation ${at}`);
      }
    });
  }
}

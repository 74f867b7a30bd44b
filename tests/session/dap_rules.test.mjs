// SPDX-License-Identifier: MIT
// The strict client's own rules: what an adapter must not do is noticed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DapRules } from './dap_rules.mjs';
import { frame, MessageReader } from './dap_stream.mjs';

/** Rules after an answered initialize; the next message is number 2. */
function initialized() {
  const rules = new DapRules();
  rules.sent({ seq: 1, command: 'initialize' });
  rules.received(response(1, 1, 'initialize'));
  return rules;
}

function response(seq, request_seq, command, rest = {}) {
  return { seq, type: 'response', request_seq, command, success: true, body: {}, ...rest };
}

const event = (seq, name, body = {}) => ({ seq, type: 'event', event: name, body });
const output = (seq) => event(seq, 'output', { category: 'stdout', output: 'x' });
const thread = (seq, reason) => event(seq, 'thread', { reason, threadId: 1 });
const stopped = (seq) => event(seq, 'stopped', { reason: 'step', threadId: 1, allThreadsStopped: true });

const broken = {
  'a number left out': [event(3, 'initialized')],
  'a number twice': [event(2, 'initialized'), output(2)],
  'a response to nothing': [response(2, 9, 'threads')],
  'a response twice': [response(2, 1, 'initialize')],
  'an event twice that comes once': [event(2, 'terminated'), event(3, 'terminated')],
  'an event after the end': [event(2, 'terminated'), output(3)],
  'output after exited': [event(2, 'exited', { exitCode: 0 }), output(3)],
  'exited without a code': [event(2, 'exited')],
  'two stops': [thread(2, 'started'), stopped(3), stopped(4)],
  'a stop without a thread': [thread(2, 'started'), event(3, 'stopped', { reason: 'step', allThreadsStopped: true })],
  'a stop of a program whose thread nobody knows': [stopped(2)],
  'a thread that starts twice': [thread(2, 'started'), thread(3, 'started')],
  'the end of a thread that nobody knows': [thread(2, 'exited')],
  'the end of a program whose thread goes on': [thread(2, 'started'), event(3, 'exited', { exitCode: 0 })],
  'continued while running': [event(2, 'continued', { threadId: 1 })],
  'a fraction': [event(2, 'luaheat/heat', { live: 0.5 })],
  'an integer that is not exact': [event(2, 'luaheat/heat', { live: 2 ** 60 })],
  'an id beyond 32 bits': [event(2, 'thread', { reason: 'started', threadId: 2 ** 31 })],
  'NUL in a string': [event(2, 'output', { category: 'stdout', output: 'a\0' })],
  'half a surrogate pair': [event(2, 'output', { category: 'stdout', output: 'a\ud800' })],
  'an empty output': [event(2, 'output', { category: 'stdout', output: '' })],
  'a request of the adapter': [{ seq: 2, type: 'request', command: 'runInTerminal' }],
};

for (const [name, messages] of Object.entries(broken)) {
  test(name, () => {
    const rules = initialized();
    assert.throws(() => messages.forEach((message) => rules.received(message)), assert.AssertionError);
  });
}

test('an event before the initialize response', () => {
  assert.throws(() => new DapRules().received(event(1, 'output', { category: 'console', output: 'x' })));
});

test('a stop before the response to the step that led to it', () => {
  const rules = initialized();
  rules.received(thread(2, 'started'));
  rules.received(stopped(3));
  rules.sent({ seq: 2, command: 'next' });
  assert.throws(() => {
    rules.received(stopped(4));
    rules.received(response(5, 2, 'next'));
  });
});

test('an error without a body', () => {
  const rules = initialized();
  rules.sent({ seq: 2, command: 'next' });
  const refusal = response(2, 2, 'next', { success: false, message: 'no', body: undefined });
  assert.throws(() => rules.received(refusal), /body/);
});

test('a session in order', () => {
  const rules = initialized();
  rules.received(event(2, 'initialized'));
  rules.received(thread(3, 'started'));
  rules.received(stopped(4));
  rules.sent({ seq: 2, command: 'next' });
  rules.received(response(5, 2, 'next'));
  rules.received(stopped(6));
  rules.received(thread(7, 'exited'));
  rules.received(event(8, 'exited', { exitCode: 1 }));
  rules.received(event(9, 'terminated'));
});

const streams = {
  'text before the header': 'hello\r\nContent-Length: 2\r\n\r\n{}',
  'a header in lower case': 'content-length: 2\r\n\r\n{}',
  'another header': 'X: y\r\nContent-Length: 2\r\n\r\n{}',
  'a line end without CR': 'Content-Length: 2\n\n{}',
  'a length with a leading zero': 'Content-Length: 02\r\n\r\n{}',
  'no JSON': 'Content-Length: 2\r\n\r\n{]',
  'invalid UTF-8': Buffer.from('Content-Length: 3\r\n\r\n"\xff"', 'latin1'),
};

for (const [name, bytes] of Object.entries(streams)) {
  test(`framing: ${name}`, () => assert.throws(() => new MessageReader().feed(Buffer.from(bytes))));
}

test('framing: messages in any pieces', () => {
  const bytes = Buffer.concat([frame({ a: 'ä' }), frame({ b: 2 })]);
  const reader = new MessageReader();
  const messages = [...bytes].flatMap((byte) => reader.feed(Buffer.from([byte])));
  assert.deepEqual(messages, [{ a: 'ä' }, { b: 2 }]);
  assert.equal(reader.empty, true);
});

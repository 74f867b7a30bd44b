// SPDX-License-Identifier: MIT
// DAP's framing, read without mercy: exactly "Content-Length: N\r\n\r\n", then N bytes of valid UTF-8
// that are one JSON object.

import assert from 'node:assert/strict';

const header = /^Content-Length: (0|[1-9][0-9]*)\r\n\r\n/;
const headerStart = 'Content-Length: ';
const unfinishedHeader = /^Content-Length: [0-9]{1,9}(\r(\n(\r)?)?)?$/;
const longestHeader = 'Content-Length: 999999999\r\n\r\n'.length;

export function frame(message) {
  const body = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

export class MessageReader {
  #bytes = Buffer.alloc(0);
  #pieces = []; // what has come since, until the message is whole
  #missing = 0;

  /** Adds bytes; returns the messages that are complete now. */
  feed(bytes) {
    this.#pieces.push(bytes);
    this.#missing -= bytes.length;
    if (this.#missing > 0) return [];
    this.#bytes = Buffer.concat([this.#bytes, ...this.#pieces]);
    this.#pieces = [];
    const messages = [];
    for (let message = this.#next(); message; message = this.#next()) messages.push(message);
    return messages;
  }

  /** Is the stream between two messages? */
  get empty() {
    return this.#bytes.length === 0 && this.#pieces.length === 0;
  }

  #next() {
    const start = this.#bytes.subarray(0, longestHeader).toString('latin1');
    const match = header.exec(start);
    if (!match) {
      const mayBecomeOne = headerStart.startsWith(start) || unfinishedHeader.test(start);
      assert.ok(mayBecomeOne, `not a header: ${JSON.stringify(start)}`);
      this.#missing = 0;
      return undefined;
    }
    const end = match[0].length + Number(match[1]);
    this.#missing = end - this.#bytes.length;
    if (this.#missing > 0) return undefined;
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
      .decode(this.#bytes.subarray(match[0].length, end));
    this.#bytes = this.#bytes.subarray(end);
    return JSON.parse(text);
  }
}

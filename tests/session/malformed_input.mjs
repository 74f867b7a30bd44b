// SPDX-License-Identifier: MIT
// Kinds of input that no client should send. Each: [name, bytes, seq], where seq is the request_seq of the
// error that must come back, or undefined if there is nothing to answer to.

const seq = 7000; // of messages that can be answered

function framed(body, header) {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(header ?? `Content-Length: ${bytes.length}\r\n\r\n`), bytes]);
}

function request(fields) {
  return framed(JSON.stringify({ seq, type: 'request', command: 'threads', ...fields }));
}

const valid = JSON.stringify({ seq, type: 'request', command: 'no such command' });
const noise = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3)) & 0xff));

const framing = [
  ['text before the header', 'hello there\r\n'],
  ['noise before the header', noise],
  ['an empty header', '\r\n\r\n'],
  ['no Content-Length', 'Content-Type: x\r\n\r\n{}'],
  ['a header line without a colon', 'Content-Length\r\n\r\n{}'],
  ['a length that is no number', 'Content-Length: many\r\n\r\n'],
  ['a length without digits', 'Content-Length: \r\n\r\n'],
  ['a negative length', 'Content-Length: -2\r\n\r\n{}'],
  ['a length with a tail', 'Content-Length: 2x\r\n\r\n{}'],
  ['a hexadecimal length', 'Content-Length: 0x2\r\n\r\n{}'],
  ['a fraction as length', 'Content-Length: 2.5\r\n\r\n{}'],
  ['a length of 0', 'Content-Length: 0\r\n\r\n'],
  ['a length beyond 64 bits', 'Content-Length: 99999999999999999999999999\r\n\r\n{}'],
  ['a length of a gigabyte', 'Content-Length: 1073741824\r\n\r\n{}'],
  ['a length too small', framed(valid, 'Content-Length: 5\r\n\r\n')],
  ['a length too large', framed('{"seq":1', 'Content-Length: 13\r\n\r\n')],
  ['two lengths that differ', framed('{}', 'Content-Length: 2\r\nContent-Length: 200\r\n\r\n')],
  ['a header of a megabyte', `X-Long: ${'x'.repeat(1 << 20)}\r\n\r\n`],
  ['100,000 headers', 'X: y\r\n'.repeat(100_000)],
  ['NUL in the header', 'Content-\0Length: 2\r\n\r\n{}'],
  ['an HTTP request', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ['an HTTP request with a body, from a browser', framed('{"a":1}',
    'POST / HTTP/1.1\r\nOrigin: http://evil.example\r\nContent-Length: 7\r\n\r\n')],
];

const json = [
  ['no JSON', framed('hello')],
  ['blanks only', framed('   \n  ')],
  ['JSON that breaks off', framed('{"seq":1,"type":"request","comm')],
  ['two JSON values', framed('{} {}')],
  ['an array', framed('[1,2,3]')],
  ['a string', framed('"initialize"')],
  ['a number', framed('42')],
  ['null', framed('null')],
  ['a trailing comma', framed('{"seq":1,}')],
  ['a comment', framed('{/* hi */}')],
  ['a byte order mark', framed('\u{feff}{}')],
  ['NaN and Infinity', framed('{"seq":NaN,"type":Infinity}')],
  ['invalid UTF-8 in a string', framed(Buffer.concat([Buffer.from('{"seq":7000,"type":"request","command":"'),
    Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80]), Buffer.from('"}')]))],
  ['half a surrogate pair', framed('{"seq":7000,"type":"request","command":"\\ud800"}')],
  ['a raw line end in a string', framed('{"seq":7000,"type":"request","command":"a\nb"}')],
  ['arrays 100,000 deep', framed('['.repeat(100_000) + ']'.repeat(100_000))],
  ['objects 100,000 deep', framed('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000))],
  ['ten thousand levels that never close', framed('{"a":['.repeat(10_000))],
];

const envelope = [
  ['an empty object', framed('{}')],
  ['no seq', framed('{"type":"request","command":"threads"}')],
  ['seq that is a string', request({ seq: '1' })],
  ['seq that is negative', request({ seq: -1 })],
  ['seq that is a fraction', request({ seq: 1.5 })],
  ['seq beyond 2^53', framed('{"seq":9999999999999999999,"type":"request","command":"threads"}')],
  ['seq beyond a double', framed('{"seq":1e999,"type":"request","command":"threads"}')],
  ['no type', framed(`{"seq":${seq},"command":"threads"}`)],
  ['an unknown type', request({ type: 'question' })],
  ['a type that is a number', request({ type: 1 })],
  ['a response to nothing', framed('{"seq":1,"type":"response","request_seq":99,"success":true,"command":"x"}')],
  ['an event', framed('{"seq":1,"type":"event","event":"stopped","body":{"reason":"x"}}')],
  ['no command', framed(`{"seq":${seq},"type":"request"}`), seq],
  ['a command that is a number', request({ command: 5 }), seq],
  ['an empty command', request({ command: '' }), seq],
  ['an unknown command', request({ command: 'makeCoffee' }), seq],
  ['a command of a megabyte', request({ command: 'c'.repeat(1 << 20) }), seq],
  ['NUL in a command', request({ command: 'threads\0' }), seq],
  ['quotes and line ends in a command', request({ command: '"\n\\%s%n' }), seq],
  ['a command in the wrong case', request({ command: 'Threads' }), seq],
];

const withArguments = (command, args) => request({ command, arguments: args });
const breakpoints = (list) => withArguments('setBreakpoints', { source: { path: '/x.lua' }, breakpoints: list });

const args = [
  ['arguments that are an array', withArguments('setBreakpoints', []), seq],
  ['arguments that are a string', withArguments('setBreakpoints', 'x'), seq],
  ['no arguments where some are needed', withArguments('setBreakpoints', undefined), seq],
  ['a source that is a string', withArguments('setBreakpoints', { source: '/x.lua', breakpoints: [] }), seq],
  ['a path that is a number', withArguments('setBreakpoints', { source: { path: 1 }, breakpoints: [] }), seq],
  ['breakpoints that are an object', breakpoints({}), seq],
  ['a breakpoint that is a number', breakpoints([1]), seq],
  ['a line that is a string', breakpoints([{ line: '1' }]), seq],
  ['a line that is a fraction', breakpoints([{ line: 1.5 }]), seq],
  ['a line beyond any file', breakpoints([{ line: 2 ** 60 }]), seq],
  ['no line', breakpoints([{}]), seq],
];

const states = [
  'continue', 'next', 'stepIn', 'stepOut', 'pause', 'stackTrace', 'scopes', 'variables', 'evaluate', 'source',
].map(
  (command) => [`${command} before launch`, withArguments(command,
    { threadId: 1, frameId: 1, variablesReference: 1, expression: '1', sourceReference: 1 }), seq]);

export const malformed = [...framing, ...json, ...envelope, ...args, ...states];

/** Unusual, but to be understood: the request `threads` with this seq gets an answer. */
const good = JSON.stringify({ seq, type: 'request', command: 'no such command' });
export const unusual = [
  ['other headers', framed(good, `Content-Type: application/json\r\nContent-Length: ${good.length}\r\nX: y\r\n\r\n`)],
  ['a header in lower case', framed(good, `content-length: ${good.length}\r\n\r\n`)],
  ['a header in upper case', framed(good, `CONTENT-LENGTH:${good.length}\r\n\r\n`)],
  ['blanks around the length', framed(good, `Content-Length:   ${good.length}  \r\n\r\n`)],
  ['line ends without CR', framed(good, `Content-Length: ${good.length}\n\n`)],
  ['blanks around the JSON', framed(` \r\n\t${good}\n `)],
  ['fields that are not known', framed(good.replace('{', '{"extra":[1,{"deep":null}],'))],
  ['characters as escapes', framed(good.replace('such', 's\\u0075ch'))],
].map(([name, bytes]) => [name, bytes, seq]);

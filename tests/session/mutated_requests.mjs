// SPDX-License-Identifier: MIT
// Requests that are almost right: each request, with one place of its arguments changed.

/** JSON's text of a value, in which Text stands for itself. */
class Text {
  constructor(json) { this.json = json; }
}

function json(value) {
  if (value instanceof Text) return value.json;
  if (Array.isArray(value)) return `[${value.filter((v) => v !== undefined).map(json).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value).filter(([, v]) => v !== undefined)
    .map(([name, v]) => `${JSON.stringify(name)}:${json(v)}`).join(',')}}`;
}

const deep = (depth, open, close, inner = '') => new Text(open.repeat(depth) + inner + close.repeat(depth));
const long = (size) => new Text(`"${'x'.repeat(size)}"`);

/** What is put in the place of a value. */
const values = {
  null: null, true: true, false: false, zero: 0, one: 1, two: 2, minus: -1, half: 0.5, fraction: 1.5,
  'minus zero': new Text('-0'), 'one as 1.0': new Text('1.0'), 'one as 10e-1': new Text('10e-1'),
  '2^31-1': 2 ** 31 - 1, '2^31': 2 ** 31, '-2^31': -(2 ** 31), '2^30': 2 ** 30, '2^32+1': 2 ** 32 + 1, '2^53': 2 ** 53,
  '2^53+2': 2 ** 53 + 2, '2^63': new Text('9223372036854775808'), '2^64': new Text('18446744073709551616'),
  '1e308': new Text('1e308'), '1e999': new Text('1e999'), '-1e999': new Text('-1e999'), '1e-999': new Text('1e-999'),
  'a number of 100 digits': new Text('1'.repeat(100)), 'a fraction of 100 digits': new Text(`0.${'1'.repeat(100)}`),
  'an empty string': '', 'a number as a string': '1', 'NaN as a string': 'NaN', 'a word': 'hello', 'a blank': ' ',
  'a path': '/no/such/file.lua', 'a dot': '.', 'a format': '%s%n%1000000d', 'quotes and line ends': '"\'\n\r\\\t`]]',
  'other scripts': 'Zoë 🌙 שלום', 'a control character': '\u0001', NUL: 'a\0b', 'half a pair': new Text('"a\\ud800b"'),
  'half a pair, the other': new Text('"\\udc00"'), 'not UTF-8': new Text('"\\ufffd\\uffff"'), 'a megabyte': long(1 << 20),
  'Lua that fails': 'error({})', 'Lua that is cut': 'return (', 'Lua that runs': '1 + 1',
  'an empty array': [], 'an empty object': {}, 'an array in an array': [[[]]], 'an array of null': [null],
  '100,000 numbers': new Text(`[${'1,'.repeat(99_999)}1]`), '100,000 strings': new Text(`[${'"x",'.repeat(99_999)}"x"]`),
  '100,000 objects': new Text(`[${'{"line":1,"name":"x","filterId":"caught"},'.repeat(20_000)}{}]`),
  'arrays 400 deep': deep(400, '[', ']'), 'arrays 5000 deep': deep(5000, '[', ']'), 'objects 400 deep': deep(400, '{"a":', '}', '1'),
  'objects 5000 deep': deep(5000, '{"a":', '}', '1'), 'an object of 10,000 members': new Text(`{${
    Array.from({ length: 10_000 }, (_, i) => `"m${i}":${i}`).join(',')}}`),
};

/** Every place within a value: the ways to it. */
function places(value, way = []) {
  const inner = value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([name, child]) => places(child, [...way, name])) : [];
  return [way, ...inner];
}

function changed(value, [name, ...rest], change) {
  if (name === undefined) return change(value);
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[name] = changed(value[name], rest, change);
  return copy;
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** [what, JSON] of all mutations of a request's arguments; JSON null: there are no arguments. */
function mutationsOf(args) {
  const all = [['no arguments', null], ['as it is', json(args)]];
  for (const way of places(args)) {
    const at = way.length === 0 ? 'arguments' : way.join('.');
    for (const [what, value] of Object.entries(values)) all.push([`${at}: ${what}`, json(changed(args, way, () => value))]);
    all.push([`${at}: missing`, way.length === 0 ? null : json(changed(args, way, () => undefined))]);
    all.push([`${at}: with members nobody knows`, json(changed(args, way,
      (value) => (isObject(value) ? { ...value, '': 1, __proto: {}, unknown: [null], 'naïve 🌙': null } : value)))]);
    all.push([`${at}: each member twice`, json(changed(args, way,
      (value) => (isObject(value) ? new Text(json(value).replace(/^{(.*)}$/s, '{$1,$1}').replace('{,}', '{}')) : value)))]);
    all.push([`${at}: members null first`, json(changed(args, way, (value) => (isObject(value)
      ? new Text(json(value).replace(/^{(.+)}$/s, `{${Object.keys(value).map((name) => `${JSON.stringify(name)}:null`).join(',')},$1}`)) : value)))]);
  }
  return all;
}

/** A generator of numbers below 1 from a seed (mulberry32). */
export function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** [command, what, JSON] of mutated requests, `count` of them in a random order. `requests` is a Map of valid arguments. */
export function mutatedRequests(requests, count, random) {
  const all = [...requests].flatMap(([command, args]) => mutationsOf(args).map(([what, text]) => [command, what, text]));
  for (let i = all.length - 1; i > 0; i--) {
    const other = Math.floor(random() * (i + 1));
    [all[i], all[other]] = [all[other], all[i]];
  }
  return all.slice(0, count);
}

// SPDX-License-Identifier: MIT
// `luaheat run --export`: what other programs read in the files, and how near the estimates are.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';

import Ajv from 'ajv';
import { Profile } from 'pprof-format';

import { fixturePath, lineOf } from '../fixture.mjs';
import { inScratchFolder, runLuaheat, scratchFolder } from '../programs.mjs';

const require = createRequire(import.meta.url);
const scratch = scratchFolder();
after(() => scratch.remove());
const program = fixturePath('stacks.lua');
const at = (mark) => lineOf('stacks.lua', mark);
const POINTS = 20000;
const TABLE = 56;
const ARRAY = 2 * 16;
const HEAT_FLOOR = 64 * 1024;
const EVERYTHING = '1:1'; // a mean of one byte: each block of some bytes is a sample, and stands for itself
const formats = ['pprof', 'heapprofile', 'speedscope', 'collapsed', 'massif', 'csv', 'json', 'html'];

/** The exported files by format, as Buffers. */
function exported(names, sampling = EVERYTHING, script = program) {
  return inScratchFolder((folder) => {
    const file = (name) => join(folder, `figures.${name}`);
    const options = names.flatMap((name) => ['--export', `${name}=${file(name)}`]);
    const { status, stderr } = runLuaheat(['run', '-o', join(folder, 'report'), ...options, script], { env: { LUAHEAT_SAMPLING: sampling } });
    assert.equal(stderr, '');
    assert.equal(status, 0);
    return Object.fromEntries(names.map((name) => [name, readFileSync(file(name))]));
  });
}

/** pprof as an independent reader has it: [{ stack: 'name:line ...', the innermost last, values }]. */
function readPprof(bytes) {
  const profile = Profile.decode(gunzipSync(bytes));
  const text = (index) => profile.stringTable.strings[Number(index)];
  const functions = new Map(profile.function.map((one) => [Number(one.id), { name: text(one.name), file: text(one.filename), start: Number(one.startLine) }]));
  const locations = new Map(profile.location.map(({ id, line: [line] }) =>
    [Number(id), { ...functions.get(Number(line.functionId)), line: Number(line.line) }]));
  const types = profile.sampleType.map(({ type, unit }) => `${text(type)}/${text(unit)}`);
  const samples = profile.sample.map((sample) => {
    const calls = sample.locationId.map((id) => locations.get(Number(id))).reverse();
    return {
      calls, stack: calls.map(({ name, line }) => `${name}:${line}`).join(' '),
      ...Object.fromEntries(types.map((type, i) => [type.split('/')[0], Number(sample.value[i])])),
    };
  });
  const period = [text(profile.periodType.type), text(profile.periodType.unit), Number(profile.period)];
  return { types, period, samples, locations, functions };
}

/** The sums over all samples whose stack ends so. */
function sumOf(samples, end) {
  const found = samples.filter(({ stack }) => stack.endsWith(end));
  assert.ok(found.length > 0, `no ${end} among\n${samples.map(({ stack }) => stack).join('\n')}`);
  const sum = (figure) => found.reduce((total, sample) => total + sample[figure], 0);
  return { alloc_objects: sum('alloc_objects'), alloc_space: sum('alloc_space'), inuse_objects: sum('inuse_objects'), inuse_space: sum('inuse_space') };
}

const main = 'main chunk <stacks.lua>';
const kept = `${main}:${at('keeps')} keep:${at('keep')} point:${at('point')}`;
const dropped = `${main}:${at('drops')} drop:${at('drop')} point:${at('point')}`;
const inside = `${main}:${at('resumes')} task:0 function <stacks.lua:${at('body') - 2}>:${at('body')} inside:${at('inside')} rep:0`;

test('pprof: the types and the period of a heap profile', () => {
  const { types, period } = readPprof(exported(['pprof'], '4096:1').pprof);
  assert.deepEqual(types, ['alloc_objects/count', 'alloc_space/bytes', 'inuse_objects/count', 'inuse_space/bytes']);
  assert.deepEqual(period, ['space', 'bytes', 4096]);
});

test('pprof: who calls whom to allocate how much, and what of it lives', () => {
  const { samples } = readPprof(exported(['pprof']).pprof);
  const figures = { alloc_objects: 2 * POINTS, alloc_space: POINTS * (TABLE + ARRAY) };
  assert.deepEqual(sumOf(samples, kept), { ...figures, inuse_objects: 2 * POINTS, inuse_space: POINTS * (TABLE + ARRAY) });
  assert.deepEqual(sumOf(samples, dropped), { ...figures, inuse_objects: 0, inuse_space: 0 });
});

test('pprof: a coroutine stands inside whoever resumed it, a C function inside its caller', () => {
  const { samples } = readPprof(exported(['pprof']).pprof);
  const { inuse_space: bytes } = sumOf(samples, inside);
  assert.ok(bytes >= 100_000 && bytes < 101_000, `${bytes}`);
  const [{ calls }] = samples.filter(({ stack }) => stack.endsWith(inside));
  assert.deepEqual(calls.map(({ file }) => file), [program, '[C]', program, program, '[C]']);
  assert.equal(calls[3].start, at('inside'));
});

test('pprof: every id is that of something, and there is a name for everything', () => {
  const { samples, functions, locations } = readPprof(exported(['pprof']).pprof);
  for (const { name, file } of functions.values()) assert.ok(name !== undefined && name !== '' && file !== undefined);
  for (const [id, { name }] of locations) assert.ok(id > 0 && name !== undefined);
  assert.ok(samples.every(({ calls }) => calls.length > 0 && calls.every(Boolean)));
});

// For each stack the law of the sample (runtime/account/sampling.h) gives the variance of its estimates; the seeds
// are fixed, so that this either holds or does not.
test('estimates lie within 4 standard deviations of the truth', () => {
  const mean = 4096;
  const variance = (size, value) => { const p = 1 - Math.exp(-size / mean); return POINTS * value ** 2 * (1 - p) / p; };
  const bound = 4 * Math.sqrt(variance(TABLE, TABLE) + variance(ARRAY, ARRAY));
  const countBound = 4 * Math.sqrt(variance(TABLE, 1) + variance(ARRAY, 1));
  const truth = POINTS * (TABLE + ARRAY);
  assert.ok(bound < 0.2 * truth, 'the bound says something');
  for (let seed = 1; seed <= 5; seed++) {
    const { samples } = readPprof(exported(['pprof'], `${mean}:${seed}`).pprof);
    const live = sumOf(samples, kept);
    assert.ok(Math.abs(live.alloc_space - truth) < bound, `seed ${seed}: ${live.alloc_space} of ${truth}`);
    assert.ok(Math.abs(live.inuse_space - truth) < bound, `seed ${seed}: ${live.inuse_space} of ${truth}`);
    assert.ok(Math.abs(live.alloc_objects - 2 * POINTS) < countBound + 10, `seed ${seed}: ${live.alloc_objects} objects`);
    const dead = sumOf(samples, dropped);
    assert.ok(Math.abs(dead.alloc_space - truth) < bound, `seed ${seed}: ${dead.alloc_space} of ${truth}`);
    assert.deepEqual([dead.inuse_space, dead.inuse_objects], [0, 0], 'what was freed is taken back');
  }
});

test('the same seed gives the same sample; another gives another', () => {
  const count = (sampling) => readPprof(exported(['pprof'], sampling).pprof).samples;
  assert.deepEqual(count('4096:9'), count('4096:9'));
  assert.notDeepEqual(count('4096:9'), count('4096:10'));
});

test('without sampling there are no stacks, and all the rest', () => {
  const { collapsed, json, pprof } = exported(['collapsed', 'json', 'pprof'], '0');
  assert.equal(collapsed.toString(), '');
  assert.deepEqual(readPprof(pprof).samples, []);
  assert.ok(JSON.parse(json).lines.length > 0);
});

test('collapsed: stacks as flamegraph.pl reads them, with the bytes of pprof', () => {
  const { collapsed, pprof } = exported(['collapsed', 'pprof']);
  const lines = collapsed.toString().trimEnd().split('\n').map((line) => /^(\S.*) (\d+)$/.exec(line).slice(1));
  const name = (mark) => `(stacks.lua:${at(mark)})`;
  const [[, bytes]] = lines.filter(([stack]) => stack === `${main} ${name('keeps')};keep ${name('keep')};point ${name('point')}`);
  assert.equal(Number(bytes), POINTS * (TABLE + ARRAY));
  const sum = lines.reduce((total, [, size]) => total + Number(size), 0);
  assert.equal(sum, readPprof(pprof).samples.reduce((total, sample) => total + sample.alloc_space, 0));
});

test('speedscope: its own schema takes it, and both profiles have the bytes of pprof', () => {
  const files = exported(['speedscope', 'pprof']);
  const file = JSON.parse(files.speedscope);
  const ajv = new Ajv({ strict: false });
  const valid = ajv.compile(JSON.parse(readFileSync(require.resolve('speedscope/dist/release/file-format-schema.json'), 'utf8')));
  assert.ok(valid(file), ajv.errorsText(valid.errors));
  const { samples } = readPprof(files.pprof);
  for (const [index, figure] of ['inuse_space', 'alloc_space'].entries()) {
    const profile = file.profiles[index];
    assert.equal(profile.unit, 'bytes');
    assert.equal(profile.samples.length, profile.weights.length);
    const sum = profile.weights.reduce((total, weight) => total + weight, 0);
    assert.equal(sum, samples.reduce((total, sample) => total + sample[figure], 0));
    assert.equal(profile.endValue - profile.startValue, sum);
    const stacks = profile.samples.map((stack) => stack.map((i) => `${file.shared.frames[i].name}:${file.shared.frames[i].line ?? 0}`).join(' '));
    assert.equal(profile.weights[stacks.findIndex((stack) => stack.endsWith(kept))], sumOf(samples, kept)[figure]);
  }
});

test('heapprofile: the tree of what lives', () => {
  const files = exported(['heapprofile', 'pprof']);
  const { head, samples } = JSON.parse(files.heapprofile);
  const nodes = [];
  const walk = (node, stack) => {
    const { functionName, lineNumber, url } = node.callFrame;
    const here = node === head ? '' : `${stack} ${functionName}:${lineNumber + 1}`;
    nodes.push({ ...node, stack: here, url });
    node.children.forEach((child) => walk(child, here));
  };
  walk(head, '');
  const live = readPprof(files.pprof).samples;
  const node = nodes.find(({ stack }) => stack.endsWith(kept));
  assert.equal(node.selfSize, POINTS * (TABLE + ARRAY));
  assert.equal(node.url, pathToFileURL(program).href);
  assert.equal(nodes.reduce((sum, { selfSize }) => sum + selfSize, 0), live.reduce((sum, sample) => sum + sample.inuse_space, 0));
  assert.equal(new Set(nodes.map(({ id }) => id)).size, nodes.length);
  for (const { size, nodeId } of samples) assert.equal(nodes.find(({ id }) => id === nodeId).selfSize, size);
});

/** What ms_print shows of a file: the snapshots' totals, and of detailed ones the bytes by place. */
function readMassif(bytes) {
  const file = join(scratch.path, 'massif.out');
  writeFileSync(file, bytes);
  const text = execFileSync('ms_print', ['--threshold=0', file], { encoding: 'utf8' });
  const number = (digits) => Number(digits.replaceAll(',', ''));
  const trees = text.split(/^ *\d+ +[\d.,]+ +([\d,]+) .*\n(?=100\.00%)/m).slice(1);
  const tree = (lines) => Object.fromEntries([...lines.matchAll(/^->[\d.]+% \(([\d,]+)B\) 0x[0-9A-F]+: (?:line \d+ \((.*)\)|(.*))$/gm)]
    .map(([, size, place, name]) => [place ?? name, number(size)]));
  return {
    detailed: /Detailed snapshots: \[(.*)\]/.exec(text)[1].split(', '),
    totals: [...text.matchAll(/^ *\d+ +[\d.,]+ +([\d,]+) /gm)].map(([, total]) => number(total)),
    peak: { total: number(trees[0]), lines: tree(trees[1]) }, end: { total: number(trees[2]), lines: tree(trees[3]) },
  };
}

test('massif: ms_print reads the peak and the end, with the bytes of each line', () => {
  const script = fixturePath('peak.lua');
  const { massif, json } = exported(['massif', 'json'], EVERYTHING, script);
  const { heap, lines } = JSON.parse(json);
  const { detailed, totals, peak, end } = readMassif(massif);
  const bytes = (figure) => Object.fromEntries(lines.filter((row) => row[figure] > 0)
    .map((row) => [row.line > 0 ? `${row.source}:${row.line}` : row.source, row[figure]]));
  assert.equal(detailed.length, 2);
  assert.match(detailed[0], / \(peak\)$/);
  assert.deepEqual(peak, { total: heap.peak, lines: bytes('at_peak') });
  assert.deepEqual(end, { total: heap.live, lines: bytes('live') });
  assert.notDeepEqual(peak.lines, end.lines, 'the program says something');
  assert.equal(Math.max(...totals), heap.peak);
  assert.ok(totals.length > 10, 'the time between');
});

test('massif: without samples, and with a name that is none of its lines', () => {
  const script = join(scratch.path, 'a#b\nn0: 5 x.lua');
  writeFileSync(script, 'keep = {}\n');
  const { massif, json } = exported(['massif', 'json'], '0', script);
  const { totals, end } = readMassif(massif);
  assert.equal(totals.length, 3);
  assert.equal(end.lines[`${scratch.path}/a?b?n0: 5 x.lua:1`], JSON.parse(json).lines.find(({ line }) => line === 1).live);
});

test('json and csv: the reports', () => inScratchFolder((folder) => {
  const file = (name) => join(folder, name);
  runLuaheat(['run', '--format', 'json', '-o', file('report'), '--export', `json=${file('json')}`, '--export', `csv=${file('csv')}`, program]);
  assert.equal(readFileSync(file('json'), 'utf8'), readFileSync(file('report'), 'utf8'));
  const rows = readFileSync(file('csv'), 'utf8').trimEnd().split('\n').slice(1);
  const { lines } = JSON.parse(readFileSync(file('json'), 'utf8'));
  assert.deepEqual(rows, lines.map((row) => [row.source, row.line, row.allocations, row.allocated, row.freed, row.live, row.at_peak,
    row.objects, row.allocated_with_callees, row.allocated_with_callees_error, row.live_with_callees, row.live_with_callees_error].join(',')));
}));

test('json: with what was measured', () => inScratchFolder((folder) => {
  const file = join(folder, 'json');
  runLuaheat(['run', '-o', join(folder, 'report'), '--measure', `m=${program}:${at('point')}`, '--export', `json=${file}`, program]);
  const { measurements: [{ name, windows }] } = JSON.parse(readFileSync(file, 'utf8'));
  assert.deepEqual([name, windows], ['m', 2 * POINTS], 'the line is passed once more where the function is made');
}));

test('html: the exact figures beside the program\'s own lines, and nothing to run or fetch', () => {
  const { html, json } = exported(['html', 'json']);
  const page = html.toString();
  const row = JSON.parse(json).lines.find(({ source, line }) => source === program && line === at('point'));
  assert.match(page, new RegExp(`<td>${row.growth.toLocaleString('en')}</td><td>${row.allocated.toLocaleString('en')}</td><td></td><td>${at('point')}</td>`));
  assert.match(page, /local function point\(x\) return \{ x, x \} end --@point<\/code>/);
  assert.match(page, /<code>  local function inside\(\)/, 'with the blanks in front');
  assert.match(page, /default-src 'none'/);
  assert.doesNotMatch(page, /<script|javascript:|https?:|\bsrc=|@import|url\(/);
});

test('html: few bytes are not hot, though no line has more', () => inScratchFolder((folder) => {
  const script = join(folder, 'few.lua');
  const hottest = (bytes) => {
    writeFileSync(script, `kept = string.rep('x', ${bytes})`);
    const { html, json } = exported(['html', 'json'], EVERYTHING, script);
    const [{ growth }] = JSON.parse(json).lines.filter(({ line }) => line === 1);
    return { growth, heat: Number(/--heat:([\d.]+)/.exec(html)[1]) };
  };
  const few = hottest(1000);
  assert.ok(Math.abs(few.heat - few.growth / HEAT_FLOOR) < 0.0001, JSON.stringify(few));
  assert.equal(hottest(2 * HEAT_FLOOR).heat, 1);
}));

test('a script that ends by an error or a signal has its exports all the same', () => inScratchFolder((folder) => {
  const file = join(folder, 'figures');
  const { status } = runLuaheat(['run', '-o', join(folder, 'report'), '--export', `collapsed=${file}`, '-'],
    { input: 'local t = {} for i = 1, 1e5 do t[i] = {} end os.exit(3)', env: { LUAHEAT_SAMPLING: EVERYTHING } });
  assert.equal(status, 3);
  assert.match(readFileSync(file, 'utf8'), /^main chunk <stdin> \(stdin:1\) \d{7}$/m);
}));

test('- is standard output, after what the script prints', () => {
  const { stdout } = runLuaheat(['run', '-o', '/dev/null', '--export', 'csv=-', program]);
  assert.match(stdout, new RegExp(`^${POINTS}\t${POINTS}\nsource,line,`));
});

test('wrong words are refused before anything runs, and no file is touched', () => inScratchFolder((folder) => {
  const copy = join(folder, 'script.lua');
  writeFileSync(copy, 'print("ran")');
  const refuses = (words, complaint, ...more) => {
    const { status, stdout, stderr } = runLuaheat(['run', ...more, '--export', words, copy]);
    assert.equal(status, 2, words);
    assert.equal(stdout, '', words);
    assert.match(stderr, complaint, words);
  };
  refuses('pprof', /FORMAT=FILE/);
  refuses('pprof=', /FORMAT=FILE/);
  refuses(`=${folder}/x`, /FORMAT is /);
  refuses(`pdf=${folder}/x`, /not 'pdf=.*FORMAT is pprof, heapprofile, speedscope, collapsed, massif, csv, json or html/);
  refuses('html=/no/such/folder/x', /No such file/);
  refuses(`html=${copy}`, /the script itself/);
  refuses('csv=/dev/null', /16 times/, ...Array.from({ length: 16 }, () => ['--export', 'csv=/dev/null']).flat());
  assert.equal(readFileSync(copy, 'utf8'), 'print("ran")');
  assert.equal(existsSync(join(folder, 'x')), false);
}));

test('what sampling cannot be is said', () => {
  for (const sampling of ['', 'x', '-1', '64k', '9999999999', '1:', '1:x']) {
    const { status, stdout, stderr } = runLuaheat(['run', program], { env: { LUAHEAT_SAMPLING: sampling } });
    assert.equal(status, 1, sampling);
    assert.equal(stdout, '', sampling);
    assert.match(stderr, /LUAHEAT_SAMPLING takes a number of bytes/, sampling);
  }
});

test('the program does not see how it is sampled', () => {
  const { stdout } = runLuaheat(['run', '-o', '/dev/null', '-'], { input: 'print(os.getenv("LUAHEAT_SAMPLING"))', env: { LUAHEAT_SAMPLING: '1' } });
  assert.equal(stdout, 'nil\n');
});

test('every format is tested here', () => {
  const { stderr } = runLuaheat(['run', '--export', 'x=y', program]);
  assert.deepEqual(stderr.match(/FORMAT is (.*)/)[1].split(/, | or /), formats);
  assert.ok(Object.values(exported(formats)).every((bytes) => bytes.length > 0), basename(program));
});

// SPDX-License-Identifier: MIT
// What the repository's files must hold, whatever they are about: checks of a tree, given as { path: text }. Each
// answers with what is wrong, a line each.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, normalize } from 'node:path/posix';

const NOT_OURS = /^(build.*|out|dist|bin|lib|node_modules|subprojects|\.git|\.cache)$/;
const TEXTS = /\.(c|h|ts|mjs|lua|md|build|css|json|bash|zsh|fish|txt)$|^[^.]*$/;

/** The files of a folder; of those that are no text, the names only. */
export function readTree(root, folder = '') {
  const files = {};
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) Object.assign(files, NOT_OURS.test(entry.name) ? {} : readTree(root, path));
    else if (entry.isFile()) files[path] = TEXTS.test(entry.name) ? readFileSync(join(root, path), 'utf8') : '';
  }
  return files;
}

const isC = (path) => /^(adapter|runtime)\/.*\.[ch]$/.test(path);
const isExtension = (path) => /^vscode-ext\/src\/.*\.ts$/.test(path);

/* ---- Names of files in comments and documents ---- */

const NAME = /(?<![\w./<*-])(?!_)(?:[\w-]+\/)*[\w-]+\.(?:[ch]|ts|mjs|md|build)\b(?![\w/-])/g;
const LUAS_OWN = /^(?:l(?:api|auxlib|baselib|code|corolib|ctype|dblib|debug|do|dump|func|gc|init|iolib|lex|limits|mathlib|mem|oadlib|object|opcodes|oslib|parser|prefix|state|string|strlib|table|tablib|tm|undump|utf8lib|vm|zio)|lua|luac|luaconf|lualib)\.[ch]$/;

/** The comments of a program, the whole of a document; lines stay where they are. */
function words(path, text) {
  if (path.endsWith('.md')) return text.replace(/^( {4}|```[^]*?^```).*$/gm, (code) => code.replace(/[^\n]/g, ' '));
  const isHash = !/\.(c|h|ts|mjs|css|json|lua)$/.test(path);
  const comment = isHash ? /^\s*#.*$|\s# .*$/gm : /\/\*[^]*?\*\/|(?<!:)\/\/.*$/gm;
  const found = [...text.matchAll(comment)];
  return found.reduce((kept, { 0: one, index }) => kept.slice(0, index) + one + kept.slice(index + one.length), text.replace(/[^\n]/g, ' '));
}

/** A file is named by its name, or by the end of its path. */
export function missingFiles(tree) {
  const paths = Object.keys(tree);
  const included = new Set(Object.values(tree).flatMap((text) => [...text.matchAll(/#include <(?:.*\/)?([^/>]+)>/g)].map(([, name]) => name)));
  const isThere = (name, from) => paths.some((path) => path === name || path.endsWith(`/${name}`)) || join(dirname(from), name) in tree;
  const isElsewhere = (name) => included.has(basename(name)) || LUAS_OWN.test(basename(name));
  return paths.filter((path) => path.endsWith('.md') || /^(adapter|runtime|vscode-ext|packaging|tests|meson|dev)/.test(path))
    .flatMap((path) => words(path, tree[path]).split('\n').flatMap((line, index) =>
      [...line.matchAll(NAME)].map(([name]) => name).filter((name) => !isThere(name, path) && !isElsewhere(name))
        .map((name) => `${path}:${index + 1}: there is no ${name}`)));
}

/* ---- Functions ---- */

const C_FUNCTION = /^(?!#|typedef|extern)[A-Za-z_][^=;]*\([^;]*$/;
const TS_FUNCTION = /^ *(?:export )?(?:default )?(?:async )?function\b|^ +(?!(?:if|for|while|switch|catch|return|super)\b)(?:(?:static|override|protected|private|async|get|set) )*[#\w]+(?:<.*>)?\([^;]*$|=> \{$/;

/** From the first line of its head to its closing brace. */
function functionsOf(path, text) {
  const lines = text.split('\n');
  const isStart = (line) => (isC(path) ? C_FUNCTION : TS_FUNCTION).test(line);
  const found = [];
  lines.forEach((line, index) => {
    if (!isStart(line)) return;
    const indent = ' '.repeat(line.search(/\S/));
    const end = lines.findIndex((other, at) => at > index && other.startsWith(`${indent}}`) && !other.endsWith('{'));
    const hasBody = lines.slice(index, end).find((other) => /[{;]$/.test(other))?.endsWith('{');
    if (end > 0 && hasBody) found.push({ name: line.trim(), line: index + 1, length: end - index + 1 });
  });
  return found;
}

export function longFunctions(tree, most = 40) {
  return Object.entries(tree).filter(([path]) => isC(path) || isExtension(path)).flatMap(([path, text]) =>
    functionsOf(path, text).filter(({ length }) => length > most)
      .map(({ name, line, length }) => `${path}:${line}: ${length} lines: ${name}`));
}

/* ---- Includes and imports ---- */

/** Who can meet in one file: the adapter with the runtime's contract, the runtime with itself. */
const SIDES = [/^(adapter|runtime\/(base|link))\//, /^runtime\//];

/** Headers whose names are the same where an include could mean either. */
export function ambiguousHeaders(tree) {
  const problems = SIDES.flatMap((side) => {
    const headers = Object.keys(tree).filter((path) => side.test(path) && path.endsWith('.h')).sort();
    return headers.map((header) => headers.filter((other) => basename(other) === basename(header)))
      .filter(({ length }) => length > 1).map((same) => same.join(' and '));
  });
  return [...new Set(problems)];
}

/** { path: the files of the tree that it includes or imports }; those of libraries are left out. */
export function arrows(tree) {
  const included = (path, name) => {
    const beside = join(dirname(path), name);
    if (beside in tree) return beside;
    const side = SIDES.find((one) => one.test(path));
    return Object.keys(tree).find((other) => side?.test(other) && (other === name || other.endsWith(`/${name}`)));
  };
  const targets = (path, text) =>
    isC(path) ? [...text.matchAll(/^#include "(.+)"/gm)].map(([, name]) => included(path, name))
      : [...text.matchAll(/from '(\..+)';$/gm)].map(([, name]) => normalize(join(dirname(path), name)));
  return Object.fromEntries(Object.entries(tree).filter(([path]) => isC(path) || isExtension(path))
    .map(([path, text]) => [path, targets(path, text).filter((target) => target in tree)]));
}

/** Includes that climb over the walls, which the build holds by the folders that each part may see. */
export function climbingIncludes(tree) {
  return Object.entries(tree).filter(([path]) => isC(path)).flatMap(([path, text]) =>
    [...text.matchAll(/^#include "(.*\.\..*)"/gm)].map(([, name]) => `${path} includes ${name}`));
}

const unitOf = (path) => path.slice(0, -extname(path).length);

/** A .c and its .h are one. A circle whose header says why it is one, in a comment that has the word, may stay. */
export function circles(tree) {
  const graph = new Map();
  for (const [path, targets] of Object.entries(arrows(tree))) {
    const own = graph.get(unitOf(path)) ?? new Set();
    for (const target of targets) if (unitOf(target) !== unitOf(path)) own.add(unitOf(target));
    graph.set(unitOf(path), own);
  }
  const isExplained = (unit) => /\/\*[^]*\bcircle\b[^]*\*\//.test(tree[`${unit}.h`] ?? '');
  return components(graph).filter((circle) => circle.length > 1 && !circle.some(isExplained)).map((circle) => circle.sort().join(', '));
}

const isWithin = (inner, outer) => inner === outer || inner.startsWith(`${outer}/`);

/** The build holds the walls between parts; within one of several folders this does. A folder may know the one it is in, and be known there. */
export function roomCircles(tree) {
  const graph = new Map();
  for (const [path, targets] of Object.entries(arrows(tree)).filter(([from]) => isC(from))) {
    const room = dirname(path);
    const known = graph.get(room) ?? new Set();
    for (const other of targets.map(dirname)) if (!isWithin(room, other) && !isWithin(other, room)) known.add(other);
    graph.set(room, known);
  }
  return components(graph).filter((circle) => circle.length > 1).map((circle) => circle.sort().join(', '));
}

/** Strongly connected (Tarjan). */
function components(graph) {
  const order = new Map(), low = new Map(), stack = [], found = [];
  const visit = (node) => {
    order.set(node, order.size);
    low.set(node, order.get(node));
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) === order.get(node)) found.push(stack.splice(stack.indexOf(node)));
  };
  for (const node of graph.keys()) if (!order.has(node)) visit(node);
  return found;
}

/** Of the files below a folder: the longest chain of includes, in files, and the most headers that one reaches. */
export function includeDepth(tree, folder) {
  const graph = arrows(tree);
  const chains = new Map(), reached = new Map();
  const chain = (path) => {
    if (!chains.has(path)) chains.set(path, 1); // cuts what goes round
    chains.set(path, 1 + Math.max(0, ...(graph[path] ?? []).map((target) => chains.get(target) ?? chain(target))));
    return chains.get(path);
  };
  const reach = (path) => {
    if (!reached.has(path)) {
      const all = new Set();
      const follow = (from) => (graph[from] ?? []).forEach((target) => all.has(target) || (all.add(target), follow(target)));
      follow(path);
      reached.set(path, all.size);
    }
    return reached.get(path);
  };
  const own = Object.keys(graph).filter((path) => path.startsWith(`${folder}/`));
  return { chain: Math.max(...own.map(chain)), headers: Math.max(...own.map(reach)) };
}

/* ---- The map of the README ---- */

/** [folder, ...] of the block below "## The house"; folders stand below those they are in, two blanks further right. */
function mappedFolders(readme) {
  const [, block = ''] = /## The house\n+```\n([^]*?)```/.exec(readme) ?? [];
  const above = [];
  return [...block.matchAll(/^( *)([\w-]+)\/ /gm)].map(([, { length }, name]) => {
    above.splice(length / 2, Infinity, name);
    return above.join('/');
  });
}

/** Where the map goes into a folder, it names all that is there. */
export function mapProblems(tree) {
  const mapped = mappedFolders(tree['README.md'] ?? '');
  const folders = new Set(Object.keys(tree).flatMap((path) => path.split('/').slice(0, -1).map((_, index, names) => names.slice(0, index + 1).join('/'))));
  const open = new Set(['', ...mapped.map((folder) => folder.split('/').slice(0, -1).join('/'))]);
  const missing = [...folders].filter((folder) => !folder.startsWith('.') && open.has(folder.split('/').slice(0, -1).join('/')) && !mapped.includes(folder));
  return [...mapped.filter((folder) => !folders.has(folder)).map((folder) => `there is no folder ${folder}`),
    ...missing.map((folder) => `the map lacks ${folder}`)];
}

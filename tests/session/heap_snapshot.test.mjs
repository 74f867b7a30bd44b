// SPDX-License-Identifier: MIT
// luaheat/heapSnapshot: all that is alive as a file of V8's heap snapshots.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scratchFolder } from '../programs.mjs';
import { scene, scenes } from './session.mjs';

const TABLE = 56, SLOT = 16, NODE = 24;

/** The file as nodes, { type, name, id, size, edges: [{ type, name, to }] }, read by what it says of itself. */
function read(path) {
  const { snapshot: { meta, node_count: nodeCount, edge_count: edgeCount }, nodes, edges, strings } = JSON.parse(readFileSync(path, 'utf8'));
  const width = meta.node_fields.length, edgeWidth = meta.edge_fields.length;
  assert.equal(nodes.length, nodeCount * width);
  assert.equal(edges.length, edgeCount * edgeWidth);
  const field = (name) => meta.node_fields.indexOf(name);
  const all = Array.from({ length: nodeCount }, (_, i) => {
    const of = (name) => nodes[i * width + field(name)];
    return { type: meta.node_types[0][of('type')], name: strings[of('name')], id: of('id'), size: of('self_size'), count: of('edge_count'), edges: [] };
  });
  let at = 0;
  for (const node of all)
    for (let i = 0; i < node.count; i++, at += edgeWidth) {
      const type = meta.edge_types[0][edges[at]];
      assert.equal(edges[at + 2] % width, 0);
      node.edges.push({ type, name: type === 'element' ? edges[at + 1] : strings[edges[at + 1]], to: all[edges[at + 2] / width] });
    }
  assert.equal(at, edges.length);
  return all;
}

async function inFolder(story) {
  const scratch = scratchFolder();
  try {
    await story(scratch.path);
  } finally {
    scratch.remove();
  }
}

const edge = (node, name) => node.edges.find((one) => one.name === name)?.to;

async function stopped(start) {
  const program = await start('heap_snapshot.lua', { stopAt: ['stop'] });
  await program.stopsAt('stop');
  return program;
}

scene('objects are there once, with their bytes and names', async (start, { client }) => inFolder(async (folder) => {
  const program = await stopped(start);
  const path = join(folder, 'one.heapsnapshot');
  const before = (await program.assertFiguresAddUp()).live;
  const answer = await client.request('luaheat/heapSnapshot', { path });
  const [root, ...all] = read(path);
  assert.equal(answer.path, path);
  assert.equal(answer.objects, all.length);
  assert.equal(answer.bytes, all.reduce((sum, { size }) => sum + size, 0));
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length, 'each has an id of its own');
  assert.deepEqual([root.type, root.name], ['synthetic', '']);

  const world = edge(edge(root, '_G'), 'world');
  const line = (mark) => `table ${fixturePath('heap_snapshot.lua')}:${lineOf('heap_snapshot.lua', mark)}`;
  assert.ok(line('world').endsWith(world.name.replace(/^table /, '')), world.name);
  assert.equal(world.size, TABLE + 4 * NODE, 'four fields');
  const list = edge(world, 'list');
  assert.equal(list.size, TABLE + 3 * SLOT);
  assert.deepEqual(list.edges.map(({ type, name, to }) => [type, name, to.size]), [1, 2, 3].map((index) => ['element', index, TABLE]));
  assert.deepEqual([edge(world, 'text').type, edge(world, 'text').name], ['string', 'x'.repeat(200)]);
  assert.equal(edge(world, 'text').size, 24 + 1000 + 1);
  const closure = edge(world, 'closure');
  assert.deepEqual([closure.type, closure.size], ['closure', 32 + 8]);
  assert.equal(edge(closure, 'list'), list, 'an upvalue, by its name');
  assert.equal(closure.edges.find(({ name }) => name === 'list').type, 'context');
  assert.deepEqual([edge(world, 'metatable').size, world.edges.filter(({ type }) => type === 'internal').map(({ name }) => name).sort()],
    [TABLE + NODE, ['key', 'key', 'key', 'key', 'metatable']]);
  assert.ok(!all.some(({ name }) => name === 'held weakly only, which is longer than forty bytes'));

  const after = await program.assertFiguresAddUp();
  assert.equal(after.live - after.debugger, before, 'the program has what it had');
  assert.ok(answer.bytes <= before && answer.bytes > before / 2, 'prototypes and the string table are no objects');
  await program.continueToEnd();
}));

scene('VS Code reads it, and finds that objects retain what we say they do', async (start, { client }) => inFolder(async (folder) => {
  const { decode_bytes: decode } = createRequire(import.meta.url)('@vscode/v8-heap-parser');
  const program = await stopped(start);
  const path = join(folder, 'one.heapsnapshot');
  await client.request('luaheat/heapSnapshot', { path });
  const graph = decode(readFileSync(path));
  const found = new Set();
  graph.get_class_groups(0, 1000, false).forEach((_, group) => {
    for (const node of graph.class_children(group, 0, 1_000_000, 0)) found.add(`${node.self_size} ${node.retained_size}`);
  });
  for (const expression of ['world', 'world.list', 'world.text', 'world.closure', '_G', 'string']) {
    const [, own, retained] = /^([\d,]+) B, and it alone retains ([\d,]+) B$/.exec(await program.evaluate(`luaheat.size(${expression})`));
    assert.ok(found.has(`${own} ${retained}`.replaceAll(',', '')), `${expression}: ${own} ${retained}`);
  }
  await program.continueToEnd();
}));

scene('two of them know the same objects', async (start, { client }) => inFolder(async (folder) => {
  const program = await stopped(start);
  const ids = async (name) => {
    await client.request('luaheat/heapSnapshot', { path: join(folder, name) });
    return new Set(read(join(folder, name)).map(({ id }) => id));
  };
  const one = await ids('one'), other = await ids('other');
  assert.ok([...one].filter((id) => !other.has(id)).length < 10);
  assert.deepEqual(readdirSync(folder).sort(), ['one', 'other'], 'nothing else is left there');
  await program.continueToEnd();
}));

scenes('what cannot be written is told', async (start, { client }) => inFolder(async (folder) => {
  const program = await stopped(start);
  const why = async (path) => (await client.refusal('luaheat/heapSnapshot', { path })).error.format;
  const source = join(folder, 'link');
  symlinkSync(fixturePath('heap_snapshot.lua'), source);
  if (program.isExact) {
    assert.match(await why(join(folder, 'no/such/folder')), /cannot write .*: No such file or directory/);
    assert.match(await why(source), /that is a source of the program/);
    assert.match(await why(folder), /that is no regular file/);
    assert.match(await why('relative'), /'path' must be absolute/);
    writeFileSync(join(folder, 'old'), 'old');
    await client.request('luaheat/heapSnapshot', { path: join(folder, 'old') });
    assert.ok(read(join(folder, 'old')).length > 100, 'an older file is replaced');
  } else {
    assert.match(await why(join(folder, 'off')), /Memory is not measured/);
    assert.ok(!existsSync(join(folder, 'off')));
  }
  await program.continueToEnd();
}));

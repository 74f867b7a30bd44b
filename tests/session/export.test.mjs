// SPDX-License-Identifier: MIT
// luaheat/export: the figures of now in a file. What the formats hold is tested in tests/run/export.test.mjs.

import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { Profile } from 'pprof-format';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scratchFolder } from '../programs.mjs';
import { scene } from './session.mjs';

const TABLE_OF_2 = 56 + 2 * 16;
const everything = { env: { LUAHEAT_SAMPLING: '1:1' } };

/** A scene with a folder to export into. */
function exporting(name, story) {
  scene(name, async (start, { client }) => {
    const { path: folder, remove } = scratchFolder();
    try {
      await story(start, client, folder);
    } finally {
      remove();
    }
  });
}

/** What the tables' line of memory.lua has live, by the pprof file. */
function liveTables(path) {
  const profile = Profile.decode(gunzipSync(readFileSync(path)));
  const line = lineOf('memory.lua', 'tables');
  const locations = new Map(profile.location.map(({ id, line: [{ line: at }] }) => [Number(id), Number(at)]));
  const samples = profile.sample.filter(({ locationId: [innermost] }) => locations.get(Number(innermost)) === line);
  return samples.reduce((sum, { value }) => sum + Number(value[3]), 0);
}

exporting('at a stop: what lives now', async (start, client, folder) => {
  const program = await start('memory.lua', { stopAt: ['second', 'third'], ...everything });
  const path = join(folder, 'heap.pb.gz');
  await program.stopsAt('second');
  const answer = await client.request('luaheat/export', { format: 'pprof', path });
  assert.deepEqual(answer, { path, bytes: readFileSync(path).length });
  assert.equal(liveTables(path), 100 * TABLE_OF_2 + 128 * 16);
  await program.continueTo('third');
  await client.request('luaheat/export', { format: 'pprof', path });
  assert.equal(liveTables(path), 150 * TABLE_OF_2 + 256 * 16, 'the file is replaced');
  assert.deepEqual(readdirSync(folder), ['heap.pb.gz'], 'nothing else is left');
});

exporting('while it runs, and after its end', async (start, client, folder) => {
  const program = await start('busy.lua');
  const path = join(folder, 'lines.json');
  await program.prints(/busy/);
  await client.request('luaheat/export', { format: 'json', path });
  assert.ok(JSON.parse(readFileSync(path, 'utf8')).heap.live > 0);
  await client.request('terminate');
  await client.event('terminated');
  const { bytes } = await client.request('luaheat/export', { format: 'html', path });
  assert.equal(readFileSync(path).length, bytes);
});

exporting('every format, through a link that stays', async (start, client, folder) => {
  const program = await start('memory.lua', { stopAt: ['end'] });
  await program.stopsAt('end');
  const link = join(folder, 'link');
  writeFileSync(join(folder, 'file'), 'old');
  symlinkSync('file', link);
  for (const format of ['pprof', 'heapprofile', 'speedscope', 'collapsed', 'massif', 'csv', 'json', 'html']) {
    const { bytes } = await client.request('luaheat/export', { format, path: link });
    assert.equal(readFileSync(join(folder, 'file')).length, bytes, format);
  }
  assert.ok(lstatSync(link).isSymbolicLink());
});

exporting('what cannot be written is refused, and nothing is lost', async (start, client, folder) => {
  const program = await start('memory.lua', { stopAt: ['end'] });
  await program.stopsAt('end');
  const refuses = async (args, id, text) => {
    const refused = await client.request('luaheat/export', args).then(() => assert.fail(`${JSON.stringify(args)} is accepted`), (error) => error);
    assert.equal(refused.error.id, id, refused.message);
    assert.match(refused.error.format, text);
  };
  const path = join(folder, 'x');
  await refuses({ path }, 1004, /'format' is missing/);
  await refuses({ format: 'csv' }, 1004, /'path' is missing/);
  await refuses({ format: 'pdf', path }, 1004, /'format' must be pprof, .* or html, not 'pdf'/);
  await refuses({ format: 'csv', path: 'x' }, 1004, /absolute/);
  await refuses({ format: 'csv', path: '/no/such/folder/x' }, 3002, /No such file/);
  await refuses({ format: 'csv', path: folder }, 3002, /no regular file/);
  await refuses({ format: 'csv', path: '/dev/null' }, 3002, /no regular file/);
  const source = readFileSync(fixturePath('memory.lua'));
  await refuses({ format: 'csv', path: fixturePath('memory.lua') }, 3002, /a source of the program/);
  symlinkSync(fixturePath('memory.lua'), join(folder, 'source'));
  await refuses({ format: 'csv', path: join(folder, 'source') }, 3002, /a source of the program/);
  assert.deepEqual(readFileSync(fixturePath('memory.lua')), source);
  assert.deepEqual(readdirSync(folder), ['source']);
});

exporting('without memory there is nothing to export', async (start, client, folder) => {
  const program = await start('memory.lua', { stopAt: ['end'], memory: 'off' });
  await program.stopsAt('end');
  const refused = await client.request('luaheat/export', { format: 'csv', path: join(folder, 'x') }).catch((error) => error);
  assert.equal(refused.error.id, 3001);
});

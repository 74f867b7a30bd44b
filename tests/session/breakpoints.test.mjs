// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scratchFolder } from '../programs.mjs';
import { initializeArguments, scene, scenes } from './session.mjs';

const line = (mark) => lineOf('breakpoints.lua', mark);

scene('breakpoints are verified before the file is loaded', async (start, session) => {
  await session.client.request('initialize', initializeArguments);
  const launched = session.client.request('launch', { program: fixturePath('breakpoints.lua') });
  await session.client.event('initialized');
  const marks = ['first', 'in_never_called', 'after_blank', 'loop', 'body', 'one_line', 'last'];
  const breakpoints = await session.setBreakpoints(marks, 'breakpoints.lua');
  await session.client.request('configurationDone');
  await launched;
  assert.deepEqual(breakpoints.map((b) => b.line), marks.map(line));
  for (const breakpoint of breakpoints) assert.equal(breakpoint.verified, true);
});

scenes('a line without code moves to the next one with code, and says so', async (start) => {
  const program = await start('breakpoints.lua', { stopOnEntry: true });
  await program.stops('entry');
  const marks = ['comment', 'in_string', 'else'];
  const breakpoints = await program.setBreakpoints(marks);
  const expected = ['first', 'string_end', 'reached'].map(line);
  assert.equal(breakpoints[0].line, expected[0]);
  assert.equal(breakpoints[2].line, expected[2]);
  breakpoints.forEach((breakpoint, i) => {
    assert.equal(breakpoint.verified, true);
    assert.equal(breakpoint.message, `Moved to line ${breakpoint.line}: line ${line(marks[i])} has no code`);
  });
});

scenes('a moved breakpoint stops where it moved to', async (start) => {
  const program = await start('breakpoints.lua', { stopAt: ['comment'] });
  await program.stopsAt('first');
  await program.continueToEnd();
});

scene('a line past the end of the code is not verified, with the reason', async (start) => {
  const program = await start('breakpoints.lua', { stopAt: ['first'] });
  await program.stopsAt('first');
  const [comment, beyond, good] = await program.setBreakpoints(['past_end', 100_000, 'last']);
  for (const [breakpoint, asked] of [[comment, line('past_end')], [beyond, 100_000]]) {
    assert.equal(breakpoint.verified, false);
    assert.equal(breakpoint.message, `Not set: there is no code at or after line ${asked}`);
  }
  assert.equal(good.verified, true, 'the others are not affected');
  await program.continueTo('last');
});

scenes('answers come in the order asked, one each, twice the same included', async (start) => {
  const program = await start('breakpoints.lua', { stopOnEntry: true });
  await program.stops('entry');
  const marks = ['last', 'first', 'body', 'body', 'comment', 'first'];
  const breakpoints = await program.setBreakpoints(marks);
  const expected = ['last', 'first', 'body', 'body', 'first', 'first'].map(line);
  assert.deepEqual(breakpoints.map((b) => b.line), expected);
});

scenes('a stop names the breakpoints it hit', async (start) => {
  const program = await start('breakpoints.lua', { stopOnEntry: true });
  await program.stops('entry');
  const [body, last] = await program.setBreakpoints(['body', 'last']);
  for (let i = 1; i <= 3; i++) {
    await program.continueTo('body');
    assert.deepEqual(program.stop.hitBreakpointIds, [body.id]);
    assert.equal((await program.locals()).i, String(i));
  }
  await program.continueTo('last');
  assert.deepEqual(program.stop.hitBreakpointIds, [last.id]);
  await program.continueToEnd();
});

scenes('a new list replaces the old one', async (start) => {
  const program = await start('breakpoints.lua', { stopAt: ['loop', 'body', 'last'] });
  await program.stopsAt('loop');
  await program.setBreakpoints(['reached']);
  await program.continueTo('reached');
  await program.setBreakpoints([]);
  await program.continueToEnd();
});

scenes('a function on one line, a repeat on one line', async (start) => {
  const program = await start('breakpoints.lua', { stopAt: ['one_line', 'repeat'] });
  await program.stopsAt('one_line');
  await program.setBreakpoints(['repeat']);
  await program.continueTo('repeat');
});

scene('a file that does not exist, a file with a syntax error', async (start) => {
  const program = await start('breakpoints.lua', { stopOnEntry: true });
  await program.stops('entry');
  for (const path of ['/no/such/file.lua', fixturePath('broken.lua')]) {
    const { breakpoints } = await program.client.request('setBreakpoints', {
      source: { path }, breakpoints: [{ line: 1 }, { line: 2 }],
    });
    assert.equal(breakpoints.length, 2);
    for (const breakpoint of breakpoints) {
      assert.equal(breakpoint.verified, false);
      assert.ok(breakpoint.message);
    }
  }
});

scenes('breakpoints in a module, set before it is required', async (start) => {
  const program = await start('requires.lua', { cwd: fixturePath('') });
  await program.ends();
  assert.match(program.client.output('stdout'), /module says 3/);
});

scenes('a breakpoint in a module stops in it', async (start, session) => {
  const program = await start('requires.lua', { cwd: fixturePath(''), stopOnEntry: true });
  await program.stops('entry');
  const [breakpoint] = await program.setBreakpoints(['module_body'], 'lib/module.lua');
  assert.equal(breakpoint.verified, true);
  await program.continue();
  await program.stopsAt('module_body', 'breakpoint', 'lib/module.lua');
  await program.stepOut();
  await program.stopsAt('print', 'step');
});

scene('breakpoints by a path through a symbolic link, and with dots in it', async (start, session) => {
  const { path: folder, remove } = scratchFolder();
  try {
    mkdirSync(join(folder, 'real'));
    copyFileSync(fixturePath('breakpoints.lua'), join(folder, 'real', 'b.lua'));
    symlinkSync('real', join(folder, 'link'));
    const { client } = session;
    await client.request('initialize', initializeArguments);
    const launched = client.request('launch', { program: join(folder, 'real', 'b.lua') });
    await client.event('initialized');
    const asked = [];
    for (const path of [join(folder, 'link', 'b.lua'), `${folder}/./link/../real/b.lua`]) {
      const { breakpoints } = await client.request('setBreakpoints', {
        source: { path }, breakpoints: [{ line: line('body') }],
      });
      asked.push(...breakpoints);
    }
    await client.request('configurationDone');
    await launched;
    const stopped = await client.event('stopped');
    assert.equal(stopped.reason, 'breakpoint');
    for (const breakpoint of session.settled(asked)) assert.equal(breakpoint.verified, true);
  } finally {
    remove();
  }
});

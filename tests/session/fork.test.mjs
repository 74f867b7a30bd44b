// SPDX-License-Identifier: MIT
// The program forks: its children run on without a debugger, and the session is the parent's.

import assert from 'node:assert/strict';
import { readdirSync, readlinkSync } from 'node:fs';

import { fixturePath, lineOf } from '../fixture.mjs';
import { withModules } from '../programs.mjs';
import { scene, scenes } from './session.mjs';

const fixture = 'fork.lua';
const env = withModules;

scenes('breakpoints and caught errors of a child stop nothing', async (start) => {
  const program = await start(fixture, { env, stopAt: ['child', 'stop'], errors: ['caught'] });
  await program.stopsAt('stop');
  await program.prints(/^first\t10000\tfalse\tcaught\nfirst\tended\t10$/m);
  await program.prints(/^in a coroutine\tended\t10$/m);
  if (program.isExact) assert.equal(await program.lineAt('child'), undefined, 'nor is anything booked');
  await program.continueToEnd();
});

scenes('a step over a fork stays in the parent', async (start) => {
  const program = await start(fixture, { env, stopAt: ['first'] });
  await program.stopsAt('first');
  await program.next();
  await program.stops('step');
  await program.prints(/^first\tended\t10$/m);
});

scenes('a child made at a stop runs on, as the program does when it is told to', async (start) => {
  const program = await start(fixture, { env, stopAt: ['stop', 'child', 'waiting'] });
  await program.stopsAt('stop');
  await program.evaluate('forked = process.fork()');
  await program.prints(/^from a stop\t10000/m);
  assert.equal(await program.evaluate('here'), 'nil', 'the parent is still stopped');
  await program.continueTo('waiting');
  await program.continueToEnd();
  assert.match(program.client.output('stdout'), /^from a stop\tended\t10$/m);
});

scenes('a child that a condition makes runs on, whatever comes of the condition there', async (start) => {
  const program = await start(fixture, { env, stopAt: ['stop'] });
  await program.stopsAt('stop');
  await program.client.request('setBreakpoints', {
    source: { path: fixturePath(fixture) },
    breakpoints: [
      { line: lineOf(fixture, 'condition'), condition: 'fork_once()' },
      { line: lineOf(fixture, 'over'), logMessage: 'logged' },
    ],
  });
  await program.continueToEnd();
  await program.prints(/(over 3[^]*){2}/);
  assert.equal(program.client.output('console').match(/logged/g)?.length, 1);
});

/** Descriptors of a process beside its standard streams. */
function openSockets(pid) {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((fd) => Number(fd) > 2 && readlinkSync(`${folder}/${fd}`).startsWith('socket:'));
}

scene('the session ends with the parent, the child lives on', async (start) => {
  const program = await start(fixture, { env, args: ['daemon'] });
  await program.startsChild();
  await program.ends();
  const [child] = program.started;
  assert.ok(process.kill(child, 0), 'it is there');
  assert.deepEqual(openSockets(child), [], 'and holds nothing of the session');
  process.kill(child, 'SIGKILL');
});

scene('a child that is hung up on ends alone', async (start) => {
  const program = await start(fixture, { env, args: ['signalled'] });
  await program.ends();
  assert.match(program.client.output('stdout'), /^ended\t-1$/m);
});

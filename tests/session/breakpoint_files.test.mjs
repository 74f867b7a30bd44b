// SPDX-License-Identifier: MIT
// Where breakpoints can be, and files that come later.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { fixturePath, lineOf } from '../fixture.mjs';
import { scratchFolder } from '../programs.mjs';
import { initializeArguments, scene, scenes } from './session.mjs';

const line = (mark) => lineOf('breakpoints.lua', mark);
const source = { path: fixturePath('breakpoints.lua') };

scenes('breakpointLocations are the lines with code', async (start) => {
  const program = await start('breakpoints.lua', { stopOnEntry: true });
  await program.stops('entry');
  const at = async (args) =>
    (await program.client.request('breakpointLocations', { source, ...args })).breakpoints.map((b) => b.line);
  assert.deepEqual(await at({ line: line('first') }), [line('first')]);
  assert.deepEqual(await at({ line: line('comment') }), []);
  assert.deepEqual(await at({ line: line('comment'), endLine: line('in_never_called') }),
    ['first', 'in_never_called'].map(line).concat(line('function_end')).filter((l) => l <= line('in_never_called')));
  const all = await at({ line: 1, endLine: 10_000 });
  assert.ok(all.includes(line('last')) && !all.includes(line('in_string')));
  assert.deepEqual(all, [...new Set(all)].sort((a, b) => a - b));
  for (const path of ['/no/such/file.lua', fixturePath('broken.lua')]) {
    assert.deepEqual((await program.client.request('breakpointLocations', { source: { path }, line: 1 })).breakpoints, []);
  }
  await program.continueToEnd();
});

scene('before the launch nobody knows the locations; while the program runs they are known', async (start, session) => {
  const { client } = session;
  await client.request('initialize', initializeArguments);
  await client.event('initialized');
  assert.deepEqual((await client.request('breakpointLocations', { source, line: line('first') })).breakpoints, []);
  const launched = client.request('launch', { program: fixturePath('busy.lua') });
  await client.request('configurationDone');
  await launched;
  const { breakpoints } = await client.request('breakpointLocations', { source, line: line('first') });
  assert.deepEqual(breakpoints, [{ line: line('first') }]);
});

/**
 * A program that makes a module and loads it, in a folder of its own; the story gets folder and session. `watched`: it
 * holds a breakpoint itself, so that its lines are looked at anyway.
 */
function laterScenes(name, code, story) {
  const ways = ['exact', 'off'].flatMap((memory) => [false, true].map((watched) => [memory, watched]));
  for (const [memory, watched] of ways) {
    scene(`${name} (memory ${memory}${watched ? ', by one that holds a breakpoint' : ''})`, async (start, session) => {
      const folder = scratchFolder();
      try {
        const main = join(folder.path, 'main.lua');
        writeFileSync(main, code);
        const { client } = session;
        await client.request('initialize', initializeArguments);
        await client.event('initialized');
        const launched = client.request('launch', { program: main, cwd: folder.path, memory });
        const set = async (file, lines) => (await client.request('setBreakpoints', {
          source: { path: join(folder.path, file) }, breakpoints: lines.map((one) => ({ line: one })) })).breakpoints;
        if (watched) await client.request('setBreakpoints', { source: { path: main }, breakpoints: [{ line: 1, condition: 'false' }] });
        await story({ client, session, set, folder: folder.path, go: async () => {
          await client.request('configurationDone');
          await launched;
        } });
      } finally {
        folder.remove();
      }
    });
  }
}

const makesModule = `
local file = io.open("later.lua", "w")
file:write("local a = 1\\n\\n\\nlocal b = 2\\nreturn a + b\\n")
file:close()
local within = WHERE
within(function() return dofile("./later.lua") end)()
print("end")
`;
for (const [place, where] of [['the main thread', 'function(f) return f end'], ['a coroutine', 'coroutine.wrap']]) {
  laterScenes(`breakpoints in a file that is made while the program runs, loaded in ${place}`,
    makesModule.replace('WHERE', where), async ({ client, session, set, go }) => {
      const asked = await set('later.lua', [1, 3, 100]);
      await go();
      const stopped = await client.event('stopped');
      const [one, three, hundred] = session.settled(asked);
      assert.deepEqual([one.verified, one.line], [true, 1]);
      assert.deepEqual([three.verified, three.line], [true, 4]);
      assert.equal(hundred.verified, false);
      assert.match(hundred.message, /no code/);
      assert.deepEqual(stopped.hitBreakpointIds, [one.id]);
      await client.request('continue', { threadId: stopped.threadId });
      assert.deepEqual((await client.event('stopped')).hitBreakpointIds, [three.id]);
      const told = client.messages.filter(({ event }) => event === 'breakpoint').map(({ body }) => body.breakpoint);
      const pending = [...asked, ...told].find(({ id, message }) => id === one.id && /cannot open/.test(message));
      assert.equal(pending.reason, 'pending');
      assert.equal(told.findLast(({ id }) => id === one.id).message, undefined);
    });
}

laterScenes('breakpoints in code that is loaded under the name of a file', `
local chunk = load("local a = 1\\nlocal b = a\\nreturn b", "@virtual.lua")
print(chunk())
`, async ({ client, session, set, go }) => {
  const asked = await set('virtual.lua', [2]);
  await go();
  const stopped = await client.event('stopped');
  assert.equal(session.settled(asked)[0].verified, true);
  assert.deepEqual(stopped.hitBreakpointIds, [asked[0].id]);
});

laterScenes('breakpoints move with a file that is changed and loaded again', `
local function write(text)
  local file = io.open("module.lua", "w")
  file:write(text)
  file:close()
end
write("return 1\\n")
dofile("module.lua")
collectgarbage() -- and the next one may be where this one was
write("\\n\\n\\nreturn 2\\n")
dofile("module.lua")
`, async ({ client, session, set, go, folder }) => {
  writeFileSync(join(folder, 'module.lua'), 'return 0\n');
  const asked = await set('module.lua', [1]);
  await go();
  for (const expected of [1, 4]) {
    const { threadId } = await client.event('stopped');
    assert.equal((await client.request('stackTrace', { threadId, levels: 1 })).stackFrames[0].line, expected);
    assert.equal(session.settled(asked)[0].line, expected);
    await client.request('continue', { threadId });
  }
});

scene('a file whose name has no sign of one, as some hosts load them', async (start) => {
  const program = await start('unmarked.lua', { stopOnEntry: true });
  await program.stops('entry');
  const [{ verified }] = await program.setBreakpoints(['part'], 'unmarked_part.lua');
  assert.equal(verified, true);
  await program.continue();
  await program.stopsAt('part', 'breakpoint', 'unmarked_part.lua');
});

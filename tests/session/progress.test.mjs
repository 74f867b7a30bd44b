// SPDX-License-Identifier: MIT
// A walk over a heap of a million objects and more is shown while it takes its time, and can be cancelled by that.

import assert from 'node:assert/strict';

import { scene } from './session.mjs';

const MILLION = 1_000_000, MOST = 8 * MILLION;
const supportsProgress = { supportsProgressReporting: true };

async function stopped(start, options) {
  const program = await start('largest.lua', { stopAt: ['stop'], args: [`${MILLION}`], initialize: supportsProgress, ...options });
  await program.stopsAt('stop');
  return program;
}

/** What was said about the progress of that request, in order: starts, updates, ends and the answer. */
function storyOf(client, seq) {
  const id = client.messages.find(({ event, body }) => event === 'progressStart' && body.requestId === seq)?.body.progressId;
  return client.messages.filter(({ event, body, type, request_seq: of }) =>
    (/^progress/.test(event ?? '') && body.progressId === id) || (type === 'response' && of === seq));
}

const twiceAsMany = (program) => program.evaluate('for i = #objects + 1, 2 * #objects do objects[i] = {} end');

/** Asks until it takes so long that it is shown, each time of twice as many objects. */
async function askUntilShown(program, command, args) {
  const { client } = program;
  for (let count = MILLION; count <= MOST; count *= 2) {
    const answer = client.request(command, args).then((body) => ({ body }), (refused) => ({ refused }));
    const seq = client.lastSeq;
    await client.until('progress, or an answer', () => storyOf(client, seq).length > 0);
    if (storyOf(client, seq)[0].event === 'progressStart') return { answer, seq, count, start: storyOf(client, seq)[0].body };
    await twiceAsMany(program);
  }
  throw new Error(`${command} of ${MOST} objects is done within a second`);
}

/** The same with so many objects that after it is shown it takes about as long again. */
async function askWhatTakesLong(program, command, args) {
  await (await askUntilShown(program, command, args)).answer;
  await twiceAsMany(program);
  return askUntilShown(program, command, args);
}

const asked = {
  'luaheat/largestTables': () => ({ limit: 2 }),
  'luaheat/equalStrings': () => ({ limit: 2 }),
  'luaheat/retainers': async (program) => ({ expression: 'objects', frameId: await program.frameId(), limit: 2 }),
};

for (const [command, args] of Object.entries(asked))
  scene(`${command} tells how far it is, ends that, and then answers`, async (start, { client }) => {
    const program = await stopped(start);
    const { answer, seq, count, start: { title, cancellable } } = await askUntilShown(program, command, await args(program));
    const { body } = await answer;
    assert.ok(body.walked > count, `${body.walked}`);
    assert.match(title, /^Looking for /);
    assert.equal(cancellable, true);
    const story = storyOf(client, seq);
    const updates = story.slice(1, -2).map((message) => message.body);
    assert.deepEqual([story[0].event, ...story.slice(-2).map(({ event, type }) => event ?? type)], ['progressStart', 'progressEnd', 'response']);
    assert.ok(updates.every(({ message }) => /^[\d,]+ objects$/.test(message)));
    const shares = [story[0].body, ...updates].map(({ percentage }) => percentage).filter((share) => share !== undefined);
    assert.ok(shares.every((share, i) => share >= 0 && share <= 100 && (i === 0 || share >= shares[i - 1])), `${shares}`);
    assert.ok(shares.length > 0, 'how many objects there are is known');
  });

scene('it is cancelled by its progress, which ends first; the next answer is whole', async (start, { client }) => {
  const program = await stopped(start);
  const { answer, seq, start: { progressId } } = await askWhatTakesLong(program, 'luaheat/largestTables', { limit: 2 });
  await client.request('cancel', { progressId });
  const { refused } = await answer;
  assert.deepEqual([refused.word, refused.error.id], ['cancelled', 1008]);
  assert.deepEqual(storyOf(client, seq).slice(-2).map(({ event, type }) => event ?? type), ['progressEnd', 'response']);
  assert.equal((await client.request('luaheat/largestTables', { limit: 1 })).tables.length, 1);
});

scene('its end comes when the program is killed meanwhile', async (start, { client }) => {
  const program = await stopped(start);
  const { answer, seq } = await askWhatTakesLong(program, 'luaheat/equalStrings', {});
  process.kill(program.pid, 'SIGKILL');
  assert.ok((await answer).refused);
  assert.deepEqual(storyOf(client, seq).slice(-2).map(({ event, type }) => event ?? type), ['progressEnd', 'response']);
  await client.event('terminated');
});

scene('without figures it is not told of how many', async (start, { client }) => {
  const program = await stopped(start, { memory: 'off' });
  const { answer, seq, start: { percentage } } = await askUntilShown(program, 'luaheat/equalStrings', {});
  await answer;
  assert.equal(percentage, undefined);
  assert.ok(storyOf(client, seq).every(({ body }) => body.percentage === undefined));
});

// SPDX-License-Identifier: MIT
// The documents are followed as they are written: each command of ours that they show is run, each example in Lua too.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { inScratchFolder, liblua, lua, luaheat, runInShell, testsDir, withSanitizer } from '../programs.mjs';

const root = join(testsDir, '..');
const read = (name) => readFileSync(join(root, name), 'utf8');
const documents = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];

// Each line of it holds code and takes memory, and nothing stays: whatever lines an example names, they are there.
const PROGRAM = ['for frame = 1, 40 do', ...Array(58).fill('  local _ = { frame }'), 'end', ''].join('\n');

/** The commands of a document that are ours and whole, comments cut. What is in `console` or `yaml` has tests of its own. */
function commandsOf(text) {
  const lines = text.replaceAll(/^```(console|yaml)\n[^]*?^```/gm, '').split('\n');
  return lines.map((line) => line.replace(/ +# .*$/, '').trim()).filter((line) => /^luaheat run (?!.*\.\.\.)/.test(line));
}

/** With every block in the call stacks, so that there are some. */
function follow(command, cwd) {
  return runInShell(`PATH="$1:$PATH"; export LUAHEAT_SAMPLING=1; ${command}`, [dirname(luaheat)], { cwd, env: withSanitizer() });
}

for (const name of documents) {
  const commands = commandsOf(read(name));
  if (commands.length > 0)
    test(`${name}: its ${commands.length} commands`, () => inScratchFolder((folder) => {
      for (const program of ['game.lua', 'app.lua', 'script.lua']) writeFileSync(join(folder, program), PROGRAM);
      symlinkSync(liblua, join(folder, 'liblua.so'));
      for (const command of commands) {
        const { status, stderr } = follow(command, folder);
        assert.equal(status, 0, `${command}\n${stderr}`);
        for (const [, file] of command.matchAll(/(?:--export \w+=|-o )(\S+)/g)) assert.ok(statSync(join(folder, file)).size > 0, command);
      }
    }));
}

test('the commands are found', () => {
  assert.ok(documents.flatMap((name) => commandsOf(read(name))).length >= 10);
});

/** The commands of the steps of a pipeline, in order. */
function stepsOf(yaml) {
  return [...yaml.matchAll(/^ {6}- name: .*\n {8}run: (.*)\n((?: {10}.*\n)*)/gm)].map(([, head, block]) => {
    const lines = block.split('\n').map((line) => line.trim()).filter((line) => line !== '');
    return head === '|' ? ['set -e', ...lines].join('\n') : head === '>' ? lines.join(' ') : head;
  });
}

/** That of docs/ci.md which has these words. */
const pipelineOf = (words) => [...read('docs/ci.md').matchAll(/^```yaml\n(.*?)^```/msg)].map(([, yaml]) => yaml).find((yaml) => yaml.includes(words));

for (const [what, keeps, code] of [['that leaks', 'kept[#kept + 1] = { frame }', 3], ['that does not', 'kept[1] = { frame }', 0]])
  test(`docs/ci.md: who holds it, of a program ${what}`, () => inScratchFolder((folder) => {
    const [step] = stepsOf(pipelineOf('frames.json'));
    mkdirSync(join(folder, 'bench'));
    writeFileSync(join(folder, 'bench/frame.lua'), `local kept = {}\nfor frame = 1, 40 do\n${'\n'.repeat(39)}${keeps}\nend\n`);
    const { status, stderr } = runInShell(`PATH="$1:$PATH"; ${step}`, [dirname(luaheat)], { cwd: folder, env: withSanitizer() });
    assert.equal(status, code, stderr);
    assert.equal(existsSync(join(folder, 'leak.html')), code !== 0);
    if (code !== 0) assert.match(readFileSync(join(folder, 'leak.html'), 'utf8'), /local kept \(main chunk, frame\.lua\) → \[\*\]/);
  }));

test('docs/ci.md: its pipeline, on a branch that changes nothing', () => inScratchFolder((folder) => {
  const steps = stepsOf(pipelineOf('jobs:'));
  assert.equal(steps.length, 3);
  const player = ['return function()', ...Array(50).fill('  local _ = { 1 }'), 'end', ''].join('\n');
  const frame = 'package.path = "src/?.lua"\nlocal step = require("player")\nfor i = 1, 20 do step() end\n';
  for (const [file, text] of [['work/src/player.lua', player], ['work/bench/frame.lua', frame]]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const cwd = join(folder, 'work'), git = 'git -c user.name=t -c user.email=t@localhost';
  const made = runInShell(`git init -q -b main . && ${git} add . && ${git} commit -q -m all && git clone -q --bare . ../origin.git &&
    git remote add origin ../origin.git && git fetch -q origin && git checkout -q -b branch`, [], { cwd });
  assert.equal(made.status, 0, made.stderr);
  for (const step of steps) {
    const { status, stderr } = runInShell(`PATH="$1:$PATH"; export RUNNER_TEMP="$2"; ${step}`, [dirname(luaheat), folder], { cwd });
    assert.equal(status, 0, `${step}\n${stderr}`);
  }
}));

test('docs/module.md: its example, and each function of its table', () => inScratchFolder((folder) => {
  const text = read('docs/module.md');
  const [, example] = /^```lua\n(.*?)^```/ms.exec(text);
  const functions = [...text.matchAll(/^\| `(\w+)\(/gm)].map(([, name]) => name);
  assert.ok(functions.length >= 5);
  const game = `
    local left = 3
    running = true
    function update() left = left - 1; running = left > 0 end
    function load_level(name) return { name } end
    ${example}
    for _, name in ipairs { ${functions.map((name) => `"${name}"`)} } do assert(type(luaheat[name]) == "function", name) end
    assert(level[1] == "cave")
    print(window and window.growth or "not measured")`;
  writeFileSync(join(folder, 'game.lua'), game);
  const modules = runInShell('"$1" --cpath', [luaheat], { cwd: folder }).stdout.trim();
  const run = (program) => runInShell(`LUA_CPATH="$1" "$2" ${program} game.lua`, [modules, program === 'run' ? luaheat : lua], { cwd: folder, env: program === 'run' ? {} : withSanitizer() });
  for (const [program, last] of [['', /not measured$/], ['run', /^\d+$/m]]) {
    const { status, stdout, stderr } = run(program);
    assert.equal(status, 0, stderr);
    assert.match(stdout.trimEnd().split('\n').at(-1), last);
  }
}));

test('what the documents name in ./dev is there', () => {
  const help = runInShell('"$1"/dev help', [root]).stdout;
  const named = documents.flatMap((name) => [...read(name).matchAll(/\.\/dev ([a-z-]+)/g)].map(([, command]) => command));
  assert.ok(named.length > 5);
  for (const command of new Set(named)) assert.match(help, new RegExp(`^ +${command}\\b`, 'm'));
});

test('links between documents lead somewhere', () => {
  for (const name of [...documents, 'vscode-ext/README.md', 'tests/README.md'])
    for (const [, link] of read(name).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#[^)]*)?\)/g))
      assert.ok(link === '' || existsSync(join(root, dirname(name), link)), `${name}: ${link}`);
});

/** As GitHub makes them. */
function anchorsOf(text) {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading.trim().toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-'));
}

test('and to headings that are there', () => {
  for (const name of [...documents, 'vscode-ext/README.md'])
    for (const [, link, anchor] of read(name).matchAll(/\]\((?!https?:)([^)#\s]*)#([^)]+)\)/g)) {
      const target = link === '' ? name : join(dirname(name), link);
      assert.ok(anchorsOf(read(target)).includes(anchor), `${name}: ${link}#${anchor}`);
    }
});

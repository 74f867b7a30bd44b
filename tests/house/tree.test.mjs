// SPDX-License-Identifier: MIT
// The repository's files hold what the house promises, and each check of that finds what is wrong.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { testsDir } from '../programs.mjs';
import { ambiguousHeaders, circles, climbingIncludes, includeDepth, longFunctions, mapProblems, missingFiles, readTree, roomCircles } from './tree.mjs';

const house = readTree(join(testsDir, '..'));
delete house['tests/house/tree.test.mjs']; // made-up trees

/** The check finds nothing in the house and in the sound tree, but these lines in the broken one. */
function check(name, problemsOf, sound, broken, problems) {
  test(name, () => {
    assert.deepEqual(problemsOf(sound), []);
    assert.deepEqual(problemsOf(broken), problems);
    assert.deepEqual(problemsOf(house), []);
  });
}

check('files that comments and documents name are there', missingFiles, {
  'adapter/a.c': '#include <cJSON.h>\n/* As b.h and run/b.h have it;\n * not cJSON.h. */\nint a; // docs/x.md, https://a.example/z.h\nchar *z = "z.c";\n',
  'adapter/run/b.h': '/* lgc.c of Lua; *_linux.c */\n',
  'docs/x.md': 'See `a.c` and [b](../adapter/run/b.h).\n\n    not z.c\n\n```\nnor z.c\n```\n',
  'meson.build': "# a.c\nx = 'z.c' # docs/x.md\n",
  'vscode-ext/src/a.ts': '// b.ts\n',
  'vscode-ext/src/b.ts': '',
}, {
  'adapter/a.c': '/* As\n * y.h has it. */\nint a; // run/a.c\n',
  'adapter/run/b.h': '',
  'docs/x.md': 'See `z.c` and\n[y](y.md).\n',
  'packaging/tool': '#!/bin/sh\necho # z.mjs\n',
  'vscode-ext/src/a.ts': '/** As z.ts has it. */\n',
}, [
  'adapter/a.c:2: there is no y.h', 'adapter/a.c:3: there is no run/a.c', 'docs/x.md:1: there is no z.c', 'docs/x.md:2: there is no y.md',
  'packaging/tool:2: there is no z.mjs', 'vscode-ext/src/a.ts:1: there is no z.ts',
]);

const lines = (count) => '    x++;\n'.repeat(count);
const functions = (count) => ({
  'adapter/a.c': `struct s {\n${lines(50)}};\n\nstatic int declared(int a,\n    int b);\n\nint first(void) {\n${lines(count - 2)}}\n\nstatic int second(int a,\n                  int b) {\n${lines(count - 3)}}\n`,
  'vscode-ext/src/a.ts': `interface A {\n${lines(50)}}\n\nexport async function first(\n  a: A,\n): void {\n${lines(count - 4)}}\n\nclass A {\n  #second(): void {\n${lines(count - 2)}  }\n\n  third = (): void => {\n${lines(count - 2)}  }\n}\n`,
});

check('no function is longer than 40 lines', longFunctions, functions(40), functions(41), [
  'adapter/a.c:57: 41 lines: int first(void) {', 'adapter/a.c:99: 41 lines: static int second(int a,',
  'vscode-ext/src/a.ts:54: 41 lines: export async function first(', 'vscode-ext/src/a.ts:97: 41 lines: #second(): void {',
  'vscode-ext/src/a.ts:139: 41 lines: third = (): void => {',
]);

check('an include means one header', ambiguousHeaders, {
  'adapter/dap/a.h': '', 'runtime/serve/a.h': '', 'runtime/link/b.h': '',
}, {
  'adapter/dap/a.h': '', 'adapter/run/a.h': '', 'adapter/run/b.h': '', 'runtime/link/b.h': '', 'runtime/base/c.h': '', 'runtime/serve/c.h': '',
}, ['adapter/dap/a.h and adapter/run/a.h', 'adapter/run/b.h and runtime/link/b.h', 'runtime/base/c.h and runtime/serve/c.h']);

check('no include climbs over a wall', climbingIncludes, {
  'runtime/serve/a.c': '#include "b.h"\n', 'runtime/link/b.h': '',
}, { 'runtime/serve/a.c': '#include "../link/b.h"\n', 'runtime/link/b.h': '' }, ['runtime/serve/a.c includes ../link/b.h']);

check('nothing includes or imports in a circle, but where a header says why', circles, {
  'runtime/serve/a.h': '#include "b.h"\n', 'runtime/serve/a.c': '#include "a.h"\n', 'runtime/serve/b.h': '',
  'adapter/c.h': '/* One circle with d, because both are of one kind. */\n', 'adapter/c.c': '#include "d.h"\n', 'adapter/d.h': '#include "c.h"\n',
  'vscode-ext/src/a.ts': "import { b } from './b.ts';\n", 'vscode-ext/src/b.ts': '',
}, {
  'runtime/serve/a.h': '', 'runtime/serve/a.c': '#include "b.h"\n', 'runtime/serve/b.h': '#include "d.h"\n', 'runtime/serve/d.h': '', 'runtime/serve/d.c': '#include "a.h"\n',
  'vscode-ext/src/a.ts': "import type { b } from './heat/b.ts';\n", 'vscode-ext/src/heat/b.ts': "import { a } from '../a.ts';\n",
}, ['runtime/serve/a, runtime/serve/b, runtime/serve/d', 'vscode-ext/src/a, vscode-ext/src/heat/b']);

check('arrows between folders go one way', roomCircles, {
  'adapter/dap/dap.c': '#include "a.h"\n', 'adapter/dap/dap.h': '', 'adapter/dap/a/a.h': '#include "dap.h"\n', 'adapter/dap/b/b.h': '#include "a.h"\n',
}, {
  'adapter/dap/a/a.h': '#include "b.h"\n', 'adapter/dap/b/b.h': '', 'adapter/dap/b/c.c': '#include "d.h"\n', 'adapter/dap/a/d.h': '',
}, ['adapter/dap/a, adapter/dap/b']);

test('includes are shallow', () => {
  const tree = { 'runtime/a.c': '#include "a.h"\n#include "c.h"\n', 'runtime/a.h': '#include "b.h"\n', 'runtime/b.h': '#include "c.h"\n', 'runtime/c.h': '' };
  assert.deepEqual(includeDepth(tree, 'runtime'), { chain: 4, headers: 3 });
  for (const [folder, most] of Object.entries({ runtime: { chain: 8, headers: 65 }, adapter: { chain: 9, headers: 45 } })) {
    const { chain, headers } = includeDepth(house, folder);
    assert.ok(chain <= most.chain, `${folder}: a chain of ${chain} files`);
    assert.ok(headers <= most.headers, `${folder}: ${headers} headers reached by one file`);
  }
});

const map = (rows) => ({ 'README.md': `# A\n\n## The house\n\n\`\`\`\n${rows.join('\n')}\n\`\`\`\n`, 'a/b/x.c': '', 'a/c/d/x.c': '', 'e/f/x.c': '', '.ci/x': '' });

check('the map of README.md is that of the tree', mapProblems,
  map(['a/    one', '  b/    two', '  c/    three', 'e/    four']),
  map(['a/    one', '  b/    two', '  z/    three', 'e/    four']),
  ['there is no folder a/z', 'the map lacks a/c']);

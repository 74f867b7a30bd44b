// SPDX-License-Identifier: MIT
// What the compiler and the linker were told is read off what they have built. LUAHEAT_RELEASE is the `luaheat` of
// a release build, which ./dev test makes and ./dev vsix packages.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { luaheat } from '../programs.mjs';

const release = process.env.LUAHEAT_RELEASE;
const builds = [luaheat, ...(release ? [release] : [])].map((program) => dirname(dirname(program)));
const programs = ['adapter/luaheat', 'runtime/luaheat-lua', 'runtime/luaheat-lua-other'];
const modules = ['runtime/luaheat.so', 'runtime/luaheat-runtime.so'];

function readelf(file, ...options) {
  const { status, stdout, stderr } = spawnSync('readelf', ['-W', ...options, file], { encoding: 'utf8', maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr);
  return stdout;
}

const imports = (file) => readelf(file, '--dyn-syms').match(/ UND \w+/g).map((symbol) => symbol.slice(5));

for (const build of builds) {
  for (const name of [...programs, ...modules]) {
    const file = join(build, name);

    test(`${file} can be placed anywhere, and nothing in it is both written and run`, () => {
      const headers = readelf(file, '-lh');
      assert.match(headers, /Type: +DYN/);
      assert.equal(/^ +INTERP /m.test(headers), programs.includes(name));
      assert.match(headers, /^ +GNU_STACK .* RW +0x/m);
      for (const [, flags] of headers.matchAll(/^ +LOAD .* ([R ][W ][E ]) 0x/gm)) assert.doesNotMatch(flags, /WE/);
    });

    test(`${file} binds its symbols at start and then cannot change them`, () => {
      assert.match(readelf(file, '-l'), /^ +GNU_RELRO /m);
      assert.match(readelf(file, '-d'), /\(FLAGS\).*BIND_NOW/);
    });

    test(`${file} guards its stack and the buffers that it hands to the C library`, () => {
      assert.ok(imports(file).includes('__stack_chk_fail'));
      assert.ok(imports(file).includes('__snprintf_chk'));
    });
  }
}

test('each of our files is compiled so, and touches the stack page by page', () => {
  for (const name of [...programs, ...modules]) {
    const compiled = readelf(join(builds[0], name), '--debug-dump=info').match(/DW_AT_producer.*GNU C11.*/g);
    assert.ok(compiled.length > 0);
    for (const flags of compiled) {
      assert.match(flags, /-fstack-protector-strong/);
      assert.match(flags, /-fstack-clash-protection/);
    }
  }
});

test('asserts are on where we test, off in what is packaged', () => {
  for (const name of ['adapter/luaheat', 'runtime/luaheat-lua', 'runtime/luaheat-runtime.so']) {
    assert.ok(imports(join(builds[0], name)).includes('__assert_fail'), name);
    if (release) assert.ok(!imports(join(builds[1], name)).includes('__assert_fail'), name);
  }
});

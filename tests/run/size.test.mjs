// SPDX-License-Identifier: MIT
// How large things become: memory and files follow what is there, not what has gone or how far down it stands.

import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { fixturePath } from '../fixture.mjs';
import { inScratchFolder, measure, runLua, runLuaheat } from '../programs.mjs';

const TABLE = 56;
const formats = ['pprof', 'heapprofile', 'speedscope', 'collapsed', 'massif', 'csv', 'json', 'html'];

for (const kind of ['code', 'long', 'named', 'missing', 'maker', 'functions']) {
  test(`code that has gone leaves nothing behind: ${kind}`, () => {
    const { stdout, report } = measure([fixturePath('gone.lua'), kind]);
    const plain = Number(runLua([fixturePath('gone.lua'), kind]).stdout);
    assert.ok(Number(stdout) < plain + 32, `${Number(stdout)} bytes each, ${plain} under lua5.4`);
    assert.equal(report.lines.reduce((sum, line) => sum + line.live, 0), report.heap.collector);
  });
}

/** A chunk of which each line says it is another: string.dump's form of it, with another number. */
const anyLine = `
local function int(n)
  local bytes = string.char(n % 128 + 128)
  while n > 127 do n = n // 128; bytes = string.char(n % 128) .. bytes end
  return bytes
end
local code = string.dump(load("\\n\\nreturn function() return {} end", "@" .. arg[0])())
keep = load(code:gsub("\\x83\\x83", int(2147483500) .. int(2147483500), 1), "", "b")()
`;

const far = {
  'two million lines down': ['keep = load(("\\n"):rep(2000000) .. "return {}", "@" .. arg[0])()\n', 2000001],
  'as far down as a binary chunk can say': [anyLine, 2147483500],
};

for (const [where, [program, line]] of Object.entries(far)) {
  test(`a line ${where} costs as much as any other`, () => inScratchFolder((folder) => {
    const script = join(folder, 'far.lua');
    writeFileSync(script, program);
    const file = (format) => join(folder, `figures.${format}`);
    const exports = formats.flatMap((format) => ['--export', `${format}=${file(format)}`]);
    const probe = 'io.stderr:write(io.open("/proc/self/status"):read("a"):match("VmHWM:%s*(%d+)"))';
    writeFileSync(script, `${program}${probe}`);
    const plain = Number(runLua([script]).stderr);
    const result = measure(['--top', '0', ...exports, script], { env: { LUAHEAT_SAMPLING: '1:1' } });
    assert.equal(result.status, 0);
    assert.ok(Number(result.stderr) < plain + 8192, `${result.stderr} KiB, ${plain} under lua5.4`);
    assert.equal(result.report.lines.find((row) => row.line === line).kinds.table.live, TABLE);
    for (const format of formats) {
      const { size } = statSync(file(format));
      assert.ok(size < 50_000, `${format}: ${size} bytes`);
    }
  }));
}

// SPDX-License-Identifier: MIT
// Lua programs at random: tables, closures, coroutines, errors, metamethods, finalizers and whatever else moves
// memory and control about. They always end, print what they do, and the same seed gives the same program.

/** mulberry32 (Tommy Ettinger): 32 bits of state, good enough to be different. */
function randomNumbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Writer {
  lines = [];
  #random;
  #depth = 0;
  #names = 0;
  #scope = ['keep'];
  #inCoroutine = false;

  constructor(seed) {
    this.#random = randomNumbers(seed);
  }

  #below(n) { return Math.floor(this.#random() * n); }
  #pick(list) { return list[this.#below(list.length)]; }
  #name() { return `v${++this.#names}`; }
  #line(text) { this.lines.push('  '.repeat(this.#depth) + text); }
  #variable() { return this.#pick(this.#scope); }

  /** Writes what `body` does one level deeper, in a scope of its own. */
  #block(opening, body, closing = 'end', { inCoroutine = this.#inCoroutine, names = [] } = {}) {
    const outside = [this.#scope, this.#inCoroutine];
    this.#scope = [...this.#scope, ...names];
    this.#inCoroutine = inCoroutine;
    this.#line(opening);
    this.#depth++;
    body();
    this.#depth--;
    this.#line(closing);
    [this.#scope, this.#inCoroutine] = outside;
  }

  /** Any expression; may fail when it runs. */
  #expression(depth = 0) {
    const simple = [
      () => String(this.#below(100)), () => `"s${this.#below(50)}"`, () => this.#variable(), () => this.#variable(),
      () => 'nil', () => 'true', () => '{}', () => '3.5',
    ];
    if (depth > 2) return this.#pick(simple)();
    const sub = () => this.#expression(depth + 1);
    return this.#pick([
      ...simple,
      () => `{ ${sub()}, ${sub()}, x = ${sub()} }`,
      () => `(${sub()} == ${sub()})`,
      () => `tostring(type(${sub()}))`,
      () => `#tostring(type(${sub()})) + ${this.#below(9)}`,
      () => `("x"):rep(${this.#below(60)}) .. ${this.#below(1000)}`,
      () => `select("#", ${sub()}, ${sub()})`,
      () => `string.format("%d-%s", ${this.#below(100)}, type(${sub()}))`,
      () => `${this.#variable()}.x`,
      () => `${this.#variable()} + ${sub()}`,
      () => `(function(...) local a, b = ... return b, a end)(${sub()}, ${sub()})`,
      () => `object(${sub()})`,
      () => `(object(${sub()}) .. object(1))`,
    ])();
  }

  /** An expression that cannot fail. */
  #safe() {
    return this.#pick([
      () => String(this.#below(1000)), () => `{ ${this.#below(9)}, x = "y" }`, () => `("z"):rep(${this.#below(200)})`,
      () => `tostring(type(${this.#variable()}))`, () => this.#variable(), () => `object(${this.#below(9)})`,
      () => 'function(...) return ... end', () => 'coroutine.create(print)',
    ])();
  }

  #local() {
    const name = this.#name();
    this.#line(`local ${name} = ${this.#safe()}`);
    this.#scope.push(name);
  }

  #keepSomething() { this.#line(`keep[#keep + 1] = ${this.#safe()}`); }
  #forgetSomething() { this.#line(`keep[${1 + this.#below(8)}] = false`); }
  #printSomething() { this.#line(`print(show(${this.#safe()}))`); }

  #loop(budget) {
    const i = this.#name();
    this.#block(`for ${i} = 1, ${1 + this.#below(4)} do`, () => this.#statements(budget / 3), 'end', { names: [i] });
  }

  #whileLoop(budget) {
    const n = this.#name();
    this.#line(`local ${n} = 0`);
    this.#block(`while ${n} < ${1 + this.#below(3)} do`, () => {
      this.#line(`${n} = ${n} + 1`);
      this.#statements(budget / 3);
      if (this.#below(3) === 0) this.#line(`if ${n} == 2 then break end`);
    });
  }

  #condition(budget) {
    this.#block(`if ${this.#pick(['true', 'nil', `type(${this.#variable()}) == "table"`])} then`,
      () => this.#statements(budget / 2));
  }

  #protectedCall(budget) {
    const opening = this.#pick(['print(show(pcall(function()', 'print(show(xpcall(function()']);
    const closing = opening.includes('xpcall')
      ? `end, ${this.#pick(['debug.traceback', 'type', 'function(e) return type(e) end'])})))` : 'end)))';
    this.#block(opening, () => {
      this.#statements(budget / 2);
      this.#mayFail();
    }, closing, { inCoroutine: false });
  }

  #mayFail() {
    const how = this.#pick([
      () => `local _ = ${this.#expression()}`, () => 'error("failed")', () => 'error({ code = 1 })', () => 'error()',
      () => `error("level two", 2)`, () => `return ${this.#safe()}`, () => 'os.exit({})',
      () => 'coroutine.wrap(function() error("inside") end)()', () => 'coroutine.close(coroutine.running())',
      () => 'coroutine.resume(coroutine.running())',
    ]);
    this.#line(`do ${how()} end`);
  }

  #function(budget) {
    const f = this.#name();
    this.#block(`local function ${f}(a, ...)`, () => {
      this.#statements(budget / 2);
      this.#line(`return a, ...`);
    }, 'end', { names: ['a'], inCoroutine: false });
    this.#line(`${f}(${this.#safe()}, ${this.#safe()})`);
    if (this.#below(2) === 0) this.#line(`print(show(pcall(${f}, ${this.#safe()})))`);
  }

  #coroutine(budget) {
    const co = this.#name();
    const wrapped = this.#below(2) === 0;
    this.#block(`local ${co} = coroutine.${wrapped ? 'wrap' : 'create'}(function(...)`, () => {
      this.#statements(budget / 2);
      this.#line(`coroutine.yield(${this.#safe()})`);
      this.#statements(budget / 4);
      if (this.#below(3) === 0) this.#mayFail();
    }, 'end)', { inCoroutine: true });
    for (let n = this.#below(4); n >= 0; n--) {
      this.#line(wrapped ? `print(show(pcall(${co}, ${n})))` : `print(show(coroutine.resume(${co}, ${n})))`);
    }
    if (!wrapped && this.#below(2) === 0) this.#line(`print(show(coroutine.close(${co})))`);
    if (this.#below(3) === 0) this.#line(`keep[#keep + 1] = ${co}`);
  }

  #closing(budget) {
    const name = this.#name();
    this.#block('do', () => {
      this.#line(`local ${name} <close> = setmetatable({}, { __close = function(_, e) keep[#keep + 1] = { type(e) } end })`);
      this.#statements(budget / 2);
    });
  }

  #finalizer() {
    this.#line(`setmetatable({}, { __gc = function() local t = { ${this.#safe()} } finalized = finalized + #t end })`);
  }

  #sorting() {
    this.#line(`local list = {} for i = 1, ${2 + this.#below(9)} do list[i] = (i * 7919) % 13 end`);
    this.#line('table.sort(list, function(a, b) local t = { a, b } return t[1] < t[2] end) print(table.concat(list, " "))');
  }

  #loading() {
    this.#line(`print(show(load("local a = ... return { a, ${this.#below(9)} }", "=piece${this.#below(3)}")(${this.#below(9)})))`);
  }

  #jump() {
    const label = this.#name();
    this.#line(`do local n = 0 ::${label}:: n = n + 1 keep[#keep + 1] = { n } if n < 3 then goto ${label} end end`);
  }

  #overLines() {
    this.#line(`print(show(`);
    this.#line(`  { ${this.#safe()},`);
    this.#line(`    ${this.#safe()} },`);
    this.#line(`  ${this.#safe()}))`);
  }

  #yield() {
    if (this.#inCoroutine) this.#line(`print(show(coroutine.yield(${this.#safe()})))`);
    else this.#line('print(coroutine.isyieldable())');
  }

  #statements(budget) {
    for (let left = Math.min(4, 1 + this.#below(budget + 1)); left > 0; left--) this.#statement(budget);
  }

  #statement(budget) {
    const small = [
      () => this.#local(), () => this.#keepSomething(), () => this.#forgetSomething(), () => this.#printSomething(),
      () => this.#finalizer(), () => this.#sorting(), () => this.#loading(), () => this.#jump(), () => this.#overLines(),
      () => this.#yield(), () => this.#line('collectgarbage("step")'), () => this.#line('count()'),
    ];
    const large = [
      () => this.#loop(budget), () => this.#whileLoop(budget), () => this.#condition(budget),
      () => this.#protectedCall(budget), () => this.#function(budget), () => this.#coroutine(budget),
      () => this.#closing(budget),
    ];
    this.#pick(budget > 1 && this.#depth < 7 ? [...small, ...large, ...large] : small)();
  }

  write() {
    for (let n = 0; n < 8; n++) this.#statement(9);
    this.#line(this.#pick(['', '', 'error("at the end")', 'os.exit(7)', 'os.exit(true, true)', 'local x = nil + 1']));
  }
}

const preamble = `local keep, finalized = {}, 0
local Object = {}
Object.__index = function(t, k) return rawget(Object, k) end
Object.__add = function(a, b) return { a, b } end
Object.__concat = function() return "joined" end
Object.__eq = function() return true end
Object.__close = function() end
local function object(x) return setmetatable({ x = x }, Object) end
local function show(...)
  local out = {}
  for i = 1, select("#", ...) do
    local v = select(i, ...)
    out[i] = type(v) == "table" and "table " .. #v or type(v):match("^[ft][uh]") or tostring(v)
  end
  return table.concat(out, " ")
end
local function count() print("count", collectgarbage("count") * 1024) end
`;

/** The program of a seed, as text. */
export function luaProgram(seed) {
  const writer = new Writer(seed);
  writer.write();
  return `${preamble}${writer.lines.join('\n')}\ncount()\ncollectgarbage()\ncollectgarbage()\nprint(finalized)\n`;
}

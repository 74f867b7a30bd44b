/* SPDX-License-Identifier: MIT */
/*
 * The liblua that is loaded proves where its VM has its pc; one whose lines do not agree with that
 * does not. Without a hook each constructor and each open list is charged to its own line, however
 * its code has come into the state; and where somebody stands between the VM and the allocator, the
 * hook is asked for. For lines that do not agree, lua_getinfo stands behind that of here (the
 * linker's --wrap).
 */
#include "account.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static int told_truly = -1; /* so many lines; -1: all */

int __real_lua_getinfo(lua_State *L, const char *what, lua_Debug *frame);
int __wrap_lua_getinfo(lua_State *L, const char *what, lua_Debug *frame);

int __wrap_lua_getinfo(lua_State *L, const char *what, lua_Debug *frame) {
    int done = __real_lua_getinfo(L, what, frame);
    if (told_truly == 0 && strcmp(what, "l") == 0)
        frame->currentline++;
    else if (told_truly > 0 && strcmp(what, "l") == 0)
        told_truly--;
    return done;
}

Test(vm_pc, is_proven_by_the_lua_that_is_loaded) {
    const struct vm_pc *vm = vm_pc_proven();
    cr_assert_not_null(vm);
    cr_assert_eq(vm_pc_proven(), vm);
}

/* The first run has told by then, the second has not. */
Test(vm_pc, is_not_proven_where_a_line_is_another_without_the_hook) {
    enum { IN_THE_SECOND = 70 };
    told_truly = IN_THE_SECOND;
    cr_assert_null(vm_pc_proven());
    cr_assert_eq(told_truly, 0);
}

/* ---- what is charged ---- */

struct program {
    struct account account;
    struct figures *figures;
    lua_State *L;
};

static void open_program(struct program *program) {
    program->figures = mmap(NULL, sizeof *program->figures, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_neq(program->figures, MAP_FAILED);
    cr_assert_eq(account_init(&program->account, program->figures), 0);
    program->L = account_new_state(&program->account);
    luaL_openlibs(program->L);
    program->account.outside = FIGURES_C;
}

static void close_program(struct program *program) {
    lua_close(program->L);
    account_finish(&program->account);
    munmap(program->figures, sizeof *program->figures);
}

static uint64_t tables_of(const struct program *program, uint32_t line) {
    uint64_t tables = 0;
    for (uint32_t i = FIGURES_PSEUDO_SITES; i < program->figures->site_count; i++)
        if (program->figures->sites[i].line == line)
            tables += program->figures->sites[i].cells[FIGURES_TABLE].allocations;
    return tables;
}

static uint64_t buffers_of(const struct program *program, uint32_t line) {
    uint64_t bytes = 0;
    for (uint32_t i = FIGURES_PSEUDO_SITES; i < program->figures->site_count; i++)
        if (program->figures->sites[i].line == line)
            bytes += program->figures->sites[i].cells[FIGURES_BUFFER].allocated;
    return bytes;
}

static void run(struct program *program, const char *text) {
    cr_assert_eq(luaL_loadbuffer(program->L, text, strlen(text), "=t"), LUA_OK);
    cr_assert_eq(lua_pcall(program->L, 0, 0, 0), LUA_OK);
}

/* Between those lines no instruction saves the pc. */
static const char branches[] = "local t\n"
                               "for i = 1, 30 do\n"
                               "  if i % 3 == 0 then\n"
                               "    t = {}\n"
                               "  elseif i % 3 == 1 then\n"
                               "    t = {{}}\n"
                               "  else\n"
                               "    t = {x = {},\n"
                               "      y = {}}\n"
                               "  end\n"
                               "end\n";

static void expect_branches(const struct program *program, unsigned times) {
    cr_expect_eq(tables_of(program, 4), 10 * times);
    cr_expect_eq(tables_of(program, 6), 20 * times);
    cr_expect_eq(tables_of(program, 8), 20 * times);
    cr_expect_eq(tables_of(program, 9), 10 * times);
}

Test(vm_pc, charges_each_constructor_to_its_line_without_a_hook) {
    static struct program program;
    open_program(&program);
    cr_assert_not(account_needs_hook(&program.account));
    run(&program, branches);
    cr_assert_null(lua_gethook(program.L));
    expect_branches(&program, 1);
    close_program(&program);
}

static int write_dump(lua_State *L, const void *bytes, size_t size, void *ud) {
    luaL_addlstring(ud, bytes, size);
    (void)L;
    return 0;
}

/* What a host or a C module does, and nobody but the allocator sees. */
static void load_binary(lua_State *L, const char *text) {
    luaL_Buffer buffer;
    size_t size;
    cr_assert_eq(luaL_loadbuffer(L, text, strlen(text), "=t"), LUA_OK);
    lua_State *other = luaL_newstate();
    cr_assert_eq(luaL_loadbuffer(other, text, strlen(text), "=t"), LUA_OK);
    luaL_buffinit(L, &buffer);
    cr_assert_eq(lua_dump(other, write_dump, &buffer, 0), 0);
    luaL_pushresult(&buffer);
    lua_close(other);
    const char *dump = lua_tolstring(L, -1, &size);
    cr_assert_eq(luaL_loadbufferx(L, dump, size, "=t", "b"), LUA_OK);
}

Test(vm_pc, charges_code_that_came_as_a_binary_chunk) {
    static struct program program;
    open_program(&program);
    load_binary(program.L, branches);
    cr_assert_eq(lua_pcall(program.L, 0, 0, 0), LUA_OK);
    expect_branches(&program, 1);
    close_program(&program);
}

Test(vm_pc, charges_code_in_tail_calls_and_metamethods_and_protected_calls) {
    static struct program program;
    open_program(&program);
    cr_assert_eq(luaL_loadbuffer(program.L, branches, strlen(branches), "=t"), LUA_OK);
    lua_setglobal(program.L, "branches");
    run(&program, "local function tail() return branches() end tail()\n"
                  "local m = setmetatable({}, {__add = branches}) m = m + 1\n"
                  "pcall(branches) select(2, xpcall(branches, print))\n"
                  "for _ in branches do end\n"
                  "table.sort({2, 1}, function() branches() end)\n");
    /* lines 4 and 6 may be lines of this text, too */
    cr_expect_eq(tables_of(&program, 8), 20 * 6);
    cr_expect_eq(tables_of(&program, 9), 10 * 6);
    close_program(&program);
}

/* An array's value is 16 bytes; a hash's node, which is made anew, 24. */
Test(vm_pc, charges_an_open_list_to_the_line_that_stores_it) {
    static struct program program;
    open_program(&program);
    run(&program, "local function many(...)\n"
                  "  return ...\n"
                  "end\n"
                  "local function open(...)\n"
                  "  local one = {\n"
                  "    many(...)\n"
                  "  }\n"
                  "  local two = {\n"
                  "    ...\n"
                  "  }\n"
                  "  local hash = {x = 1,\n"
                  "    ...\n"
                  "  }\n"
                  "end\n"
                  "open(1, 2, 3)\n"
                  "for i = 1, 10 do\n"
                  "  open(1, 2, 3, 4, 5)\n"
                  "end\n");
    cr_expect_eq(buffers_of(&program, 7), (3 + 10 * 5) * 16);
    cr_expect_eq(buffers_of(&program, 10), (3 + 10 * 5) * 16);
    cr_expect_eq(buffers_of(&program, 12), 0);
    cr_expect_eq(buffers_of(&program, 13), (3 + 10 * 5) * 16 + 11 * 24);
    close_program(&program);
}

/* A function's last instruction closes what is to be closed, for which a call's record is new: the
   pc that is saved then is behind its code, which a block of its own ends. */
Test(vm_pc, looks_at_nothing_behind_the_code) {
    static struct program program;
    open_program(&program);
    run(&program, "local mark = setmetatable({}, {__close = function()\n"
                  "  local t = {}\n"
                  "end})\n"
                  "local function deep(n)\n"
                  "  local x <close> = mark\n"
                  "  if n > 0 then deep(n - 1) end\n"
                  "end\n"
                  "deep(50)\n");
    cr_expect_eq(tables_of(&program, 2), 51);
    close_program(&program);
}

/* ---- who stands between ---- */

static lua_Alloc behind;
static void *behind_ud;
static int passed;

static void *in_front(void *ud, void *ptr, size_t osize, size_t nsize) {
    void *block = behind(behind_ud, ptr, osize, nsize);
    passed++;
    return block;
}

static void count_pass(void *data) {
    ++*(int *)data;
}

Test(vm_pc, asks_for_the_hook_once_somebody_stands_between) {
    static struct program program;
    int passes = 0;
    open_program(&program);
    program.account.owner.on_pass = count_pass;
    program.account.owner.data = &passes;
    behind = lua_getallocf(program.L, &behind_ud);
    lua_setallocf(program.L, in_front, NULL);
    run(&program, "local t = {}\n");
    cr_assert_gt(passed, 0);
    cr_assert(account_needs_hook(&program.account));
    cr_assert_eq(passes, 1);
    cr_assert_eq(tables_of(&program, 1), 1);
    lua_setallocf(program.L, behind, behind_ud);
    program.account.owner = (struct account_owner){0};
    close_program(&program);
}

/* A hook of a C module's, which makes a table while a Lua function's call is the innermost. */
static void make_table(lua_State *L, lua_Debug *event) {
    lua_newtable(L);
    lua_pop(L, 1);
}

Test(vm_pc, leaves_tables_alone_that_a_hook_makes) {
    static struct program program;
    open_program(&program);
    lua_sethook(program.L, make_table, LUA_MASKLINE, 0);
    run(&program, "local a = 1\nlocal b = 2\nlocal c = {}\n");
    lua_sethook(program.L, NULL, 0, 0);
    cr_expect_eq(tables_of(&program, 1), 1);
    cr_expect_eq(tables_of(&program, 2), 1);
    cr_expect_eq(tables_of(&program, 3), 2);
    cr_assert_not(account_needs_hook(&program.account));
    close_program(&program);
}

/* ---- programs that nobody has written ---- */

/* Makes one of a seed: constructors and open lists between jumps, calls and errors, over lines as
   they come. */
static const char generator[] =
    "local seed = ...\n"
    "math.randomseed(seed)\n"
    "local function one(list) return list[math.random(#list)] end\n"
    "local atoms = {'nil', '1', '2.5', '\"s\"', 'a', 'b', 'i', 'm.x'}\n"
    "local open = {'...', 'many(2)', 'many(0)', 'few()', 'rec(20)', 'select(2, ...)'}\n"
    "local function break_line() return one {'', '', '\\n'} end\n"
    "local value\n"
    "local function items(deep)\n"
    "  local all = {}\n"
    "  for i = 1, math.random(0, 4) do\n"
    "    local key = one {'', '', 'x = ', 'y = ', '[i] = '}\n"
    "    all[i] = key .. value(deep - 1) .. ',' .. break_line()\n"
    "  end\n"
    "  if math.random() < 0.4 then all[#all + 1] = one(open) .. break_line() end\n"
    "  return table.concat(all)\n"
    "end\n"
    "local makers = {\n"
    "  function(deep) return '{' .. break_line() .. items(deep) .. '}' end,\n"
    "  function(deep) return '{' .. break_line() .. items(deep) .. '}' end,\n"
    "  function(deep) return '(' .. value(deep) .. ' and ' .. value(deep) .. ')' end,\n"
    "  function(deep) return '#{' .. value(deep) .. '}' end,\n"
    "  function(deep) return '(\"x\" .. n .. i)' end,\n"
    "  function(deep) return '(m + ' .. value(deep) .. ')' end,\n"
    "  function(deep) return 'few(' .. value(deep) .. ')' end,\n"
    "  function(deep) return '(function(...) return ' .. value(deep) .. ' end)(n, i)' end,\n"
    "}\n"
    "function value(deep)\n"
    "  return deep <= 0 and one(atoms) or one(makers)(deep - 1)\n"
    "end\n"
    "local block\n"
    "local statements = {\n"
    "  function() return one {'a', 'b'} .. ' = ' .. value(3) end,\n"
    "  function() return one {'a', 'b'} .. ' = ' .. value(3) end,\n"
    "  function(deep) return 'if ' .. one {'a', 'i == 2', 'n > 1'} .. ' then\\n' .. block(deep)\n"
    "    .. 'else\\n' .. block(deep) .. 'end' end,\n"
    "  function(deep) return 'for i = 1, 3 do\\n' .. block(deep) .. 'end' end,\n"
    "  function(deep) return 'pcall(function(...)\\n' .. block(deep)\n"
    "    .. 'error(' .. value(2) .. ')\\nend, n)' end,\n"
    "  function(deep) return 'do local c <close> = closing(' .. value(2) .. ')\\n'\n"
    "    .. block(deep) .. 'end' end,\n"
    "  function() return one {'collectgarbage(\"step\")', 'collectgarbage()'} end,\n"
    "}\n"
    "function block(deep)\n"
    "  local all = {}\n"
    "  for i = 1, math.random(1, 4) do\n"
    "    all[i] = (deep > 0 and one(statements) or statements[1])(deep - 1) .. '\\n'\n"
    "  end\n"
    "  return table.concat(all)\n"
    "end\n"
    "return [[\n"
    "local a, b\n"
    "local function many(k) return table.unpack({1, 2, 3}, 1, k) end\n"
    "local function few(...) return ... end\n"
    "local function rec(k) if k > 0 then return (rec(k - 1)) end return {k, few()} end\n"
    "local m = setmetatable({}, {__add = function(x, y) return {x,\n"
    "  y} end, __index = function() return {} end})\n"
    "local function closing(x)\n"
    "  return setmetatable({x}, {__close = function() a = {\n"
    "    many(3)\n"
    "  } end})\n"
    "end\n"
    "local function main(n, i, ...)\n"
    "]] .. block(3) .. block(3) .. 'end\\nfor n = 1, 3 do pcall(main, n, 1, {n}, n) end\\n'\n";

static void generate(lua_State *L, int seed) {
    cr_assert_eq(luaL_loadbuffer(L, generator, sizeof generator - 1, "=generator"), LUA_OK);
    lua_pushinteger(L, seed);
    if (lua_pcall(L, 1, 1, 0) != LUA_OK)
        cr_assert_fail("%s", lua_tostring(L, -1));
}

static void do_nothing(lua_State *L, lua_Debug *event) {
}

static void expect_same(const struct figures *one, const struct figures *other, const char *text) {
    cr_assert_eq(one->site_count, other->site_count, "%s", text);
    for (uint32_t i = FIGURES_PSEUDO_SITES; i < one->site_count; i++)
        cr_assert_arr_eq(one->sites[i].cells, other->sites[i].cells, sizeof one->sites[i].cells,
                         "line %u of\n%s", one->sites[i].line, text);
}

/* Which lines stand on stacks that are looked at is luck. */
static void open_program_unsampled(struct program *program) {
    open_program(program);
    sampling_tune(&program->account.sampling, 0, 0);
}

Test(vm_pc, charges_as_under_a_hook_whatever_runs, .timeout = 300) {
    static struct program without, with;
    enum { PROGRAMS = 150 };
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    for (int seed = 1; seed <= PROGRAMS; seed++) {
        generate(L, seed);
        const char *text = lua_tostring(L, -1);
        open_program_unsampled(&without);
        run(&without, text);
        open_program_unsampled(&with);
        with.account.vm = NULL;
        lua_sethook(with.L, do_nothing, LUA_MASKCOUNT, 1 << 30);
        run(&with, text);
        expect_same(without.figures, with.figures, text);
        close_program(&without);
        close_program(&with);
        lua_pop(L, 1);
    }
    lua_close(L);
}

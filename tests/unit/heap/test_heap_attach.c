/* SPDX-License-Identifier: MIT */
#include "heap_attach.h"

#include "account.h"
#include "layout.h"
#include "release.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* ---- a host, whose allocator knows what it was told of each block ---- */

static size_t made[FIGURES_KINDS]; /* bytes that live, by kind */
static struct pointer_map kinds;   /* block -> its kind + 1 */

static void *host_allocate(void *ud, void *ptr, size_t osize, size_t nsize) {
    uintptr_t kind =
        ptr != NULL ? (uintptr_t)pointer_map_take(&kinds, ptr) : layout_kind(osize) + 1;
    if (kind != 0)
        made[kind - 1] += nsize - (ptr != NULL ? osize : 0);
    void *block = nsize > 0 ? realloc(ptr, nsize) : NULL;
    if (nsize == 0)
        free(ptr);
    else
        pointer_map_put(&kinds, block, (void *)kind);
    return block;
}

static struct account account;
static struct figures *figures;
static lua_State *L;

static void run(const char *code) {
    if (luaL_loadbuffer(L, code, strlen(code), "=t") != LUA_OK || lua_pcall(L, 0, 0, 0) != LUA_OK)
        cr_assert_fail("%s", lua_tostring(L, -1));
}

static void open_state(void) {
    figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    L = lua_newstate(host_allocate, NULL);
    luaL_openlibs(L);
}

static void close_state(void) {
    account_detach(&account, L);
    lua_close(L);
    account_finish(&account);
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        cr_assert_eq(made[kind], 0);
}

TestSuite(heap_attach, .init = open_state, .fini = close_state);

static uint64_t before(enum figures_kind kind) {
    return figures_live(&figures->sites[FIGURES_BEFORE_ATTACH].cells[kind]);
}

static void check(const char *when) {
    uint64_t sum = 0, count = release_collector_bytes(L);
    account_follow(&account);
    for (uint32_t i = 0; i < figures->site_count; i++) {
        for (int kind = 0; kind < FIGURES_KINDS; kind++) {
            cr_assert_geq((int64_t)figures_live(&figures->sites[i].cells[kind]), 0);
            sum += figures_live(&figures->sites[i].cells[kind]);
        }
    }
    cr_assert_eq(sum, count, "%s", when);
}

static const char heap[] =
    "list = {} for i = 1, 2000 do list[i] = {('x'):rep(i % 70) .. i, {}, i} end\n"
    "local a, b = {}, 'up'\n"
    "function f() return a, b end g = function() return f, a end\n"
    "co, wrapped = {}, {}\n"
    "for i = 1, 100 do co[i] = coroutine.create(function(x) local t = {x} coroutine.yield(t) end)\n"
    "  coroutine.resume(co[i], {}) wrapped[i] = coroutine.wrap(f) end\n"
    "weak = setmetatable({{}, 'w'}, {__mode = 'k'})\n"
    "collectgarbage() collectgarbage()\n";

static void attach(void) {
    cr_assert_eq(account_init(&account, figures), 0);
    cr_assert_eq(heap_attach(&account, L), 0);
}

/* Of garbage there is none, and nothing is hidden but strings that only code names. */
Test(heap_attach, every_object_is_found_and_has_its_size) {
    run(heap);
    lua_gc(L, LUA_GCCOLLECT);
    size_t at_attach[FIGURES_KINDS];
    memcpy(at_attach, made, sizeof made);
    attach();
    check("at first");
    cr_assert_eq(before(FIGURES_TABLE), at_attach[FIGURES_TABLE]);
    cr_assert_eq(before(FIGURES_FUNCTION), at_attach[FIGURES_FUNCTION]);
    cr_assert_eq(before(FIGURES_USERDATA), at_attach[FIGURES_USERDATA]);
    cr_assert_eq(before(FIGURES_THREAD), at_attach[FIGURES_THREAD]);
    cr_assert_eq(before(FIGURES_UPVALUE), at_attach[FIGURES_UPVALUE]);
    cr_assert_leq(before(FIGURES_STRING), at_attach[FIGURES_STRING]);
    cr_assert_gt(before(FIGURES_STRING), 2000 * 30);
    cr_assert_eq(account.threads.count, 201);
    run("list, co, wrapped, weak, f, g = nil collectgarbage() collectgarbage()");
    check("freed");
    cr_assert_eq(account.threads.count, 1);
    cr_assert_lt(before(FIGURES_STRING), 2000 * 30);
}

static int attach_here(lua_State *co) {
    cr_assert_eq(account_init(&account, figures), 0);
    cr_assert_eq(heap_attach(&account, co), 0);
    return 0;
}

/* The chain is found, whoever has resumed. */
Test(heap_attach, inside_of_a_coroutine) {
    lua_register(L, "attach", attach_here);
    run("local resume, create = coroutine.resume, coroutine.create\n"
        "resume(create(function() resume(create(function() attach() t = {} end)) u = {} end))");
    cr_assert_eq(account.threads.count, 3);
    check("after");
    lua_gc(L, LUA_GCCOLLECT);
    cr_assert_eq(account.threads.count, 1);
}

static int results;

/* A coroutine that only the slots of its host hold. */
Test(heap_attach, what_a_host_holds_on_its_stack) {
    lua_State *co = lua_newthread(L);
    lua_register(L, "attach", attach_here);
    luaL_loadstring(co, "attach() keep = {}");
    cr_assert_eq(lua_resume(co, L, 0, &results), LUA_OK);
    cr_assert_eq(account.threads.count, 2);
    check("after");
}

/* lauxlib's buffer is a block beside Lua's count, when it grows and when it goes as well. */
Test(heap_attach, in_the_middle_of_a_long_buffer) {
    lua_register(L, "attach", attach_here);
    run("local n = 0\n"
        "s = ('x'):rep(9000):gsub('.', function() n = n + 1 if n == 3000 then attach() end end)");
    lua_gc(L, LUA_GCCOLLECT);
    check("after");
}

static void attach_hook(lua_State *co, lua_Debug *event) {
    lua_sethook(co, NULL, 0, 0);
    attach_here(co);
}

Test(heap_attach, in_a_hook) {
    lua_sethook(L, attach_hook, LUA_MASKCOUNT, 100);
    run("local t = {} for i = 1, 100 do t[i] = {} end local function f() return t end kept = f");
    check("after");
    cr_assert_gt(before(FIGURES_TABLE), 0);
}

Test(heap_attach, walk_leaves_little_and_that_is_the_debuggers) {
    uint64_t old = 0;
    run(heap);
    attach();
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        old += before(kind);
    cr_assert_eq(figures_debugger(figures), figures->live - old);
    cr_assert_lt(figures_debugger(figures), 4096);
}

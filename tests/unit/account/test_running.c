/* SPDX-License-Identifier: MIT */
/*
 * Real programs whose every allocation is looked at. Their chunk is named "=t", so that a stack is
 * told as "name:line" of each call, the outermost first.
 */
#include "account.h"
#include "release.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static struct account account;
static struct figures *figures;
static lua_State *L;

static void do_nothing(lua_State *thread, lua_Debug *event) {
}

static void open_state(void) {
    figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_eq(account_init(&account, figures), 0);
    sampling_tune(&account.sampling, 1, 1);
    L = account_new_state(&account);
    luaL_openlibs(L);
    account.outside = FIGURES_C;
    lua_sethook(L, do_nothing, LUA_MASKCOUNT, 1 << 30);
}

static void close_state(void) {
    lua_close(L);
    account_finish(&account);
    munmap(figures, sizeof *figures);
}

TestSuite(running, .init = open_state, .fini = close_state);

static void run(const char *code) {
    if (luaL_loadbuffer(L, code, strlen(code), "=t") != LUA_OK || lua_pcall(L, 0, 0, 0) != LUA_OK)
        cr_assert_fail("%s", lua_tostring(L, -1));
}

static const char *name_of(const struct stacks_function *function) {
    static const char *const pseudo[] = {"startup", "C", "string table", "debugger"};
    if (function->source < FIGURES_PSEUDO_SITES)
        return pseudo[function->source];
    if (function->name != 0)
        return figures->stacks.text + function->name;
    return function->line == 0 ? "main" : "?";
}

static void tell(char *text, size_t room, const struct stacks_node *node) {
    if (node->parent != STACKS_ROOT) {
        tell(text, room, &figures->stacks.nodes[node->parent]);
        strncat(text, " ", room - strlen(text) - 1);
    }
    char call[200];
    snprintf(call, sizeof call, "%s:%u", name_of(&figures->stacks.functions[node->function]),
             (unsigned)node->line);
    strncat(text, call, room - strlen(text) - 1);
}

/* What the stack is said to have allocated; fails if there is none. */
static const struct stacks_node *find(const char *stack) {
    static char all[1 << 16];
    *all = '\0';
    for (uint32_t i = STACKS_FIRST_NODE; i < figures->stacks.node_count; i++) {
        char text[4000] = "";
        tell(text, sizeof text, &figures->stacks.nodes[i]);
        if (strcmp(text, stack) == 0)
            return &figures->stacks.nodes[i];
        strncat(all, text, sizeof all - strlen(all) - 1);
        strncat(all, "\n", sizeof all - strlen(all) - 1);
    }
    cr_assert_fail("no stack \"%s\" among\n%s", stack, all);
    return NULL;
}

static uint64_t live(const char *stack) {
    const struct stacks_node *node = find(stack);
    return node->allocated - node->freed;
}

static const uint64_t table = 56;

Test(running, calls_and_their_lines) {
    run("local function inner() return {} end\n"
        "local function outer()\n"
        "  return inner(), 1\n"
        "end\n"
        "keep = outer()\n");
    cr_assert_eq(live("main:5 outer:3 inner:1"), table);
}

Test(running, c_functions_by_name) {
    run("local text = string.rep('x', 9000)\n"
        "keep = text\n");
    cr_assert_geq(live("main:1 rep:0"), 9000);
}

Test(running, a_function_keeps_its_first_name) {
    run("local function f() return {} end\n"
        "local g = f\n"
        "a = f()\n"
        "b = g()\n");
    cr_assert_eq(live("main:3 f:1"), table);
    cr_assert_eq(live("main:4 f:1"), table);
}

Test(running, nameless_functions_and_metamethods) {
    run("keep = (function() return {} end)()\n"
        "local t = setmetatable({}, { __index = function() return {} end })\n"
        "other = t.x\n");
    cr_assert_eq(live("main:1 ?:1"), table);
    cr_assert_eq(live("main:3 index:2"), table);
}

Test(running, finalizers_run_where_the_collector_does) {
    run("setmetatable({}, { __gc = function() keep = {} end })\n"
        "collectgarbage()\n");
    bool named = release_marks_finalizers(); /* else the name is that of the frame below */
    cr_assert_eq(live(named ? "main:2 collectgarbage:0 __gc:1" : "main:2 __gc:0 ?:1"), table);
}

Test(running, no_lua_function) {
    run("keep = nil");
    lua_newtable(L);
    lua_setglobal(L, "t");
    cr_assert_geq(live("C:0"), table);
    cr_assert_geq(live("startup:0"), 1000);
}

Test(running, a_deep_stack_is_cut_outside) {
    run("local function dive(n)\n"
        "  if n > 0 then dive(n - 1) return end\n"
        "  keep = {}\n"
        "end\n"
        "dive(1000)\n");
    char stack[4000] = "(too deep):0";
    for (unsigned i = 1; i < STACKS_DEPTH; i++)
        strcat(stack, " dive:2");
    strcat(stack, " dive:3");
    cr_assert_eq(live(stack), table);
}

Test(running, a_growing_thread_stack_is_its_owners) {
    run("local function dive(n) if n > 0 then return 1 + dive(n - 1) end return 0 end\n"
        "co = coroutine.create(dive)\n"
        "coroutine.resume(co, 5000)\n");
    cr_assert_geq(live("(thread stack):0 ?:2"), 5000 * 16);
}

Test(running, memory_that_is_freed_is_taken_back) {
    run("local function make() local t = {} for i = 1, 1000 do t[i] = {} end return t end\n"
        "keep = make()\n");
    cr_assert_geq(live("main:2 make:1"), 1000 * table);
    run("keep = nil collectgarbage()");
    cr_assert_eq(live("main:2 make:1"), 0);
}

Test(running, a_new_thread_is_made_by_all_calls_with_its_stack) {
    run("local function make() return coroutine.create(print) end\n"
        "keep = make()\n");
    uint64_t stack = 45 * 16; /* BASIC_STACK_SIZE + EXTRA_STACK values */
    cr_assert_geq(live("main:2 make:1 create:0"), 200 + stack);
}

/* The line that is charged with what the node has allocated itself. */
static uint32_t charged(uint32_t node) {
    const struct stacks_node *nodes = figures->stacks.nodes;
    while (nodes[node].site == STACKS_NO_SITE)
        node = nodes[node].parent;
    return nodes[node].site;
}

/* Whatever is allocated, moved and freed: with everything looked at, the estimates are the ledger's
   figures, of each line. */
Test(running, figures_are_those_of_the_ledger) {
    run("local t, s = {}, {}\n"
        "for i = 1, 20000 do\n"
        "  t[i % 1000 + 1] = { i, tostring(i) }\n"
        "  s[#s + 1] = ('x'):rep(i % 50)\n"
        "end\n"
        "for i = 1, 50 do coroutine.wrap(function()\n"
        "  local n = {}\n"
        "  for j = 1, i do n[j] = j end end)()\n"
        "end\n"
        "collectgarbage() t = nil s = table.concat(s) collectgarbage() keep = s\n");
    account_settle(&account, L);
    static uint64_t allocated[1000], freed[1000];
    cr_assert_lt(figures->site_count, 1000);
    for (uint32_t i = STACKS_FIRST_NODE; i < figures->stacks.node_count; i++) {
        if (figures->stacks.nodes[i].allocated == 0)
            continue; /* only what is inside of it has: of a thread's stack no line is outside */
        allocated[charged(i)] += figures->stacks.nodes[i].allocated;
        freed[charged(i)] += figures->stacks.nodes[i].freed;
    }
    for (uint32_t i = 0; i < figures->site_count; i++) {
        for (int kind = 0; kind < FIGURES_KINDS; kind++) {
            allocated[i] -= figures->sites[i].cells[kind].allocated;
            freed[i] -= figures->sites[i].cells[kind].freed;
        }
        cr_assert_eq(allocated[i], 0, "site %u: %lld", i, (long long)allocated[i]);
        cr_assert_eq(freed[i], 0, "site %u: %lld", i, (long long)freed[i]);
    }
}

/* SPDX-License-Identifier: MIT */
/*
 * Real programs, and what a collection would free of them: the same as one then does.
 */
#include "account.h"

#include "trial_collection.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <lauxlib.h>
#include <lualib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>

static struct account account;
static struct trial_collection *trial;
static struct figures *figures;
static lua_State *L;

static void do_nothing(lua_State *thread, lua_Debug *event) {
}

static void begin(void) {
    figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_eq(account_init(&account, figures), 0);
    trial = trial_collection_create();
}

static void open_state(void) {
    begin();
    L = account_new_state(&account);
    luaL_openlibs(L);
    account.outside = FIGURES_C;
    lua_sethook(L, do_nothing, LUA_MASKCOUNT, 1 << 30);
}

static void close_state(void) {
    lua_close(L);
    account_finish(&account);
    trial_collection_destroy(trial);
    munmap(figures, sizeof *figures);
}

TestSuite(trial_collection, .init = open_state, .fini = close_state);

static void run(const char *code) {
    if (luaL_loadbuffer(L, code, strlen(code), "=t") != LUA_OK || lua_pcall(L, 0, 0, 0) != LUA_OK)
        cr_assert_fail("%s", lua_tostring(L, -1));
}

static uint64_t live_of(uint32_t site) {
    uint64_t live = 0;
    for (int kind = 0; kind < FIGURES_KINDS; kind++)
        live += figures_live(&figures->sites[site].cells[kind]);
    return live;
}

static uint32_t site_of_line(uint32_t line) {
    for (uint32_t i = FIGURES_PSEUDO_SITES; i < figures->site_count; i++)
        if (figures->sites[i].line == line)
            return i;
    cr_assert_fail("no such line");
    return 0;
}

static const uint64_t *try(void) {
    return trial_collection_run(trial, &account, L);
}

/* A collection by the program itself. */
static void collect(void) {
    lua_gc(L, LUA_GCCOLLECT);
    account_settle(&account, L);
}

/* What is told of each line is what it then frees; but for line 1, which has the call records. */
static void check_against_a_collection(void) {
    const uint64_t *garbage = try();
    cr_assert_not_null(garbage);
    uint32_t sites = figures->site_count;
    uint64_t before[64], told[64];
    cr_assert_leq(sites, 64);
    for (uint32_t i = FIGURES_PSEUDO_SITES; i < sites; i++) {
        before[i] = live_of(i);
        told[i] = garbage[i];
    }
    collect();
    for (uint32_t i = FIGURES_PSEUDO_SITES; i < sites; i++)
        if (figures->sites[i].line > 1)
            cr_assert_eq(told[i], before[i] - live_of(i), "line %u: %lu", figures->sites[i].line,
                         (unsigned long)told[i]);
}

static const char program[] = "kept, n = {}, 0\n"
                              "for i = 1, 50 do kept[i] = { i }\n"
                              "  local gone = { i, { i } }\n"
                              "  local thread = coroutine.create(print)\n"
                              "  local text = ('x'):rep(100) .. i\n"
                              "end";

Test(trial_collection, tells_what_a_collection_frees) {
    run("collectgarbage('stop')");
    run(program);
    account_settle(&account, L);
    check_against_a_collection();
    cr_assert_geq(live_of(site_of_line(2)), 50 * (56 + 16), "what is kept is there");
    cr_assert_eq(live_of(site_of_line(5)), 0);
}

Test(trial_collection, goes_through_what_has_grown_old) {
    run("collectgarbage('generational') collectgarbage()");
    run("\nfor i = 1, 50 do kept = { i, kept } end collectgarbage('step') collectgarbage('step')");
    run("kept = nil");
    account_settle(&account, L);
    check_against_a_collection();
}

Test(trial_collection, leaves_the_program_as_it_is) {
    run("weak = setmetatable({ {} }, { __mode = 'v' })\n"
        "setmetatable({}, { __gc = function() finalized = true end })");
    account_settle(&account, L);
    uint64_t live = figures->live;
    int count = lua_gc(L, LUA_GCCOUNT) * 1024 + lua_gc(L, LUA_GCCOUNTB);
    cr_assert_not_null(try());
    cr_assert_eq(figures->live, live);
    cr_assert_eq(lua_gc(L, LUA_GCCOUNT) * 1024 + lua_gc(L, LUA_GCCOUNTB), count);
    run("assert(weak[1] and not finalized)");
    cr_assert_eq(waitpid(-1, NULL, WNOHANG), -1, "a child that it can wait for");
    cr_assert_eq(errno, ECHILD);
}

Test(trial_collection, in_a_coroutine_and_in_a_hook) {
    run("for i = 1, 9 do local t = { i } end");
    lua_State *thread = lua_newthread(L);
    account_settle(&account, L);
    cr_assert_not_null(trial_collection_run(trial, &account, thread));
}

Test(trial_collection, not_where_there_are_no_processes_to_be_had) {
    cr_assert_not_null(try());
    uint64_t large = (UINT64_C(512) << 20) + 1;
    figures->live += large;
    cr_assert_null(try(), "too much would be copied");
    figures->live -= large;
    cr_assert_not_null(try());
}

/* ---- a state of somebody else's ---- */

static void *host_allocate(void *ud, void *ptr, size_t osize, size_t nsize) {
    if (nsize > 0)
        return realloc(ptr, nsize);
    free(ptr);
    return NULL;
}

static void open_other(void) {
    begin();
    L = lua_newstate(host_allocate, NULL);
    luaL_openlibs(L);
    lua_sethook(L, do_nothing, LUA_MASKCOUNT, 1 << 30);
    cr_assert_eq(account_attach(&account, L), 0);
}

static void close_other(void) {
    account_detach(&account, L);
    close_state();
}

TestSuite(trial_collection_attached, .init = open_other, .fini = close_other);

Test(trial_collection_attached, of_a_state_that_was_there_before) {
    run("collectgarbage('stop')");
    run(program);
    account_settle(&account, L);
    check_against_a_collection();
}

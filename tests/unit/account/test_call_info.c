/* SPDX-License-Identifier: MIT */
/*
 * The liblua that is loaded proves how it keeps calls; and one that keeps them otherwise does not,
 * and is asked instead: the figures are the same. For that, lua_getstack and its like stand behind
 * those of here (the linker's --wrap).
 */
#include "account.h"
#include "call_info.h"
#include "release.h"

#include <criterion/criterion.h>
#include <lauxlib.h>
#include <lualib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static enum {
    AS_IT_IS,
    CALLS_STAND_ELSEWHERE, /* what it tells of is as far from where it should be as OFF */
    LINES_ARE_OTHERS,      /* the same of all calls of a function */
    FUNCTIONS_ARE_OTHERS,  /* all are written in C */
    OTHERS_ARE_CALLED,     /* than those whose calls they are */
    LOCALS_STAND_ELSEWHERE,
} other;

enum { OFF = 8 };

int __real_lua_getstack(lua_State *L, int level, lua_Debug *frame);
int __real_lua_getinfo(lua_State *L, const char *what, lua_Debug *frame);
int __wrap_lua_getstack(lua_State *L, int level, lua_Debug *frame);
int __wrap_lua_getinfo(lua_State *L, const char *what, lua_Debug *frame);
const char *__real_lua_getlocal(lua_State *L, const lua_Debug *frame, int n);
const char *__wrap_lua_getlocal(lua_State *L, const lua_Debug *frame, int n);

static void move(lua_Debug *frame, int by) {
    if (other == CALLS_STAND_ELSEWHERE)
        frame->i_ci = (struct CallInfo *)((char *)frame->i_ci + by);
}

int __wrap_lua_getstack(lua_State *L, int level, lua_Debug *frame) {
    int found = __real_lua_getstack(L, level, frame);
    if (found)
        move(frame, OFF);
    return found;
}

int __wrap_lua_getinfo(lua_State *L, const char *what, lua_Debug *frame) {
    move(frame, -OFF);
    int done = __real_lua_getinfo(L, what, frame);
    move(frame, OFF);
    if (other == LINES_ARE_OTHERS)
        frame->currentline = 1;
    if (other == FUNCTIONS_ARE_OTHERS)
        frame->what = "C";
    if (other == OTHERS_ARE_CALLED && strchr(what, 'f') != NULL) {
        lua_pop(L, 1);
        lua_pushliteral(L, "another");
    }
    return done;
}

const char *__wrap_lua_getlocal(lua_State *L, const lua_Debug *frame, int n) {
    return __real_lua_getlocal(L, frame, n + (other == LOCALS_STAND_ELSEWHERE));
}

Test(call_info, is_proven_by_the_lua_that_is_loaded) {
    cr_assert(call_info_is_proven());
    cr_assert(call_info_is_proven());
}

Test(call_info, is_not_proven_where_calls_stand_elsewhere) {
    other = CALLS_STAND_ELSEWHERE;
    cr_assert_not(call_info_is_proven());
}

Test(call_info, is_not_proven_where_a_pc_tells_no_line) {
    other = LINES_ARE_OTHERS;
    cr_assert_not(call_info_is_proven());
}

Test(call_info, is_not_proven_where_the_status_tells_no_function) {
    other = FUNCTIONS_ARE_OTHERS;
    cr_assert_not(call_info_is_proven());
}

Test(call_info, is_not_proven_where_locals_stand_elsewhere_in_a_hook) {
    other = LOCALS_STAND_ELSEWHERE;
    cr_assert_not(call_info_is_proven());
}

Test(call_info, is_not_proven_where_a_call_names_another_function) {
    other = OTHERS_ARE_CALLED;
    cr_assert_not(call_info_is_proven());
}

/* ---- a hook set without telling all calls ---- */

static const char nested[] = "local function deep(calls)\n"
                             "  if calls > 0 then\n"
                             "    local result = deep(calls - 1)\n"
                             "    return result\n"
                             "  end\n"
                             "  local result = set()\n"
                             "  return result\n"
                             "end\n"
                             "local object = setmetatable({}, { __index = function()\n"
                             "  local result = deep(3)\n"
                             "  return result\n"
                             "end })\n"
                             "local function compare(a, b)\n"
                             "  local result = object.field\n"
                             "  return a < b\n"
                             "end\n"
                             "local good = pcall(function()\n"
                             "  table.sort({ 1, 2 }, compare)\n"
                             "  return true\n"
                             "end)\n"
                             "coroutine.wrap(function()\n"
                             "  coroutine.yield(deep(2))\n"
                             "  good = false\n"
                             "end)()\n"
                             "return good\n";

static void do_nothing(lua_State *L, lua_Debug *event) {
}

typedef void set_hook(lua_State *L, lua_Hook function, int mask, int count);

static struct {
    set_hook *set;
    int lines[64];
    size_t count;
} heard;

static void hear(lua_State *L, lua_Debug *event) {
    lua_getinfo(L, "l", event);
    if (event->event == LUA_HOOKLINE && heard.count < 64)
        heard.lines[heard.count++] = event->currentline;
}

static int depth(lua_State *L) {
    lua_Debug frame;
    int count = 0;
    while (lua_getstack(L, count, &frame))
        count++;
    return count;
}

static int set_here(lua_State *L) {
    int before = depth(L);
    heard.set(L, hear, LUA_MASKLINE, 0);
    cr_assert_eq(depth(L), before);
    cr_assert_eq(call_info_count(L), before);
    return 0;
}

/* Hears the lines that run after the hook has been set, deep within calls. */
static void hear_lines(set_hook *set, int mask_before) {
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    lua_register(L, "set", set_here);
    cr_assert(lua_checkstack(L, 1000)); /* as it grows, Lua tells all calls, too */
    lua_sethook(L, do_nothing, mask_before, 1 << 30);
    heard.set = set;
    heard.count = 0;
    cr_assert_eq(luaL_loadbuffer(L, nested, sizeof nested - 1, "=t"), LUA_OK);
    cr_assert_eq(lua_pcall(L, 0, 0, 0), LUA_OK);
    lua_close(L);
}

static bool same_lines(set_hook *set, int mask_before) {
    hear_lines(lua_sethook, mask_before);
    size_t count = heard.count;
    int lines[64];
    cr_assert(count > 15 && count < 64);
    memcpy(lines, heard.lines, sizeof lines);
    hear_lines(set, mask_before);
    return heard.count == count && memcmp(lines, heard.lines, count * sizeof *lines) == 0;
}

Test(call_info, a_hook_is_set_quickly_where_all_calls_look_at_it) {
    cr_assert(call_info_is_proven());
    cr_assert(same_lines(call_info_set_hook, LUA_MASKCOUNT));
    cr_assert(same_lines(call_info_set_hook, LUA_MASKLINE));
    cr_assert_not(same_lines(call_info_set_hook, 0), "there they must be told");
    cr_assert_not(same_lines(call_info_set_hook, LUA_MASKRET), "and there");
}

/* ---- the same figures either way ---- */

static const char program[] =
    "local kept = {}\n"
    "local function make(...)\n"
    "  return {\n"
    "    ...\n"
    "  }\n"
    "end\n"
    "for i = 1, 50 do\n"
    "  if i % 2 == 0 then\n"
    "    kept[-i] = {}\n"
    "  else\n"
    "    kept[-i] = { {}, x = {\n"
    "      make(i)\n"
    "    } }\n"
    "  end\n"
    "  kept[i] = make(i, { i })\n"
    "  kept[i] = coroutine.wrap(function() return { make(i) } end)()\n"
    "  kept[i] = ('x'):rep(i) .. i\n"
    "  table.sort({ 3, 2, 1 }, function(a, b) return make(a)[1] < b end)\n"
    "  kept[i] = load('return { {} }', '=' .. i % 3)()\n"
    "  kept[i] = pcall(error, setmetatable({}, { __gc = function() return { 1 } end }))\n"
    "end\n"
    "collectgarbage()\n";

/* Seen by the process that waits for this one, too. */
static struct figures *new_figures(void) {
    struct figures *figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                                   MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    cr_assert_neq(figures, MAP_FAILED);
    return figures;
}

/* Whether calls were read as Lua has them. */
static bool run(struct figures *figures) {
    static struct account account;
    cr_assert_eq(account_init(&account, figures), 0);
    lua_State *L = account_new_state(&account);
    luaL_openlibs(L);
    account.outside = FIGURES_C;
    if (account_needs_hook(&account))
        lua_sethook(L, do_nothing, LUA_MASKCOUNT, 1 << 30);
    cr_assert_eq(luaL_loadbuffer(L, program, sizeof program - 1, "=t"), LUA_OK);
    cr_assert_eq(lua_pcall(L, 0, 0, 0), LUA_OK);
    lua_close(L);
    bool read = account.sites != NULL;
    account_finish(&account);
    return read;
}

/* In a process of its own: what is proven or not stays so. */
static int run_with_other(struct figures *figures) {
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        other = CALLS_STAND_ELSEWHERE;
        _exit(run(figures) ? 1 : 0);
    }
    waitpid(child, &status, 0);
    return status;
}

static void expect_same(const struct figures_cell *one, const struct figures_cell *another) {
    cr_expect_eq(one->allocations, another->allocations);
    cr_expect_eq(one->frees, another->frees);
    cr_expect_eq(one->allocated, another->allocated);
    cr_expect_eq(one->freed, another->freed);
}

Test(call_info, that_is_not_proven_changes_no_figure) {
    struct figures *asked = new_figures(), *read = new_figures();
    cr_assert_eq(run_with_other(asked), 0);
    cr_assert_eq(run(read), !release_misplaces_tail_calls());
    cr_assert_gt(read->site_count, FIGURES_PSEUDO_SITES + 10);
    cr_assert_eq(asked->site_count, read->site_count);
    for (uint32_t site = 0; site < read->site_count; site++) {
        cr_assert_eq(asked->sites[site].line, read->sites[site].line);
        for (int kind = 0; kind < FIGURES_KINDS; kind++)
            expect_same(&asked->sites[site].cells[kind], &read->sites[site].cells[kind]);
    }
}

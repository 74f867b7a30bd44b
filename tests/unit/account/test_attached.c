/* SPDX-License-Identifier: MIT */
/*
 * Real states of a host with an allocator of its own, which notes each call. Their chunk is named
 * "=t". Bytes that are expected come from Lua's own count, or from what the allocator is told.
 */
#include "account.h"
#include "accounts.h"
#include "attachment.h"
#include "layout.h"
#include "release.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <lauxlib.h>
#include <lualib.h>
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the host ---- */

struct made {
    size_t tag, size;
};

struct host {
    uint64_t calls, mixed; /* how many, and what they were told, in their order */
    _Atomic int64_t bytes;
    bool noting, keeps;
    struct pointer_map made; /* block -> struct made, as it was at first */
};

static struct host host;

static void keep(struct host *of, void *block, size_t tag, size_t size) {
    struct made *made = malloc(sizeof *made);
    *made = (struct made){tag, size};
    pointer_map_put(&of->made, block, made);
}

static void *host_allocate(void *ud, void *ptr, size_t osize, size_t nsize) {
    struct host *of = ud;
    if (of->noting) {
        of->calls++;
        of->mixed = of->mixed * 31 + (ptr != NULL ? osize : osize * 7) * 17 + nsize;
    }
    of->bytes += (int64_t)nsize - (int64_t)(ptr != NULL ? osize : 0);
    if (of->keeps && ptr != NULL)
        free(pointer_map_take(&of->made, ptr));
    void *block = nsize > 0 ? realloc(ptr, nsize) : NULL;
    if (nsize == 0)
        free(ptr);
    else if (of->keeps && block != NULL)
        keep(of, block, ptr == NULL ? osize : 0, nsize);
    return block;
}

static void do_nothing(lua_State *thread, lua_Debug *event) {
}

static lua_State *open_state(void) {
    lua_State *L = lua_newstate(host_allocate, &host);
    luaL_openlibs(L);
    if (vm_pc_proven() == NULL)
        lua_sethook(L, do_nothing, LUA_MASKCOUNT, 1 << 30);
    return L;
}

static void run(lua_State *L, const char *code) {
    if (luaL_loadbuffer(L, code, strlen(code), "=t") != LUA_OK || lua_pcall(L, 0, 0, 0) != LUA_OK)
        cr_assert_fail("%s", lua_tostring(L, -1));
}

/* ---- who is attached ---- */

static struct account account;
static struct figures *figures;

static void open_figures(void) {
    figures = mmap(NULL, sizeof *figures, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

static void attach(lua_State *L) {
    cr_assert_eq(account_init(&account, figures), 0);
    cr_assert_eq(account_attach(&account, L), 0);
}

static void detach(lua_State *L) {
    void *ud;
    account_detach(&account, L);
    account_finish(&account);
    cr_assert_eq(lua_getallocf(L, &ud), host_allocate);
    cr_assert_eq(ud, &host);
}

static uint64_t sum_of_live(void) {
    uint64_t sum = 0;
    for (uint32_t i = 0; i < figures->site_count; i++) {
        for (int kind = 0; kind < FIGURES_KINDS; kind++) {
            cr_assert_geq((int64_t)figures_live(&figures->sites[i].cells[kind]), 0);
            sum += figures_live(&figures->sites[i].cells[kind]);
        }
    }
    return sum;
}

static void check(lua_State *L, const char *when) {
    uint64_t count = release_collector_bytes(L);
    account_follow(&account);
    cr_assert_eq(sum_of_live(), count, "%s: %ld and %ld", when, (long)sum_of_live(), (long)count);
    cr_assert_eq(figures->live, count);
}

static uint64_t live_of_line(uint32_t line, enum figures_kind kind) {
    for (uint32_t i = FIGURES_PSEUDO_SITES; i < figures->site_count; i++)
        if (figures->sites[i].line == line)
            return figures_live(&figures->sites[i].cells[kind]);
    return 0;
}

static uint64_t before(enum figures_kind kind) {
    return figures_live(&figures->sites[FIGURES_BEFORE_ATTACH].cells[kind]);
}

static uint32_t site_of(lua_State *L, int index) {
    return account_block_of(&account, layout_of(account.attachment->layout, L, index).address).site;
}

TestSuite(attached, .init = open_figures);

/* ---- the sum ---- */

static const char busy[] =
    "local kept, co = {}, {}\n"
    "for i = 1, 300 do\n"
    "  kept[i % 40] = ('x'):rep(i) .. i\n"
    "  kept['k' .. i % 50] = {i, {}, function() return kept, i end}\n"
    "  co[i % 7] = coroutine.wrap(function(...) local function deep(n) if n > 0 then return 1 + "
    "deep(n - 1) end coroutine.yield() return 0 end deep(i) end)\n"
    "  co[i % 7]()\n"
    "  if i % 60 == 0 then collectgarbage() end\n"
    "end\n"
    "old = {kept, co, old and old[1]}\n";

Test(attached, sum_is_luas_count_from_the_first_moment) {
    lua_State *L = open_state();
    run(L, busy);
    attach(L);
    check(L, "at first");
    cr_assert_eq(before(FIGURES_BUFFER) + before(FIGURES_THREAD), figures->live);
    for (int i = 0; i < 5; i++) {
        run(L, busy);
        check(L, "later");
        lua_gc(L, LUA_GCCOLLECT);
        check(L, "collected");
    }
    run(L, "old = nil collectgarbage() collectgarbage()");
    check(L, "without what is old");
    detach(L);
    run(L, busy);
    lua_close(L);
    cr_assert_eq(host.bytes, 0);
}

/* ---- what is found ---- */

/* What the host's allocator was told when it made the block. */
static void check_block(struct layout_block block) {
    struct made *made = pointer_map_get(&host.made, block.address);
    cr_assert_not_null(made);
    cr_assert_eq(made->size, block.size, "%zu and %zu", made->size, block.size);
    cr_assert_eq(layout_kind(made->tag), block.kind);
}

static int new_userdata(lua_State *L) {
    lua_newuserdatauv(L, (size_t)luaL_checkinteger(L, 1), (int)luaL_checkinteger(L, 2));
    return 1;
}

Test(attached, what_is_found_has_its_true_size) {
    static const char code[] =
        "local a, b, c = 1, 2, 3\n"
        "local coroutines = {coroutine.create(print), coroutine.wrap(print)}\n"
        "return {1, 2}, ('long'):rep(100), 'short' .. 1, coroutine.create(print), \n"
        "function() return a end, function() return a, b, c end, function() return 1 end, \n"
        "io.stdout, coroutine.wrap(print), new(0, 0), new(7, 0), new(7, 1), new(100, 5), \n"
        "string.gmatch('a', 'b')\n";
    host.keeps = true;
    lua_State *L = open_state();
    lua_register(L, "new", new_userdata);
    cr_assert_eq(luaL_loadstring(L, code), LUA_OK);
    lua_call(L, 0, LUA_MULTRET);
    cr_assert_geq(lua_gettop(L), 14);
    attach(L);
    const struct layout *layout = account.attachment->layout;
    for (int index = 1; index <= lua_gettop(L); index++)
        check_block(layout_of(layout, L, index));
    for (int n = 1; n <= 3; n++)
        check_block(layout_of_upvalue(layout, L, 6, n));
    lua_pushthread(L);
    check_block(layout_of(layout, L, -1));
    detach(L);
    lua_close(L);
}

Test(attached, stacks_and_the_string_table_are_where_lua_has_them) {
    host.keeps = true;
    lua_State *L = open_state();
    run(L,
        "function deep(n) if n > 0 then return 1 + deep(n - 1) end coroutine.yield() return 0 end "
        "co = coroutine.create(deep) coroutine.resume(co, 100)");
    attach(L);
    lua_getglobal(L, "co");
    lua_State *co = lua_tothread(L, -1);
    const struct layout *layout = account.attachment->layout;
    const struct made *stack = pointer_map_get(&host.made, layout_stack(layout, co));
    const struct made *mains = pointer_map_get(&host.made, layout_stack(layout, L));
    const struct made *strings = pointer_map_get(&host.made, layout_strings(layout, L));
    cr_assert(stack != NULL && mains != NULL && strings != NULL);
    cr_assert_gt(stack->size, 300 * 16);
    cr_assert_eq(stack->size, layout_stack_bytes(layout, co));
    cr_assert_eq(mains->size, layout_stack_bytes(layout, L));
    cr_assert_eq(strings->size & (strings->size - 1), 0, "a power of two");
    cr_assert_geq(strings->size, 1024);
    detach(L);
    lua_close(L);
}

/* The size of the block at the address; 0: it is NULL. */
static size_t made_size(const void *address) {
    const struct made *made = address != NULL ? pointer_map_get(&host.made, address) : NULL;
    cr_assert((made != NULL) == (address != NULL));
    return made != NULL ? made->size : 0;
}

Test(attached, parts_of_tables_are_where_lua_has_them) {
    static const size_t sizes[][2] = {{0, 0}, {3 * 16, 0}, {0, 4 * 24}, {2 * 16, 1 * 24}};
    host.keeps = true;
    lua_State *L = open_state();
    run(L, "a = {} b = {1, 2, 3} c = {x = 1, y = 2, z = 3} d = {1, 2, x = 1}");
    attach(L);
    for (int i = 0; i < 4; i++) {
        char name[] = {(char)('a' + i), '\0'};
        lua_getglobal(L, name);
        struct layout_table_parts parts =
            layout_table_parts(account.attachment->layout, lua_topointer(L, -1));
        cr_assert_eq(made_size(parts.array), sizes[i][0], "%s", name);
        cr_assert_eq(made_size(parts.nodes), sizes[i][1], "%s", name);
    }
    lua_settop(L, 0);
    detach(L);
    lua_close(L);
}

Test(attached, what_is_found_goes_from_the_rest_to_its_kind) {
    lua_State *L = open_state();
    run(L, "x = ('a'):rep(1000) t = {} for i = 1, 10 do t[i] = {} end");
    attach(L);
    lua_getglobal(L, "x");
    uint64_t rest = before(FIGURES_BUFFER);
    cr_assert_eq(account_found(&account, L, -1), 0);
    cr_assert_eq(account_found(&account, L, -1), 0, "once");
    cr_assert_eq(rest - before(FIGURES_BUFFER), before(FIGURES_STRING));
    cr_assert_geq(before(FIGURES_STRING), 1001);
    lua_settop(L, 0);
    check(L, "found");
    run(L, "x = nil collectgarbage()");
    cr_assert_eq(before(FIGURES_STRING), 0, "freed from its kind");
    check(L, "freed");
    detach(L);
    lua_close(L);
}

/* ---- lines ---- */

Test(attached, what_comes_later_is_its_lines) {
    lua_State *L = open_state();
    run(L, "old = {}");
    attach(L);
    run(L, "t = {}\nu = {{}, t,\nt, {}}\n");
    run(L, "\n\n\n\n\nfor i = 1, 2 do\nif i == 1 then\nv = {}\nelse\nw = {\nload('return "
           "1')()\n}\nend\nend");
    uint64_t table = live_of_line(1, FIGURES_TABLE);
    cr_assert_eq(table, account.attachment->layout->table);
    cr_assert_eq(live_of_line(2, FIGURES_TABLE), 2 * table);
    cr_assert_eq(live_of_line(3, FIGURES_TABLE), table);
    cr_assert_eq(live_of_line(8, FIGURES_TABLE), table);
    cr_assert_eq(live_of_line(10, FIGURES_TABLE), table);
    cr_assert_eq(live_of_line(12, FIGURES_BUFFER), 16, "an open list");
    run(L, "\n\n\n\nfor i = 1, 64 do old[i] = 0 end");
    cr_assert_eq(live_of_line(5, FIGURES_BUFFER), 64 * 16, "a table from before");
    lua_getglobal(L, "old");
    lua_getglobal(L, "t");
    cr_assert_eq(site_of(L, 1), FIGURES_BEFORE_ATTACH);
    cr_assert_eq(figures->sites[site_of(L, 2)].line, 1);
    lua_settop(L, 0);
    check(L, "at the end");
    detach(L);
    lua_close(L);
}

/* ---- who runs ---- */

/* Resumes its argument, as nobody can see; answers how often it has. */
static int drive(lua_State *L) {
    lua_State *co = lua_tothread(L, 1);
    int results, times = 0;
    while (lua_resume(co, L, 0, &results) == LUA_YIELD) {
        lua_pop(co, results);
        times++;
    }
    lua_pushinteger(L, times);
    return 1;
}

static int attach_here(lua_State *L) {
    attach(L);
    cr_assert_eq(account_found(&account, L, 1), 0);
    lua_getglobal(L, "others");
    for (int i = 1; lua_rawgeti(L, -1, i) != LUA_TNIL; i++) {
        cr_assert_eq(account_found(&account, L, -1), 0);
        lua_pop(L, 1);
    }
    return 0;
}

static void resume_all(lua_State *L, lua_State *const *co, int count, int times) {
    int results;
    for (int time = 0; time < times; time++) {
        for (int i = 0; i < count; i++) {
            cr_assert_eq(lua_resume(co[i], L, 0, &results), LUA_YIELD);
            lua_pop(co[i], results);
        }
    }
}

Test(attached, a_host_resumes_in_c) {
    lua_State *L = open_state(), *co[3];
    for (int i = 0; i < 3; i++) {
        char code[200];
        co[i] = lua_newthread(L);
        lua_sethook(co[i], do_nothing, LUA_MASKCOUNT, 1 << 30);
        snprintf(code, sizeof code,
                 "%.*scoroutine.yield() while true do k = {k, tostring({})}"
                 " coroutine.yield() end",
                 i, "\n\n\n");
        cr_assert_eq(luaL_loadbuffer(co[i], code, strlen(code), "=t"), LUA_OK);
    }
    resume_all(L, co, 3, 1);
    attach(L);
    for (int i = 1; i <= 3; i++)
        cr_assert_eq(account_found(&account, L, i), 0);
    resume_all(L, co, 3, 5);
    for (uint32_t line = 1; line <= 3; line++)
        cr_assert_eq(live_of_line(line, FIGURES_TABLE), 10 * account.attachment->layout->table);
    cr_assert_eq(live_of_line(2, FIGURES_STRING), live_of_line(3, FIGURES_STRING));
    check(L, "at the end");
    detach(L);
    lua_close(L);
}

static const char nested[] =
    "local resume, create, yield = coroutine.resume, coroutine.create, coroutine.yield\n"
    "local inner = create(function()\n"
    "  begin(outer)\n"
    "  a = {}\n"
    "  yield()\n"
    "  b = ('b'):rep(5000)\n"
    "  yield()\n"
    "end)\n"
    "outer = create(function()\n"
    "  resume(inner)\n"
    "  c = {}\n"
    "  d = ('d'):rep(5000)\n"
    "  resume(inner)\n"
    "  e = ('e'):rep(5000)\n"
    "  f = {}\n"
    "end)\n"
    "n = drive(outer)\n"
    "g = ('g'):rep(5000)\n"
    "h = {}\n";

/* Many threads that do not run: only then is it worth while to know functions. */
static const char others[] =
    "others = {} for i = 1, 100 do others[i] = coroutine.create(print) end";

static void check_nested(lua_State *L) {
    static const uint32_t tables[] = {4, 11, 15, 19}, strings[] = {6, 12, 14, 18};
    for (int i = 0; i < 4; i++) {
        cr_assert_eq(live_of_line(tables[i], FIGURES_TABLE), account.attachment->layout->table,
                     "line %u", tables[i]);
        cr_assert_eq(live_of_line(strings[i], FIGURES_STRING),
                     account.attachment->layout->text + 5001, "line %u", strings[i]);
    }
    check(L, "at the end");
}

Test(attached, inside_of_coroutines_that_lua_and_c_have_resumed) {
    lua_State *L = open_state();
    lua_register(L, "begin", attach_here);
    lua_register(L, "drive", drive);
    run(L, others);
    run(L, "s = ('lauxlib has made what it needs'):rep(100)");
    run(L, nested);
    check_nested(L);
    detach(L);
    lua_close(L);
}

/* ---- stacks ---- */

/* Deep recursion in coroutines from before: their stacks are reallocated while nobody may be asked;
   each stack stays where it was. */
Test(attached, stacks_from_before_grow) {
    lua_State *L = open_state();
    run(L,
        "function deep(n) if n > 0 then return 1 + deep(n - 1) end coroutine.yield() return 0 end\n"
        "co = {} for i = 1, 20 do co[i] = coroutine.create(function()\n"
        "coroutine.yield() while true do deep(1) deep(3000) end end) coroutine.resume(co[i]) end");
    attach(L);
    lua_getglobal(L, "co");
    for (int i = 1; i <= 20; i++) {
        lua_rawgeti(L, 1, i);
        cr_assert_eq(account_found(&account, L, 2), 0);
        lua_settop(L, 1);
    }
    uint64_t rest = before(FIGURES_BUFFER);
    run(L, "for n = 1, 4 do for i = 1, 20 do coroutine.resume(co[i]) end end");
    check(L, "grown");
    cr_assert_gt(before(FIGURES_BUFFER) - rest, 20 * 3000 * 3 * 16);
    run(L, "for n = 1, 2 do for i = 1, 20 do coroutine.resume(co[i]) end collectgarbage() end");
    check(L, "shrunk");
    run(L, "co = nil collectgarbage() collectgarbage()");
    lua_settop(L, 0);
    lua_gc(L, LUA_GCCOLLECT);
    check(L, "gone");
    cr_assert_eq(account.threads.count, 1);
    detach(L);
    lua_close(L);
}

/* Those that no walk has found, too. */
Test(attached, stacks_of_unknown_threads_grow) {
    lua_State *L = open_state();
    run(L,
        "function deep(n) if n > 0 then return 1 + deep(n - 1) end coroutine.yield() return 0 end\n"
        "co = {} for i = 1, 20 do co[i] = coroutine.create(function()\n"
        "coroutine.yield() while true do deep(1) deep(3000) end end) coroutine.resume(co[i]) end");
    attach(L);
    run(L, "for n = 1, 8 do for i = 1, 20 do coroutine.resume(co[i]) end collectgarbage() end");
    check(L, "grown");
    run(L, "co = nil collectgarbage() collectgarbage()");
    check(L, "gone");
    detach(L);
    lua_close(L);
}

/* ---- the host's allocator ---- */

static void note_calls(bool attached) {
    host = (struct host){.bytes = 0};
    lua_State *L = open_state();
    run(L, busy);
    if (attached)
        attach(L);
    host.noting = true;
    for (int i = 0; i < 3; i++)
        run(L, busy);
    host.noting = false;
    if (attached)
        detach(L);
    lua_close(L);
}

Test(attached, the_hosts_allocator_is_asked_what_it_would_be) {
    note_calls(false);
    struct host alone = host;
    note_calls(true);
    cr_assert_gt(host.calls, 1000);
    cr_assert_eq(host.calls, alone.calls);
    cr_assert_eq(host.mixed, alone.mixed);
    cr_assert_eq(host.bytes, 0);
}

Test(attached, one_at_a_time) {
    static struct account other;
    lua_State *L = open_state();
    attach(L);
    cr_assert_eq(account_init(&other, NULL), 0);
    cr_assert_eq(account_attach(&other, L), -EBUSY);
    account_finish(&other);
    cr_assert_eq(account_of(L), &account);
    cr_assert_eq(account_running(L), &account);
    lua_State *without = luaL_newstate();
    cr_assert_null(account_running(without));
    detach(L);
    cr_assert_null(account_running(L));
    attach(L);
    detach(L);
    lua_close(without);
    lua_close(L);
}

static void *host_in_front(void *ud, void *ptr, size_t osize, size_t nsize) {
    const struct {
        lua_Alloc allocator;
        void *ud;
    } *behind = ud;
    return behind->allocator(behind->ud, ptr, osize, nsize);
}

Test(attached, another_allocator_in_front_stays) {
    struct {
        lua_Alloc allocator;
        void *ud;
    } behind;
    void *ud;
    lua_State *L = open_state();
    attach(L);
    behind.allocator = lua_getallocf(L, &behind.ud);
    lua_setallocf(L, host_in_front, &behind);
    cr_assert_eq(account_running(L), &account, "found by its state");
    run(L, busy);
    check(L, "in front");
    account_detach(&account, L);
    account_finish(&account);
    cr_assert_eq(lua_getallocf(L, &ud), host_in_front);
    memset(&account, 0xff, sizeof account);
    run(L, busy);
    lua_close(L);
    cr_assert_eq(host.bytes, 0);
}

/* Both have the same lua_Alloc, where the pc can be had. */
Test(attached, beside_a_state_of_its_own) {
    static struct account own;
    struct figures *its = mmap(NULL, sizeof *its, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    lua_State *L = open_state();
    cr_assert_eq(account_init(&own, its), 0);
    lua_State *ours = account_new_state(&own);
    attach(L);
    cr_assert_eq(account_of(ours), &own);
    cr_assert_eq(account_of(L), &account);
    cr_assert_eq(account_running(L), &account);
    lua_newtable(ours);
    run(L, "t = {}");
    check(L, "beside another");
    cr_assert_eq(account_of(L), &account);
    detach(L);
    lua_close(L);
    lua_close(ours);
    account_finish(&own);
}

Test(attached, a_state_is_closed_and_nobody_has_detached) {
    lua_State *L = open_state();
    run(L, busy);
    run(L, "setmetatable({}, {__gc = function() last = {1} end})");
    attach(L);
    run(L, busy);
    lua_close(L);
    cr_assert_eq(host.bytes, 0);
    cr_assert_eq(figures->live, 0);
    cr_assert_not(account_is_attached(&account));
    account_detach(&account, L);
    account_finish(&account);
}

static int64_t held(void) {
    return (int64_t)mallinfo2().uordblks;
}

Test(attached, a_thousand_times_and_nothing_is_left) {
    int64_t after_first = 0;
    lua_State *L = open_state();
    run(L, busy);
    for (int i = 0; i < 1000; i++) {
        memset(figures->sites, 0, sizeof *figures->sites * 100);
        figures->site_count = figures->source_count = 0;
        figures->live = figures->peak = 0;
        attach(L);
        run(L, "t = {} s = ('x'):rep(100) co = coroutine.wrap(print)");
        detach(L);
        lua_gc(L, LUA_GCCOLLECT);
        lua_gc(L, LUA_GCCOLLECT);
        if (i == 1)
            after_first = held() - host.bytes;
    }
    cr_assert_leq(held() - host.bytes, after_first + 16 * 1024);
    lua_close(L);
    cr_assert_eq(host.bytes, 0);
}

/* ---- without figures ---- */

/* It has allocated, so it was found. */
static int is_innermost(lua_State *L) {
    cr_assert(threads_is_innermost(&account.threads, L));
    return 0;
}

Test(attached, threads_are_known_without_figures) {
    figures = NULL;
    lua_State *L = open_state();
    lua_register(L, "runs", is_innermost);
    run(L, "old = coroutine.create(print)");
    attach(L);
    lua_getglobal(L, "old");
    cr_assert_eq(account_found(&account, L, -1), 0);
    lua_settop(L, 0);
    cr_assert_eq(account.threads.count, 2);
    run(L, "t = {} for i = 1, 10 do t[i] = coroutine.create(print) end");
    cr_assert_eq(account.threads.count, 12);
    run(L, "t, old = nil, nil collectgarbage()");
    cr_assert_eq(account.threads.count, 1);
    run(L, "resume, co = coroutine.resume, coroutine.create(function() t = {} runs() end)"
           "resume(co)");
    detach(L);
    lua_close(L);
}

/* ---- other OS threads, other states, other processes ---- */

static void *run_there(void *data) {
    run(data, busy);
    run(data, "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nthere = {}");
    return NULL;
}

static void there(void *(*function)(void *), void *data) {
    pthread_t thread;
    cr_assert_eq(pthread_create(&thread, NULL, function, data), 0);
    pthread_join(thread, NULL);
}

Test(attached, a_state_goes_from_one_os_thread_to_another) {
    lua_State *L = open_state();
    attach(L);
    run(L, busy);
    for (int i = 0; i < 3; i++) {
        there(run_there, L);
        check(L, "there");
        cr_assert_eq(live_of_line(20, FIGURES_TABLE),
                     (i == 0 ? 1 : 2) * account.attachment->layout->table);
    }
    run(L, busy);
    check(L, "here");
    detach(L);
    lua_close(L);
    cr_assert_eq(host.bytes, 0);
}

static lua_Alloc borrowed;
static void *borrowed_ud;

static void *run_other(void *data) {
    lua_State *L = lua_newstate(borrowed, borrowed_ud);
    luaL_openlibs(L);
    for (int i = 0; i < 20; i++)
        run(L, busy);
    lua_close(L);
    return NULL;
}

static void *open_other(void *data) {
    lua_State *L = lua_newstate(borrowed, borrowed_ud);
    luaL_openlibs(L);
    run(L, busy);
    *(lua_State **)data = L;
    return NULL;
}

static void *close_other(void *data) {
    run(data, busy);
    lua_close(data);
    return NULL;
}

/* At the same time, as a module's worker would. The host's allocator only counts. */
Test(attached, a_borrowed_allocator_on_another_os_thread) {
    pthread_t thread;
    lua_State *L = open_state(), *other;
    attach(L);
    borrowed = lua_getallocf(L, &borrowed_ud);
    pthread_create(&thread, NULL, run_other, NULL);
    for (int i = 0; i < 20; i++)
        run(L, busy);
    pthread_join(thread, NULL);
    check(L, "made and closed there");
    there(open_other, &other);
    run(L, busy);
    check(L, "made there");
    close_other(other);
    check(L, "closed here");
    detach(L);
    lua_close(L);
}

Test(attached, a_borrowed_allocator_outlives_who_was_attached) {
    lua_State *L = open_state();
    attach(L);
    borrowed = lua_getallocf(L, &borrowed_ud);
    lua_State *other = lua_newstate(borrowed, borrowed_ud);
    luaL_openlibs(other);
    run(other, busy);
    detach(L);
    memset(&account, 0xff, sizeof account);
    run(other, busy);
    attach(L);
    run(other, busy);
    run(L, busy);
    there(close_other, other);
    run(L, busy);
    detach(L);
    lua_close(L);
    cr_assert_eq(host.bytes, 0);
}

Test(attached, a_child_goes_on_with_the_hosts_allocator) {
    lua_State *L = open_state();
    run(L, busy);
    attach(L);
    run(L, busy);
    uint64_t live = figures->live;
    pid_t child = fork();
    if (child == 0) {
        account_forked(&account);
        run(L, busy);
        lua_close(L);
        _exit(host.bytes == 0 ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    cr_assert_eq(status, 0);
    cr_assert_eq(figures->live, live);
    run(L, busy);
    check(L, "in the parent");
    detach(L);
    lua_close(L);
}

/* SPDX-License-Identifier: MIT */
#include "why.h"

#include "arguments.h"
#include "debugger.h"
#include "hook.h"
#include "link.h"
#include "retainers_answer.h"
#include "server.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

enum {
    SHAPES = HEAP_GRAPH_GROUPS, /* that are told */
    FIRST_PEAK = 64 << 10,      /* below that many bytes nobody asks */
};

/* ---- what is asked ---- */

static void watch_heap(struct server *server, uint64_t above) {
    uint64_t figures[MEMORY_BREAKPOINT_KINDS] = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};
    figures[MEMORY_BREAKPOINT_HEAP] = above;
    memory_breakpoints_set(&server->debugger->account.memory_breakpoints, figures);
    hook_follow_memory_breakpoints(server->debugger);
}

void why_set(struct server *server, const cJSON *why) {
    if (why == NULL || server->why.answer == NULL ||
        account_figures(&server->debugger->account) == NULL)
        return;
    free(server->why.path);
    server->why.path = strdup(arguments_text(why, "path"));
    server->why.line = (uint32_t)arguments_count(why, "line", 0);
    server->why.peak = arguments_flag(why, "peak");
    if (server->why.peak)
        watch_heap(server, FIRST_PEAK);
    else
        server->debugger->tells_end = true;
}

/* ---- the answer ---- */

struct asking {
    struct server *server;
    struct heap heap;
    struct collector_hold collector;
    struct heap_retainers retainers;
    cJSON *body;
};

static bool is_asked(const struct server_why *why, const struct figures *figures,
                     const struct figures_site *site) {
    const struct figures_source *source = &figures->sources[site->source];
    return site->line == why->line && source->path != 0 &&
           strcmp(figures->text + source->path, why->path) == 0;
}

static void find_sites(struct asking *asking, const struct figures *figures) {
    for (uint32_t i = FIGURES_PSEUDO_SITES; i < figures->site_count; i++)
        if (is_asked(&asking->server->why, figures, &figures->sites[i]))
            asking->retainers.sites[i / 64] |= UINT64_C(1) << i % 64;
}

/* In a frame of its own, of whose slots none is the program's. */
static int ask(lua_State *L) {
    struct asking *asking = lua_touserdata(L, 1);
    const struct retainers_wish wish = {.limit = SHAPES, .shape = -1, .holders_left_out = true};
    luaL_checkstack(L, HEAP_RETAINERS_SLOTS, NULL);
    if (heap_retainers_of_sites(&asking->retainers) == HEAP_WALK_DONE)
        asking->body =
            retainers_answer(&asking->retainers, &asking->server->debugger->account.chunks, &wish);
    return 0;
}

static void run(struct asking *asking, lua_State *L) {
    struct account *account = &asking->server->debugger->account;
    asking->heap = (struct heap){.coroutines = {&account->threads, L}};
    asking->retainers.walk =
        (struct heap_walk){.heap = &asking->heap, .collector = &asking->collector, .L = L};
    account_settle(account, L);
    find_sites(asking, account_figures(account));
    collector_hold(&asking->collector, L);
    lua_pushcfunction(L, ask);
    lua_pushlightuserdata(L, asking);
    if (account_call(account, L, 1, 0) != LUA_OK)
        lua_pop(L, 1);
    collector_release(&asking->collector, L);
    account_forget_collector_count(account);
}

/* Whoever reads it looks when the program is gone, however that came: the old answer holds until
   the new one is there. */
static void hand_over(const struct server_why *why, const char *text) {
    size_t size = strlen(text) + 1, half = LINK_ANSWER_BYTES / 2;
    char *place = *why->answer == '1' ? why->answer + half : why->answer;
    if (size + 1 > half)
        return;
    memcpy(place + 1, text, size);
    atomic_thread_fence(memory_order_release);
    *place = '1';
    *(place == why->answer ? why->answer + half : why->answer) = '\0';
}

static void tell(struct server *server, lua_State *L, const char *at) {
    struct asking *asking = calloc(1, sizeof *asking);
    if (asking == NULL || !lua_checkstack(L, LUA_MINSTACK)) {
        free(asking);
        return;
    }
    asking->server = server;
    server->why.heap = figures_program(account_figures(&server->debugger->account));
    run(asking, L);
    cJSON_AddStringToObject(asking->body, "at", at);
    cJSON_AddNumberToObject(asking->body, "heap", (double)server->why.heap);
    char *text = asking->body != NULL ? cJSON_PrintUnformatted(asking->body) : NULL;
    if (text != NULL)
        hand_over(&server->why, text);
    cJSON_free(text);
    cJSON_Delete(asking->body);
    heap_retainers_finish(&asking->retainers);
    free(asking);
}

static bool is_wanted(const struct server *server) {
    return server->why.path != NULL && account_figures(&server->debugger->account) != NULL;
}

void why_at_end(struct server *server, lua_State *L) {
    if (is_wanted(server) && !server->why.peak)
        tell(server, L, "end");
}

bool why_at_peak(struct server *server, lua_State *L) {
    if (!is_wanted(server) || !server->why.peak)
        return false;
    tell(server, L, "peak");
    watch_heap(server, server->why.heap + server->why.heap / 10);
    return true;
}

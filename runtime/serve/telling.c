/* SPDX-License-Identifier: MIT */
#include "telling.h"

#include "arguments.h"
#include "debugger.h"
#include "hook.h"
#include "largest_told.h"
#include "link.h"
#include "server.h"
#include "why.h"

#include <stdatomic.h>
#include <string.h>

enum { FIRST_PEAK = 64 << 10 }; /* below that many bytes nobody asks */

/* The members, by what asks for them in the arguments of setMeasuring. */
static const struct {
    const char *name;
    void (*set)(struct server *server, const cJSON *asked);
    cJSON *(*tell)(struct server *server, lua_State *L); /* NULL: it cannot be told */
} members[] = {
    {"why", why_set, why_tell},
    {"largest", largest_told_set, largest_told},
};

enum { MEMBERS = sizeof members / sizeof *members };

/* ---- what is asked ---- */

static void watch_heap(struct server *server, uint64_t above) {
    uint64_t figures[MEMORY_BREAKPOINT_KINDS] = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};
    figures[MEMORY_BREAKPOINT_HEAP] = above;
    memory_breakpoints_set(&server->debugger->account.memory_breakpoints, figures);
    hook_follow_memory_breakpoints(server->debugger);
}

void telling_set(struct server *server, const cJSON *arguments) {
    struct server_telling *telling = &server->telling;
    if (telling->answer == NULL || account_figures(&server->debugger->account) == NULL)
        return;
    telling->reached = (void *)(telling->answer + LINK_ANSWER_REACHED);
    for (size_t i = 0; i < MEMBERS; i++) {
        const cJSON *asked = arguments_get(arguments, members[i].name);
        if (asked == NULL)
            continue;
        members[i].set(server, asked);
        telling->asked |= 1U << i;
    }
    telling->peak = arguments_flag(arguments, "peak");
    if (telling->asked != 0 && telling->peak)
        watch_heap(server, FIRST_PEAK);
    else if (telling->asked != 0)
        server->debugger->tells_end = true;
}

/* ---- what is told ---- */

/* Whoever reads it looks when the program is gone, however that came: the old answer holds until
   the new one is there. */
static void hand_over(const struct server_telling *telling, const char *text) {
    size_t size = strlen(text) + 1;
    char *second = telling->answer + LINK_ANSWER_HALF;
    char *place = *telling->answer == '1' ? second : telling->answer;
    if (size + 1 > LINK_ANSWER_HALF)
        return;
    memcpy(place + 1, text, size);
    atomic_thread_fence(memory_order_release);
    *place = '1';
    *(place == second ? telling->answer : second) = '\0';
}

/* In place of what it told before. */
static void tell_member(struct server *server, lua_State *L, size_t member, const char *at) {
    struct server_telling *telling = &server->telling;
    cJSON *body = members[member].tell(server, L);
    if (body == NULL)
        return;
    cJSON_AddStringToObject(body, "at", at);
    cJSON_AddNumberToObject(body, "heap", (double)telling->heap);
    cJSON_DeleteItemFromObjectCaseSensitive(telling->told, members[member].name);
    cJSON_AddItemToObject(telling->told, members[member].name, body);
}

static uint64_t program_bytes(const struct server *server) {
    return figures_program(account_figures(&server->debugger->account));
}

static void tell(struct server *server, lua_State *L, const char *at) {
    struct server_telling *telling = &server->telling;
    if (telling->told == NULL)
        telling->told = cJSON_CreateObject();
    account_settle(&server->debugger->account, L);
    telling->heap = program_bytes(server);
    for (size_t i = 0; i < MEMBERS; i++)
        if (telling->asked >> i & 1)
            tell_member(server, L, i, at);
    telling->heap = program_bytes(server); /* the stack has grown for us, perhaps */
    char *text = telling->told != NULL ? cJSON_PrintUnformatted(telling->told) : NULL;
    if (text != NULL)
        hand_over(telling, text);
    cJSON_free(text);
}

static void withdraw(struct server_telling *telling) {
    telling->answer[0] = telling->answer[LINK_ANSWER_HALF] = '\0';
    cJSON_Delete(telling->told);
    telling->told = NULL;
}

static bool is_wanted(const struct server *server) {
    return server->telling.asked != 0 && !server->debugger->forked &&
           account_figures(&server->debugger->account) != NULL;
}

void telling_at_end(struct server *server, lua_State *L) {
    if (!is_wanted(server) || server->telling.peak)
        return;
    tell(server, L, "end");
    server->telling.at_end = true;
}

/* A host like lua5.4 does nothing any more once its script has ended. */
void telling_at_return(struct server *server, bool outermost) {
    struct server_telling *telling = &server->telling;
    if (!telling->at_end || (outermost && !server->debugger->hosted))
        return;
    telling->at_end = outermost && program_bytes(server) == telling->heap;
    if (!telling->at_end)
        withdraw(telling);
}

void telling_at_close(struct server *server, lua_State *L) {
    if (!server->telling.at_end)
        telling_at_end(server, L);
}

bool telling_at_peak(struct server *server, lua_State *L) {
    if (!is_wanted(server) || !server->telling.peak)
        return false;
    tell(server, L, "peak");
    watch_heap(server, server->telling.heap + server->telling.heap / 10);
    return true;
}
